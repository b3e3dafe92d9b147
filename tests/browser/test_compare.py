"""Comparing cases: chosen anywhere, read anywhere, taken along."""

from __future__ import annotations

import csv
import io
import re
import struct
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]

TWO = "compare/?cases=yangmeitang-sanitation,hetang-backstop"
FIVE = ("hejiaao-1133", "rongchang-water", "yangmeitang-sanitation", "hetang-backstop", "yaohua-red-property")


def test_the_tray_follows_the_reader(open_page: Open, ready: Wait, address: str) -> None:
    page = open_page("cases/yangmeitang-sanitation/")
    page.locator("[data-compare-add]").first.click()
    expect(page.locator(".tray")).to_contain_text("再选一个就能对比")
    for path in ("approaches/fiscal_backstop/", "glossary/", "costs/"):
        page.goto(address + path)
        expect(page.locator(".tray li")).to_have_count(1)
    page.goto(address + "approaches/fiscal_backstop/")
    page.locator("[data-compare-add='hetang-backstop']").click()
    expect(page.locator(".tray a")).to_have_text("对比这 2 个")
    page.locator(".tray [data-compare-remove='yangmeitang-sanitation']").click()
    expect(page.locator(".tray li")).to_have_count(1)
    page.reload()
    expect(page.locator(".tray li")).to_contain_text("荷塘区")
    page.locator("[data-compare-clear]").click()
    expect(page.locator(".tray")).to_have_count(0)


def test_four_at_the_most(open_page: Open, ready: Wait) -> None:
    page = open_page("cases/", 1440)
    ready(page)
    for case in FIVE:
        page.locator(f"[data-compare-add='{case}']:visible").first.click()
    expect(page.locator(".toast")).to_contain_text("最多对比四个")
    expect(page.locator(".tray li")).to_have_count(4)
    expect(page.locator(f"[data-compare-add='{FIVE[4]}']:visible").first).to_have_attribute("aria-pressed", "false")
    page.locator(".tray a").click()
    ready(page)
    expect(page.locator("[data-head] th")).to_have_count(5)


def test_an_address_shows_the_same_to_somebody_else(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO + ",../x,hetang-backstop", 1440)
    ready(page)
    expect(page.locator("[data-head] a")).to_have_count(2)
    page.locator("[data-head] [data-compare-remove='hetang-backstop']").click()
    expect(page.locator("[data-compare-empty]")).to_be_visible()
    expect(page.locator("[data-chooser]")).to_have_attribute("open", "")
    page.locator("[data-chooser-filter]").fill("耀华")
    page.locator("[data-choice]:visible input").check()
    ready(page)
    assert page.url.endswith("?cases=yangmeitang-sanitation,yaohua-red-property")
    expect(page.locator("[data-head] a").nth(1)).to_contain_text("耀华新村")


def test_a_case_that_is_not_there_is_said(browser: Browser, address: str) -> None:
    # Not by way of open_page: a browser calls a missing page an error of its own.
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + "compare/?cases=hetang-backstop,no-such-case")
    expect(page.locator("[data-compare-error]")).to_be_visible()
    expect(page.locator("[data-compare]")).to_be_hidden()
    context.close()


def test_what_nobody_has_said_is_one_finding(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO, 1440)
    ready(page)
    row = page.locator("[data-row='households']")
    expect(row.locator("td")).to_have_count(1)
    expect(row.locator("td")).to_have_text("都没有报道")
    assert row.locator("td").evaluate("cell => cell.colSpan") == 2
    page.get_by_text("显示没有报道的").click()
    expect(row).to_be_hidden()
    fee = page.locator("[data-row='resident_fee']")
    expect(fee).to_be_visible()
    expect(fee.locator("td").nth(1)).to_have_text("没有报道")


def test_differences_only(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO, 1440)
    ready(page)
    page.get_by_text("只看不同").click()
    for row in page.locator("[data-row]:visible").all():
        cells = [cell.inner_text() for cell in row.locator("td").all()]
        assert len(set(cells)) > 1, cells
    assert page.locator("[data-row]:visible").count() > 3


