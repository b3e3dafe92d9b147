"""Python and the browser cut text alike, whatever the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.schema import Library
from casebook.views.search import tokens
from searching import node
from support import CASES

SIMPLIFIED = "".join(chr(one) + other for one, other in tokens.simplified().items())

#: Characters that both know; newer ones are no part of either's tables for certain.
characters = st.characters(exclude_categories=("Cs", "Cn"))
likely = st.text(
    st.sampled_from("何家坳無業環衛，。（）１２Ａａé ü'’-.,0123456789 cleaners committees subsidised Wuye々〇か")
)


def agree(texts: list[str]) -> None:
    for ends in (False, True):
        there = node("cut.js", given={"simplified": SIMPLIFIED, "ends": ends, "texts": texts})
        for text, found in zip(texts, there, strict=True):
            assert sorted(found) == sorted(tokens.cut(text, ends)), text


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.text(characters), likely), min_size=150, max_size=300))
def test_any_text(texts: list[str]) -> None:
    agree(texts)


def test_the_cases_themselves() -> None:
    agree([line for path in sorted(CASES.glob("*.yaml")) for line in path.read_text(encoding="utf-8").splitlines()])


def test_every_name_of_every_term(library: Library) -> None:
    terms = [term for each in library.vocabularies.values() for term in each.terms.values()]
    texts = [text for term in terms for words in (term.labels, term.definition) for text in words.values()]
    agree(texts + [name for term in terms for names in term.synonyms.values() for name in names])


def test_every_character_alone() -> None:
    known = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cs", "Cn", "Co")]
    agree(known)


@pytest.mark.parametrize(
    "words",
    [
        "cleaner cleaners cleaning cleaned cleans clean",
        "subsidy subsidies subsidise subsidised subsidising subsidize subsidized",
        "renovate renovates renovated renovating renovation renovations",
        "volunteer volunteers volunteering volunteered",
        "manage manages managed managing manager managers management",
        "merge merged merging merges",
        "install installed installing installs",
        "plan plans planned planning",
        "committee committees",
        "elect elects elected electing election elections",
        "rate rates rated rating",
        "size sizes sized",
        "pay pays paying payment payments",
        "organise organised organisation organiser organize organization",
    ],
)
def test_forms_of_a_word_are_one(words: str) -> None:
    assert len({tokens.stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("１１３３", "1133"),
        ("９９．４％", "99.4"),
        ("279,040 yuan", "279040"),
        ("Ｈｅｊｉａａｏ", "hejiaao"),
        ("Xianglü", "xianglu"),
    ],
)
def test_one_spelling(text: str, token: str) -> None:
    assert token in tokens.cut(text)


def test_traditional_characters_are_simplified() -> None:
    assert tokens.cut("無人管小區，環衛打包") == tokens.cut("无人管小区，环卫打包")
