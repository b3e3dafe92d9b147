"""What nobody has reported: questions × cases, or × approaches where the cases are many; most wanted first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Case, Collection
from casebook.views.columns import bits
from casebook.views.reading import Reader

#: So many cases have a column each; more are counted by their main approach.
_WIDE = 100

#: Cases named below a question; the others are found through the list of cases.
_NAMED = 20


@dataclass(frozen=True)
class Column:
    """A case or an approach."""

    id: str
    title: str


@dataclass(frozen=True)
class Share:
    """How many of an approach's cases answer, of those that the question is asked of."""

    known: int
    asked: int


@dataclass(frozen=True)
class GapRow:
    """A question and the number of cases in which nobody has reported it, of those that it is asked of.

    ``cells`` has the state in each case, or a :class:`Share` for each approach; ``named`` the first cases without it.
    """

    id: str
    label: str
    ask: str
    key: bool
    cells: tuple[str | Share, ...]
    named: tuple[Column, ...]
    missing: int
    asked: int


@dataclass(frozen=True)
class Gaps:
    """The grid: rows are ordered by what is missing most; columns are cases or, if ``counted``, approaches."""

    columns: tuple[Column, ...]
    rows: tuple[GapRow, ...]
    counted: bool

    @property
    def key(self) -> tuple[GapRow, ...]:
        """The key questions, best known first."""
        return tuple(row for row in reversed(self.rows) if row.key)


def gaps(reader: Reader, collection: Collection) -> Gaps:
    """Return the grid of what is known. Core questions come first among equals."""
    counted = len(collection.cases) > _WIDE
    groups = _by_approach(reader, collection) if counted else {}
    rows = []
    for name, question in reader.library.questions.items():
        states = [case.answered[name].state for case in collection.cases]
        silent = [case for case, state in zip(collection.cases, states, strict=True) if state is State.NOT_REPORTED]
        rows.append(
            GapRow(
                id=name,
                label=reader.words(question.labels),
                ask=reader.words(question.extra.get("ask")),
                key=bool(question.extra.get("key")),
                cells=tuple(_share(name, cases) for cases in groups.values())
                if counted
                else tuple(state.value for state in states),
                named=tuple(_column(reader, case) for case in silent[:_NAMED]),
                missing=len(silent),
                asked=sum(state is not State.NOT_APPLICABLE for state in states),
            )
        )
    rows.sort(key=lambda row: (-row.missing, row.id not in reader.library.core))
    columns = groups if counted else [_column(reader, case) for case in collection.cases]
    return Gaps(tuple(columns), tuple(rows), counted)


def missing(collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield each question with yes or no for each case: has nobody reported it? Packed by :func:`columns.bits`."""
    for name in collection.library.questions:
        yield name, bits(case.answered[name].state is State.NOT_REPORTED for case in collection.cases)


def _by_approach(reader: Reader, collection: Collection) -> dict[Column, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in collection.cases:
        found[case.role("approach")[0].id].append(case)
    terms = reader.library.vocabularies[str(reader.library.case.by_role["approach"].vocabulary)].terms.values()
    return {Column(term.id, reader.term(term).short): found[term.id] for term in terms if term.id in found}


def _share(question: str, cases: list[Case]) -> Share:
    states = [case.answered[question].state for case in cases]
    return Share(states.count(State.ANSWERED), len(states) - states.count(State.NOT_APPLICABLE))


def _column(reader: Reader, case: Case) -> Column:
    return Column(case.id, reader.words(case.role("heading")))
