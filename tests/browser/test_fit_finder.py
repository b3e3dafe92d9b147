"""The fit finder as somebody uses it: on a phone one question at a time, nothing sent, every reason a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]

ALL_THERE = "size=middle&renovated=done&organiser=branch&near=some&public=steady&income=some&residents=regular"


def counts(page: Page) -> dict[str, int]:
    return {name: int(page.locator(f"[data-fit-count='{name}']").inner_text()) for name in ("fits", "if", "unknown")}


def test_every_group_is_reached(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/?" + ALL_THERE, 1440)
    ready(page)
    found = counts(page)
    assert all(found.values()), found
    total = sum(found.values())
    page.locator("input[name='renovated'][value='none']").check()
    less = counts(page)
    assert less["fits"] < found["fits"], "a condition that is not met is no longer met"
    assert less["unknown"] == found["unknown"], "silence stays silence, whatever is answered"
    page.locator("input[name='trouble'][value='water_pipes']").check()
    expect(page.locator("[data-fit-others]")).to_be_visible()
    assert sum(counts(page).values()) < total
    expect(page.locator("[data-fit]")).not_to_contain_text("分数")


def test_a_reason_leads_to_its_claim_and_back(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/?" + ALL_THERE, 360)
    ready(page)
    reason = page.locator("[data-fit-group='fits'] .reason a").first
    words = reason.inner_text()
    reason.click()
    page.wait_for_url("**/cases/**#*")
    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    expect(page.locator(f"[id='{anchor}']")).to_be_visible()
    assert page.locator(f"[id='{anchor}']").get_attribute("class") == "claim is-target"
    page.go_back()
    ready(page)
    expect(page.locator("[data-fit-group='fits'] .reason a").first).to_have_text(words)


def test_what_is_not_reported_leads_to_the_question(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/?" + ALL_THERE, 1440)
    ready(page)
    page.locator("[data-fit-group='unknown'] .reason--unknown a").first.click()
    page.wait_for_url("**/cases/**#unknown")
    expect(page.locator("#unknown")).to_be_visible()


def test_nothing_leaves_and_the_address_keeps_nothing_unasked(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/", 1440)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    # A browser may ask for the icon again when the address changes.
    page.on("request", lambda request: None if request.url.endswith(".svg") else sent.append(request.url))
    for question in ("size", "renovated", "residents"):
        page.locator(f"input[name='{question}']").first.check()
    assert sent == []
    assert page.url.endswith("/fit/")
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard',"
        " {value: {writeText: text => (window.copied = text, Promise.resolve())}})"
    )
    page.get_by_role("button", name="把我的答案放进链接").click()
    assert page.url.endswith("/fit/?size=small&renovated=done&residents=regular")
    assert page.evaluate("window.copied") == page.url
    page.locator("input[name='size'][value='large']").check()
    assert page.url.endswith("/fit/"), "an address with other answers than the page's would mislead"
    assert sent == []


def test_a_shared_address_shows_the_answers_to_somebody_else(open_page: Open, ready: Wait) -> None:
    page = open_page("en/fit/?size=small&residents=regular&nonsense=x", 1440)
    ready(page)
    assert page.locator("[data-fit-form] input:checked").count() == 2
    expect(page.locator("[data-fit-shown]")).to_be_visible()


def test_answers_follow_into_the_other_language(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/", 1440)
    ready(page)
    page.locator("input[name='organiser'][value='branch']").check()
    page.locator("[data-language]").click()
    page.wait_for_url("**/en/fit/")
    ready(page)
    expect(page.locator("input[name='organiser'][value='branch']")).to_be_checked()


def test_one_question_at_a_time_on_a_phone(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/", 360, has_touch=True)
    ready(page)
    shown = page.locator("[data-fit-form] fieldset:visible")
    where = page.locator("[data-fit-where]")
    expect(shown).to_have_count(1)
    expect(where).to_have_text("第 1 题，共 8 题")
    expect(page.locator("[data-fit-back]")).to_be_disabled()
    first = shown.locator("legend").inner_text()
    shown.locator(".choice").nth(1).tap()
    expect(where).to_have_text("第 2 题，共 8 题")
    assert shown.locator("legend").inner_text() != first
    page.get_by_role("button", name="跳过").tap()
    expect(where).to_have_text("第 3 题，共 8 题")
    page.get_by_role("button", name="上一题").tap()
    page.get_by_role("button", name="上一题").tap()
    expect(shown.locator("legend")).to_have_text(first)
    expect(shown.locator("input:checked")).to_have_count(1)
    for _ in range(7):
        page.locator("[data-fit-next]").tap()
    page.get_by_role("button", name="看结果").tap()
    expect(page.locator("#fit-result")).to_be_focused()
    expect(page.locator("#fit-result")).to_be_in_viewport()


def test_arrow_keys_choose_without_running_away(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/", 360)
    ready(page)
    page.locator("[data-fit-form] input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(400)
    expect(page.locator("[data-fit-where]")).to_have_text("第 1 题，共 8 题")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-fit-where]")).to_have_text("第 2 题，共 8 题")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("[data-fit-form] input:checked").count() == 2


def test_all_questions_at_once_on_a_wide_screen(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/", 1440)
    ready(page)
    expect(page.locator("[data-fit-form] fieldset:visible")).to_have_count(8)
    expect(page.locator("[data-fit-next]")).to_be_hidden()


def test_start_again(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/?" + ALL_THERE, 360)
    ready(page)
    page.get_by_role("button", name="重新答").click()
    assert page.locator("[data-fit-form] input:checked").count() == 0
    expect(page.locator("[data-fit-empty]")).to_be_visible()
    expect(page.locator("[data-fit-where]")).to_have_text("第 1 题，共 8 题")
    page.reload()
    ready(page)
    assert page.locator("[data-fit-form] input:checked").count() == 0


def test_on_paper_stand_the_answers_given_and_the_result(open_page: Open, ready: Wait) -> None:
    page = open_page("fit/?" + ALL_THERE, 360)
    ready(page)
    page.emulate_media(media="print")
    expect(page.locator("[data-fit-form] fieldset:visible")).to_have_count(8)
    assert page.locator("[data-fit-form] .choice span:visible").count() == 7
    expect(page.locator("[data-fit-group='fits'] .reason a").first).to_be_visible()
    for gone in ("[data-fit-steps]", "[data-fit-share]", "[data-fit-bar]"):
        expect(page.locator(gone)).to_be_hidden()


def test_without_scripts_the_conditions_are_a_list(open_page: Open) -> None:
    page = open_page("fit/", 360, java_script_enabled=False)
    expect(page.get_by_text("逐题回答要用脚本")).to_be_visible()
    expect(page.locator("[data-fit-form]")).to_be_hidden()
    page.locator("details", has_text="先改造过").locator("summary").click()
    page.locator("a[data-case='hejiaao-1133']:visible").click()
    page.wait_for_url("**/cases/hejiaao-1133/#preconditions-1")
