"""A site that does not hold together is not published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.site import health
from test_second_library import prepare, run

Break = Callable[[Path], None]


def add(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def link(docs: Path) -> None:
    add(docs / "en/about.md", "[gone](gone.md)")


def link_to_the_site(docs: Path) -> None:
    add(docs / "en/about.md", "[gone](site:data/gone.csv)")


def link_in_markup(docs: Path) -> None:
    add(docs / "zh/about.md", '<a href="../gone/">gone</a>')


def anchor(docs: Path) -> None:
    add(docs / "en/about.md", "[gone](data.md#gone)")


def anchor_of_a_case(docs: Path) -> None:
    add(docs / "zh/about.md", "[gone](case:first-lift#gone-1)")


def case(docs: Path) -> None:
    add(docs / "zh/about.md", "[gone](case:gone)")


def view(docs: Path) -> None:
    add(docs / "zh/about.md", "<!-- view: gone -->")


def picture(docs: Path) -> None:
    add(docs / "zh/about.md", "![gone](gone.png)")


def translation(docs: Path) -> None:
    (docs / "en/costs.md").unlink()


def orphan(docs: Path) -> None:
    for lang in ("zh", "en"):
        (docs / lang / "gone.md").write_text("# gone\n", encoding="utf-8")


BREAKS = [
    link,
    link_to_the_site,
    link_in_markup,
    anchor,
    anchor_of_a_case,
    case,
    view,
    picture,
    translation,
    orphan,
]


@pytest.mark.parametrize("broken", BREAKS, ids=lambda each: each.__name__)
def test_what_does_not_hold_stops_the_build(tmp_path: Path, broken: Break) -> None:
    folder = prepare(tmp_path)
    (folder / "site").mkdir()
    (folder / "site/good.txt").write_text("the last good site", encoding="utf-8")
    broken(folder / "docs")
    done = run(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 1, done.stderr
    assert "gone" in done.stderr or "costs" in done.stderr
    assert [path.name for path in (folder / "site").iterdir()] == ["good.txt"]


def pages(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path.mkdir(parents=True, exist_ok=True)
        (path / "index.html").write_text(text, encoding="utf-8")
    return list(health.faults(folder, ("en",)))


def test_what_holds_is_passed_over(tmp_path: Path) -> None:
    good = '<p id="a"></p><a href="">x</a><a href="?q=1#a">x</a><a href="https://example.org/x">x</a>'
    assert pages(tmp_path, en__b="<b>", b='<a href="../en/b/?x=1&amp;y=2">x</a> <a href="../">') == [
        "b/index.html：打不开的链接 / leads nowhere: ../",
        "b/index.html：没有页面通向它 / no page leads to it",
        "en/b/index.html：没有页面通向它 / no page leads to it",  # the same page in another language does not count
    ]
    (tmp_path / "index.html").write_text(f'{good}<a href="b/">', encoding="utf-8")
    (tmp_path / "en/index.html").write_text('<a href="../">x</a><a href="/en/b/">x</a>', encoding="utf-8")
    assert not list(health.faults(tmp_path, ("en",)))


def test_a_page_for_other_pages_need_not_be_found_nor_translated(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").write_text('<a href="../">', encoding="utf-8")
    unlisted = '<meta name="robots" content="noindex"><a href="../gone/">'
    assert pages(tmp_path, moved=unlisted)[0] == "moved/index.html：打不开的链接 / leads nowhere: ../gone/"


def test_pages_opened_as_files_name_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/index.html").write_text('<a href="../index.html">', encoding="utf-8")
    (tmp_path / "index.html").write_text('<a href="b/index.html"> <a href="b/">', encoding="utf-8")
    found = list(health.faults(tmp_path, (), files=True))
    assert found == ["index.html：打不开的链接 / leads nowhere: b/"]
