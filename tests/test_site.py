"""The built site as files: complete, whole, repeatable, and never half-written."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from support import CASES, casebook

PAGES = ("", "cases/", "compare/", "approaches/", "gaps/", "questions/", "glossary/", "data/", "about/", "contribute/")


@pytest.mark.parametrize("lang", ["", "en/"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_in_both_languages(site: Path, lang: str, page: str) -> None:
    text = (site / lang / page / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{"en" if lang else "zh"}' in text
    assert text.count("<h1") == 1


def test_every_published_case_has_its_pages(site: Path) -> None:
    for path in CASES.glob("*.yaml"):
        draft = "state: draft" in path.read_text(encoding="utf-8")
        for lang in ("", "en/"):
            assert (site / lang / "cases" / path.stem / "index.html").is_file() is not draft


class _Page(HTMLParser):
    """Addresses and anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("a", "form", "area"):
            self.links.append(values.get("href", values.get("action", "")))
        elif tag in ("script", "img", "iframe", "source") and "src" in values:
            self.loads.append(values["src"])
        elif tag == "link" and values.get("rel") in ("stylesheet", "icon"):
            self.loads.append(values["href"])
        self.inline += [name for name in values if name.startswith("on") or name == "style"]


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def pages(site: Path) -> Iterator[Path]:
    yield from (path for path in sorted(site.rglob("*.html")) if path.name != "404.html")


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    found = [(path.name, each) for path in pages(site) for each in _read(path).loads if urlsplit(each).netloc]
    assert found == []


def test_no_inline_script_or_style(site: Path) -> None:
    assert [(str(path), _read(path).inline) for path in pages(site) if _read(path).inline] == []


def test_ids_are_not_repeated(site: Path) -> None:
    for path in pages(site):
        ids = _read(path).ids
        assert sorted({each for each in ids if ids.count(each) > 1}) == [], path


def test_links_lead_somewhere(site: Path) -> None:
    broken = []
    for path in pages(site):
        for link in [*_read(path).links, *_read(path).loads]:
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            if target.is_dir():
                target /= "index.html"
            known = target.is_file() and (
                not address.fragment or target.suffix != ".html" or unquote(address.fragment) in _read(target).ids
            )
            if not known:
                broken.append((path.relative_to(site).as_posix(), link))
    assert broken == []


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert casebook("build", "--site-dir", tmp_path / "elsewhere" / "again").returncode == 0
    again = digest(tmp_path / "elsewhere" / "again")
    assert [name for name, value in digest(site).items() if again.get(name) != value] == []
    assert len(again) == len(digest(site))


def test_a_wrong_case_leaves_the_last_site_untouched(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    shutil.copytree(CASES, tmp_path / "cases")
    wrong = tmp_path / "cases" / "hetang-backstop.yaml"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("says: reported", "says: rumoured", 1), "utf-8")
    before = digest(copy)
    done = casebook("build", "--cases", tmp_path / "cases", "--site-dir", copy)
    assert done.returncode == 1
    assert "unknown-term" in done.stderr
    assert re.search(r"hetang-backstop\.yaml:\d+:\d+", done.stderr)
    assert digest(copy) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def test_mkdocs_itself_builds_strictly(tmp_path: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=CASES.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "en" / "cases" / "hejiaao-1133" / "index.html").is_file()


def test_case_text_is_text(tmp_path: Path) -> None:
    """Whatever a text holds, a page shows it as text."""
    (tmp_path / "cases").mkdir()
    text = (CASES / "hetang-backstop.yaml").read_text(encoding="utf-8")
    changed = re.sub(r"(title:.*?zh: \"?)", r"\1甲 & 乙 ", text, count=1, flags=re.DOTALL)
    (tmp_path / "cases" / "hetang-backstop.yaml").write_text(changed, "utf-8")
    done = casebook("build", "--cases", tmp_path / "cases", "--site-dir", tmp_path / "site")
    page = (tmp_path / "site" / "cases" / "hetang-backstop" / "index.html").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "<h1>甲 &amp; 乙" in page
    assert "<h1>甲 & 乙" not in page
