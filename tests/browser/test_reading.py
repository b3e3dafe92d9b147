"""Reading the site as a secretary would, on a phone and on an old office computer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]

PAGES = (
    "",
    "cases/",
    "cases/?approaches=bundled_sanitation",
    "cases/?q=qqqqqq",
    "cases/hejiaao-1133/",
    "compare/",
    "compare/?cases=hejiaao-1133,hetang-backstop,yaohua-red-property",
    "approaches/",
    "approaches/bundled_sanitation/",
    "gaps/",
    "questions/",
    "glossary/",
    "data/",
    "about/",
    "contribute/",
)


#: Language, width, colour scheme.
VIEWS = (("", 360, "light"), ("", 1440, "dark"), ("en/", 360, "dark"), ("en/", 768, "light"))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_pages_are_accessible_and_fit(open_page: Open, accessible: Wait, path: str, view: tuple[str, int, str]) -> None:
    lang, width, scheme = view
    page = open_page(lang + path, width, scheme)
    page.wait_for_timeout(150)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


QUERIES = {
    "hejiaao-1133": ["何家坳", "1133", "独居老人", "老旧小区", "无物业小区", "三无小区"],
    "rongchang-water": ["荣昌包装", "水管", "爆管", "无物业小区"],
    "yangmeitang-sanitation": ["杨梅塘", "环卫打包", "铜塘湾", "sanitation", "无物业小区"],
    "hetang-backstop": ["荷塘区", "兜底", "财政兜底", "无物业小区"],
    "yaohua-red-property": ["耀华新村", "红色物业", "弱电", "red property", "无物业小区"],
}


@pytest.mark.parametrize(("case", "query"), [(case, query) for case, queries in QUERIES.items() for query in queries])
def test_search_finds_the_five(open_page: Open, ready: Wait, case: str, query: str) -> None:
    lang = "en/" if query.isascii() and query.replace(" ", "").isalpha() else ""
    page = open_page(f"{lang}cases/?q={query}", 1440)
    ready(page)
    found = []
    while True:
        links = page.locator("article a[data-case]:visible")
        found = [link.get_attribute("data-case") for link in links.all()]
        if case in found or not page.locator("[data-more]").is_visible():
            break
        page.locator("[data-more]").click()
        page.wait_for_timeout(200)
    assert case in found


def test_filters_live_in_the_address(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/", 1440)
    ready(page)
    page.locator('input[name="approaches"][value="bundled_sanitation"]').check()
    ready(page)
    assert "approaches=bundled_sanitation" in page.url
    expect(page.locator("article a[data-case='yangmeitang-sanitation']:visible")).to_have_count(1)
    expect(page.locator("article a[data-case='hetang-backstop']:visible")).to_have_count(0)
    page.go_back()
    ready(page)
    assert "approaches" not in page.url
    expect(page.locator("article a[data-case='hetang-backstop']:visible").first).to_be_visible()


def test_counts_follow_the_other_filters(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/?area=430204", 1440)
    ready(page)
    count = page.locator('label:has(input[name="approaches"][value="resident_self_management"]) [data-count]')
    assert count.inner_text() == "0"


def test_an_empty_result_says_what_to_loosen(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/?approaches=bundled_sanitation&problems=water_pipes", 360)
    ready(page)
    expect(page.locator("[data-empty]")).to_be_visible()
    page.locator("[data-loosen] button").first.click()
    ready(page)
    assert page.url.count("=") == 1
    page = open_page("cases/?approaches=bundled_sanitation&problems=water_pipes&area=430203", 360)
    ready(page)
    page.get_by_role("button", name="清空全部条件").click()
    ready(page)
    assert "=" not in page.url


def test_a_claim_opens_by_keyboard_and_has_its_own_address(open_page: Open) -> None:
    page = open_page("cases/yangmeitang-sanitation/", 360)
    summary = page.locator("#resident_fee-1 summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#resident_fee-1 q")).to_contain_text("no residents are charged")
    page = open_page("cases/yangmeitang-sanitation/#resident_fee-1", 360)
    expect(page.locator("#resident_fee-1 q")).to_be_visible()


def test_free_cleaning_is_found_in_four_taps(open_page: Open, ready: Wait) -> None:
    """Has anyone solved cleaning without charging residents, who says so, what has nobody said?"""
    page = open_page("", 360, has_touch=True)
    page.get_by_role("link", name="卫生没人扫").tap()
    ready(page)
    page.locator("[data-sort]").select_option(label="居民交多少：零在前")
    ready(page)
    assert "sort=zero" in page.url
    free = page.locator("[data-results] .card", has=page.locator("dd", has_text="¥0")).locator("[data-case]")
    cases = free.evaluate_all("links => links.map(link => link.dataset.case)")
    assert "yangmeitang-sanitation" in cases, "the list itself says who charges nothing"
    shown = page.locator("[data-results] [data-case]").evaluate_all("links => links.map(link => link.dataset.case)")
    assert shown[: len(cases)] == cases
    page.locator("article a[data-case='yangmeitang-sanitation']:visible").first.tap()
    fee = page.locator("[data-question='resident_fee']")
    expect(fee).to_contain_text("不向居民收费")
    expect(fee).to_contain_text("社区党总支副书记说")
    expect(page.locator("[data-question='paid_by']").first).to_contain_text("没有报道")
    page.locator(".standing__nr").tap()
    expect(page.locator("#unknown")).to_be_in_viewport()


def test_the_list_is_in_the_order_it_names(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/?problems=sanitation", 1440)
    ready(page)
    wheres = page.locator("[data-results] .card__where").all_inner_texts()
    mains = [where.split("·")[-1].strip() for where in wheres]
    assert [main for at, main in enumerate(mains) if main not in mains[:at]] == [
        main for at, main in enumerate(mains) if at == 0 or main != mains[at - 1]
    ], "cases of one approach stand together"
    page.locator("#q").fill("环卫打包")
    expect(page.locator("[data-sort]")).to_have_value("words")
    page.locator("#q").fill("")
    expect(page.locator("[data-sort]")).to_have_value("approach")
    assert "sort" not in page.url


def test_comparing_from_anywhere(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/", 360)
    ready(page)
    for case in ("yangmeitang-sanitation", "hetang-backstop"):
        page.locator(f"[data-compare-add='{case}']:visible").first.click()
    page.locator(".tray a").click()
    ready(page)
    assert page.url.endswith("compare/?cases=yangmeitang-sanitation,hetang-backstop")
    cell = page.locator("[data-row='paid_by'] td").nth(0)
    expect(cell).to_contain_text("没有报道")
    expect(page.locator("[data-row='paid_by'] td").nth(1)).to_contain_text("财政")
    page.locator("[data-row='delivered_by'] td").nth(0).locator("summary").click()
    expect(page.locator("[data-row='delivered_by'] td").nth(0).locator("q")).to_be_visible()
    page.get_by_text("只看不同").click()
    expect(page.locator("[data-row='households']")).to_be_hidden()
    with page.expect_download() as download:
        page.locator("[data-compare-csv]").click()
    assert "没有报道" in download.value.path().read_text(encoding="utf-8-sig")


def test_the_language_switch_keeps_the_place(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/?approaches=bundled_sanitation", 360)
    ready(page)
    page.locator("[data-language]").click()
    ready(page)
    assert page.url.endswith("/en/cases/?approaches=bundled_sanitation")
    page = open_page("cases/hejiaao-1133/#people-1", 360)
    page.locator("[data-language]").click()
    page.wait_for_url("**/en/cases/hejiaao-1133/#people-1")


def test_chosen_cases_speak_the_language_of_the_page(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/hetang-backstop/", 360)
    page.locator("[data-compare-add='hetang-backstop']").first.click()
    expect(page.locator(".tray li")).to_contain_text("荷塘区")
    page.locator("[data-language]").click()
    page.wait_for_url("**/en/cases/hetang-backstop/")
    expect(page.locator(".tray li")).to_contain_text("Hetang")


@pytest.mark.parametrize("path", ["cases/", "cases/hejiaao-1133/", "approaches/", "gaps/"])
def test_without_scripts_everything_is_readable(open_page: Open, path: str) -> None:
    page = open_page(path, 360, java_script_enabled=False)
    assert len(page.locator("article").inner_text()) > 300
    if path == "cases/":
        assert page.locator("a[data-case='hejiaao-1133']").first.is_visible()


def test_header_search_by_keyboard(open_page: Open) -> None:
    page = open_page("about/", 1440)
    page.keyboard.press("/")
    page.keyboard.type("红色物业")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "about" not in url)


def test_a_chosen_scheme_stays(open_page: Open) -> None:
    page = open_page("", 360)
    page.locator("[data-scheme-toggle]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_zoomed_text_still_fits(open_page: Open) -> None:
    page = open_page("cases/hejiaao-1133/", 360)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
