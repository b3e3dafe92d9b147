"""The index of the cases as they stand, and Node to search it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casebook.model import Collection
from casebook.views import search
from casebook.views.reading import Reader
from searching import Ask, node


@pytest.fixture(scope="session")
def index(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of every language, as JSON."""
    folder = tmp_path_factory.mktemp("index")
    for lang in collection.library.languages:
        (folder / lang / "search").mkdir(parents=True)
        for name, value in search.files(Reader(collection.library, lang), collection):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            (folder / lang / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def ask(index: Path) -> Ask:
    def ask(lang: str, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = node("ask.js", index / lang, given=requests)
        return answers

    return ask
