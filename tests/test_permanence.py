"""Whether an address that was published once can vanish unnoticed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from casebook import permanence
from support import EXAMPLES, casebook

CASE = sorted((EXAMPLES / "valid").glob("*.yaml"))[0]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with one published case and its register."""
    (tmp_path / "cases").mkdir()
    text = CASE.read_text(encoding="utf-8").replace("state: draft", "state: published")
    (tmp_path / "cases" / CASE.name).write_text(text, encoding="utf-8")
    assert run(tmp_path, "--write").returncode == 0
    return tmp_path


def run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return casebook("permanence", "--cases", folder / "cases", "--register", folder / permanence.NAME, *more)


def register(folder: Path) -> str:
    return (folder / permanence.NAME).read_text(encoding="utf-8")


def rename(folder: Path, new: str) -> None:
    old = folder / "cases" / CASE.name
    text = old.read_text(encoding="utf-8").replace(f"id: {CASE.stem}", f"id: {new}", 1)
    old.unlink()
    (folder / "cases" / f"{new}.yaml").write_text(text, encoding="utf-8")


def test_pages_claims_and_data_are_registered_once(library: Path) -> None:
    first = register(library)
    assert f"cases/{CASE.stem}/\n" in first
    assert f"cases/{CASE.stem}/#" in first
    assert f"data/cases/{CASE.stem}.json\n" in first
    assert "data/answers.csv\n" in first
    assert run(library, "--write").returncode == 0
    assert register(library) == first


def test_a_renamed_case_fails_until_it_says_where_it_went(library: Path) -> None:
    rename(library, "moved-house")
    done = run(library, "--write")
    assert done.returncode == 1
    assert f"cases/{CASE.stem}/" in done.stderr
    assert "moved-house" not in register(library)
    path = library / permanence.NAME
    text = path.read_text(encoding="utf-8")
    text = text.replace(f"cases/{CASE.stem}/\n", f"cases/{CASE.stem}/ -> cases/moved-house/\n")
    data = f"data/cases/{CASE.stem}.json"
    path.write_text(text.replace(f"{data}\n", f"{data} -> data/cases/moved-house.json\n"), encoding="utf-8")
    done = run(library, "--write")
    assert done.returncode == 0, done.stderr
    assert f"cases/{CASE.stem}/ -> cases/moved-house/\n" in register(library)


def test_a_withdrawn_case_keeps_its_page_and_may_lose_the_rest(library: Path) -> None:
    path = library / "cases" / CASE.name
    path.write_text(path.read_text(encoding="utf-8").replace("state: published", "state: withdrawn"), encoding="utf-8")
    done = run(library)
    assert done.returncode == 0, done.stderr


def test_a_deleted_case_fails(library: Path) -> None:
    shutil.move(library / "cases" / CASE.name, library / "elsewhere.yaml")
    assert run(library).returncode == 1


@pytest.mark.parametrize("line", ["a b", "a/ -> ", "https://example.org/ -> x", '"><script>', "a/ -> <b>"])
def test_what_is_no_address_is_refused(line: str) -> None:
    with pytest.raises(permanence.Unreadable):
        permanence.read(line)


def test_a_circle_leads_nowhere(library: Path) -> None:
    with (library / permanence.NAME).open("a", encoding="utf-8") as file:
        file.write("cases/a/ -> cases/b/\ncases/b/ -> cases/a/\n")
    assert run(library).returncode == 1


def test_old_addresses_lead_on() -> None:
    known = permanence.read("cases/old/ -> cases/new/\ncases/new/#was-1 -> cases/new/#is-1\n")
    page = permanence.moved("cases/old/", "cases/new/")
    assert 'content="0; url=../../cases/new/"' in page
    assert list(permanence.pages(known)) == [("cases/old/", "cases/new/")]
    body = permanence.with_old_names(known, "cases/new/", '<div class="claim" id="is-1">x</div>')
    assert body.startswith('<span id="was-1"></span>')
