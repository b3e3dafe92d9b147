"""The form: a case from the article, by touch and by keyboard alone; drafts, undo, corrections, and the way out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml
from playwright.sync_api import Page, expect

from support import CASES, casebook

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Check = Callable[[Page], None]

BY = "社区党总支副书记"
PACKAGED = "packaged to a sanitation company, and no residents are charged"


def at(id: str) -> str:
    return f'[id="{id}"]'


class Hand(Protocol):
    """A way to use the form, and what it cost."""

    page: Page
    presses: int
    letters: int

    def press(self, selector: str) -> None: ...
    def choose(self, selector: str) -> None: ...
    def type(self, selector: str, text: str) -> None: ...


class Finger:
    """Taps. Letters are typed by the phone's keyboard and counted apart."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.letters = page, 0, 0

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.tap()
        self.presses += 1

    choose = press

    def type(self, selector: str, text: str) -> None:
        self.press(selector)
        self.page.keyboard.insert_text(text)
        self.letters += len(text)


class Keys:
    """Tab, Shift+Tab, arrows, Space and Enter; the shorter way round is taken, as a person would."""

    WHERE = """([selector]) => {
        const wanted = document.querySelector(selector), now = document.activeElement;
        if (wanted === now) return 0;
        return now.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
    }"""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.letters = page, 0, 0

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.presses += 1

    def go(self, selector: str) -> None:
        for _ in range(400):
            way = self.page.evaluate(self.WHERE, [selector])
            if way == 0:
                return
            self.key("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"no way to {selector} by keyboard")

    def press(self, selector: str) -> None:
        self.go(selector)
        box = self.page.locator(selector).first.evaluate("node => node.tagName === 'INPUT'")
        self.key("Space" if box else "Enter")

    def choose(self, selector: str) -> None:
        """A radio button: Tab goes to its group, the arrows within it."""
        name = json.dumps(self.page.locator(selector).get_attribute("name"))
        shown = self.page.locator(f"input[type=radio][name={name}]:visible")
        ids: list[str] = shown.evaluate_all("nodes => nodes.map(node => node.id)")
        checked: list[str] = shown.evaluate_all("nodes => nodes.filter(node => node.checked).map(node => node.id)")
        # Without a choice, the way leads into the group from its near end.
        ends = checked or [ids[0], ids[-1]]
        for _ in range(400):
            here = str(self.page.evaluate("document.activeElement.id"))
            if here in ends:
                break
            self.key("Tab" if self.page.evaluate(self.WHERE, [at(ends[0])]) > 0 else "Shift+Tab")
        wanted = str(self.page.locator(selector).get_attribute("id"))
        if not checked:
            self.key("Space")
        for _ in range(abs(ids.index(wanted) - ids.index(here))):
            self.key("ArrowDown" if ids.index(wanted) > ids.index(here) else "ArrowUp")

    def type(self, selector: str, text: str) -> None:
        self.go(selector)
        self.page.keyboard.insert_text(text)
        self.letters += len(text)


def know(hand: Hand, question: str, text: str) -> str:
    """Say that a question has an answer, and write it; gives the place of the answer."""
    hand.choose(at(f"f-answers.{question}-answered"))
    place = f"f-answers.{question}.0"
    hand.type(at(f"{place}.zh"), text)
    return place


def same_again(hand: Hand, place: str) -> None:
    hand.press(f"{at(place)} .chip")


def quote_again(hand: Hand, place: str, quote: str) -> None:
    hand.press(f"{at(place + '.quote')} details > summary")
    hand.press(at(f"{place}.quote.take.{quote}"))


def on(hand: Hand, heading: str) -> None:
    hand.press(at("form-next"))
    expect(hand.page.locator("#step-heading")).to_have_text(heading)


def rest(hand: Hand) -> None:
    hand.press(".form__step > p > .rows__add")


def sources(hand: Hand) -> None:
    hand.type(at("f-sources.0.title"), "Chuangwen is on the road丨Chain resources to ensure the foundation")
    hand.type(at("f-sources.0.publisher"), "Mondo Social")
    hand.type(at("f-sources.0.page_updated"), "2024-01-22")
    for name, term in (("language", "en"), ("translation", "machine")):
        hand.press(f"{at('f-sources.0.' + name)} summary")
        hand.choose(at(f"f-sources.0.{name}-{term}"))
    hand.choose(at("f-sources.0.grade-B"))


def about(hand: Hand) -> None:
    hand.type(at("f-title.zh"), "杨梅塘：保洁打包给一家环卫公司")
    hand.type(at("f-summary.zh"), "社区把无人管小区的清扫保洁打成一个包，交给一家环卫公司，据社区说不向居民收费。")
    hand.press(f"{at('f-place.area')} summary")
    hand.type(at("f-place.area-search"), "石峰")
    hand.choose(at("f-place.area-430204"))
    hand.type(at("f-place.subdistrict.zh"), "铜塘湾街道")
    hand.type(at("f-place.community.zh"), "杨梅塘社区")
    hand.press(at("f-place.community.unconfirmed"))
    hand.press(f"{at('f-approaches')} summary")
    hand.press(at("f-approaches-bundled_sanitation"))
    hand.press(f"{at('f-problems')} summary")
    for term in ("no_manager", "sanitation", "employer_withdrew"):
        hand.press(at(f"f-problems-{term}"))


def background(hand: Hand) -> None:
    place = know(hand, "setting", "近年企业搬迁，不少小区拆除，剩下的少数小区没有人管。")
    hand.choose(at(f"{place}.says-attributed"))
    hand.type(at(f"{place}.by.zh"), BY)
    hand.type(at(f"{place}.quote.new"), "with the relocation of enterprises, many communities have been demolished")
    place = know(hand, "problem", "剩下的少数小区成了无人管小区。")
    same_again(hand, place)
    hand.type(at(f"{place}.quote.new"), 'have become "unmanaged" communities')
    rest(hand)


def practice(hand: Hand) -> None:
    place = know(hand, "delivered_by", "一家环卫公司。公司名称没有说。")
    hand.press(f"{at(place + '.terms')} summary")
    hand.press(at(f"{place}.terms-sanitation_company"))
    same_again(hand, place)
    hand.type(at(f"{place}.quote.new"), PACKAGED)
    place = know(hand, "steps", "把社区辖区内所有无人管小区的环卫保洁打成一个包，交给一家环卫公司。")
    same_again(hand, place)
    quote_again(hand, place, "q3")
    place = know(hand, "services", "环卫保洁。")
    hand.press(f"{at(place + '.terms')} summary")
    hand.press(at(f"{place}.terms-cleaning"))
    same_again(hand, place)
    hand.type(at(f"{place}.quote.new"), "All the sanitation and cleaning of 'unattended' communities")
    rest(hand)


def money(hand: Hand) -> None:
    place = know(hand, "resident_fee", "不向居民收费。")
    hand.type(at(f"{place}.value"), "０")
    for name, term in (("unit", "CNY"), ("basis", "not_stated")):
        # A list of the system: its own keys and taps are not ours to count one by one.
        if isinstance(hand, Keys):
            hand.go(at(f"{place}.{name}"))
        hand.page.locator(at(f"{place}.{name}")).select_option(term)
        hand.presses += 2
    same_again(hand, place)
    quote_again(hand, place, "q3")
    hand.choose(at("f-answers.collection_rate-not_applicable"))
    rest(hand)


def results(hand: Hand) -> None:
    place = know(hand, "outcomes", "小区里面干净整洁，地上几乎没有垃圾。")
    hand.choose(at(f"{place}.says-judgment"))
    hand.type(at(f"{place}.quote.new"), "the internal environment of the community is clean and tidy")
    rest(hand)


SCREENS: tuple[tuple[str, Callable[[Hand], None]], ...] = (
    ("来源", sources),
    ("概况", about),
    ("背景", background),
    ("主要做法", practice),
    ("钱从哪来", money),
    ("成效与问题", results),
    ("经验启示", rest),
)


def fill(hand: Hand, accessible: Check | None = None) -> None:
    for number, (heading, screen) in enumerate(SCREENS):
        expect(hand.page.locator("#step-heading")).to_have_text(heading)
        screen(hand)
        if accessible:
            accessible(hand.page)
        on(hand, SCREENS[number + 1][0] if number + 1 < len(SCREENS) else "检查和交出")


def accepted(page: Page, folder: Path) -> dict[str, Any]:
    """Download the file, and let the command check it; gives what PyYAML reads in it."""
    expect(page.locator(".form__step .errors")).to_have_count(0)
    with page.expect_download() as download:
        page.locator(".ways .btn--main").first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    done = casebook("check", path)
    assert done.returncode == 0, done.stdout
    text = path.read_text(encoding="utf-8")
    assert text == page.locator("[data-yaml]").text_content()
    case: dict[str, Any] = yaml.safe_load(text)
    return case


def says_yangmeitang(case: dict[str, Any]) -> None:
    fee = case["answers"]["resident_fee"][0]
    assert (fee["value"], fee["unit"], fee["basis"]) == (0, "CNY", "not_stated")
    assert fee["quote"] == case["answers"]["steps"][0]["quote"] == case["answers"]["delivered_by"][0]["quote"]
    assert case["sources"][0]["quotes"][fee["quote"]] == PACKAGED
    assert case["answers"]["problem"][0]["by"] == {"zh": BY}
    assert case["answers"]["cost"] == "not reported"
    assert case["answers"]["collection_rate"] == "not applicable"
    assert case["place"]["community"] == {"zh": "杨梅塘社区", "unconfirmed": True}
    assert (case["sources"][0]["language"], case["sources"][0]["translation"]) == ("en", "machine")
    assert case["review"]["state"] == "draft"


def cost(name: str, hand: Hand, record: Callable[[str, object], None]) -> None:
    record(name, f"{hand.presses} presses, {hand.letters} letters")


def test_yangmeitang_by_touch(
    open_page: Open, ready: Check, accessible: Check, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    page = open_page("form/", width=360, has_touch=True, is_mobile=True)
    ready(page)
    hand = Finger(page)
    fill(hand, accessible)
    accessible(page)
    says_yangmeitang(accepted(page, tmp_path))
    cost("touch", hand, record_property)
    assert hand.presses < 130
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_yangmeitang_by_keyboard_alone(
    open_page: Open, ready: Check, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    page = open_page("form/", width=360)
    ready(page)
    hand = Keys(page)
    fill(hand)
    says_yangmeitang(accepted(page, tmp_path))
    cost("keyboard", hand, record_property)
    assert hand.presses < 700


def test_errors_are_summed_up_linked_and_reachable(open_page: Open, ready: Check, accessible: Check) -> None:
    page = open_page("form/#background")
    ready(page)
    hand = Keys(page)
    know(hand, "setting", "<b>x</b>")
    hand.press(at("form-next"))
    summary = page.locator(".errors")
    expect(summary).to_contain_text("处要改或没填")
    assert page.evaluate("document.activeElement.contains(document.querySelector('.errors'))")
    accessible(page)
    link = summary.locator("a", has_text="谁的话").first
    link.click()
    assert page.evaluate("document.activeElement.name") == "f-answers.setting.0.says"
    expect(page.locator(at("f-answers.setting.0.zh"))).to_have_attribute("aria-invalid", "true")
    # A second press goes on: nobody is held back.
    hand.press(at("form-next"))
    expect(page.locator("#step-heading")).to_have_text("主要做法")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
@pytest.mark.parametrize("lang", ["", "en/"])
def test_every_step_is_accessible(  # noqa: PLR0917
    open_page: Open, ready: Check, accessible: Check, lang: str, scheme: str, width: int
) -> None:
    page = open_page(f"{lang}form/?case=hejiaao-1133", width=width, scheme=scheme)
    ready(page)
    for link in page.locator(".progress__steps a").all():
        page.evaluate("hash => { location.hash = hash }", link.get_attribute("href"))
        page.wait_for_timeout(50)
        for node in page.locator("details").all():
            node.evaluate("node => { node.open = true }")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_draft_outlives_a_crash(open_page: Open, ready: Check) -> None:
    page = open_page("form/#about")
    ready(page)
    page.locator(at("f-title.zh")).fill("没写完的")
    page.wait_for_url("**draft=*")
    url = page.url
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.goto(url)
    ready(other)
    expect(other.locator(at("f-title.zh"))).to_have_value("没写完的")
    other.goto(url.split("?")[0])
    ready(other)
    expect(other.locator(".rows__row").first).to_contain_text("没写完的")


def test_drafts_go_to_another_device_as_a_file(open_page: Open, ready: Check, tmp_path: Path) -> None:
    page = open_page("form/#about")
    ready(page)
    page.locator(at("f-title.zh")).fill("带走的")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出草稿").click()
    file = tmp_path / "draft.json"
    download.value.save_as(file)
    other = open_page("form/")
    ready(other)
    other.get_by_role("button", name="草稿（0）").click()
    other.locator("#draft-file").set_input_files(file)
    expect(other.locator(".toast")).to_contain_text("草稿已导入")
    other.evaluate("location.hash = 'about'")
    expect(other.locator(at("f-title.zh"))).to_have_value("带走的")


def test_forbidden_storage_is_said_and_leaving_warns(open_page: Open, ready: Check) -> None:
    page = open_page("about/")
    page.context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }")
    page.goto(page.url.replace("about/", "form/#about"))
    ready(page)
    expect(page.locator(".drafts__say")).to_contain_text("不让存草稿")
    page.locator(at("f-title.zh")).fill("会丢的")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_what_was_deleted_comes_back_and_order_changes_by_keyboard(open_page: Open, ready: Check) -> None:
    page = open_page("form/#practice")
    ready(page)
    hand = Keys(page)
    know(hand, "steps", "第一步")
    card = page.locator('[data-card="steps"]')
    card.locator(".rows__add").last.click()
    page.locator(at("f-answers.steps.1.zh")).fill("第二步")
    hand.press(at("f-answers.steps.1-move_up"))
    expect(page.locator(at("f-answers.steps.0.zh"))).to_have_value("第二步")
    assert page.evaluate("document.activeElement.id") == "f-answers.steps.0-move_down"
    hand.press(at("f-answers.steps.0-remove"))
    expect(card.locator(".rows__row")).to_have_count(1)
    page.locator("[data-undo]").click()
    expect(card.locator(".rows__row")).to_have_count(2)


def test_a_correction_opens_at_its_question_and_changes_only_that(open_page: Open, ready: Check) -> None:
    page = open_page("form/?case=hejiaao-1133&question=households")
    ready(page)
    assert page.evaluate("document.activeElement.name") == "f-answers.households"
    hand = Keys(page)
    place = know(hand, "households", "约 300 户。")
    page.locator(at(f"{place}.value")).fill("300")
    page.locator(at(f"{place}.says-inference")).check()
    page.evaluate("location.hash = 'send'")
    after = str(page.locator("[data-yaml]").text_content()).splitlines()
    before = (CASES / "hejiaao-1133.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == ["  households: not reported"]
    assert len(after) - len(before) == 3


def test_the_form_stays_light(site: Path) -> None:
    import gzip

    assets = site / "assets"
    scripts = [*assets.glob("form*.js"), *(assets / "vendor").glob("yaml.min.*.js")]
    total = sum(len(gzip.compress(path.read_bytes())) for path in [*scripts, *assets.glob("casebook.*.css")])
    assert total <= 120 * 1024
    text = "".join(path.read_text(encoding="utf-8") for path in scripts)
    assert "new Function" not in text
    assert "eval(" not in text


def test_blank_templates_are_there_to_download(site: Path, open_page: Open) -> None:
    page = open_page("contribute/")
    for kind in ("xlsx", "docx"):
        link = page.locator(f"main a[href$='data/blank.{kind}']")
        assert link.get_attribute("href") == f"../data/blank.{kind}"
        assert zipfile.is_zipfile(site / "data" / f"blank.{kind}")


def test_a_long_text_is_never_put_into_an_address(open_page: Open, ready: Check) -> None:
    page = open_page("form/")
    ready(page)
    call = "([text, known]) => casebook.formSend.onGitHub('https://github.com/a/b', 'next', 'x', text, known)"
    short, long = page.evaluate(call, ["短", False]), page.evaluate(call, ["长" * 900, False])
    assert short["whole"]
    assert not long["whole"]
    assert long["address"] == "https://github.com/a/b/new/next/cases?filename=x.yaml"
    assert page.evaluate(call, ["短", True])["address"] == "https://github.com/a/b/edit/next/cases/x.yaml"
    call = "known => casebook.formSend.onGitee('https://gitee.com/a/b', 'next', 'x', known)"
    assert page.evaluate(call, True) == "https://gitee.com/a/b/blob/next/cases/x.yaml"
    assert page.evaluate(call, False) == "https://gitee.com/a/b/tree/next/cases"
