"""Cases that may be the same one told twice: of one place, of one source, or in nearly the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casebook.rows import ANSWERS, CASES, Rows
from casebook.schema import Library

#: Characters in a row that are compared, and the share of them in common that is worth a look.
_LENGTH, _SHARE = 4, 0.25


@dataclass(frozen=True)
class Likeness:
    """Another case, and what it has in common.

    Attributes:
        id: the other case.
        place: whether both are of one place, down to its smallest named part.
        source: whether both rest on one address.
        text: the share of the shorter text that is in both, in per cent.
    """

    id: str
    place: bool
    source: bool
    text: int


def likenesses(ids: Iterable[str], cases: Mapping[str, Rows], library: Library) -> dict[str, tuple[Likeness, ...]]:
    """Return for each of some cases the other cases that are much like it, the most alike first."""
    wanted = list(ids)
    if not wanted:
        return {}
    traits = {id: _traits(rows, library) for id, rows in cases.items()}
    result = {}
    for id in wanted:
        place, addresses, shingles = traits[id]
        found = []
        for other, (its_place, its_addresses, its_shingles) in traits.items():
            share = len(shingles & its_shingles) / (min(len(shingles), len(its_shingles)) or 1)
            likeness = Likeness(
                other, bool(place) and place == its_place, bool(addresses & its_addresses), round(share * 100)
            )
            if other != id and (likeness.place or share >= _SHARE):
                found.append(likeness)
        result[id] = tuple(sorted(found, key=lambda each: (-each.text, each.id))[:5])
    return result


def _traits(rows: Rows, library: Library) -> tuple[tuple[str, ...], set[str], set[str]]:
    """Return a case's place, the addresses of its sources, and the pieces of its text."""
    cells = next((row.cells for row in rows.of(CASES)), {})
    lang = library.languages[0]
    place = library.case.by_role["place"]
    smallest = [f"{place.name}_{part.name}_{lang}" for part in place.fields if part.kind == "name"]
    named = next((cells[column] for column in reversed(smallest) if column in cells), "")
    area = [cells.get(f"{place.name}_{part.name}", "") for part in place.fields if part.vocabulary]
    addresses = {
        row.cells[item.name]
        for name, table in library.tables.items()
        for item in table.fields
        if item.role == "address"
        for row in rows.of(name)
        if item.name in row.cells
    }
    statement = f"{library.answer.by_role['statement'].name}_{lang}"
    texts = [
        cells.get(f"{library.case.columns['lead']}_{lang}", ""),
        *(row.cells.get(statement, "") for row in rows.of(ANSWERS)),
    ]
    shingles = {text[at : at + _LENGTH] for text in texts for at in range(len(text) - _LENGTH + 1)}
    return ((*area, named) if named else ()), addresses, shingles
