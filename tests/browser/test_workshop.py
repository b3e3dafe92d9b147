"""In the room: one question a screen on the projector, a pack of the trainer's own choice, codes that open the page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from support import CASES, ROOT, casebook

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]
Check = Callable[[Page], None]

TWO = "nanjing-lanqi-6,luzhou-luliang"
FOUR = "yangmeitang-sanitation,quzhou-yuhuafang,zhengzhou-changjianglu,hk-joint-property-management"
URL = "https://library.example/lib/"


def scanned(square: Locator) -> str:
    """What a camera reads off the screen."""
    picture = Image.open(io.BytesIO(square.screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def read(printed: pypdf.PdfReader) -> str:
    """Its text; some characters come as the radicals that look the same."""
    return "".join(page.extract_text() for page in printed.pages)


def project(open_page: Open, cases: str, lang: str = "", **options: object) -> Page:
    page = open_page(f"{lang}workshop/project/?cases={cases}", **{"width": 1024, **options})
    page.wait_for_selector("html[data-ready=true]", state="attached")
    return page


def count(page: Page) -> tuple[int, int]:
    at, total = page.locator("[data-count]").inner_text().split(" / ")
    return int(at), int(total)


def test_keys_turn_the_screens(open_page: Open) -> None:
    page = project(open_page, "nanjing-lanqi-6")
    assert count(page)[0] == 1
    expect(page.locator("h1")).to_contain_text("蓝旗新村")
    for number, key in enumerate(("ArrowRight", "PageDown", " ", "ArrowDown", "Enter"), 2):
        page.keyboard.press(key)
        assert count(page)[0] == number
    for key in ("ArrowLeft", "PageUp", "Shift+ ", "ArrowUp"):
        before = count(page)[0]
        page.keyboard.press(key)
        assert count(page)[0] == before - 1
    page.keyboard.press("End")
    assert len(set(count(page))) == 1
    expect(page.locator("h1")).to_have_text("还没有人报道的")
    page.keyboard.press("Home")
    assert count(page)[0] == 1
    page.keyboard.press("ArrowLeft")
    assert count(page)[0] == 1


def test_a_tap_goes_on_and_on_the_left_goes_back(open_page: Open) -> None:
    page = project(open_page, "nanjing-lanqi-6")
    page.mouse.click(800, 300)
    page.mouse.click(800, 300)
    assert count(page)[0] == 3
    page.mouse.click(100, 300)
    assert count(page)[0] == 2


def test_the_address_keeps_the_place(open_page: Open) -> None:
    page = project(open_page, TWO)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    words = page.locator("h1").inner_text()
    page.reload()
    page.wait_for_selector("html[data-ready=true]", state="attached")
    expect(page.locator("h1")).to_have_text(words)
    page.locator("[data-jump]").select_option("1")
    assert count(page)[0] == 2


def test_f_fills_the_screen(open_page: Open) -> None:
    page = project(open_page, "nanjing-lanqi-6")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")


FITS = """() => {
    const stage = document.querySelector("[data-stage]");
    return stage.scrollHeight <= stage.clientHeight && stage.scrollWidth <= stage.clientWidth;
}"""


@pytest.mark.parametrize(("cases", "lang"), [("hejiaao-1133", ""), (TWO, ""), (FOUR, ""), (TWO, "en/")])
def test_every_screen_is_seen_whole_at_1024_by_768(open_page: Open, cases: str, lang: str) -> None:
    page = project(open_page, cases, lang)
    page.set_viewport_size({"width": 1024, "height": 768})
    while True:
        assert page.evaluate(FITS), page.locator("h1").inner_text()
        at, total = count(page)
        if at == total:
            break
        page.keyboard.press("ArrowRight")


def test_a_screen_too_full_for_any_letters_is_gone_over_before_the_next(open_page: Open) -> None:
    page = project(open_page, FOUR, "en/")
    page.set_viewport_size({"width": 800, "height": 500})
    while page.evaluate(FITS):
        page.keyboard.press("ArrowRight")
    at, _ = count(page)
    page.keyboard.press("ArrowRight")
    assert count(page)[0] == at
    assert page.evaluate("document.querySelector('[data-stage]').scrollTop") > 0
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert count(page)[0] > at


def test_who_says_so_is_on_the_screen_and_so_is_silence(open_page: Open) -> None:
    page = project(open_page, "yangmeitang-sanitation")
    seen = {}
    for _ in range(count(page)[1]):
        seen[page.locator("h1").inner_text()] = page.locator("[data-stage]").inner_text()
        page.keyboard.press("ArrowRight")
    assert "社区党总支副书记说" in seen["居民每户交多少？"]
    assert "没有报道" in seen["谁牵头做这件事？"]
    assert "我们这里呢？" in seen["谁牵头做这件事？"]
    assert "我们这里呢？" not in seen["居民每户交多少？"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["", "en/"])
def test_the_projector_is_accessible(open_page: Open, accessible: Check, lang: str, scheme: str) -> None:
    page = project(open_page, TWO, lang, scheme=scheme)
    for key in ("Home", "ArrowRight", "End"):
        page.keyboard.press(key)
        accessible(page)
    assert page.locator("h1").count() == 1


def test_a_printed_screen_is_one_sheet_with_nothing_odd(open_page: Open) -> None:
    page = project(open_page, "nanjing-lanqi-6")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    text = read(printed)
    assert "没有收过停" in text
    assert "/ 20" not in text and "全屏" not in text


# A pack of one's own choice.


def test_chosen_cases_become_a_pack(open_page: Open, ready: Wait, accessible: Check) -> None:
    page = open_page("cases/", width=1200)
    for each in TWO.split(","):
        page.locator(f'[data-compare-add="{each}"]').first.click()
    page.goto(page.url.replace("cases/", "workshop/pack/"))
    ready(page)
    titles = page.locator(".sheet--case h2").all_inner_texts()
    assert [title[:2] for title in titles] == ["蓝旗", "泸州"]
    assert page.locator(".sheet--gaps tbody tr").count() > 5
    assert page.locator(".sheet--work .task").count() == 3
    for sheet, each in zip(page.locator(".sheet--case").all(), TWO.split(","), strict=True):
        assert scanned(sheet.locator(".code__square")) == page.url.replace("workshop/pack/", f"cases/{each}/")
        expect(sheet).to_contain_text("还没有人报道的")
    accessible(page)


def test_a_pack_is_printed_on_a4_without_the_rest_of_the_page(open_page: Open, ready: Wait) -> None:
    page = open_page(f"workshop/pack/?cases={TWO}", width=1200)
    ready(page)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {tuple(round(side) for side in each.mediabox[2:]) for each in printed.pages} == {(595, 842)}
    assert len(printed.pages) == 4
    everything = read(printed)
    assert everything.index("蓝旗新村") < 200
    assert "跳到正文" not in everything and "CC BY" not in everything


def test_without_a_choice_the_page_says_how_to_choose(open_page: Open, ready: Wait) -> None:
    for path, words in (("workshop/pack/", "还没有挑案例"), ("workshop/project/", "还没有挑案例")):
        page = open_page(path, width=1200)
        ready(page)
        expect(page.locator("#main")).to_contain_text(words)


@pytest.mark.parametrize("path", ["workshop/fees/", "workshop/fees-notes/", "en/workshop/plan/", "guides/workshops/"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1200, "light")])
def test_ready_packs_are_accessible(open_page: Open, accessible: Check, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# Codes where the site has an address, and pages without any.


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cases of the first workshop, and a configuration that says where the site will be."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "cases").mkdir()
    for name in TWO.split(","):
        shutil.copy(CASES / f"{name}.yaml", folder / "cases")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace('site_url: ""', f"site_url: {URL}").replace("docs_dir: docs/zh", f"docs_dir: {ROOT}/docs/zh")
    text = text.replace("  casebook:\n", f"  casebook:\n    docs: {ROOT}/docs\n")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def from_disk(browser: Browser) -> Iterator[Callable[[Path], Page]]:
    """Open a page as a file, with no network."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    context.set_offline(True)
    faults: list[str] = []

    def open_(path: Path, query: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path.as_uri() + query)
        page.wait_for_load_state()
        return page

    yield open_
    context.close()
    assert faults == []


