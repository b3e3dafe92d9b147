"""Costs: sums only from inputs that exist, and a refusal that names what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

from casebook.kinds.composite import State
from casebook.model import Answer, Answered, Case, Collection
from casebook.schema import Library
from casebook.values import Record
from casebook.views import costs, plots
from casebook.views.costs import Interval, Refusal
from casebook.views.reading import Reader


def answer(library: Library, serial: int, **parts: str) -> Answer:
    """An answer with these parts by role; terms by id."""
    table = library.answer
    values: dict[str, object] = {"says": library.term("says", "reported"), "text": {"zh": "话", "en": "words"}}
    for role, value in parts.items():
        item = table.by_role[role]
        values[item.name] = library.term(str(item.vocabulary), value) if item.kind == "term" else value
    return Answer(str(serial), Record(table, values), ())


def case_with(collection: Collection, money: list[Answer], households: list[Answer]) -> Case:
    """A case of the library with other money and another number of households."""
    like = collection.cases[0]
    answered = dict(like.answered)
    for name, each in answered.items():
        given = (
            money
            if each.question.kind == "money"
            else households
            if each.question.extra.get("unit") == "household"
            else None
        )
        if given is not None:
            state = State.ANSWERED if given else State.NOT_REPORTED
            answered[name] = Answered(each.question, state, tuple(given))
    return Case(like.id, like.header, answered, like.sources, like.quotes)


def result(collection: Collection, households: list[Answer], **parts: str) -> costs.Sum | Refusal:
    case = case_with(collection, [answer(collection.library, 1, unit="CNY", **parts)], households)
    return next(iter(costs.amounts(Reader(collection.library, "en"), case).values()))[0].result


def words(collection: Collection, households: list[Answer], **parts: str) -> str:
    found = result(collection, households, **parts)
    assert isinstance(found, costs.Sum), found
    return found.words


MONTH = " per household per month"


def test_a_households_month_stays_as_it_is(collection: Collection) -> None:
    assert words(collection, [], value="4.5", basis="per_household_month") == f"¥4.5{MONTH}"
    assert words(collection, [], value="12", upper="30", basis="per_household_month") == f"¥12–30{MONTH}"


def test_a_year_is_divided_by_its_months(collection: Collection) -> None:
    assert words(collection, [], value="360", basis="per_household_year") == f"¥30{MONTH}"
    assert words(collection, [], value="50", basis="per_household_year") == f"≈¥4.17{MONTH}"
    assert words(collection, [], value="50", bound="about", basis="per_household_year") == f"about ¥4.17{MONTH}"
    assert words(collection, [], value="0.1", basis="per_household_year") == f"≈¥0.0083{MONTH}"


def test_a_sum_for_all_is_shared_among_the_households(collection: Collection) -> None:
    counted = [answer(collection.library, 1, value="200", unit="household")]
    assert words(collection, counted, value="1000", basis="per_month") == f"¥5{MONTH}"
    assert words(collection, counted, value="12000", basis="per_year") == f"¥5{MONTH}"
    found = result(collection, counted, value="12000", basis="per_year")
    assert isinstance(found, costs.Sum)
    assert found.months == 12
    assert found.share
    assert found.share.words == "200 households"


def test_at_least_among_at_least_is_not_known(collection: Collection) -> None:
    many = [answer(collection.library, 1, value="200", unit="household", bound="at_least")]
    assert words(collection, many, value="1000", basis="per_month") == f"at most ¥5{MONTH}"
    assert result(collection, many, value="1000", bound="at_least", basis="per_month") == Refusal("open", "")
    few = [answer(collection.library, 1, value="200", unit="household")]
    assert words(collection, few, value="1000", bound="at_least", basis="per_month") == f"at least ¥5{MONTH}"


def test_a_missing_input_is_named(collection: Collection) -> None:
    twice = [answer(collection.library, n, value=str(n), unit="household") for n in (1, 2)]
    assert result(collection, [], value="9", basis="per_year") == Refusal("unreported", "Households")
    assert result(collection, twice, value="9", basis="per_year") == Refusal("several", "Households")
    assert result(collection, [], value="0.5", basis="per_m2_month") == Refusal("input", "the floor area of a home")
    assert result(collection, []) == Refusal("figure", "")


def test_nothing_is_nothing_whatever_it_is_counted_by(collection: Collection) -> None:
    for basis in collection.library.vocabularies["basis"].terms:
        assert words(collection, [], value="0", basis=basis) == f"¥0{MONTH}"


def test_currencies_are_not_converted(collection: Collection) -> None:
    case = case_with(
        collection, [answer(collection.library, 1, unit="HKD", value="100", basis="per_household_month")], []
    )
    (amount, *_) = next(iter(costs.amounts(Reader(collection.library, "en"), case).values()))
    assert amount.sum
    assert amount.sum.words == f"HK$100{MONTH}"


def test_every_basis_says_how_or_why_not(library: Library) -> None:
    rules = {id: term.extra.get("household_month") for id, term in library.vocabularies["basis"].terms.items()}
    assert sum(rule == {} for rule in rules.values()) == 1
    for id, rule in rules.items():
        assert rule is not None, id
        assert not rule.get("missing") or set(rule["missing"]) == set(library.languages), id


def known(reader: Reader, cases: Iterable[Case]) -> dict[str, dict[str, tuple[costs.Amount, ...]]]:
    return {case.id: costs.amounts(reader, case) for case in cases}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_librarys_own_amounts(collection: Collection, lang: str) -> None:
    reader = Reader(collection.library, lang)
    parts = costs.sections(reader, collection.cases, known(reader, collection.cases))
    assert {part.id for part in parts} == {q.name for q in collection.library.questions.values() if q.kind == "money"}
    for part in parts:
        assert part.brought + sum(n for _, n in part.missing) == len(part.amounts)
        for plot in plots.plots(reader, part):
            assert len({dot.amount.unit for dot in plot.dots}) == 1
            for dot in plot.dots:
                assert 0 <= dot.x <= 100
                assert dot.to is None or dot.x < dot.to <= 100
            assert [dot.x for dot in plot.dots] == sorted(dot.x for dot in plot.dots)


def test_intervals_divide_without_inventing_an_end() -> None:
    two, four = Fraction(2), Fraction(4)
    assert Interval(four, four).divided(Interval(two, two)) == Interval(two, two)
    assert Interval(four, None).divided(Interval(two, two)) == Interval(two, None)
    assert Interval(four, four).divided(Interval(two, None)) == Interval(None, two)
    assert Interval(four, four, True).divided(Interval(two, two)).fuzzy


@pytest.mark.parametrize(
    "figures", [["0", "0.00001"], ["0.00001", "90000"], [str(n) for n in range(1, 200)], ["7", "7"]]
)
def test_a_picture_holds_any_figures(collection: Collection, figures: list[str]) -> None:
    reader = Reader(collection.library, "en")
    money = [
        answer(collection.library, n, unit="CNY", value=value, basis="per_household_month")
        for n, value in enumerate(figures, 1)
    ]
    cases = [case_with(collection, money, [])]
    (part, *_) = costs.sections(reader, cases, known(reader, cases))
    (plot,) = plots.plots(reader, part)
    assert plot.total == len(figures)
    assert all(0 <= dot.x <= 100 for dot in plot.dots)
    assert "e" not in "".join(label for _, label in plot.ticks)
    assert {plot.dots[0].figure, plot.dots[-1].figure} == {f"¥{figures[0]}", f"¥{figures[-1]}"} or len(figures) == 2
