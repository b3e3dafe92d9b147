"""The troubles readers start from, as they would say them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casebook.model import Collection
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class Tile:
    """A trouble in plain words and the number of cases that answer it."""

    term: TermRef
    complaint: str
    count: int


def tiles(reader: Reader, collection: Collection) -> tuple[Tile, ...]:
    """Return the troubles that have a case, most cases first; none where the library does not ask for them."""
    item = reader.library.case.by_role.get("trouble")
    if item is None:
        return ()
    counts = Counter(term.id for case in collection.cases for term in case.role("trouble") or ())
    found = []
    for term in reader.library.vocabularies[str(item.vocabulary)].terms.values():
        if term.id in counts:
            ref = reader.term(term, item.name)
            found.append(Tile(ref, reader.words(term.extra.get("tile")) or ref.label, counts[term.id]))
    return tuple(sorted(found, key=lambda tile: -tile.count))
