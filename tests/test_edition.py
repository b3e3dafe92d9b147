"""What a site is made from has a name that changes with it, and its place is never left empty."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebook.site import builder, edition
from support import CASES, ROOT, SCHEMAS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / "cases").mkdir()
    shutil.copy(CASES / "hetang-backstop.yaml", tmp_path / "cases")
    return tmp_path


def fingerprint(root: Path, *, drafts: bool = False) -> str:
    return edition.load(root, "schemas", "cases", "docs", drafts).fingerprint


def touch(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["cases/hetang-backstop.yaml", "schemas/vocabularies/payer.yaml", "docs/en/about.md"])
def test_a_change_makes_another_name(root: Path, name: str) -> None:
    before = fingerprint(root)
    assert fingerprint(root) == before
    touch(root / name)
    assert fingerprint(root) != before


@pytest.mark.parametrize("name", ["site/templates/cards.html", "site/words.yaml", "views/facets.py"])
def test_so_does_a_change_of_the_program(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = root / "program"
    shutil.copytree(edition.PACKAGE, program, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(edition, "PACKAGE", program)
    before = fingerprint(root)
    touch(program / name)
    assert fingerprint(root) != before


@pytest.mark.parametrize(("state", "shown"), [("draft", 0), ("reviewed", 0), ("published", 1)])
def test_what_waits_for_publication_is_not_shown(root: Path, state: str, shown: int) -> None:
    case = root / "cases" / "hetang-backstop.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("state: published", f"state: {state}"), encoding="utf-8")
    assert len(edition.load(root, "schemas", "cases", "docs", False).collection.cases) == shown
    assert len(edition.load(root, "schemas", "cases", "docs", True).collection.cases) == 1


def test_drafts_are_another_site(root: Path) -> None:
    assert fingerprint(root) != fingerprint(root, drafts=True)


def test_a_site_that_cannot_be_moved_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good one", encoding="utf-8")
    monkeypatch.setattr(builder.running, "build", lambda *_, **__: None)  # writes nothing, so there is nothing to move
    with pytest.raises(FileNotFoundError):
        builder.build(ROOT / "mkdocs.yml", site)
    assert (site / "index.html").read_text(encoding="utf-8") == "the last good one"
