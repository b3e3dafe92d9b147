"""The questions as rows that any cases can be set beside, and the cases to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.model import Collection
from casebook.views.facets import Card, card
from casebook.views.reading import Reader


@dataclass(frozen=True)
class Row:
    """A question."""

    id: str
    label: str
    ask: str
    key: bool


#: Cases to choose from that the page lists; where there are more, the others are searched for.
_LISTED = 100


@dataclass(frozen=True)
class Comparison:
    """Rows by group, the first cases to choose from, and the number of all."""

    groups: tuple[tuple[str, str, tuple[Row, ...]], ...]
    cards: tuple[Card, ...]
    total: int


def comparison(reader: Reader, collection: Collection) -> Comparison:
    """Return the empty comparison; the reader's choice fills it."""
    rows = [
        (
            str(question.extra.get("group")),
            Row(
                name,
                reader.words(question.labels),
                reader.words(question.extra.get("ask")),
                bool(question.extra.get("key")),
            ),
        )
        for name, question in reader.library.questions.items()
    ]
    groups = tuple(
        (group.id, reader.words(group.labels), tuple(row for name, row in rows if name == group.id))
        for group in reader.library.groups
    )
    cards = tuple(card(reader, case) for case in collection.cases[:_LISTED])
    return Comparison(groups, cards, len(collection.cases))
