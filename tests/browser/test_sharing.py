"""Out to the world: a frame in another site, and the share menu with what it puts on the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Wait = Callable[[Page], None]
Check = Callable[[Page], None]

TWO = "nanjing-lanqi-6,luzhou-luliang"


@pytest.mark.parametrize("path", ["embed/cases/luzhou-luliang/", f"embed/compare/?cases={TWO}"])
@pytest.mark.parametrize("lang", ["", "en/"])
@pytest.mark.parametrize("look", [(320, "light"), (600, "dark")])
def test_frames_are_narrow_and_accessible(
    open_page: Open, accessible: Check, lang: str, path: str, look: tuple[int, str]
) -> None:
    page = open_page(lang + path, width=look[0], scheme=look[1])
    if "compare" in path:
        page.wait_for_selector("html[data-ready=true]", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert {each.get_attribute("target") for each in page.locator("#main a").all()} == {"_blank"}
    accessible(page)


def test_a_frame_shows_in_a_page_of_another_site(open_page: Open, address: str) -> None:
    page = open_page("")
    page.set_content(f'<iframe src="{address}embed/compare/?cases={TWO}" width="600" height="500"></iframe>')
    frame = page.frame_locator("iframe")
    expect(frame.locator("th a").first).to_contain_text("蓝旗新村")
    expect(frame.locator("tbody tr")).to_have_count(8)
    expect(frame.locator("tbody tr").nth(2)).to_contain_text("没有报道")
    with page.context.expect_page() as opened:
        frame.locator("th a").first.click()
    assert opened.value.url == f"{address}cases/nanjing-lanqi-6/"


def menu(page: Page) -> None:
    page.locator("[data-share] > summary").click()
    page.wait_for_selector("[data-share-box] .share__part")


@pytest.mark.parametrize(
    ("path", "embedded"),
    [
        ("cases/luzhou-luliang/", "embed/cases/luzhou-luliang/"),
        (f"compare/?cases={TWO}", f"embed/compare/?cases={TWO}"),
    ],
)
def test_the_menu_gives_address_code_and_embed(
    open_page: Open, address: str, accessible: Check, path: str, embedded: str
) -> None:
    page = open_page(path, width=1200)
    page.wait_for_load_state("networkidle")
    menu(page)
    expect(page.locator(".share__address")).to_have_text(address + path)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".share__square").screenshot())))
    assert code.text == address + path
    text = page.locator(".share__text").input_value()
    assert text.startswith("<iframe ") and f'src="{address}{embedded}"' in text
    assert "<script" not in text
    with page.expect_download() as saved:
        page.locator(".share__part .btn", has_text="存成图片").click()
    (stored,) = zxingcpp.read_barcodes(Image.open(saved.value.path()))
    assert stored.text == address + path
    accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("[data-share-box]")).to_be_hidden()


class Article(HTMLParser):
    """Tags and attributes of what was copied."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.styles += sum(name == "style" for name, _ in attrs)


def clipboard(page: Page, kind: str) -> str:
    # Unchanged: the browser would otherwise take out what it thinks another page should not get.
    read = """async (kind) => {
        const [item] = await navigator.clipboard.read({unsanitized: ["text/html"]});
        return (await item.getType(kind)).text();
    }"""
    found: str = page.evaluate(read, kind)
    return found


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("cases/yangmeitang-sanitation/", ["杨梅塘", "社区党总支副书记说", "没有报道", "还没有人报道的"]),
        (f"compare/?cases={TWO}", ["蓝旗新村", "泸州泸粮小区", "谁牵头做这件事？", "没有报道"]),
    ],
)
def test_an_article_for_wechat_carries_its_own_styles_and_no_link(
    open_page: Open, address: str, path: str, words: list[str]
) -> None:
    page = open_page(path, width=1200, permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_load_state("networkidle")
    menu(page)
    page.get_by_role("button", name="复制版面").click()
    expect(page.locator(".toast")).to_contain_text("已复制")
    html, text = clipboard(page, "text/html"), clipboard(page, "text/plain")
    found = Article(html[html.index("<section") :])
    assert found.tags <= {"section", "p", "span", "strong"}
    assert found.attributes == {"style"}
    assert found.styles > 10
    for word in words:
        assert word in html
        assert word in text
    assert f"{address}{path}" in text.replace("&amp;", "&")
    assert page.locator("#main [style]").count() == 0
    page.get_by_role("button", name="复制 HTML").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.startsWith('<section'))")
    assert Article(page.evaluate("navigator.clipboard.readText()")).styles == found.styles


def test_copying_works_where_the_new_way_is_missing(open_page: Open) -> None:
    """As in WeChat's browser, and on pages without https."""
    page = open_page("cases/yangmeitang-sanitation/", width=360, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    menu(page)
    page.get_by_role("button", name="复制版面").click()
    expect(page.locator(".toast")).to_contain_text("已复制")
    page.reload()
    assert "杨梅塘" in page.evaluate("navigator.clipboard.readText()")