def test_printed_codes_open_the_pages_and_claims(small: Path, from_disk: Callable[[Path], Page]) -> None:
    config = ("--config", small / "mkdocs.yml", "--cases", small / "cases", "--site-dir", small / "site")
    done = casebook("build", *config)
    assert done.returncode == 0, done.stderr
    for lang in ("", "en/"):
        page = from_disk(small / f"site/{lang}workshop/fees/index.html")
        squares = page.locator(".code__square").all()
        assert [scanned(each).removeprefix(URL + lang) for each in squares] == [
            "workshop/fees/",
            f"compare/?cases={TWO}",
            "cases/nanjing-lanqi-6/",
            "cases/nanjing-lanqi-6/#outcomes-1",
            "cases/luzhou-luliang/",
            "cases/luzhou-luliang/#collection_rate-1",
        ]


def test_everything_works_from_a_stick(small: Path, from_disk: Callable[..., Page]) -> None:
    done = casebook("export", "--offline", small / "stick", "--cases", small / "cases")
    assert done.returncode == 0, done.stderr
    page = from_disk(small / "stick/workshop/project/index.html", f"?cases={TWO}")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text("谁牵头做这件事？")
    expect(page.locator("[data-stage]")).to_contain_text("自治委员会")
    page.keyboard.press("End")
    assert page.locator(".projector__scan").count() == 0, "a file has no address to scan"
    page = from_disk(small / "stick/workshop/pack/index.html", f"?cases={TWO}")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert page.locator(".sheet--case").count() == 2
    expect(page.locator(".code").first).to_contain_text("cases/nanjing-lanqi-6/")
    pages = [path.parent.name for path in (small / "stick/embed").rglob("index.html")]
    assert pages == ["embed"], "the guide to frames, and nothing to be framed"
    assert not (small / "stick/share").exists()
