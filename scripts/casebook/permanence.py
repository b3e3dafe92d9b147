"""Addresses that others rely on: what was ever published, and whether each still leads somewhere.

The register is a text file that only grows. A line is an address below the site's root; one that had
to move says where to: ``cases/old/ -> cases/new/``. Lines are sorted, so that two additions rarely clash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casebook.model import Collection
from casebook.rows import Rows
from casebook.views import feeds, package

#: Name of the register, beside the folder of the cases.
NAME = "permanent.txt"

_ARROW = " -> "
_ADDRESS = re.compile(r"[\w.-]+(/[\w.-]+)*/?(#[\w.-]+)?")
_HEAD = (
    "# 发布过的每个网址，只增不删，由 casebook permanence --write 添加。搬了家的写成：旧网址 -> 新网址",
    "# Every address ever published; lines are added by casebook permanence --write and never removed.",
    "# One that moved says where to: old -> new",
)


class Unreadable(Exception):
    """A line of the register is no address; the message says which."""


@dataclass(frozen=True)
class Register:
    """What was published: all addresses, and where those that moved lead."""

    addresses: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """The register held against what is published now.

    Attributes:
        new: addresses that the register does not know yet.
        lost: addresses that no longer lead anywhere.
    """

    new: tuple[str, ...]
    lost: tuple[str, ...]


def read(text: str) -> Register:
    """Read a register.

    Raises:
        Unreadable: a line is neither blank, a comment, an address nor a redirect.
    """
    addresses, redirects = set(), {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        old, arrow, new = line.strip().partition(_ARROW)
        if not _ADDRESS.fullmatch(old) or (arrow and not _ADDRESS.fullmatch(new)):
            raise Unreadable(f"{NAME}:{number}: {line.strip()}")
        addresses.add(old)
        if arrow:
            redirects[old] = new
    return Register(frozenset(addresses), redirects)


def written(register: Register, new: tuple[str, ...]) -> str:
    """Return the register's text with new addresses added."""
    lines = (
        address + (_ARROW + register.redirects[address] if address in register.redirects else "")
        for address in sorted(register.addresses.union(new))
    )
    return "\n".join((*_HEAD, *lines)) + "\n"


def published(collection: Collection, readings: list[Rows]) -> Iterator[str]:
    """Yield every address that is promised to last.

    Args:
        collection: the cases; a withdrawn one keeps its page, which says why it has no more.
        readings: rows of the cases that are shown, for the names of the data files.
    """
    library = collection.library
    for case in collection.cases:
        yield f"cases/{case.id}/"
        for question, answered in case.answered.items():
            yield from (f"cases/{case.id}/#{question}-{answer.serial}" for answer in answered.answers)
    for case in collection.withdrawn:
        yield f"cases/{case.id}/"
    field = library.case.by_role.get("approach")
    if field and field.vocabulary:
        yield from (f"approaches/{term}/" for term in library.vocabularies[field.vocabulary].terms)
    yield from (f"questions/#{question}" for question in library.questions)
    yield from (f"data/{name}" for name, _ in package.files(library, readings))
    yield from (name for name, _ in feeds.files(collection, ""))


def compare(register: Register, collection: Collection, readings: list[Rows]) -> Comparison:
    """Hold the register against what is published now."""
    now = set(published(collection, readings))
    withdrawn = {case.id for case in collection.withdrawn}
    lost = (address for address in register.addresses if not _leads(address, register, now, withdrawn))
    return Comparison(tuple(sorted(now - register.addresses)), tuple(sorted(lost)))


def _leads(address: str, register: Register, now: set[str], withdrawn: set[str]) -> bool:
    """Whether an address is still there, has moved to one that is, or was taken down with its reason given."""
    if any(address.startswith((f"cases/{case}/", f"data/cases/{case}.json")) for case in withdrawn):
        return True
    seen: set[str] = set()
    while address not in now and address not in seen:
        seen.add(address)
        # Whoever followed a link to a claim is led to where the page went.
        address = register.redirects.get(address) or register.redirects.get(address.partition("#")[0], "")
    return address in now


def pages(register: Register) -> Iterator[tuple[str, str]]:
    """Yield each page that moved, and the address it moved to."""
    for old, new in register.redirects.items():
        if old.endswith("/"):
            yield old, new


def moved(old: str, new: str) -> str:
    """Return the page that leads on from an old address; it needs no script and no words."""
    way = "../" * old.count("/") + new
    return (
        '<!doctype html>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={way}">\n<link rel="canonical" href="{way}">\n'
        f'<title>{new}</title>\n<p><a href="{way}">{new}</a></p>\n'
    )


def with_old_names(register: Register, page: str, body: str) -> str:
    """Return a page's HTML with the former names of its places beside those of now."""
    for old, new in register.redirects.items():
        if old.startswith(f"{page}#") and new.startswith(f"{page}#"):
            was, now = old.partition("#")[2], new.partition("#")[2]
            body = body.replace(
                f'<div class="claim" id="{now}">', f'<span id="{was}"></span><div class="claim" id="{now}">'
            )
    return body
