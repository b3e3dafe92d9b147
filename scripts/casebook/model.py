"""Cases as the views may rely on them: checked, typed, frozen.

Built from the rows of files that have no error. Values are taken by role, never by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from casebook.kinds.composite import State, parts_values
from casebook.rows import ANSWERS, CASES, CITATIONS, TERMS, Said, Tables
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
    found = [case for case in cases if drafts or not _is(case.role("state"), "waits")]
    return Collection(
        library,
        tuple(case for case in found if is_shown(case.role("state"), drafts)),
        tuple(case for case in found if _is(case.role("state"), "withdrawn")),
    )


def state(library: Library, id: str | None) -> Term | None:
    """Return the state of review that a header names by its id."""
    return library.vocabularies[str(library.case.by_role["state"].vocabulary)].terms.get(str(id))


def is_shown(state: Term | None, drafts: bool = False) -> bool:
    """Whether cases in this state of review are shown, as its vocabulary says."""
    return not _is(state, "withdrawn") and (drafts or not _is(state, "waits"))


def _is(state: Term | None, trait: str) -> bool:
    return state is not None and bool(state.extra.get(trait))


class _Builder:
    """Turns the rows of one file into a case."""

    def __init__(self, library: Library, rows: Tables) -> None:
        self.library = library
        self.rows = rows
        self.terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for row in rows.said(TERMS):
            self.terms[row["field"], row["serial"]].append(library.term(row["vocabulary"], row["term"]))

    def case(self) -> Case:
        header = self.record(self.library.case, self.rows.said(CASES)[0])
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
            for row in self.rows.said(table.name):
                source = self.record(table, row)
                sources.append(source)
                for entry in self.rows.said(target):
                    if entry[table.name] == row[own]:
                        quotes[entry[key]] = Quote(entry[key], entry[text], source)
        return tuple(sources), quotes

    def answered(self, quotes: Mapping[str, Quote]) -> dict[str, Answered]:
        """Every question, those the file passes over as not reported."""
        serial = self.library.answer.by_role["serial"].name
        target = self.library.answer.by_role["citation"].extra["to"]
        cited: dict[tuple[str, str], list[Quote]] = defaultdict(list)
        for row in self.rows.said(CITATIONS):
            cited[row["field"], row["serial"]].append(quotes[row[target]])
        found: dict[str, list[Said]] = defaultdict(list)
        for row in self.rows.said(ANSWERS):
            found[row["question"]].append(row)
        result = {}
        for name, question in self.library.questions.items():
            rows = found[name]
            state = State(rows[0]["state"]) if rows else State.NOT_REPORTED
            answers = tuple(
                Answer(row[serial], self.answer(row, question, row[serial]), tuple(cited[name, row[serial]]))
                for row in rows
                if state is State.ANSWERED
            )
            result[name] = Answered(question, state, answers)
        return result

    def answer(self, row: Said, question: Field, serial: str) -> Record:
        """The parts of one answer; a unit the question implies counts as written."""
        allowed, implied = _parts(self.library, question)
        cells = Cells(self.library, row, lambda _: tuple(self.terms[question.name, serial]))
        values = parts_values(allowed, "", cells)
        for name, term in implied.items():
            values.setdefault(name, term)
        return Record(self.library.answer, values)

    def record(self, table: Table, row: Said) -> Record:
        cells = Cells(self.library, row, lambda column: tuple(self.terms[column, "0"]))
        return Record(table, parts_values(table.fields, "", cells))


@lru_cache(maxsize=256)
def _parts(library: Library, question: Field) -> tuple[tuple[Field, ...], Mapping[str, Term]]:
    """Return the parts that an answer to a question may have, and those that the question itself implies."""
    allowed = tuple(item for item in library.answer.fields if item.allows(question.kind))
    implied = {
        item.name: library.term(item.vocabulary, question.extra[item.name])
        for item in allowed
        if item.vocabulary and question.extra.get(item.name)
    }
    return allowed, implied
