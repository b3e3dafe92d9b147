"""The page of one case."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Case
from casebook.schema import walk
from casebook.values import Record
from casebook.views.claims import QuestionView, SourceView, question_view, quoted
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class GroupView:
    """Questions under one heading."""

    id: str
    label: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True)
class CasePage:
    """Everything a case's page shows.

    Attributes:
        place: from the largest part to the smallest; ``where`` is the same as one line.
        place_note: what is uncertain about the names.
        approaches: main one first.
        tags: header terms that cases can be filtered by, approaches included.
        standing: the question whether the practice still goes on, where the library asks it.
        standing_since: date of the source that last said so.
        strip: the state of each question, by group.
        key: questions shown first, answered or not.
        groups: the other questions that are answered or do not apply.
        unknown: questions that nobody has reported on, those among ``key`` included.
        answered: how many of ``total`` questions have an answer.
    """

    id: str
    title: str
    lead: str
    place: tuple[str, ...]
    where: str
    place_note: str
    approaches: tuple[TermRef, ...]
    tags: tuple[TermRef, ...]
    evidence: TermRef
    state: TermRef
    completeness: TermRef
    original: str
    checked: str
    review_note: str
    standing: QuestionView | None
    standing_since: str | None
    strip: tuple[tuple[str, ...], ...]
    key: tuple[QuestionView, ...]
    groups: tuple[GroupView, ...]
    unknown: tuple[QuestionView, ...]
    answered: int
    total: int
    sources: tuple[SourceView, ...]


def case_page(reader: Reader, case: Case) -> CasePage:
    """Return a case's page.

    Args:
        reader: the language.
        case: the case.
    """
    questions = [question_view(reader, answered) for answered in case.answered.values()]
    rest = [each for each in questions if not each.key and each.state != State.NOT_REPORTED]
    groups = (
        GroupView(group.id, reader.words(group.labels), tuple(each for each in rest if each.group == group.id))
        for group in reader.library.groups
    )
    place, review, standing = case.role("place"), case.role("review"), _standing(case)
    return CasePage(
        id=case.id,
        title=reader.words(case.role("heading")),
        lead=reader.words(case.role("lead")),
        place=reader.place(place),
        where=reader.where(place),
        place_note=_note(reader, place),
        approaches=reader.terms(case.role("approach")),
        tags=tags(reader, case),
        evidence=reader.term(case.role("evidence")),
        state=reader.term(case.role("state")),
        completeness=reader.term(case.role("completeness")),
        original=case.role("original").id,
        checked=case.role("checked"),
        review_note=_note(reader, review),
        standing=next((each for each in questions if each.id == standing), None),
        standing_since=since(case),
        strip=strip(case),
        key=tuple(each for each in questions if each.key),
        groups=tuple(group for group in groups if group.questions),
        unknown=tuple(each for each in questions if each.state == State.NOT_REPORTED),
        answered=case.count,
        total=len(questions),
        sources=tuple(quoted(reader, source, case.quotes.values()) for source in case.sources),
    )


@dataclass(frozen=True)
class Withdrawn:
    """What is left of a case that was withdrawn."""

    id: str
    title: str
    checked: str
    reason: str


def withdrawn(reader: Reader, case: Case) -> Withdrawn:
    """Return the notice that stands at the address of a withdrawn case."""
    title = reader.words(case.role("heading"))
    return Withdrawn(case.id, title, case.role("checked"), _note(reader, case.role("review")))


def strip(case: Case) -> tuple[tuple[str, ...], ...]:
    """Return the state of each question, in the order of the schemas, one tuple a group."""
    groups: dict[str, list[str]] = {}
    for answered in case.answered.values():
        groups.setdefault(str(answered.question.extra.get("group")), []).append(answered.state.value)
    return tuple(tuple(states) for states in groups.values())


def _standing(case: Case) -> str | None:
    return next((name for name, each in case.answered.items() if each.question.role == "standing"), None)


def since(case: Case) -> str | None:
    """Return the latest date of a source that says whether the practice goes on."""
    name = _standing(case)
    answers = case.answered[name].answers if name else ()
    sources = [quote.source for answer in answers for quote in answer.quotes]
    dates = [source.role("published") or source.role("updated") for source in sources]
    return max((date for date in dates if date), default=None)


def tags(reader: Reader, case: Case) -> tuple[TermRef, ...]:
    """Return the lists of terms in the header that cases can be filtered by."""
    fields = (item for item in walk(case.header.table.fields) if item.facet and item.kind == "terms")
    return tuple(ref for item in fields for ref in reader.terms(case.header.values.get(item.name), item.name))


def _note(reader: Reader, record: Record) -> str:
    """Return the free text of a record within the header."""
    texts = (record.values.get(item.name) for item in record.table.fields if item.kind == "text")
    return " ".join(reader.words(words) for words in texts if words)
