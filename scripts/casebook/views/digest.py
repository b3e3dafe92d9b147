"""What the cases come to, as the editors put it together: points that rest on named claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.model import Collection
from casebook.views.reading import Reader


@dataclass(frozen=True)
class Point:
    """A sentence of the editors' and the claims it rests on: case, its title, anchor."""

    text: str
    claims: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Digest:
    """How an approach works, in order, and when not to use it."""

    how: tuple[Point, ...]
    not_when: tuple[Point, ...]


def digest(reader: Reader, collection: Collection, approach: str) -> Digest:
    """Return what the editors put together of an approach; nothing where the library has no such file.

    A point that no claim bears out any longer, as when its case was withdrawn, is left out.
    """
    parts = _tool(reader).get("approaches", {}).get(approach, {})
    return Digest(*(tuple(_points(reader, collection, parts.get(part, ()))) for part in ("how", "not_when")))


def stopped(reader: Reader, collection: Collection) -> tuple[Point, ...]:
    """Return what several cases that did not last have in common; a point left with one case is none."""
    found = _points(reader, collection, _tool(reader).get("stopped", ()))
    return tuple(point for point in found if len(point.claims) > 1)


def _tool(reader: Reader) -> Mapping[str, Any]:
    return reader.library.tools.get("digest", {})


def _points(reader: Reader, collection: Collection, points: list[Mapping[str, Any]]) -> Iterator[Point]:
    cases = {case.id: case for case in collection.cases}
    for point in points:
        found = []
        for address in point["claims"]:
            id, _, anchor = address.partition("#")
            name, _, serial = anchor.rpartition("-")
            case = cases.get(id)
            if case and any(str(answer.serial) == serial for answer in case.answered[name].answers):
                found.append((id, reader.words(case.role("heading")), anchor))
        if found:
            yield Point(reader.words(point), tuple(found))
