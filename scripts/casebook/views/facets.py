"""The list of cases: a card each, and what they can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.kinds.composite import State
from casebook.model import Answered, Case, Collection
from casebook.schema import Field, Library, Term, walk
from casebook.values import Record
from casebook.views.case import strip, tags
from casebook.views.columns import column, order
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class Card:
    """A case in a list.

    ``facets`` holds ids of terms by facet; a question without answers gives its state.
    ``strip`` is the state of each question, by group. ``glance`` holds the questions that are told apart in a list:
    label, state, and the answer in a few words. ``zero`` says whether the sum that a list can begin with is nothing.
    """

    id: str
    title: str
    lead: str
    place: str
    area: str
    tags: tuple[TermRef, ...]
    main: TermRef
    evidence: TermRef
    answered: int
    total: int
    strip: tuple[tuple[str, ...], ...]
    glance: tuple[tuple[str, str, tuple[str, ...]], ...]
    zero: bool
    checked: str
    facets: dict[str, list[str]]


@dataclass(frozen=True)
class Option:
    """A term one can filter by, the number of its cases, and how deep it stands below a parent."""

    term: TermRef
    count: int
    depth: int = 0


@dataclass(frozen=True)
class FacetView:
    """Something cases can be filtered by, with the terms that occur."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Group:
    """Cases with the same main approach, and the place of each among all cases."""

    approach: TermRef
    cards: tuple[Card, ...]
    places: tuple[int, ...]


@dataclass(frozen=True)
class CaseList:
    """Cases grouped by their main approach, in the vocabulary's order, and the facets over them all.

    ``sum`` is the label of the sum that the list can begin with where it is nothing; empty without such a question.
    """

    groups: tuple[Group, ...]
    facets: tuple[FacetView, ...]
    total: int
    sum: str


def case_list(reader: Reader, collection: Collection, every: Mapping[str, Card]) -> CaseList:
    """Return all cases as a list.

    Args:
        reader: the language.
        collection: the cases.
        every: their cards, by id.
    """
    cards = [every[case.id] for case in collection.cases]
    order: dict[str, list[tuple[int, Card]]] = {term: [] for term in _approaches(reader.library)}
    for place, each in enumerate(cards):
        order[each.main.id].append((place, each))
    groups = tuple(
        Group(found[0][1].main, tuple(each for _, each in found), tuple(place for place, _ in found))
        for found in order.values()
        if found
    )
    facets = tuple(_facet(reader, item, cards) for item in facet_fields(collection))
    sums = (each for each in collection.library.questions.values() if _is_sum(each))
    return CaseList(groups, facets, len(cards), reader.words(next((each.labels for each in sums), None)))


def facet_fields(collection: Collection) -> list[Field]:
    """Header fields and questions that cases can be filtered by, in the order that the schemas number them."""
    fields = (*walk(collection.library.case.fields), *collection.library.questions.values())
    return sorted((item for item in fields if item.facet), key=lambda item: int(item.extra["facet"]))


def index(collection: Collection, cards: Iterable[Card]) -> dict[str, Any]:
    """Return what a script filters, counts and sorts by: a column for each facet and each order.

    Args:
        collection: the cases.
        cards: a card for each of them, in their order.
    """
    cards = list(cards)
    names = [item.name for item in facet_fields(collection)]
    rank = {term: number for number, term in enumerate(_approaches(collection.library))}
    return {
        "approach": order(rank[card.main.id] for card in cards),
        "facets": {name: column(card.facets.get(name, []) for card in cards) for name in names},
        "zero": order(not card.zero for card in cards),
        "place": order(card.area for card in cards),
        "answered": order(card.answered for card in cards),
        "checked": order(card.checked for card in cards),
    }


def cards(reader: Reader, collection: Collection) -> dict[str, Card]:
    """Return a card for each case, by id."""
    return {case.id: card(reader, case) for case in collection.cases}


def card(reader: Reader, case: Case) -> Card:
    """Return a case as a card."""
    approach = case.role("approach")
    return Card(
        id=case.id,
        title=reader.words(case.role("heading")),
        lead=reader.words(case.role("lead")),
        place=reader.where(case.role("place")),
        area=_area(reader, case),
        tags=tags(reader, case),
        main=reader.term(approach[0]),
        evidence=reader.term(case.role("evidence")),
        answered=case.count,
        total=len(case.answered),
        strip=strip(case),
        glance=tuple(
            (reader.words(each.question.labels), each.state.value, _few_words(reader, each))
            for each in case.answered.values()
            if each.question.extra.get("card")
        ),
        zero=any(
            answer.role("value") == "0"
            for each in case.answered.values()
            if _is_sum(each.question)
            for answer in each.answers
        ),
        checked=case.role("checked"),
        facets=_facet_values(reader, case),
    )


def _is_sum(question: Field) -> bool:
    """Whether it is the sum that cards show."""
    return bool(question.extra.get("card")) and question.kind == "money"


def _few_words(reader: Reader, answered: Answered) -> tuple[str, ...]:
    """Return what the answers come to, the first two of it; the state where they have neither figures nor terms."""
    found = [
        words
        for answer in answered.answers
        for words in (reader.amount(answer), *(term.short for term in reader.terms(answer.role("terms"))))
        if words
    ]
    return tuple(dict.fromkeys(found))[:2] or (reader.state(answered.state.value),)


def _area(reader: Reader, case: Case) -> str:
    """Return the coded part of the place alone, without names a phone has no room for."""
    place = case.role("place")
    coded = {item.name: place.values[item.name] for item in place.table.fields if item.kind == "term"}
    return reader.where(Record(place.table, coded))


def _approaches(library: Library) -> list[str]:
    return list(library.vocabularies[str(library.case.by_role["approach"].vocabulary)].terms)


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


def _facet(reader: Reader, item: Field, cards: list[Card]) -> FacetView:
    counts = Counter(term for each in cards for term in each.facets.get(item.name, ()))
    name = str(item.vocabulary)
    terms = reader.library.vocabularies[name].terms
    lineages = {id: reader.lineage(name, term) for id, term in terms.items() if counts[id]}
    rank = {id: number for number, id in enumerate(terms)}
    # Children directly below their parents, each level in the vocabulary's order.
    ordered = sorted(lineages, key=lambda id: [rank[term.id] for term in lineages[id]])
    options = [Option(reader.term(terms[id], item.name), counts[id], len(lineages[id]) - 1) for id in ordered]
    for state in State:
        if counts[state.value]:
            options.append(Option(reader.state_ref(state.value, item.name), counts[state.value]))
    return FacetView(item.name, reader.words(item.labels), tuple(options))
