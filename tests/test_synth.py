"""Made-up cases: valid, varied, the same every time, and never among real ones."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from casebook import synth, validate
from casebook.library import open_library
from casebook.schema import Library

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(ROOT / "schemas")


@pytest.fixture(scope="module")
def folder(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synth")
    synth.write(library, 60, folder)
    return folder


def digest(folder: Path) -> str:
    texts = (path.name.encode() + path.read_bytes() for path in sorted(folder.iterdir()))
    return hashlib.sha256(b"".join(texts)).hexdigest()


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "casebook", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_they_pass_every_check(library: Library, folder: Path) -> None:
    checked = validate.validate(validate.case_files([folder]), library, folder)
    assert len(checked.rows) == 60
    assert checked.problems == []


def test_same_seed_same_bytes(library: Library, folder: Path, tmp_path: Path) -> None:
    synth.write(library, 60, tmp_path / "again")
    assert digest(tmp_path / "again") == digest(folder)
    synth.write(library, 60, tmp_path / "other", seed=1)
    assert digest(tmp_path / "other") != digest(folder)


def test_a_case_does_not_depend_on_how_many_are_made(library: Library, folder: Path, tmp_path: Path) -> None:
    synth.write(library, 7, tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_they_differ_and_say_that_they_are_made_up(library: Library) -> None:
    cases = synth.Cases(library)
    texts = [cases.case(number)[1] for number in range(1, 1001)]
    titles = {text.split("title:")[1].split("summary:")[0] for text in texts}
    assert len(titles) == 1000
    for text in texts:
        for part in ("title:", "summary:", "note:"):
            assert "虚构" in text.split(part, 1)[1][:120]
            assert "Fictional" in text.split(part, 1)[1][:800]


def test_every_question_and_every_term_of_the_facets_occurs(library: Library) -> None:
    cases = synth.Cases(library)
    text = "".join(cases.case(number)[1] for number in range(1, 401))
    for name in library.questions:
        assert f"{name}:\n    - " in text
    for item in library.questions.values():
        for term in library.vocabularies[item.vocabulary].terms if item.vocabulary else ():
            assert f'"{term}"' in text


def test_a_smaller_run_leaves_no_case_of_a_larger_one(library: Library, tmp_path: Path) -> None:
    synth.write(library, 5, tmp_path)
    synth.write(library, 3, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"synth-{n:06d}.yaml" for n in (1, 2, 3)]


def test_real_cases_are_not_touched(library: Library, tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("id: real\n", encoding="utf-8")
    with pytest.raises(synth.Refused):
        synth.write(library, 3, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["real.yaml"]


def test_command(tmp_path: Path) -> None:
    made = run("synth", "4", "--out", tmp_path / "made", "--seed", "3")
    assert made.returncode == 0, made.stderr
    assert run("check", tmp_path / "made").returncode == 0
    refused = run("synth", "4", "--out", ROOT / "cases")
    assert refused.returncode == 2
    assert "cases" in refused.stderr
