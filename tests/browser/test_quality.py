"""What holds on every page: it stays still, bends to any screen, works by keyboard, and keeps its languages apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]

KINDS = (
    "",
    "cases/",
    "cases/?problems=sanitation",
    "cases/hejiaao-1133/",
    "cases/yangmeitang-sanitation/#resident_fee-1",
    "compare/",
    "compare/?cases=hejiaao-1133,hetang-backstop,yaohua-red-property",
    "fit/",
    "approaches/",
    "approaches/resident_self_management/",
    "kit/bundled_sanitation/",
    "costs/",
    "gaps/",
    "glossary/",
    "guides/",
    "guides/cost/",
    "contribute/",
    "404.html",
)


def settle(page: Page) -> None:
    """Wait for the scripts of pages that say when they have done their work."""
    if any(part in page.url for part in ("/cases/?", "/compare/", "/fit/")):
        page.wait_for_selector("html[data-ready=true]", state="attached")


#: What the script of a page may do to it after it has been seen.
WATCH = """
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (!entry.hadRecentInput) {
            const names = entry.sources.map(each => each.node && (each.node.className || each.node.nodeName));
            window.shifts.push(entry.value + ": " + names.join(", "));
        }
    })).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("path", KINDS)
def test_nothing_moves_on_a_slow_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2, has_touch=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    shifts = page.evaluate("window.shifts")
    context.close()
    # A number that becomes shorter may push its neighbour by a few pixels: a tenth of what counts as good.
    assert [each for each in shifts if float(each.partition(":")[0]) >= 0.01] == []


