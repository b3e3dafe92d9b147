"""Questions × cases: what nobody has reported, most wanted first."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Collection
from casebook.views.facets import Card, card
from casebook.views.reading import Reader


@dataclass(frozen=True)
class GapRow:
    """A question, its state in each case, and the number of cases in which nobody has reported it."""

    id: str
    label: str
    ask: str
    group: str
    key: bool
    cells: tuple[tuple[Card, str], ...]
    missing: int
    asked: int


@dataclass(frozen=True)
class Gaps:
    """The grid: cards head its columns, rows are ordered by what is missing most."""

    cards: tuple[Card, ...]
    rows: tuple[GapRow, ...]
    missing: int
    total: int

    @property
    def key(self) -> tuple[GapRow, ...]:
        """The key questions, best known first."""
        return tuple(row for row in reversed(self.rows) if row.key)


def gaps(reader: Reader, collection: Collection) -> Gaps:
    """Return the grid of what is known. Core questions come first among equals."""
    cards = tuple(card(reader, case) for case in collection.cases)
    groups = {group.id: reader.words(group.labels) for group in reader.library.groups}
    rows = []
    for name, question in reader.library.questions.items():
        states = [case.answered[name].state for case in collection.cases]
        rows.append(
            GapRow(
                id=name,
                label=reader.words(question.labels),
                ask=reader.words(question.extra.get("ask")),
                group=groups[str(question.extra.get("group"))],
                key=bool(question.extra.get("key")),
                cells=tuple(zip(cards, (state.value for state in states), strict=True)),
                missing=sum(state is State.NOT_REPORTED for state in states),
                asked=sum(state is not State.NOT_APPLICABLE for state in states),
            )
        )
    rows.sort(key=lambda row: (-row.missing, row.id not in reader.library.core))
    missing = sum(row.missing for row in rows)
    return Gaps(cards, tuple(rows), missing, len(rows) * len(cards))
