"""The index of the cases as they stand, and Node to search it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.model import Collection
from casebook.views import search
from casebook.views.reading import Reader

HERE = Path(__file__).parent

Ask = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]


def node(script: str, *arguments: str | Path, given: Any) -> Any:
    """Run a script of this folder in Node; both ways JSON."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("no Node on this machine")
    done = subprocess.run(
        [program, str(HERE / script), *map(str, arguments)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def write_index(collection: Collection, lang: str, folder: Path) -> None:
    """Write the files of one language below a folder."""
    for name, value in search.files(Reader(collection.library, lang), collection):
        path = folder / lang / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


@pytest.fixture(scope="session")
def index(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    for lang in collection.library.languages:
        write_index(collection, lang, folder)
    return folder


@pytest.fixture(scope="session")
def ask(index: Path) -> Ask:
    """Ask several things in one language: [{q, kind, limit}] → what is found."""

    def ask(lang: str, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = node("ask.js", index / lang, given=requests)
        return answers

    return ask
