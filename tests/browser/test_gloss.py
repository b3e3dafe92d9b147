"""The trade's words explained where they stand, by mouse, finger and keyboard, without getting in the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

CASE = "cases/hejiaao-1133/"


@pytest.fixture
def marked(open_page: Open) -> Callable[..., Page]:
    """Open a case and wait until its words are marked."""

    def open_(path: str = CASE, width: int = 1440, **options: object) -> Page:
        page = open_page(path, width, **options)
        page.wait_for_selector("html[data-gloss]", state="attached")
        return page

    return open_


def test_each_word_once_and_only_a_few(marked: Callable[..., Page]) -> None:
    for path in (CASE, "en/" + CASE):
        page = marked(path)
        numbers = page.locator(".gloss").evaluate_all("nodes => nodes.map(node => node.dataset.gloss)")
        assert numbers
        assert len(numbers) == len(set(numbers)) <= 10
        assert page.locator("a .gloss, button .gloss, summary .gloss").count() == 0


def test_by_mouse(marked: Callable[..., Page]) -> None:
    page = marked()
    first, second = page.locator(".gloss").first, page.locator(".gloss").nth(1)
    first.click()
    note = page.locator(".gloss__note")
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440
    second.click()
    expect(note).to_have_count(1)
    expect(first).to_have_attribute("aria-expanded", "false")
    page.locator("h1").click()
    expect(note).to_have_count(0)


def test_by_finger_it_comes_from_below(marked: Callable[..., Page]) -> None:
    page = marked(CASE, 360, has_touch=True)
    page.locator(".gloss").first.tap()
    note = page.locator(".gloss__note")
    box = note.bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(780, abs=1)
    assert box["width"] == 360
    shut = note.get_by_role("button", name="关闭")
    size = shut.bounding_box()
    assert size
    assert size["height"] >= 44
    shut.tap()
    expect(note).to_have_count(0)


def test_by_keyboard(marked: Callable[..., Page]) -> None:
    page = marked()
    word = page.locator(".gloss").first
    word.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(word).to_have_attribute("aria-expanded", "true")
        expect(page.locator("#casebook-announcer")).to_contain_text(word.inner_text())
        page.keyboard.press("Tab")
        expect(page.locator(".gloss__note a")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".gloss__note")).to_have_count(0)
        expect(word).to_be_focused()


def test_it_leads_to_the_entry(marked: Callable[..., Page]) -> None:
    page = marked()
    page.locator(".gloss").first.click()
    name = page.locator(".gloss__note b").inner_text()
    page.locator(".gloss__note a").click()
    page.wait_for_url("**/glossary/#*")
    expect(page.locator(":target dt")).to_contain_text(name)


def test_marking_moves_nothing(open_page: Open) -> None:
    page = open_page("about/", 360)
    page.add_init_script(
        "window.moved = []; new PerformanceObserver(list => list.getEntries().forEach("
        "each => moved.push(each.value))).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(page.url.replace("about/", CASE))
    page.wait_for_selector("html[data-gloss]", state="attached")
    page.wait_for_timeout(200)
    assert page.evaluate("moved") == []


def test_nothing_of_it_on_paper(marked: Callable[..., Page]) -> None:
    page = marked()
    page.locator(".gloss").first.click()
    page.emulate_media(media="print")
    expect(page.locator(".gloss__note")).to_be_hidden()
