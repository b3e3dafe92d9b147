"""The edition on a stick: opened from a folder, with no network at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import CASES, casebook

pytestmark = pytest.mark.browser

Wait = Callable[[Page], None]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stick") / "library"


@pytest.fixture(scope="module", autouse=True)
def exported(stick: Path) -> str:
    """The edition; gives what was said of it."""
    done = casebook("export", "--offline", stick)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def page(browser: Browser, stick: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.set_offline(True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
    page.goto((stick / "开始.html").as_uri())
    page.wait_for_url("**/index.html")
    yield page
    context.close()
    assert faults == []


def test_it_is_small_and_packed(stick: Path, exported: str) -> None:
    archive = stick.with_name("library.zip")
    files = [path for path in stick.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    assert archive.stat().st_size < size < 20e6
    assert f"{len(files)} 个文件 / files · {size / 1e6:.1f} MB" in exported
    with zipfile.ZipFile(archive) as packed:
        assert "library/开始.html" in packed.namelist()
        assert len(packed.namelist()) == len(files)


def test_search_filters_and_case(page: Page, ready: Wait) -> None:
    page.locator("#site-search").fill("环卫打包")
    page.locator("#site-search").press("Enter")
    page.wait_for_url("**/cases/index.html?q=*")
    ready(page)
    expect(page.locator("article a[data-case='yangmeitang-sanitation']:visible").first).to_be_visible()
    page.locator("article a[data-case='yangmeitang-sanitation']:visible").first.click()
    page.wait_for_url("**/yangmeitang-sanitation/index.html*")
    page.locator("#resident_fee-1 summary").click()
    expect(page.locator("#resident_fee-1 q")).to_be_visible()
    page.locator(".tags a").first.click()
    ready(page)
    assert "approaches=bundled_sanitation" in page.url


def test_compare(page: Page, ready: Wait, stick: Path) -> None:
    page.goto((stick / "compare" / "index.html").as_uri() + "?cases=hetang-backstop,yaohua-red-property")
    ready(page)
    expect(page.locator("[data-row='paid_by'] td").first).to_contain_text("财政")
    page.locator("[data-row='paid_by'] td summary").first.click()
    expect(page.locator("[data-row='paid_by'] td q").first).to_be_visible()


def test_facets(page: Page, ready: Wait, stick: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((stick / "cases" / "index.html").as_uri())
    ready(page)
    page.locator('input[name="approaches"][value="bundled_sanitation"]').check()
    ready(page)
    assert "approaches=bundled_sanitation" in page.url
    expect(page.locator("article a[data-case='yangmeitang-sanitation']:visible")).to_have_count(1)
    expect(page.locator("article a[data-case='hetang-backstop']:visible")).to_have_count(0)
    page.go_back()
    ready(page)
    expect(page.locator("article a[data-case='hetang-backstop']:visible").first).to_be_visible()


def test_fit_finder(page: Page, ready: Wait, stick: Path) -> None:
    page.goto((stick / "fit" / "index.html").as_uri())
    ready(page)
    page.locator("[data-fit-form] input[type=radio]").first.evaluate("node => node.click()")
    expect(page.locator("[data-fit-shown]")).to_be_visible()
    named = page.locator("[data-fit-group] a[href*='cases/']")
    expect(named.first).to_be_attached()
    assert str(named.first.get_attribute("href")).partition("#")[0].endswith("/index.html")


def test_form_checks_and_hands_a_file_over(page: Page, ready: Wait, stick: Path) -> None:
    case = "hejiaao-1133"
    page.goto(f"{(stick / 'form' / 'index.html').as_uri()}?case={case}&question=households")
    ready(page)
    page.locator('[id="f-answers.households-answered"]').check()
    page.locator('[id="f-answers.households.0.zh"]').fill("约 300 户。")
    page.evaluate("location.hash = 'send'")
    written = str(page.locator("[data-yaml]").text_content())
    assert "约 300 户。" in written
    before = (CASES / f"{case}.yaml").read_text(encoding="utf-8").splitlines()
    gone = [line for line in before if line not in written.splitlines()]
    assert gone == ["  households: not reported"]
    expect(page.locator(".errors")).to_be_visible()  # who says it is still to be told


def test_print(page: Page, stick: Path) -> None:
    for name in ("cases/yangmeitang-sanitation", "compare", "approaches/bundled_sanitation"):
        query = "?cases=hetang-backstop,yaohua-red-property" if name == "compare" else ""
        page.goto((stick / name / "index.html").as_uri() + query)
        assert page.pdf(format="A4").startswith(b"%PDF")
    page.goto((stick / "cases/yangmeitang-sanitation/index.html").as_uri())
    page.evaluate("window.print = () => { document.documentElement.dataset.printed = 'yes' }")
    page.locator("[data-print]").first.click()
    assert page.evaluate("document.documentElement.dataset.printed") == "yes"
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#resident_fee-1 q")).to_be_visible()  # on paper nothing can be unfolded
    expect(page.locator("#site-search")).to_be_hidden()


def test_nothing_is_there_that_only_programs_ask_for(page: Page, stick: Path) -> None:
    page.goto((stick / "data" / "index.html").as_uri())
    assert page.locator("article a[href$='answers.csv']").count() == 1
    assert page.locator("article a[href$='openapi.json']").count() == 0
    assert not list(stick.rglob("*.xml"))
