"""Which files are read, in what order, and that many at once are checked as each alone is."""

from __future__ import annotations

import gc
import pickle
from pathlib import Path

import pytest

from casebook import validate
from casebook.schema import Library
from casebook.validate import parts
from support import CASES, EXAMPLES, ROOT

INVALID = sorted((EXAMPLES / "invalid").rglob("*.yaml"))


def test_files_come_once_and_in_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", ".hidden.yaml", "notes.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = validate.case_files([tmp_path, tmp_path / "b.yaml", tmp_path / "." / "a.yml"])
    assert [path.name for path in found] == ["a.yml", "b.yaml"]


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_say_the_same_as_the_whole(workers: int, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = validate.validate(INVALID, library, ROOT)
    monkeypatch.setattr(parts, "SIZE", 50)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(workers)), raising=False)
    done: list[tuple[int, int]] = []
    found = parts.listed(INVALID, library, ROOT, lambda *each: done.append(each))
    assert found.problems == whole.problems
    assert found.has_errors
    assert done[-1] == (len(INVALID), len(INVALID))
    texts = {rows.document.file: rows.document.text for rows in whole.rows}
    assert all(texts[problem.file] == found.texts[problem.file] for problem in whole.problems)


def test_clashes_are_found_across_parts(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")
    files = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / "plain.yaml")
        files[-1].write_text(text, encoding="utf-8")
    monkeypatch.setattr(parts, "SIZE", 1)
    found = parts.listed(files, library, tmp_path)
    assert [(problem.code, problem.file) for problem in found.problems] == [("id-clash", "two/plain.yaml")]


def test_the_schemas_can_be_sent_to_another_process(library: Library) -> None:
    copy = pickle.loads(pickle.dumps(library))  # noqa: S301 -- made here
    files = sorted(CASES.glob("*.yaml"))[:5]
    assert validate.validate(files, copy, ROOT).problems == validate.validate(files, library, ROOT).problems


def test_order_of_files_and_places(library: Library) -> None:
    problems = validate.validate(INVALID, library, ROOT).problems
    assert [problem.sort_key for problem in problems] == sorted(problem.sort_key for problem in problems)


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(library: Library, on: bool) -> None:
    frozen = gc.get_freeze_count()
    (gc.enable if on else gc.disable)()
    try:
        parts.listed(validate.case_files([CASES])[:2], library, ROOT)
        assert gc.isenabled() is on
        assert gc.get_freeze_count() == frozen
    finally:
        gc.enable()
