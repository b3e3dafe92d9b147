"""What the editors sum up of an approach rests on claims that are there, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from casebook.model import Collection
from casebook.views import approaches, facets, lessons
from casebook.views.digest import digest, stopped
from casebook.views.reading import Reader

PARTS = ("how", "not_when")


def points(collection: Collection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for approach, parts in collection.library.tools["digest"]["approaches"].items():
        for part in PARTS:
            for point in parts[part]:
                yield approach, part, point


def test_every_approach_with_a_case_is_summed_up(collection: Collection) -> None:
    reader = Reader(collection.library, "zh")
    for view in approaches.approaches(reader, collection, facets.cards(reader, collection)):
        summed = digest(reader, collection, view.term.id)
        assert bool(summed.how) == bool(summed.not_when) == bool(view.cards), view.term.id


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_point_leads_to_every_claim_it_names(collection: Collection, lang: str) -> None:
    reader = Reader(collection.library, lang)
    for approach, parts in collection.library.tools["digest"]["approaches"].items():
        shown = digest(reader, collection, approach)
        for part, found in zip(PARTS, (shown.how, shown.not_when), strict=True):
            wanted = [list(point["claims"]) for point in parts[part]]
            assert [[f"{id}#{anchor}" for id, _, anchor in point.claims] for point in found] == wanted
            assert [point.text for point in found] == [point[lang] for point in parts[part]]


def test_a_step_comes_from_a_case_that_follows_the_approach(collection: Collection) -> None:
    following = {case.id: {term.id for term in case.role("approach")} for case in collection.cases}
    for approach, part, point in points(collection):
        cases = [claim.partition("#")[0] for claim in point["claims"]]
        assert len(set(cases)) == len(cases), "one claim of a case, so that links tell apart"
        if part == "how":
            assert any(approach in following[case] for case in cases), point


def test_what_is_told_of_failures_is_told_by_them(collection: Collection) -> None:
    failed = {case.id for case in collection.cases if lessons.has_stopped(case)}
    found = stopped(Reader(collection.library, "zh"), collection)
    assert len(found) == len(collection.library.tools["digest"]["stopped"])
    for point in found:
        cases = [id for id, _, _ in point.claims]
        assert len(cases) == len(set(cases)) > 1
        assert set(cases) <= failed, point.text


def test_sentences_are_whole_in_both_languages(collection: Collection) -> None:
    stopped_points = collection.library.tools["digest"]["stopped"]
    for point in [*(point for _, _, point in points(collection)), *stopped_points]:
        assert point["zh"].endswith("。") and not set(point["zh"]) & set(",;:?!")
        assert point["en"].endswith(".") and point["en"][0].isupper()


def test_a_point_goes_with_the_last_case_that_bears_it_out(collection: Collection) -> None:
    approach, _, point = next(points(collection))
    gone = {claim.partition("#")[0] for claim in point["claims"]}
    left = replace(collection, cases=tuple(case for case in collection.cases if case.id not in gone))
    reader = Reader(collection.library, "en")
    assert point["en"] in {each.text for each in digest(reader, collection, approach).how}
    assert point["en"] not in {each.text for each in digest(reader, left, approach).how}
