"""Approaches side by side, and one page each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Case, Collection
from casebook.views.claims import QuestionView, question_view
from casebook.views.facets import Card
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class ApproachView:
    """An approach and the cases that follow it; ``main`` counts those for which it is the main one."""

    term: TermRef
    synonyms: tuple[str, ...]
    cards: tuple[Card, ...]
    main: int


#: Cases whose answers stand side by side, and how many of them in one table; an approach may have thousands.
_SIDE_BY_SIDE = 12
_IN_A_TABLE = 4


@dataclass(frozen=True)
class Beside:
    """A few cases side by side: what each says to the key questions, a row for each question, a cell for each case."""

    cards: tuple[Card, ...]
    rows: tuple[tuple[QuestionView, ...], ...]

    @property
    def size(self) -> int:
        """How many cases."""
        return len(self.cards)


@dataclass(frozen=True)
class ApproachPage:
    """An approach with all cases that follow it, those first for which it is the main one, and tables of the first."""

    view: ApproachView
    cases: tuple[Case, ...]
    tables: tuple[Beside, ...]


def approaches(reader: Reader, collection: Collection, every: Mapping[str, Card]) -> tuple[ApproachView, ...]:
    """Return every approach of the vocabulary, those without a case too.

    Args:
        reader: the language.
        collection: the cases.
        every: their cards, by id.
    """
    field = reader.library.case.by_role["approach"]
    found: dict[str, list[Card]] = defaultdict(list)
    main: Counter[str] = Counter()
    for case in collection.cases:
        first, *others = case.role("approach")
        main[first.id] += 1
        for term in (first, *others):
            found[term.id].append(every[case.id])
    views = []
    for term in reader.library.vocabularies[str(field.vocabulary)].terms.values():
        ref, synonyms = reader.term(term, field.name), term.synonyms.get(reader.lang, ())
        views.append(ApproachView(ref, synonyms, tuple(found[term.id]), main[term.id]))
    return tuple(views)


def approach_page(reader: Reader, collection: Collection, view: ApproachView) -> ApproachPage:
    """Return one approach with its cases, and the first of them side by side."""
    own = {each.id for each in view.cards}
    found = [case for case in collection.cases if case.id in own]
    found.sort(key=lambda case: case.role("approach")[0].id != view.term.id)
    cards = {each.id: each for each in view.cards}
    first = found[:_SIDE_BY_SIDE]
    parts = [first[at : at + _IN_A_TABLE] for at in range(0, len(first), _IN_A_TABLE)]
    key = [name for name, question in reader.library.questions.items() if question.extra.get("key")]
    tables = tuple(
        Beside(
            tuple(cards[case.id] for case in part),
            tuple(tuple(question_view(reader, case.answered[name]) for case in part) for name in key),
        )
        for part in parts
    )
    return ApproachPage(view, tuple(found), tables)


@dataclass(frozen=True)
class MatrixRow:
    """An approach, and for each column how many of its cases say what."""

    view: ApproachView
    cells: tuple[tuple[tuple[TermRef, int], ...], ...]


@dataclass(frozen=True)
class Matrix:
    """Approaches side by side; columns are the questions that cases can be filtered by."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def matrix(reader: Reader, views: tuple[ApproachView, ...]) -> Matrix:
    """Return the approaches that have a case, counted by what their cases answer."""
    questions = [item for item in reader.library.questions.values() if item.facet]
    rows = []
    for view in views:
        if not view.cards:
            continue
        cells = []
        for item in questions:
            counts = Counter(id for card in view.cards for id in card.facets[item.name])
            terms = reader.library.vocabularies[str(item.vocabulary)].terms
            known = [(reader.term(term, item.name), counts[id]) for id, term in terms.items() if counts[id]]
            known.sort(key=lambda pair: -pair[1])
            states = [(reader.state_ref(state.value), counts[state.value]) for state in State if counts[state.value]]
            cells.append((*known, *states))
        rows.append(MatrixRow(view, tuple(cells)))
    return Matrix(tuple(reader.words(item.labels) for item in questions), tuple(rows))
