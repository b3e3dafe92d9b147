"""A workshop as sheets of paper: its cases in short, what nobody has said of them, and what the trainer says."""

from __future__ import annotations

from dataclasses import dataclass

from casebook import workshops
from casebook.kinds.composite import State
from casebook.model import Case, Collection
from casebook.views.case import CasePage, case_page
from casebook.views.claims import ClaimView, QuestionView
from casebook.views.reading import Reader
from casebook.views.share import house
from casebook.workshops import Workshop


@dataclass(frozen=True)
class CaseSheet:
    """A case on one sheet.

    Attributes:
        case: all that its page shows.
        facts: the key questions, and the one that is looked up where it is none of them.
        check: the question and the claim that participants look up; ``None`` where nothing is to be.
        disputed: questions whose claims contradict one another.
        guessed: questions answered by the editors' inference alone.
    """

    case: CasePage
    facts: tuple[QuestionView, ...]
    check: tuple[QuestionView, ClaimView] | None
    disputed: tuple[QuestionView, ...]
    guessed: tuple[QuestionView, ...]


@dataclass(frozen=True)
class GapRow:
    """A question that is open in some of the cases, and its state in each."""

    ask: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """What happens from one minute to another; ``say`` is for the trainer and may be empty."""

    start: int
    end: int
    do: str
    say: str


@dataclass(frozen=True)
class Block:
    """Something to write on: a question with lines, or a table."""

    ask: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Pack:
    """A ready workshop in one language.

    ``houses`` are its cases as windows, see :mod:`casebook.views.share`; ``absent`` names cases that the schemas ask
    for and the library does not show.
    """

    id: str
    title: str
    minutes: int
    aim: str
    bring: tuple[str, ...]
    reading: str
    sheets: tuple[CaseSheet, ...]
    houses: tuple[tuple[str, ...], ...]
    gaps: tuple[GapRow, ...]
    steps: tuple[Step, ...]
    worksheets: tuple[tuple[str, tuple[Block, ...]], ...]
    notes: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def ids(self) -> str:
        """Ids of its cases, as an address takes them."""
        return ",".join(sheet.case.id for sheet in self.sheets)

    @property
    def checked(self) -> str:
        """The latest day on which one of its cases was checked."""
        return max(sheet.case.checked for sheet in self.sheets)


def packs(reader: Reader, collection: Collection) -> tuple[Pack, ...]:
    """Return the ready workshops; one none of whose cases is shown is left out."""
    cases = {case.id: case for case in collection.cases}
    found = (_pack(reader, workshop, cases) for workshop in workshops.workshops(collection.library))
    return tuple(pack for pack in found if pack.sheets)


def absent(collection: Collection) -> tuple[tuple[str, str], ...]:
    """Return each workshop and case of it that is not shown."""
    shown = {case.id for case in collection.cases}
    return tuple(
        (workshop.id, reading.case)
        for workshop in workshops.workshops(collection.library)
        for reading in workshop.readings
        if reading.case not in shown
    )


def _pack(reader: Reader, workshop: Workshop, cases: dict[str, Case]) -> Pack:
    shown = [(cases[reading.case], reading.check) for reading in workshop.readings if reading.case in cases]
    return Pack(
        id=workshop.id,
        title=reader.words(workshop.labels),
        minutes=workshop.minutes,
        aim=reader.words(workshop.aim),
        bring=tuple(map(reader.words, workshop.bring)),
        reading=reader.words(reader.library.tools[workshops.TOOL].get("reading")),
        sheets=tuple(_sheet(reader, case, check) for case, check in shown),
        houses=tuple(house(case) for case, _ in shown),
        gaps=_gaps(reader, [case for case, _ in shown]),
        steps=_steps(reader, workshop),
        worksheets=tuple(
            (reader.words(sheet.labels), tuple(_block(reader, block) for block in sheet.blocks))
            for sheet in workshop.sheets
        ),
        notes=tuple(map(reader.words, workshop.notes)),
        absent=tuple(reading.case for reading in workshop.readings if reading.case not in cases),
    )


def _sheet(reader: Reader, case: Case, check: str | None) -> CaseSheet:
    page = case_page(reader, case)
    questions = [*page.key, *(question for group in page.groups for question in group.questions)]
    looked_up = next((each for each in questions if each.id == check and each.claims), None)
    return CaseSheet(
        case=page,
        facts=tuple(each for each in questions if each.key or each is looked_up),
        check=(looked_up, looked_up.claims[0]) if looked_up else None,
        disputed=tuple(each for each in questions if any(block.conflict for block in each.blocks)),
        guessed=tuple(each for each in questions if each.blocks and all(block.ours for block in each.blocks)),
    )


def _gaps(reader: Reader, cases: list[Case]) -> tuple[GapRow, ...]:
    """Return the questions that are open somewhere, most open first."""
    rows = []
    for name, question in reader.library.questions.items():
        states = tuple(case.answered[name].state for case in cases)
        if State.NOT_REPORTED in states:
            rows.append(GapRow(reader.words(question.extra.get("ask")), states))
    return tuple(sorted(rows, key=lambda row: -row.states.count(State.NOT_REPORTED)))


def _steps(reader: Reader, workshop: Workshop) -> tuple[Step, ...]:
    steps, start = [], 0
    for step in workshop.steps:
        steps.append(Step(start, start + step.minutes, reader.words(step.do), reader.words(step.say)))
        start += step.minutes
    return tuple(steps)


def _block(reader: Reader, block: workshops.Block) -> Block:
    columns, heads = (tuple(map(reader.words, each)) for each in (block.columns, block.heads))
    return Block(reader.words(block.ask), columns, heads, block.rows)
