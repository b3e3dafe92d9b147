"""Approaches side by side, and one page each."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.model import Collection
from casebook.views.claims import QuestionView, question_view
from casebook.views.facets import Card, card
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class ApproachView:
    """An approach and the cases that follow it; ``main`` counts those for which it is the main one."""

    term: TermRef
    synonyms: tuple[str, ...]
    cards: tuple[Card, ...]
    main: int


@dataclass(frozen=True)
class ApproachPage:
    """An approach with what its cases say to the key questions: rows of question and a cell for each case."""

    view: ApproachView
    rows: tuple[tuple[QuestionView, tuple[tuple[Card, QuestionView], ...]], ...]


def approaches(reader: Reader, collection: Collection, mark: str) -> tuple[ApproachView, ...]:
    """Return every approach of the vocabulary, those without a case too."""
    field = reader.library.case.by_role["approach"]
    views = []
    for term in reader.library.vocabularies[str(field.vocabulary)].terms.values():
        found = [case for case in collection.cases if term in case.role("approach")]
        main = sum(case.role("approach")[0] is term for case in found)
        cards = tuple(card(reader, case, mark) for case in found)
        views.append(ApproachView(reader.term(term), term.synonyms.get(reader.lang, ()), cards, main))
    return tuple(views)


def approach_page(reader: Reader, collection: Collection, view: ApproachView) -> ApproachPage:
    """Return one approach with the key questions of its cases side by side."""
    cases = {case.id: case for case in collection.cases}
    rows = []
    for name, question in reader.library.questions.items():
        if question.extra.get("key"):
            cells = tuple((each, question_view(reader, cases[each.id].answered[name])) for each in view.cards)
            if cells:
                rows.append((cells[0][1], cells))
    return ApproachPage(view, tuple(rows))
