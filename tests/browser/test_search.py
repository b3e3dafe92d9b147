"""The same queries as in Node, in a real browser, over the built site and over files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from searching import Expectation, expectations, missed, published, score, table

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]

QUERY = """async ([text, kind]) => {
  const search = await casebook.needSearch();
  const found = await search.query(text, {kind: kind, limit: 10});
  return found.results.map((each) => each.id);
}"""


@pytest.fixture
def found(open_page: Open) -> Iterator[Callable[[Expectation], Sequence[str]]]:
    """Ask the page of a query's language; the same thing is asked once."""
    pages = {"zh": open_page("cases/"), "en": open_page("en/cases/")}
    known: dict[tuple[str, str, str], list[str]] = {}

    def answer(each: Expectation) -> Sequence[str]:
        key = each.lang, each.query, each.kind
        if key not in known:
            known[key] = pages[each.lang].evaluate(QUERY, [each.query, each.kind])
        return known[key]

    yield answer


def test_the_query_set(open_page: Open, found: Callable[[Expectation], Sequence[str]]) -> None:
    expected = published(expectations(), open_page().evaluate("() => casebook.need('search/ids')"))
    scores = score(expected, found)
    assert scores["all"].recall >= 0.98, missed(expected, found)
    assert scores["all"].rank >= 0.9, table(scores)


@pytest.mark.parametrize(
    "query", ["何家坳", "铜塘湾", "環衛打包", "hejiaao", "1133", "保洁外包", "我们小区没有物业怎么办？"]
)
def test_the_page_of_cases_shows_the_best_first(open_page: Open, ready: Wait, query: str) -> None:
    page = open_page(f"cases/?q={query}")
    ready(page)
    best = page.evaluate(QUERY, [query, "case"])
    shown = page.locator("main a[data-case]:visible").evaluate_all("links => links.map((link) => link.dataset.case)")
    assert list(dict.fromkeys(shown))[:3] == best[:3]


def test_a_result_leads_to_its_claim(open_page: Open) -> None:
    page = open_page()
    claims = page.evaluate(
        """async () => {
          const claims = [];
          const search = await casebook.needSearch();
          for (const text of ["57名居民代表", "99.4%", "路灯", "区里出钱", "化粪池", "众筹"]) {
            const found = await search.query(text, {kind: "case", limit: 5});
            found.results.filter((each) => each.claim).forEach((each) => claims.push(each.url + "#" + each.claim));
          }
          return claims;
        }"""
    )
    assert len(claims) > 5
    for claim in claims[:8]:
        page.goto(page.url.split("#")[0])
        page.goto(page.evaluate("(path) => casebook.address(path)", claim))
        assert page.locator(f"[id='{claim.split('#')[1]}']").count() == 1, claim


def test_typing_is_never_held_up(open_page: Open) -> None:
    """Search works in portions: on a device where every step takes long, others get their turn in between."""
    page = open_page("cases/")
    turns = page.evaluate(
        """async () => {
          const search = await casebook.needSearch();
          await search.query("物业", {limit: 8});
          let now = Date.now();
          Date.now = () => (now += 20);  // each look at the clock finds it later than any portion may last
          let turns = 0;
          let watching = true;
          const watch = () => {
            turns += 1;
            if (watching) setTimeout(watch, 0);
          };
          setTimeout(watch, 0);
          await search.query("物业", {limit: 8});
          watching = false;
          return turns;
        }"""
    )
    assert turns > 3


def test_suggestions_are_grouped_marked_and_explained(open_page: Open) -> None:
    page = open_page()
    page.locator("#site-search").fill("环卫打包")
    expect(page.locator("#suggest [role=option]").first).to_be_visible()
    assert page.locator("#suggest [role=group]").count() >= 3
    expect(page.locator("#suggest mark").first).to_be_visible()
    assert "why_" not in page.locator("#suggest").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#suggest [role=option][aria-selected=true]")).to_have_count(1)


def test_little_is_fetched_for_the_first_result(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.evaluate(QUERY, ["保洁外包", None])
    page.wait_for_timeout(200)
    context.close()
    assert 0 < sum(sizes) < 400_000  # as served here, uncompressed


def test_it_works_from_a_folder(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "cases" / "index.html").as_uri())
    assert page.evaluate(QUERY, ["何家坳", None])[0] == "hejiaao-1133"
    context.close()


def test_search_is_fetched_when_it_is_first_wanted(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address + "cases/")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert not [url for url in fetched if "/find." in url or "/search/" in url]
    page.locator("#site-search").focus()
    page.wait_for_function("() => Boolean(casebook.search)")
    assert len([url for url in fetched if "/find." in url]) == 1
    context.close()