def test_a_cell_carries_its_evidence(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO, 360)
    ready(page)
    cell = page.locator("[data-row='resident_fee'] td").first
    cell.locator("summary").click()
    expect(cell.locator("q")).to_contain_text("no residents are charged")
    cell.get_by_role("link", name="来源详情").click()
    page.wait_for_url("**/cases/yangmeitang-sanitation/#source-*")
    assert page.locator(":target").count() == 1


def test_download_as_csv(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO, 1440)
    ready(page)
    with page.expect_download() as download:
        page.locator("[data-compare-csv]").click()
    assert download.value.suggested_filename == "案例对比.csv"
    raw = download.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert lines[0][0] == "问题"
    assert [re.split("[：:]", head)[0] for head in lines[0][1:]] == ["杨梅塘", "荷塘区"]
    assert {len(line) for line in lines} == {3}
    found = {line[0]: line[1:] for line in lines}
    assert found["居民交多少"] == ["¥0 不向居民收费。 [社区党总支副书记说]", "没有报道"]
    assert found["户数"] == ["没有报道", "没有报道"]
    page.get_by_text("显示没有报道的").click()
    with page.expect_download() as download:
        page.locator("[data-compare-csv]").click()
    assert "户数" not in download.value.path().read_text(encoding="utf-8-sig")


def test_save_as_picture(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO, 1440)
    ready(page)
    # What is drawn is noted on its way to the canvas, for letters in a picture cannot be read back.
    page.evaluate(
        """() => {
            window.drawn = [];
            const draw = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
                window.drawn.push(text);
                return draw.call(this, text, ...rest);
            };
        }"""
    )
    with page.expect_download() as download:
        page.locator("[data-compare-picture]").click()
    assert download.value.suggested_filename == "案例对比.png"
    data = download.value.path().read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width >= 700
    assert height > width, "26 questions are taller than two cases are wide"
    text = "".join(page.evaluate("window.drawn"))
    for words in ("杨梅塘", "荷塘区", "不向居民收费", "没有报道", "社区党总支副书记说"):
        assert words in text
    assert "耀华" not in text


def test_it_prints_across(open_page: Open, ready: Wait) -> None:
    page = open_page(TWO, 1440)
    ready(page)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert sheets
    for width, height in sheets:
        assert (round(float(width)), round(float(height))) in {(842, 595), (841, 595)}


def test_on_a_phone_each_question_stays_in_sight(open_page: Open, ready: Wait) -> None:
    page = open_page("compare/?cases=hejiaao-1133,hetang-backstop,yaohua-red-property", 360, has_touch=True)
    ready(page)
    row = page.locator("[data-row='steps']")
    row.evaluate("row => window.scrollTo(0, row.offsetTop + row.offsetParent.offsetTop + 300)")
    top = row.locator("th").evaluate("head => head.getBoundingClientRect().top")
    assert 0 <= top < 60, "the question stands at the upper edge while its answers go by"
    page.locator(".compare-jump a").nth(2).tap()
    expect(page.locator("[data-row='cost']")).to_be_in_viewport()


def test_by_approach_without_scripts(open_page: Open) -> None:
    page = open_page("compare/", 360, java_script_enabled=False)
    expect(page.locator("[data-compare-wait]")).to_be_hidden()
    page.locator(".by-approach a", has_text="环卫打包").click()
    table = page.locator("table.compare").first
    expect(table.locator("thead a[data-case='yangmeitang-sanitation']")).to_be_visible()
    cell = table.locator("tr", has_text="居民交多少").locator("td", has_text="不向居民收费")
    cell.locator("summary").click()
    expect(cell.locator("q")).to_be_visible()
    expect(table.locator("tr", has_text="花多少钱")).to_contain_text("都没有报道")


def test_an_approach_of_many_cases_comes_in_tables_of_four(open_page: Open) -> None:
    page = open_page("approaches/resident_self_management/", 1440)
    counts = page.locator("table.compare").evaluate_all(
        "tables => tables.map(t => t.querySelectorAll('thead a').length)"
    )
    assert max(counts) == 4
    assert len(counts) > 1
    page.locator("table.compare").first.locator("xpath=following-sibling::p[1]/a").click()
    page.wait_for_url("**/compare/?cases=*,*,*,*")
