"""Addresses that others rely on: what was ever published, and whether each still leads somewhere.

The register is a text file that only grows. A line is an address below the site's root; one that had
to move says where to: ``cases/old/ -> cases/new/``. Lines are sorted, so that two additions rarely clash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from casebook import workshops
from casebook.model import Collection
from casebook.rows import VOCABULARIES, Rows
from casebook.schema import Library
from casebook.views import feeds, package

#: Name of the register, beside the folder of the cases.
NAME = "permanent.txt"

_ARROW = " -> "
_GONE = "gone: "
_ADDRESS = re.compile(r"[\w.-]+(/[\w.-]+)*/?(#[\w.-]+)?")
_HEAD = (
    "# 发布过的每个网址，只增不删，由 casebook permanence --write 添加。搬了家的写成：旧网址 -> 新网址",
    "# Every address ever published; lines are added by casebook permanence --write and never removed.",
    "# One that moved says where to: old -> new",
    "# 确实不能再有的写明原因：旧网址 -> gone: 原因 / One that cannot be kept says why: old -> gone: reason",
)


class Unreadable(Exception):
    """A line of the register is no address; the message says which."""


@dataclass(frozen=True)
class Register:
    """What was published: all addresses, where those that moved lead, and why some are no more."""

    addresses: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)


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
    addresses: set[str] = set()
    redirects: dict[str, str] = {}
    gone: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        old, arrow, new = line.strip().partition(_ARROW)
        reason = new.removeprefix(_GONE) if new.startswith(_GONE) else ""
        if not _ADDRESS.fullmatch(old) or (arrow and not reason.strip() and not _ADDRESS.fullmatch(new)):
            raise Unreadable(f"{NAME}:{number}: {line.strip()}")
        addresses.add(old)
        if reason:
            gone[old] = reason
        elif arrow:
            redirects[old] = new
    return Register(frozenset(addresses), redirects, gone)


def written(register: Register, new: tuple[str, ...]) -> str:
    """Return the register's text with new addresses added."""
    said = {**register.redirects, **{address: _GONE + reason for address, reason in register.gone.items()}}
    lines = (
        address + (_ARROW + said[address] if address in said else "")
        for address in sorted(register.addresses.union(new))
    )
    return "\n".join((*_HEAD, *lines)) + "\n"


def published(collection: Collection, readings: list[Rows], docs: Path | None = None) -> Iterator[str]:
    """Yield every address that is promised to last.

    Args:
        collection: the cases; a withdrawn one keeps its page, which says why it has no more.
        readings: rows of the cases that are shown, for the names of the data files.
        docs: folder of the hand-written pages of one language.
    """
    library = collection.library
    for case in collection.cases:
        yield f"cases/{case.id}/"
        for question, answered in case.answered.items():
            yield from (f"cases/{case.id}/#{question}-{answer.serial}" for answer in answered.answers)
    for case in collection.withdrawn:
        yield f"cases/{case.id}/"
    yield from _tools(library)
    yield from (f"questions/#{question}" for question in library.questions)
    yield from (f"data/{name}" for name, _ in package.files(library, readings))
    for name, schema in package.resources(library).items():
        yield from (f"data/{name}.csv#{column['name']}" for column in schema["fields"])
    for vocabulary in library.vocabularies.values():
        yield from (f"data/{VOCABULARIES}.csv#{vocabulary.name}.{term}" for term in vocabulary.terms)
    yield from (name for name, _ in feeds.files(collection, ""))
    for path in sorted(docs.rglob("*.md")) if docs else ():
        way = path.relative_to(docs or path).with_suffix("").as_posix().removesuffix("index").rstrip("/")
        yield f"{way}/" if way else "index.html"


def _tools(library: Library) -> Iterator[str]:
    """Yield the pages of approaches, of what helps to do the same, and of ready workshops: some are on paper."""
    field = library.case.by_role.get("approach")
    for term in library.vocabularies[field.vocabulary].terms if field and field.vocabulary else ():
        yield f"approaches/{term}/"
        if "kit" in library.tools:
            yield f"kit/{term}/"
    yield from (f"workshop/{workshop.id}/" for workshop in workshops.workshops(library))


def compare(register: Register, collection: Collection, readings: list[Rows], docs: Path | None = None) -> Comparison:
    """Hold the register against what is published now; see :func:`published`."""
    now = set(published(collection, readings, docs))
    withdrawn = {case.id for case in collection.withdrawn}
    lost = (address for address in register.addresses if not _leads(address, register, now, withdrawn))
    return Comparison(tuple(sorted(now - register.addresses)), tuple(sorted(lost)))


def _leads(address: str, register: Register, now: set[str], withdrawn: set[str]) -> bool:
    """Whether an address is still there, has moved to one that is, or was taken down with its reason given."""
    if any(address.startswith((f"cases/{case}/", f"data/cases/{case}.json")) for case in withdrawn):
        return True
    seen: set[str] = set()
    while address not in now and address not in seen:
        if address in register.gone or address.partition("#")[0] in register.gone:
            return True
        seen.add(address)
        # Whoever followed a link to a claim is led to where the page went.
        address = register.redirects.get(address) or register.redirects.get(address.partition("#")[0], "")
    return address in now


def places(register: Register, collection: Collection) -> Iterator[str]:
    """Yield the addresses that a built site has a file for and, where a page is named, a place in it."""
    closed = {*register.redirects, *register.gone}
    for case in collection.withdrawn:
        closed |= {f"cases/{case.id}/", f"data/cases/{case.id}.json"}
    for address in sorted(register.addresses):
        page, mark, _ = address.partition("#")
        if page.endswith("/"):
            # The place itself is there unless it was given up, leads elsewhere, or its whole page does.
            left = address in register.gone or not register.redirects.get(address, address).startswith(f"{page}#")
            if not mark:
                yield page
            elif not left and page not in closed:
                yield address
        elif page not in closed:
            yield page  # what is named in a file that is no page is no place


def pages(register: Register) -> Iterator[tuple[str, str]]:
    """Yield each page that is no more where it was, and the HTML that stands there: the way on, or the reason."""
    for old, new in register.redirects.items():
        if old.endswith("/"):
            yield old, _moved(old, new)
    for old, reason in register.gone.items():
        if old.endswith("/"):
            yield old, _gone(reason)


_PAGE = '<!doctype html>\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'


def _moved(old: str, new: str) -> str:
    """Return the page that leads on from an old address; it needs no script and no words."""
    way = escape("../" * old.count("/") + new)
    return (
        f'{_PAGE}<meta http-equiv="refresh" content="0; url={way}">\n<link rel="canonical" href="{way}">\n'
        f'<title>{escape(new)}</title>\n<p><a href="{way}">{escape(new)}</a></p>\n'
    )


def _gone(reason: str) -> str:
    words = "这一页已经撤下 / This page was taken down"
    return f"{_PAGE}<title>{words}</title>\n<h1>{words}</h1>\n<p>{escape(reason)}</p>\n"


def with_old_names(register: Register, page: str, body: str) -> str:
    """Return a page's HTML with the former names of its places beside those of now."""
    for old, new in register.redirects.items():
        if old.startswith(f"{page}#") and new.startswith(f"{page}#"):
            was, now = old.partition("#")[2], new.partition("#")[2]
            body = body.replace(
                f'<div class="claim" id="{now}">', f'<span id="{was}"></span><div class="claim" id="{now}">'
            )
    return body
