"""Editing with the site open: what is saved is seen, without a hand on the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from previewing import Preview, previewed, project, replace

pytestmark = pytest.mark.browser

CASE = "hetang-backstop"

#: Milliseconds after which something is taken never to come.
_PATIENCE = 60_000


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Preview, Path]]:
    """A preview, and the case that is edited in it."""
    root = project(tmp_path_factory.mktemp("preview"), CASE, "hejiaao-1133")
    with previewed(root) as running:
        yield running, root / "cases" / f"{CASE}.yaml"


@pytest.fixture
def visit(browser: Browser, preview: tuple[Preview, Path]) -> Iterator[Callable[[str], Page]]:
    """Open a page of the preview; nothing may be amiss on it, the content-security policy included."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 780})

    def open_(path: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(preview[0].address + path)
        return page

    yield open_
    context.close()
    assert faults == []


PLACES = {f"cases/{CASE}/": "h1", f"en/cases/{CASE}/": "h1", "cases/": ".card", "en/cases/": ".card"}


@pytest.mark.parametrize("path", PLACES)
def test_what_is_saved_is_seen(preview: tuple[Preview, Path], visit: Callable[[str], Page], path: str) -> None:
    place = PLACES[path]
    case = preview[1]
    page = visit(path)
    new = f"4711 {path.replace('/', ' ')}"
    expect(page.locator(place, has_text=new)).to_have_count(0)
    text = case.read_text(encoding="utf-8")
    changed = text.replace('title: {zh: "', f'title: {{zh: "{new}').replace('", en: "', f'", en: "{new}', 1)
    case.write_text(changed, encoding="utf-8")
    expect(page.locator(place, has_text=new)).to_have_count(1, timeout=_PATIENCE)
    case.write_text(text, encoding="utf-8")
    expect(page.locator(place, has_text=new)).to_have_count(0, timeout=_PATIENCE)


def test_a_mistake_is_told_over_the_last_good_page(
    preview: tuple[Preview, Path], visit: Callable[[str], Page], accessible: Callable[[Page], None]
) -> None:
    case = preview[1]
    page = visit(f"cases/{CASE}/")
    heading = page.locator("h1").inner_text()
    replace(case, "state: published", "state: publisched")
    notice = page.get_by_role("dialog")
    expect(notice).to_contain_text(f"{CASE}.yaml", timeout=_PATIENCE)
    expect(page.locator("h1")).to_have_text(heading)
    accessible(page)
    page.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    replace(case, "state: publisched", "state: published")
    expect(page.locator("dialog[data-preview]")).to_have_count(0, timeout=_PATIENCE)


def test_search_finds_what_was_just_written(preview: tuple[Preview, Path], visit: Callable[[str], Page]) -> None:
    case = preview[1]
    page = visit("cases/")
    preview[0].after(lambda: replace(case, 'title: {zh: "', 'title: {zh: "岭南雪山'))
    expect(page.locator(".card", has_text="岭南雪山")).to_have_count(1, timeout=_PATIENCE)
    page.goto(f"{preview[0].address}cases/?q=岭南雪山")
    expect(page.get_by_role("link", name="岭南雪山").first).to_be_visible(timeout=_PATIENCE)


def test_a_page_waits_for_the_program_to_start_anew(preview: tuple[Preview, Path], browser: Browser) -> None:
    words = preview[1].parents[2] / "program" / "casebook" / "site" / "words.yaml"
    page = browser.new_page()
    page.goto(f"{preview[0].address}cases/{CASE}/")
    replace(words, "全部案例", "改过的词")
    expect(page.locator("body")).to_contain_text("改过的词", timeout=_PATIENCE)
    page.close()