STATES: dict[str, tuple[str, str]] = {
    "every quote open": (
        "cases/hejiaao-1133/",
        "document.querySelectorAll('details').forEach(details => { details.open = true; })",
    ),
    "tray and full": (
        "cases/",
        "document.querySelectorAll('[data-groups] [data-compare-add]').forEach((button, n) => n < 5 && button.click())",
    ),
    "filters open": ("cases/?q=物业&problems=sanitation", "document.querySelector('[data-open-facets]').click()"),
    "nothing found": ("cases/?approaches=bundled_sanitation&problems=water_pipes", ""),
    "results of the fit finder": (
        "fit/?size=middle&renovated=done&residents=regular&public=steady",
        "document.querySelectorAll('details').forEach(details => { details.open = true; })",
    ),
    "a word explained": ("cases/hejiaao-1133/", "document.querySelector('.gloss').click()"),
    "quotes in a comparison": (
        "compare/?cases=hejiaao-1133,hetang-backstop",
        "document.querySelectorAll('details').forEach(details => { details.open = true; })",
    ),
    "a table of an approach": (
        "approaches/infrastructure_renewal/",
        "document.querySelectorAll('details').forEach(details => { details.open = true; })",
    ),
    "every figure": ("costs/", "document.querySelectorAll('details').forEach(details => { details.open = true; })"),
    "copy kit": ("kit/bundled_sanitation/", ""),
    "missing page": ("404.html", ""),
    "a guide": ("guides/cost/", ""),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("view", [("", 360, "light"), ("en/", 1440, "dark")])
def test_states_are_accessible(open_page: Open, accessible: Wait, state: str, view: tuple[str, int, str]) -> None:
    lang, width, scheme = view
    path, act = STATES[state]
    page = open_page(path if path == "404.html" else lang + path, width, scheme)
    page.wait_for_load_state("networkidle")
    if ".gloss" in act:
        page.wait_for_selector("html[data-gloss]", state="attached")
    if act and not ("open-facets" in act and width > 960):
        page.evaluate(act)
        page.wait_for_timeout(350)
    accessible(page)


@pytest.mark.parametrize(("lang", "width"), [("", 320), ("en/", 320), ("en/", 720)])
def test_it_bends_to_the_screen(open_page: Open, address: str, lang: str, width: int) -> None:
    """At 200 % a screen of 1440 is one of 720; at 400 % one of 1280 is one of 320."""
    page = open_page("about/", width, device_scale_factor=2)
    for path in KINDS:
        page.goto(address + (path if path == "404.html" else lang + path))
        settle(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path


def test_from_the_list_to_a_comparison_by_keyboard(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/?approaches=bundled_sanitation", 1440)
    ready(page)

    def tab_to(selector: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                seen = page.evaluate(
                    "(() => { const own = getComputedStyle(document.activeElement);"
                    " const after = getComputedStyle(document.activeElement, '::after');"
                    " return [own.outlineStyle, after.outlineStyle]; })()"
                )
                assert "solid" in seen, f"where the keyboard is cannot be seen: {selector}"
                return
        pytest.fail(f"the keyboard does not reach {selector}")

    tab_to("[data-compare-add]")
    page.keyboard.press("Enter")
    expect(page.locator(".tray li")).to_have_count(1)
    tab_to("a[data-case='yangmeitang-sanitation']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/yangmeitang-sanitation/")
    tab_to("[data-compare-add='yangmeitang-sanitation']")
    page.keyboard.press("Space")
    tab_to("#resident_fee-1 summary")
    page.keyboard.press("Enter")
    expect(page.locator("#resident_fee-1 q")).to_be_visible()
    tab_to(".tray a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?cases=*,yangmeitang-sanitation")
    ready(page)
    tab_to("[data-only-different]")
    page.keyboard.press("Space")
    expect(page.locator("[data-row='cost']")).to_be_hidden()
    tab_to("[data-row='resident_fee'] summary")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row='resident_fee'] q").first).to_be_visible()


def test_the_skip_link_leads_past_the_top(open_page: Open) -> None:
    page = open_page("cases/hejiaao-1133/", 1440)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#main') !== null")


def test_nothing_runs_where_motion_is_unwanted(open_page: Open, ready: Wait) -> None:
    moving = "document.getAnimations().filter(each => each.playState === 'running').length"
    counts = {}
    for wish in ("no-preference", "reduce"):
        page = open_page("cases/", 360, reduced_motion=wish)
        ready(page)
        page.locator("[data-open-facets]").click()
        counts[wish] = page.evaluate(moving)
    assert counts["no-preference"] > 0
    assert counts["reduce"] == 0


def test_chosen_colours_keep_what_is_said_by_shape(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/hejiaao-1133/", 360, forced_colors="active")
    lit, dark = (page.locator(f".standing .strip i{which}").first for which in (".on", ":not(.on)"))
    assert lit.screenshot() != dark.screenshot(), "an answered question looks like an open one"
    border = "node => getComputedStyle(node).borderTopStyle"
    assert page.locator(".state").first.evaluate(border) == "solid"
    page.locator(".src summary").first.click()
    assert page.locator(".quote").first.evaluate(border) == "solid"


#: Words of the other language must say that they are. Editors' notes may name a word that they speak of.
FOREIGN = """wanted => {
    const han = /[\\u4e00-\\u9fff]{2,}/, latin = /[A-Za-z]{3,}(?: [A-Za-z]{2,}){3,}/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const text = walker.currentNode.data, at = walker.currentNode.parentElement;
        const here = at.closest("[lang]").lang.slice(0, 2);
        if (at.closest("script, style, code, textarea, .quote__note") || here !== wanted) continue;
        if ((wanted === "en" ? han : latin).test(text)) found.push(text.trim().slice(0, 60));
    }
    return found;
}"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_languages_do_not_mix(open_page: Open, address: str, lang: str) -> None:
    page = open_page("about/", 1440)
    for path in KINDS:
        if path == "404.html":
            continue  # one page for both
        page.goto(address + ("en/" if lang == "en" else "") + path)
        settle(page)
        assert page.evaluate(FOREIGN, lang) == [], path


def test_a_shared_link_says_what_it_leads_to(open_page: Open, address: str) -> None:
    page = open_page("about/", 360)
    titles = set()
    for path in KINDS:
        page.goto(address + path)
        content = "node => node.content"
        title = page.locator("meta[property='og:title']").evaluate(content)
        assert title
        assert page.title().startswith(title), path
        assert len(page.locator("meta[name=description]").evaluate(content)) > 5, path
        assert page.locator("meta[property='og:description']").evaluate(content)
        titles.add(title)
    assert len(titles) > 12


def test_the_other_language_is_the_same_page(open_page: Open, address: str) -> None:
    page = open_page("about/", 360)
    for path in ("", "cases/?problems=sanitation", "approaches/", "kit/bundled_sanitation/", "guides/cost/", KINDS[4]):
        page.goto(address + path)
        page.locator("[data-language]").click()
        page.wait_for_url(address + "en/" + path)
        page.locator("[data-language]").click()
        page.wait_for_url(address + path)


def test_no_workers_and_nothing_from_elsewhere(open_page: Open, ready: Wait) -> None:
    """WeChat's browser may not keep a worker; the fixture fails for a request elsewhere."""
    page = open_page("cases/?q=物业", 360)
    ready(page)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(list => list.length)") == 0
