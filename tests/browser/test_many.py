"""Ten times as many cases as there are: lists, counts and choices stay right, and no page grows with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import served
from support import casebook

pytestmark = pytest.mark.browser

FEW, MANY = 120, 1000

#: What a page may grow by from few cases to many, and what it may weigh, in bytes, uncompressed.
GROWTH = {"": 1.05, "cases/": 1.05, "compare/": 1.2, "gaps/": 1.1, "fit/": 1.3, "costs/": 1.8, "approaches/": 1.2}
HEAVIEST = 460_000


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    found = {}
    for count in (FEW, MANY):
        folder = tmp_path_factory.mktemp(f"of-{count}")
        assert casebook("synth", str(count), "--out", folder / "cases").returncode == 0
        done = casebook("build", "--cases", folder / "cases", "--site-dir", folder / "site")
        assert done.returncode == 0, done.stderr
        found[count] = folder / "site"
    return found


@pytest.fixture
def visit(browser: Browser, sites: dict[int, Path]) -> Iterator[Callable[[str], Page]]:
    """Open a page of the many cases, and wait until it has finished its work."""
    with served(sites[MANY]) as at:
        context = browser.new_context(viewport={"width": 360, "height": 780})

        def open_(path: str) -> Page:
            page = context.new_page()
            page.goto(at + path)
            page.wait_for_selector("html[data-ready=true]", state="attached")
            return page

        yield open_
        context.close()


def number(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or ""))


def texts(sites: dict[int, Path]) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (sites[MANY].parent / "cases").iterdir()}


def test_the_list_shows_some_and_counts_all(visit: Callable[[str], Page]) -> None:
    page = visit("cases/")
    assert number(page.locator("[data-result-count]").text_content()) == MANY
    assert page.locator("[data-results] [data-card]").count() == 24
    page.locator("[data-more]").click()
    expect(page.locator("[data-results] [data-card]")).to_have_count(48)


def test_a_facet_counts_what_the_cases_say(visit: Callable[[str], Page], sites: dict[int, Path]) -> None:
    page = visit("cases/?approaches=trust_based")
    ways = [re.search(r"^approaches: \[(.*)\]", text, re.MULTILINE) for text in texts(sites).values()]
    expected = sum("trust_based" in found[1] for found in ways if found)
    assert number(page.locator("[data-result-count]").text_content()) == expected > 0
    boxes = page.locator('[data-facets] input[name="evidence"]')
    counts = page.locator('[data-facets] label:has(input[name="evidence"]) [data-count]').all_text_contents()
    assert sum(map(int, counts)) == expected
    assert boxes.count() == len(counts) > 1
    # The facet itself still counts all cases, since a second choice within it widens.
    own = page.locator('label:has(input[name="approaches"][value="interim_committee"]) [data-count]').text_content()
    assert number(own) == sum("interim_committee" in found[1] for found in ways if found)


def test_cases_with_a_gap_are_found(visit: Callable[[str], Page], sites: dict[int, Path]) -> None:
    page = visit("gaps/../cases/?missing=people")
    expected = sum(bool(re.search(r"^  people: not reported$", text, re.MULTILINE)) for text in texts(sites).values())
    assert number(page.locator("[data-result-count]").text_content()) == expected > 0
    expect(page.locator("[data-chips] button")).to_have_count(1)


def test_search_and_facets_together(visit: Callable[[str], Page]) -> None:
    page = visit("cases/?q=打包")
    alone = number(page.locator("[data-result-count]").text_content())
    page = visit("cases/?q=打包&evidence=E0")
    assert 0 < number(page.locator("[data-result-count]").text_content()) < alone


def test_any_case_can_be_compared(visit: Callable[[str], Page]) -> None:
    page = visit("compare/")
    assert page.locator("[data-choice]").count() == 100
    page.locator("[data-chooser-filter]").fill("排水")
    expect(page.locator("[data-choice]").first).to_be_visible()
    expect(page.locator("[data-choice]")).not_to_have_count(100)
    for choice in page.locator("[data-choice] input").all()[:2]:
        choice.check(force=True)
    expect(page.locator("[data-compare]")).to_be_visible()
    assert len(page.url.split("cases=")[1].split(",")) == 2


def test_the_fit_finder_places_every_case(visit: Callable[[str], Page]) -> None:
    page = visit("fit/")
    page.locator("[data-fit-form] .choice").first.click()
    expect(page.locator("[data-fit-shown]")).to_be_visible()
    page.wait_for_selector("html[data-ready=true]", state="attached")
    counts = page.locator("[data-fit-count]").all_text_contents()
    others = page.locator("[data-fit-others] summary").text_content()
    assert sum(map(int, counts)) + number(others) == MANY
    assert page.locator(".fit-list .card").count() <= 4 * 12


@pytest.mark.parametrize("path", GROWTH)
@pytest.mark.parametrize("lang", ["", "en/"])
def test_pages_do_not_grow_with_the_cases(sites: dict[int, Path], lang: str, path: str) -> None:
    few, many = ((sites[count] / lang / path / "index.html").stat().st_size for count in (FEW, MANY))
    assert many <= few * GROWTH[path]


@pytest.mark.parametrize("lang", ["", "en/"])
def test_no_page_is_heavier_than_a_phone_can_hold(sites: dict[int, Path], lang: str) -> None:
    pages = (sites[MANY] / lang).rglob("index.html")
    assert [(page.parent.name, size) for page in pages if (size := page.stat().st_size) > HEAVIEST] == []


def test_data_files_hold_little_of_each_case(sites: dict[int, Path]) -> None:
    for path in (sites[MANY] / "assets" / "data").rglob("*.js"):
        assert path.stat().st_size < 140_000, path.name
