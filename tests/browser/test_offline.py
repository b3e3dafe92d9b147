"""The edition on a stick: opened from a folder, with no network at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import casebook

pytestmark = pytest.mark.browser

Wait = Callable[[Page], None]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick") / "library"
    done = casebook("export", "--offline", folder)
    assert done.returncode == 0, done.stderr
    assert "MB" in done.stdout
    return folder


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


def test_it_is_small_and_packed(stick: Path) -> None:
    archive = stick.with_name("library.zip")
    assert archive.stat().st_size < 20e6
    assert sum(path.stat().st_size for path in stick.rglob("*") if path.is_file()) < 20e6
    with zipfile.ZipFile(archive) as packed:
        assert "library/开始.html" in packed.namelist()


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


def test_every_link_names_a_file(stick: Path) -> None:
    for path in stick.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert 'href="../"' not in text, path
        assert '/"' not in [part[-2:] for part in text.split('href="')[1:]], path
