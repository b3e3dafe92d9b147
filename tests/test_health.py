"""A site that does not hold together is not published."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.site import health
from test_second_library import prepare, run

#: What is added to a page, and what the build then says: of a page on its own, and of the site as a whole.
ALONE = {
    "link": ("en/about.md", "[x](gone-1.md)", "'gone-1.md'"),
    "case": ("zh/about.md", "[x](case:gone-2)", "no case “gone-2”"),
    "view": ("zh/about.md", "<!-- view: gone_3 -->", "no view “gone_3”"),
    "picture": ("zh/about.md", "![x](gone-4.png)", "'gone-4.png'"),
}
WHOLE = {
    "link to the site": ("en/about.md", "[x](site:data/gone-5.csv)", "data/gone-5.csv"),
    "link in markup": ("zh/about.md", '<a href="../gone-6/">x</a>', "../gone-6/"),
    "picture in markup": ("zh/about.md", '<img src="../gone-7.png" alt="x">', "../gone-7.png"),
    "place": ("en/about.md", "[x](data.md#gone-8)", "en/data/index.html#gone-8"),
    "claim": ("zh/about.md", "[x](case:first-lift#gone-9)", "cases/first-lift/index.html#gone-9"),
    "orphan": ("zh/gone-10.md", "x", "gone-10/index.html：没有页面通向它"),
    "not translated": ("zh/gone-10.md", "x", "en/gone-10/index.html：缺这个语言的一页"),
}


def said(folder: Path, breaks: dict[str, tuple[str, str, str]]) -> str:
    """Return what a build says of a library with these faults, which it does not publish."""
    prepare(folder)
    (folder / "site").mkdir()
    (folder / "site/good.txt").write_text("the last good site", encoding="utf-8")
    for name, text, _ in breaks.values():
        with (folder / "docs" / name).open("a", encoding="utf-8") as page:
            page.write(f"\n{text}\n")
    done = run(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 1, done.stderr
    assert [path.name for path in (folder / "site").iterdir()] == ["good.txt"]
    return done.stderr


@pytest.mark.parametrize("breaks", [ALONE, WHOLE], ids=["alone", "whole"])
def test_what_does_not_hold_stops_the_build(tmp_path: Path, breaks: dict[str, tuple[str, str, str]]) -> None:
    lines = [line for line in said(tmp_path, breaks).splitlines() if line.startswith("WARNING")]
    unsaid = [fault for fault, (_, _, words) in breaks.items() if not any(words in line for line in lines)]
    assert not unsaid, "\n".join(lines)


def test_a_page_missing_in_one_language_stops_the_build(tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    (folder / "docs/en/costs.md").unlink()
    done = run(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 1
    assert "costs.md" in done.stderr


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


def test_links_that_many_pages_share_are_followed_from_each(tmp_path: Path) -> None:
    pages(
        tmp_path,
        a='<a href="../c/"><a href="../gone/"><a href="../c/#none">',
        b='<a href="../c/"><a href="../gone/"><a href="../c/#none"><a href="../a/">',
        c='<a href="../b/">',
        c__d='<a href="../c/">',
        d='<a href="../d/">',
        e='<a href="../d/">',
    )
    (tmp_path / "index.html").write_text('<a href="../c/">', encoding="utf-8")
    assert list(health.faults(tmp_path, ())) == [
        "a/index.html：打不开的链接 / leads nowhere: ../gone/",
        "b/index.html：打不开的链接 / leads nowhere: ../gone/",
        "c/d/index.html：打不开的链接 / leads nowhere: ../c/",
        "index.html：打不开的链接 / leads nowhere: ../c/",
        "a/index.html：没有这个位置 / no such place: c/index.html#none",
        "c/d/index.html：没有页面通向它 / no page leads to it",
        "e/index.html：没有页面通向它 / no page leads to it",
    ]


def test_pages_opened_as_files_name_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/index.html").write_text('<a href="../index.html">', encoding="utf-8")
    (tmp_path / "index.html").write_text('<a href="b/index.html"> <a href="b/">', encoding="utf-8")
    found = list(health.faults(tmp_path, (), files=True))
    assert found == ["index.html：打不开的链接 / leads nowhere: b/"]
