"""Cases as the views may rely on them: checked, typed, frozen.

Built from the rows of files that have no error. Values are taken by role, never by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from casebook.kinds.composite import State, parts_values
from casebook.rows import ANSWERS, CASES, CITATIONS, TERMS, Row, Tables
from casebook.schema import Field, Library, Table, Term
from casebook.values import Cells, Record, Value


@dataclass(frozen=True, eq=False, slots=True)
class Quote:
    """A fragment of a source."""

    id: str
    fragment: str
    source: Record


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """One claim: what is said, and who stands behind it.

    ``parts`` holds every part but the citation; ``serial`` is its permanent number within the question.
    """

    serial: str
    parts: Record
    quotes: tuple[Quote, ...]

    def role(self, role: str) -> Value:
        """Return the part with this role, ``None`` where the answer has none."""
        return self.parts.role(role)


@dataclass(frozen=True, eq=False, slots=True)
class Answered:
    """What a case says to one question."""

    question: Field
    state: State
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, eq=False)
class Case:
    """One case.

    Attributes:
        id: key, name of its file and last part of its address.
        header: the fields about the case as a whole.
        answered: every question of the library, in order.
        sources: in the order of the file.
        quotes: by id.
    """

    id: str
    header: Record
    answered: Mapping[str, Answered]
    sources: tuple[Record, ...]
    quotes: Mapping[str, Quote]
    file: str = ""

    def role(self, role: str) -> Value:
        """Return the header value with this role."""
        return self.header.role(role)

    @cached_property
    def count(self) -> int:
        """How many questions have an answer."""
        return sum(each.state is State.ANSWERED for each in self.answered.values())


@dataclass(frozen=True, eq=False)
class Collection:
    """A library and its cases; of those withdrawn only the address and the reason are shown."""

    library: Library
    cases: tuple[Case, ...] = ()
    withdrawn: tuple[Case, ...] = ()


def build(library: Library, readings: Iterable[Tables], drafts: bool = False) -> Collection:
    """Return the cases to be shown; see :func:`collection`."""
    return collection(library, [case(library, rows) for rows in readings], drafts)


def case(library: Library, rows: Tables) -> Case:
    """Return the case that one file tells of."""
    return _Builder(library, rows).case()


def collection(library: Library, cases: Iterable[Case], drafts: bool = False) -> Collection:
    """Return those of the cases that are to be shown; what still waits for somebody's work only on demand."""
    shown = [case for case in cases if drafts or not _is(case, "waits")]
    return Collection(
        library,
        tuple(case for case in shown if not _is(case, "withdrawn")),
        tuple(case for case in shown if _is(case, "withdrawn")),
    )


def _is(case: Case, trait: str) -> bool:
    """Whether the state of review has a trait, as its vocabulary says."""
    state: Term | None = case.role("state")
    return state is not None and bool(state.extra.get(trait))


class _Builder:
    """Turns the rows of one file into a case."""

    def __init__(self, library: Library, rows: Tables) -> None:
        self.library = library
        self.rows = rows
        self.terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for row in rows.of(TERMS):
            owner = row.cells["field"], row.cells["serial"]
            self.terms[owner].append(library.term(row.cells["vocabulary"], row.cells["term"]))

    def case(self) -> Case:
        row = self.rows.of(CASES)[0]
        header = self.record(self.library.case, row)
        sources, quotes = self.sources()
        return Case(self.rows.case, header, self.answered(quotes), sources, quotes, self.rows.file)

    def sources(self) -> tuple[tuple[Record, ...], dict[str, Quote]]:
        """Every record table and, inside it, the entries that answers cite."""
        target = self.library.answer.by_role["citation"].extra["to"]
        key, text = (item.name for item in self.library.tables[target].fields)
        sources, quotes = [], {}
        for item in self.library.case.fields:
            if item.kind != "records":
                continue
            table = self.library.tables[item.extra["table"]]
            own = table.fields[0].name
            for row in self.rows.of(table.name):
                source = self.record(table, row)
                sources.append(source)
                for entry in self.rows.of(target):
                    if entry.cells[table.name] == row.cells[own]:
                        quotes[entry.cells[key]] = Quote(entry.cells[key], entry.cells[text], source)
        return tuple(sources), quotes

    def answered(self, quotes: Mapping[str, Quote]) -> dict[str, Answered]:
        """Every question, those the file passes over as not reported."""
        serial = self.library.answer.by_role["serial"].name
        target = self.library.answer.by_role["citation"].extra["to"]
        cited: dict[tuple[str, str], list[Quote]] = defaultdict(list)
        for row in self.rows.of(CITATIONS):
            cited[row.cells["field"], row.cells["serial"]].append(quotes[row.cells[target]])
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows.of(ANSWERS):
            found[row.cells["question"]].append(row)
        result = {}
        for name, question in self.library.questions.items():
            rows = found[name]
            state = State(rows[0].cells["state"]) if rows else State.NOT_REPORTED
            answers = tuple(
                Answer(row.cells[serial], self.answer(row, question), tuple(cited[name, row.cells[serial]]))
                for row in rows
                if state is State.ANSWERED
            )
            result[name] = Answered(question, state, answers)
        return result

    def answer(self, row: Row, question: Field) -> Record:
        """The parts of one answer; a unit the question implies counts as written."""
        table = self.library.answer
        owner = question.name, row.cells[table.by_role["serial"].name]
        values = parts_values(table.fields, "", Cells(self.library, row.cells, lambda _: tuple(self.terms[owner])))
        for item in table.fields:
            implied = question.extra.get(item.name) if item.allows(question.kind) else None
            if implied and item.vocabulary and item.name not in values:
                values[item.name] = self.library.term(item.vocabulary, implied)
        return Record(table, values)

    def record(self, table: Table, row: Row) -> Record:
        cells = Cells(self.library, row.cells, lambda column: tuple(self.terms[column, "0"]))
        return Record(table, parts_values(table.fields, "", cells))
