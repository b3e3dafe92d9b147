"""Approach pages: everything said is a claim of a case; what stopped is counted and not explained away."""

from __future__ import annotations

from casebook.kinds.composite import State
from casebook.model import Collection
from casebook.views import approaches, facets, lessons
from casebook.views.reading import Reader


def test_every_approach_has_a_page_with_its_cases_main_ones_first(collection: Collection) -> None:
    reader = Reader(collection.library, "zh")
    for view in approaches.approaches(reader, collection, facets.cards(reader, collection)):
        page = approaches.approach_page(reader, collection, view)
        mains = [case.role("approach")[0].id == view.term.id for case in page.cases]
        assert mains == sorted(mains, reverse=True)
        assert sum(mains) == view.main
        assert {case.id for case in page.cases} == {card.id for card in view.cards}


def test_stopped_cases_are_told_by_their_own_claims(collection: Collection) -> None:
    reader = Reader(collection.library, "en")
    stopped = lessons.stopped(reader, collection.cases)
    assert stopped, "the library has cases that did not last"
    others = [*lessons.risks(reader, collection.cases)]
    assert not {each.id for each in stopped} & {each.id for each in others}
    for each in stopped:
        assert each.standing
    claims = [claim for each in others for claim in each.claims]
    assert all(claim.quotes or claim.speaker or claim.says.tone for claim in claims)


def test_what_they_share_stands_beside_the_share_of_all(collection: Collection) -> None:
    found = lessons.shared(Reader(collection.library, "zh"), collection)
    assert found
    few = sum(map(lessons.has_stopped, collection.cases))
    by_id = {case.id: case for case in collection.cases}
    for each in found:
        assert each.count <= each.all_count <= each.all_of == len(collection.cases)
        assert 2 <= each.count <= each.of == few
        for id, _, anchor in each.cases:
            case = by_id[id]
            assert lessons.has_stopped(case)
            if anchor and not each.silent:
                name, _, serial = anchor.rpartition("-")
                assert serial in {answer.serial for answer in case.answered[name].answers}
    assert [each.count for each in found] == sorted((each.count for each in found), reverse=True)


def test_steps_come_in_the_order_of_their_case(collection: Collection) -> None:
    reader = Reader(collection.library, "zh")
    for told, question in lessons.steps(reader, collection.cases):
        assert question.ordered
        assert question.state == State.ANSWERED
        assert told.claims == question.claims
