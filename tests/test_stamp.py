"""A site is made again whenever anything it is made of has changed, and only then."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.site import stamp
from support import CASES, ROOT, SCHEMAS

KEPT = "nothing has changed"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with a copy of the program."""
    root = tmp_path / "project"
    for folder in (SCHEMAS, ROOT / "docs"):
        shutil.copytree(folder, root / folder.name)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, root)
    (root / "cases").mkdir()
    shutil.copy(CASES / "hetang-backstop.yaml", root / "cases")
    program = tmp_path / "program" / "casebook"
    shutil.copytree(stamp.PACKAGE, program, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def build(root: Path) -> str:
    """Build with the copy of the program; returns what it says."""
    # Named cases: guides that lead to others then leave the site whole.
    command = [sys.executable, "-m", "casebook", "build", "--cases", "cases", "--site-dir", "out"]
    environment = {**os.environ, "PYTHONPATH": str(root.parent / "program")}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_changed_is_seen(project: Path) -> None:
    program, page = (
        project.parent / "program" / "casebook",
        project / "out" / "cases" / "hetang-backstop" / "index.html",
    )
    assert KEPT not in build(project)
    before = page.read_bytes()
    assert KEPT in build(project)
    assert page.read_bytes() == before
    case = project / "cases" / "hetang-backstop.yaml"
    title = re.search(r'title: {zh: "(.*?)"', case.read_text(encoding="utf-8"))
    assert title
    replace(case, title[1], "改过的标题")
    assert KEPT not in build(project)
    assert "改过的标题" in page.read_text(encoding="utf-8")
    changes: list[tuple[Path, str, str]] = [
        (project / "schemas" / "questions.yaml", "zh: 小区情况", "zh: 改过的问题"),
        (program / "site" / "templates" / "case.html", '<div class="case"', '<div class="case changed-template"'),
        (program / "site" / "words.yaml", "全部案例", "改过的词"),
    ]
    for path, old, new in changes:
        replace(path, old, new)
    assert KEPT not in build(project)
    for path, _, new in changes:
        seen = new.removeprefix("zh: ").removeprefix('<div class="')
        assert seen in page.read_text(encoding="utf-8"), path.name


def touch(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a case": lambda root: touch(root / "cases" / "hetang-backstop.yaml"),
    "one case more": lambda root: shutil.copy(CASES / "hejiaao-1133.yaml", root / "cases"),
    "a case of another name": lambda root: (root / "cases" / "hetang-backstop.yaml").rename(root / "cases" / "a.yaml"),
    "a question": lambda root: touch(root / "schemas" / "questions.yaml"),
    "a vocabulary": lambda root: touch(root / "schemas" / "vocabularies" / "payer.yaml"),
    "a page": lambda root: touch(root / "docs" / "en" / "about.md"),
    "the configuration": lambda root: touch(root / "mkdocs.yml"),
    "the register of addresses": lambda root: touch(root / "permanent.txt"),
    "a template": lambda root: touch(root.parent / "program" / "casebook" / "site" / "templates" / "case.html"),
    "a translation": lambda root: touch(root.parent / "program" / "casebook" / "site" / "words.yaml"),
    "a script": lambda root: touch(root.parent / "program" / "casebook" / "site" / "assets" / "base.js"),
    "the program": lambda root: touch(root.parent / "program" / "casebook" / "views" / "facets.py"),
    "a dependency": lambda root: (root.parent / "packages" / "mkdocs-1.6.1.dist-info").rename(
        root.parent / "packages" / "mkdocs-1.6.2.dist-info"
    ),
    "a folder that the configuration names": lambda root: touch(root / "overrides" / "main.html"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_another_name(project: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    packages, overrides = project.parent / "packages", project / "overrides"
    (packages / "mkdocs-1.6.1.dist-info").mkdir(parents=True)
    overrides.mkdir()
    (overrides / "main.html").write_text("<html>", encoding="utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("# theme: {custom_dir: overrides}\n")
    monkeypatch.setattr(stamp, "PACKAGE", project.parent / "program" / "casebook")
    monkeypatch.syspath_prepend(packages)
    before = stamp.made_of(project / "mkdocs.yml", {})
    assert before == stamp.made_of(project / "mkdocs.yml", {})
    CHANGES[change](project)
    assert stamp.made_of(project / "mkdocs.yml", {}) != before


def test_options_and_what_they_name_count(project: Path, tmp_path: Path) -> None:
    config, other = project / "mkdocs.yml", tmp_path / "other"
    other.mkdir()
    names = {stamp.made_of(config, each) for each in ({}, {"drafts": True}, {"cases": str(other)})}
    assert len(names) == 3
    shutil.copy(CASES / "hejiaao-1133.yaml", other)
    assert stamp.made_of(config, {"cases": str(other)}) not in names


@pytest.mark.parametrize("line", ["INHERIT: ../base.yml\n", "copyright: !ENV [NAME]\n"])
def test_what_cannot_be_looked_at_is_never_kept(project: Path, line: str) -> None:
    config = project / "mkdocs.yml"
    config.write_text(line + config.read_text(encoding="utf-8"), encoding="utf-8")
    name = stamp.made_of(config, {})
    site = project / "out"
    site.mkdir()
    stamp.note(site, name)
    assert not stamp.holds(site, name)


def _add(site: Path) -> None:
    (site / "new.html").write_text("new", encoding="utf-8")


def _change(site: Path) -> None:
    (site / "index.html").write_text("changed", encoding="utf-8")


def _remove(site: Path) -> None:
    (site / "index.html").unlink()


def _rename(site: Path) -> None:
    (site / "index.html").rename(site / "other.html")


def _within(spoil: Callable[[Path], None]) -> Callable[[Path], None]:
    return lambda site: spoil(site / "en" / "cases")


def _garble(site: Path) -> None:
    (site.parent / ".site.made-of").write_text("name", encoding="utf-8")


SPOILT = [_add, _change, _remove, _rename]


@pytest.mark.parametrize("spoil", [*SPOILT, *map(_within, SPOILT), shutil.rmtree, _garble])
def test_a_site_that_was_touched_does_not_hold(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    site = tmp_path / "site"
    for folder in (site, site / "en" / "cases"):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("whole", encoding="utf-8")
    assert stamp.note(site, "name") == 2
    assert stamp.holds(site, "name")
    assert not stamp.holds(site, "another name")
    spoil(site)
    assert not stamp.holds(site, "name")


def test_what_is_not_there_has_a_name_until_it_is(tmp_path: Path) -> None:
    before = stamp.name(tmp_path / "a.yaml")
    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    assert stamp.name(tmp_path / "a.yaml") != before


@pytest.mark.parametrize("left", ["a.yaml~", ".a.yaml.swp", "#a.yaml#"])
def test_what_an_editor_leaves_beside_a_file_is_no_change(tmp_path: Path, left: str) -> None:
    case = tmp_path / "a.yaml"
    case.write_text("id: a\n", encoding="utf-8")
    before = stamp.name(tmp_path)
    (tmp_path / left).write_text("id: b\n", encoding="utf-8")
    assert stamp.name(tmp_path) == before
    times = case.stat()
    case.write_text("id: c\n", encoding="utf-8")
    os.utime(case, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert stamp.name(tmp_path) != before
    changed = stamp.name(tmp_path)
    case.rename(tmp_path / "b.yaml")
    assert stamp.name(tmp_path) != changed
