"""Pages as plain files hold all that another generator needs: every page and link, and nothing of this one."""

from __future__ import annotations

import os
import re
from pathlib import Path

import markdown
import pytest
import yaml

from casebook.model import Collection
from casebook.site import health
from support import ROOT, casebook

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "fenced_code"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "pages"
    done = casebook("export", "--pages", folder)
    assert done.returncode == 0, done.stderr
    return folder


def body(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def test_every_page_is_there(pages: Path, collection: Collection) -> None:
    for lang, below in (("zh", ""), ("en", "en/")):
        hand = [path.relative_to(ROOT / "docs" / lang) for path in (ROOT / "docs" / lang).rglob("*.md")]
        for at in hand:
            name = at if at.stem == "index" else at.with_suffix("") / "index.md"
            assert (pages / below / name).is_file(), name
        for case in collection.cases:
            assert case.role("heading")[lang] in (pages / below / f"cases/{case.id}/index.md").read_text("utf-8")
        assert list((pages / below / "kit").rglob("*.docx"))
    for name in ("data/datapackage.json", "data/cases.xlsx", "feed.xml"):
        assert (pages / name).is_file()


def test_nothing_is_left_that_only_this_generator_knows(pages: Path) -> None:
    for path in pages.rglob("*.md"):
        text = body(path)
        assert "<!-- view:" not in text, path
        assert not re.search(r"\]\((case|site):|href=\"(case|site):", text), path


def test_the_navigation_names_pages_that_are_there(pages: Path) -> None:
    def named(node: object) -> list[str]:
        if isinstance(node, str):
            return [node]
        return [name for each in (node.values() if isinstance(node, dict) else node) for name in named(each)]  # type: ignore[attr-defined]

    nav = named(yaml.safe_load((pages / "nav.yml").read_text(encoding="utf-8"))["nav"])
    assert len(nav) > 10
    assert all((pages / name).is_file() for name in nav)


def test_a_generator_that_only_turns_markdown_into_html_keeps_every_link(pages: Path, tmp_path: Path) -> None:
    for path in pages.rglob("*"):
        target = tmp_path / path.relative_to(pages)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        elif path.suffix == ".md":
            html = markdown.markdown(body(path), extensions=EXTENSIONS)
            html = re.sub(r'(href="[^":]*?)index\.md', r"\1", html)
            target.with_suffix(".html").write_text(html.replace('href=""', 'href="./"'), encoding="utf-8")
        else:
            os.link(path, target)
    faults = [line for line in health.faults(tmp_path, ("en",)) if "no page leads to it" not in line]
    assert faults == []
