"""The list of cases: a card each, and what they can be filtered by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Case, Collection
from casebook.schema import Field, Term, walk
from casebook.values import Record
from casebook.views.case import tags
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class Card:
    """A case in a list. ``facets`` holds ids of terms by facet; a question without answers gives its state."""

    id: str
    title: str
    lead: str
    place: tuple[str, ...]
    tags: tuple[TermRef, ...]
    approach: TermRef
    evidence: TermRef
    answered: int
    total: int
    checked: str
    facets: dict[str, list[str]]


@dataclass(frozen=True)
class FacetView:
    """Something cases can be filtered by, with the number of cases for each term that occurs."""

    name: str
    label: str
    options: tuple[tuple[TermRef, int], ...]


@dataclass(frozen=True)
class CaseList:
    """Cases grouped by their main approach, in the vocabulary's order, and the facets over them all."""

    groups: tuple[tuple[TermRef, tuple[Card, ...]], ...]
    facets: tuple[FacetView, ...]
    total: int


def case_list(reader: Reader, collection: Collection, mark: str, states: dict[str, str]) -> CaseList:
    """Return all cases as a list.

    Args:
        reader: the language.
        collection: the cases.
        mark: what stands behind an unconfirmed name.
        states: words for a question without answers, by state.
    """
    cards = [card(reader, case, mark) for case in collection.cases]
    order = {term: [each for each in cards if each.approach.id == term] for term in _approaches(reader)}
    groups = tuple((found[0].approach, tuple(found)) for found in order.values() if found)
    facets = tuple(_facet(reader, item, cards, states) for item in facet_fields(collection))
    return CaseList(groups, facets, len(cards))


def facet_fields(collection: Collection) -> list[Field]:
    """Header fields and questions that cases can be filtered by, in the order of the schemas."""
    fields = (*walk(collection.library.case.fields), *collection.library.questions.values())
    return [item for item in fields if item.facet]


def card(reader: Reader, case: Case, mark: str) -> Card:
    """Return a case as a card."""
    approach = case.role("approach")
    return Card(
        id=case.id,
        title=reader.words(case.role("heading")),
        lead=reader.words(case.role("lead")),
        place=reader.place(case.role("place"), mark),
        tags=tags(reader, case),
        approach=reader.term(approach[0]),
        evidence=reader.term(case.role("evidence")),
        answered=case.count,
        total=len(case.answered),
        checked=case.role("checked"),
        facets=_facet_values(reader, case),
    )


def _approaches(reader: Reader) -> list[str]:
    vocabulary = reader.library.case.by_role["approach"].vocabulary
    return list(reader.library.vocabularies[str(vocabulary)].terms)


def _facet_values(reader: Reader, case: Case) -> dict[str, list[str]]:
    values = {item.name: _ids(reader, item, value) for item, value in _header(case.header) if item.facet}
    for name, answered in case.answered.items():
        if answered.question.facet:
            terms = [term.id for answer in answered.answers for term in answer.role("terms") or ()]
            values[name] = list(dict.fromkeys(terms)) or [answered.state.value]
    return values


def _header(record: Record) -> list[tuple[Field, object]]:
    found: list[tuple[Field, object]] = []
    for item in record.table.fields:
        value = record.values.get(item.name)
        found.extend(_header(value) if isinstance(value, Record) else [(item, value)])
    return found


def _ids(reader: Reader, item: Field, value: object) -> list[str]:
    """Ids of a term and its parents, so that a city finds the cases of its districts; or of several terms."""
    if isinstance(value, Term):
        return [term.id for term in reader.lineage(str(item.vocabulary), value)]
    return [term.id for term in value] if isinstance(value, tuple) else []


def _facet(reader: Reader, item: Field, cards: list[Card], states: dict[str, str]) -> FacetView:
    counts = Counter(term for each in cards for term in each.facets.get(item.name, ()))
    terms = reader.library.vocabularies[str(item.vocabulary)].terms
    options = [(reader.term(term, item.name), counts[id]) for id, term in terms.items() if counts[id]]
    for state in (State.ANSWERED, State.NOT_REPORTED, State.NOT_APPLICABLE):
        if counts[state.value]:
            ref = TermRef(state.value, states[state.value], states[state.value], facet=item.name)
            options.append((ref, counts[state.value]))
    return FacetView(item.name, reader.words(item.labels), tuple(options))
