"""The library keeps what was asked of its content, held to the facts that its cases were written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook.schema import Library
from support import CASES, DOMAIN, ROOT

pytestmark = pytest.mark.skipif(not DOMAIN.is_dir(), reason="the fact files are kept outside this repository")

#: Outside mainland China.
ABROAD = {"GB", "KR", "SG", "810000", "820000", "710000"}
MONEY = re.compile(r"yuan|RMB|CNY|HKD|SGD|KRW|won")


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


FACTS = {path.stem: load(path) for path in sorted((DOMAIN / "cases").glob("*.yaml"))} if DOMAIN.is_dir() else {}
WRITTEN = {path.stem: load(path) for path in sorted(CASES.glob("*.yaml"))}
PUBLISHED = {id: case for id, case in WRITTEN.items() if case["review"]["state"] == "published"}


def answers(case: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = case["answers"].get(name)
    return found if isinstance(found, list) else []


def every_answer(case: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in case["answers"]:
        yield from ((name, answer) for answer in answers(case, name))


def terms(library: Library, name: str, only: str | None = None) -> set[str]:
    return {term.id for term in library.vocabularies[name].terms.values() if only is None or term.extra.get(only)}


def test_every_fact_file_has_a_case_and_the_best_are_published() -> None:
    assert set(FACTS) <= set(WRITTEN)
    best = {id for id, facts in FACTS.items() if facts["source"]["grade"] == "A"}
    assert len(best) >= 38
    assert best <= set(PUBLISHED)
    assert len(PUBLISHED) >= 60
    held_back = {id for id in FACTS if id not in PUBLISHED}
    assert all("do not publish" in FACTS[id]["caution"].lower() for id in held_back)


def test_every_approach_is_taken_by_a_published_case(library: Library) -> None:
    taken = {approach for case in PUBLISHED.values() for approach in case["approaches"]}
    assert taken == terms(library, "approach")


@pytest.mark.parametrize("id", sorted(FACTS))
def test_a_case_keeps_what_its_fact_file_says_of_it(id: str, library: Library) -> None:
    facts, case = FACTS[id], WRITTEN[id]
    assert facts["approach"] in case["approaches"]
    if facts["failed_or_stopped"]:
        assert id in PUBLISHED
        standing = {term for answer in answers(case, "still_running") for term in answer.get("terms", ())}
        assert standing & terms(library, "running", "warns")
    elsewhere = {"S1": facts["source"], **{other["ref"]: other for other in facts.get("other_sources", ())}}
    grades = {source["url"]: source["grade"] for source in elsewhere.values() if source.get("url")}
    for source in case["sources"]:
        assert not (grades.get(source.get("url")) == "B" and source["grade"] == "A"), "a copy is marked as one"
    if facts["read"].startswith("opening"):
        assert case["record"] == "snapshot"
        assert all(source["extent"] != "full" for source in case["sources"])


def numbers(fact: dict[str, Any]) -> list[float]:
    found = fact.get("number", [])
    return [n for n in (found if isinstance(found, list) else [found]) if isinstance(n, int | float)]


@pytest.mark.parametrize("id", sorted(FACTS))
def test_every_sum_stands_as_an_amount_with_its_basis(id: str) -> None:
    amounts = [answer for name, answer in every_answer(WRITTEN[id]) if name in {"cost", "resident_fee"}]
    given = {float(answer[part]) for answer in amounts for part in ("value", "to") if part in answer}
    assert all(answer.get("basis") and answer.get("unit") for answer in amounts if "value" in answer)
    for fact in FACTS[id]["facts"]:
        units = str(fact.get("unit", "")).split(";")
        for number, unit in zip(numbers(fact), [*units, *[units[-1]] * 9], strict=False):
            if MONEY.search(unit):
                assert float(number) in given, f"{number} {unit} is an amount of {id}"


def test_figures_that_sources_give_differently_stand_side_by_side() -> None:
    for id, name in (("beijing-jinsong", "buildings"), ("seoul-gangbuk-villa", "started"), ("england-tmo", "started")):
        labels = [answer["conflict"] for answer in answers(WRITTEN[id], name) if "conflict" in answer]
        assert len(labels) >= 2 and len(set(labels)) == 1, id
    assert [answer.get("conflict") for answer in answers(WRITTEN["hejiaao-1133"], "steps")][-2:] == [
        "meaning-of-1133",
        "meaning-of-1133",
    ]


def test_a_comparator_from_abroad_says_so() -> None:
    abroad = {id: case for id, case in WRITTEN.items() if case["place"]["area"] in ABROAD}
    assert len(abroad) == 4
    for case in abroad.values():
        for words in (case["summary"], case["place"]["note"]):
            assert words["zh"].startswith("境外参照")
            assert words["en"].startswith("A comparator from")


def test_an_inference_is_the_editors_own() -> None:
    for id, case in WRITTEN.items():
        for name, answer in every_answer(case):
            if answer["says"] == "inference":
                assert answer["by"] == {"zh": "编者", "en": "the editors"}, f"{id} {name}"


def published_words() -> Iterator[tuple[str, str]]:
    files = [*CASES.glob("*.yaml"), *(ROOT / "docs" / "zh").rglob("*.md"), *(ROOT / "docs" / "en").rglob("*.md")]
    yield from ((path.name, path.read_text(encoding="utf-8")) for path in files)


def test_no_rule_of_hunan_and_none_of_another_city_is_offered_as_law() -> None:
    local = re.compile(r"(北京|上海|郑州|丽水|滨州|河南|湖南|长沙|株洲)[省市]?(物业管理)?(条例|规定)")
    for name, text in published_words():
        assert "湖南省物业管理条例" not in text, name
        assert not local.search(text), name


def law_fragments(text: str) -> list[str]:
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [found for row in rows for found in re.findall(r"“([^“”]+)”", row)]


def test_the_law_is_quoted_to_the_letter() -> None:
    known = load(DOMAIN / "terms.yaml")
    articles = [*known["civil_code"]["articles"], *known["property_management_regulation"]["articles"]]
    seen = [str(article[part]) for article in articles for part in ("quote", "quote2") if part in article]
    for lang in ("zh", "en"):
        text = (ROOT / "docs" / lang / "guides" / "law.md").read_text(encoding="utf-8")
        fragments = law_fragments(text)
        assert len(fragments) >= 14
        assert [fragment for fragment in fragments if not any(fragment in quote for quote in seen)] == []
    assert "请向当地住房主管部门核对现行文本" in (ROOT / "docs/zh/guides/law.md").read_text(encoding="utf-8")
    assert "Check the current text with your housing authority" in text


def test_the_guide_to_grades_says_what_the_library_holds() -> None:
    assert {case["review"]["evidence"] for case in PUBLISHED.values()} == {"E0", "E1"}, "update guides/quoting.md"


def test_the_glossary_is_large_and_every_term_has_a_source_and_other_names(library: Library) -> None:
    glossary = library.vocabularies["glossary"].terms.values()
    assert len(glossary) >= 40
    for term in glossary:
        assert term.extra["source"]["zh"] and term.extra["source"]["en"], term.id
        assert term.synonyms["zh"] and term.synonyms["en"], term.id
        assert term.definition["zh"] and term.definition["en"], term.id
