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


@dataclass(frozen=True)
class Comparison:
    """Rows by group, and every case."""

    groups: tuple[tuple[str, str, tuple[Row, ...]], ...]
    cards: tuple[Card, ...]


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
    return Comparison(groups, tuple(card(reader, case) for case in collection.cases))
