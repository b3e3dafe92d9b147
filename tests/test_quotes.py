"""Every quote stands, to the letter, in the facts that the cases were written from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from support import CASES, DOMAIN

pytestmark = pytest.mark.skipif(not DOMAIN.is_dir(), reason="the fact files are kept outside this repository")

#: Cases taken from the one article whose facts stand in a file of their own.
ARTICLE = {"hejiaao-1133", "rongchang-water", "yangmeitang-sanitation", "hetang-backstop", "yaohua-red-property"}


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def allowed(case: str) -> list[str]:
    """Quotes seen in the source of a case."""
    file = DOMAIN / "seed-facts.yaml" if case in ARTICLE else DOMAIN / "cases" / f"{case}.yaml"
    return [fact["quote"] for fact in load(file)["facts"]]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_quotes_are_in_the_facts(path: Path) -> None:
    seen = allowed(path.stem)
    quotes = [str(text) for source in load(path)["sources"] for text in source["quotes"].values()]
    assert quotes
    assert [quote for quote in quotes if not any(quote in fact for fact in seen)] == []


def test_article_cases_are_all_there() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} >= ARTICLE
