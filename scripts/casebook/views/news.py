"""New and changed cases as Atom feeds, the latest first, in pages as RFC 5005 has them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from casebook.model import Case, Collection
from casebook.views.reading import Reader

#: Entries of one page; the first page is the feed that people follow.
NEWEST = 50


def files(reader: Reader, collection: Collection, base: str) -> Iterator[tuple[str, str]]:
    """Yield each page: its name, and its content.

    Args:
        reader: the language.
        collection: the cases.
        base: address of the language's root, empty where it is not known.
    """
    latest = sorted(collection.cases, key=lambda case: (str(case.role("checked")), case.id), reverse=True)
    last = max(1, -(-len(latest) // NEWEST))
    updated = f"{day(latest[0]) if latest else '1970-01-01'}T00:00:00Z"
    for number in range(1, last + 1):
        cases = latest[(number - 1) * NEWEST : number * NEWEST]
        yield _name(number), "\n".join([*_head(reader, base, number, last, updated), *_entries(reader, cases, base)])


def day(case: Case) -> str:
    """Return the day a case was checked; the first of what it may be where only month or year is known."""
    parts = str(case.role("checked")).split("-")
    return "-".join([*parts, "01", "01"][:3])


def _name(number: int) -> str:
    return "feed.xml" if number == 1 else f"feed-{number}.xml"


def _head(reader: Reader, base: str, number: int, last: int, updated: str) -> Iterator[str]:
    info = reader.library.info
    title = escape(reader.words(info["title"]))
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(reader.lang)}>'
    yield f"<id>urn:casebook:{info['name']}:{reader.lang}</id>"
    yield f"<title>{title}</title>"
    yield f"<author><name>{title}</name></author>"
    yield f"<updated>{updated}</updated>"
    pages = {"self": number, "first": 1, "previous": number - 1, "next": number + 1, "last": last}
    if not base:  # else as seen from the feed itself, which needs no word of its own place
        del pages["self"]
    for relation, page in pages.items():
        if 1 <= page <= last and (last > 1 or relation == "self"):
            yield f"<link rel={quoteattr(relation)} href={quoteattr(base + _name(page))}/>"


def _entries(reader: Reader, cases: list[Case], base: str) -> Iterator[str]:
    for case in cases:
        yield "<entry>"
        yield f"<id>urn:casebook:{reader.library.info['name']}:{case.id}</id>"
        yield f"<title>{escape(reader.words(case.role('heading')))}</title>"
        yield f"<updated>{day(case)}T00:00:00Z</updated>"
        yield f"<link href={quoteattr(f'{base}cases/{case.id}/')}/>"
        yield f"<summary>{escape(reader.words(case.role('lead')))}</summary>"
        yield "</entry>"
    yield "</feed>\n"
