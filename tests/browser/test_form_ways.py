"""The form on a phone by touch: the ways out of it, several drafts, a device that is full, what it will look like."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

Check = Callable[[Page], None]
Start = Callable[..., Page]

GIVEN = {
    "github": "https://github.com/OWNER/REPOSITORY",
    "gitee": "https://gitee.com/OWNER/REPOSITORY",
    "mail": "cases@example.org",
    "branch": "main",
}


def at(id: str) -> str:
    return f'[id="{id}"]'


@pytest.fixture
def start(browser: Browser, address: str, ready: Check) -> Iterator[Start]:
    """Open the form on a phone, on a site whose owner has said where cases may be sent."""
    faults: list[str] = []
    contexts: list[Any] = []

    def settled(route: Any) -> None:
        answer = route.fetch()
        before, mark, rest = answer.text().partition('<script type="application/json" id="settings">')
        assert mark
        route.fulfill(
            response=answer, body=before + mark + json.dumps(GIVEN) + "</script>" + rest.partition("</script>")[2]
        )

    def open_(path: str = "form/", **options: Any) -> Page:
        size: Any = {"width": 360, "height": 780}
        given = {"has_touch": True, "is_mobile": True, "permissions": ["clipboard-read", "clipboard-write"], **options}
        context = browser.new_context(viewport=size, **given)
        contexts.append(context)
        context.route("**/form/**", settled)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + path)
        ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def write(page: Page, title: str) -> None:
    page.evaluate("location.hash = 'about'")
    page.locator(at("f-title.zh")).tap()
    page.keyboard.insert_text(title)


def send(page: Page) -> str:
    page.evaluate("location.hash = 'send'")
    text = page.locator("[data-yaml]").text_content()
    assert text
    return text


def way(page: Page, name: str) -> Any:
    return page.locator(".ways > li", has=page.locator("h3", has_text=name))


def test_a_short_text_goes_to_github_whole(start: Start) -> None:
    page = start()
    write(page, "短")
    text = send(page)
    link = way(page, "GitHub").locator("a")
    address = urlsplit(str(link.get_attribute("href")))
    assert address.path == "/OWNER/REPOSITORY/new/main/cases"
    assert parse_qs(address.query)["value"] == [text]
    assert link.get_attribute("rel") == "noopener"


def test_a_long_text_is_copied_whole(start: Start, accessible: Check) -> None:
    page = start()
    write(page, "长")
    page.locator(at("f-summary.zh")).fill("很长" * 180)
    page.locator(at("f-place.note.zh")).fill("说明" * 190)
    text = send(page)
    github = way(page, "GitHub")
    address = str(github.locator("a").get_attribute("href"))
    assert "value=" not in address
    expect(github).to_contain_text("先复制")
    github.get_by_role("button").tap()
    expect(github.get_by_role("button")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == text
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_gitee_and_mail_lead_where_the_owner_says(start: Start) -> None:
    page = start()
    write(page, "一处")
    send(page)
    assert way(page, "Gitee").locator("a").get_attribute("href") == "https://gitee.com/OWNER/REPOSITORY/tree/main/cases"
    mail = str(way(page, "邮件").locator("a").get_attribute("href"))
    assert mail.startswith("mailto:cases@example.org?subject=")
    file = str(page.locator(".ways .btn--main").text_content()).split()[-1]
    expect(way(page, "邮件")).to_contain_text(file)


def test_a_correction_leads_to_the_file_itself(start: Start) -> None:
    page = start("form/?case=yangmeitang-sanitation")
    send(page)
    assert way(page, "GitHub").locator("a").get_attribute("href") == (
        "https://github.com/OWNER/REPOSITORY/edit/main/cases/yangmeitang-sanitation.yaml"
    )
    assert str(way(page, "Gitee").locator("a").get_attribute("href")).endswith(
        "/blob/main/cases/yangmeitang-sanitation.yaml"
    )


def test_leaving_is_warned_of_until_the_text_was_taken(start: Start) -> None:
    page = start()
    write(page, "要带走的")
    send(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    way(page, "下载").get_by_role("button", name="复制全文").tap()
    expect(way(page, "下载").get_by_role("button").nth(1)).to_have_text("已复制")
    page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_several_drafts_stay_apart(start: Start, accessible: Check) -> None:
    page = start()
    write(page, "甲")
    page.wait_for_url("**draft=*")
    page.locator(".drafts button").nth(1).tap()
    page.get_by_role("button", name="新写一个").tap()
    assert "draft=" not in page.url  # a reload would not bring the other one back
    write(page, "乙")
    expect(page.locator(".drafts button").nth(1)).to_have_text("草稿（2）")
    page.locator(".drafts button").nth(1).tap()
    accessible(page)
    page.get_by_role("button", name="接着写：甲").tap()
    page.reload()
    page.evaluate("location.hash = 'about'")
    expect(page.locator(at("f-title.zh"))).to_have_value("甲")
    page.locator(".drafts button").nth(1).tap()
    page.get_by_role("button", name="删除：乙").tap()
    expect(page.locator(".drafts button").nth(1)).to_have_text("草稿（1）")
    page.locator("[data-undo]").tap()
    expect(page.locator(".drafts button").nth(1)).to_have_text("草稿（2）")


def test_a_full_device_is_said_and_the_draft_can_be_taken_along(
    start: Start, accessible: Check, tmp_path: Path
) -> None:
    page = start()
    page.evaluate("localStorage.setItem('other', 'x'.repeat(5 * 1024 * 1024 - 60))")
    write(page, "存不下的")
    expect(page.locator(".drafts__say")).to_contain_text("存储满了")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出草稿").tap()
    download.value.save_as(tmp_path / "draft.json")
    assert "存不下的" in (tmp_path / "draft.json").read_text(encoding="utf-8")


def test_a_file_that_is_no_draft_changes_nothing(start: Start, tmp_path: Path) -> None:
    page = start()
    write(page, "在写的")
    other = tmp_path / "other.json"
    other.write_text('{"format": "something else"}', encoding="utf-8")
    page.locator(".drafts button").nth(1).tap()
    page.locator("#draft-file").set_input_files(other)
    expect(page.locator(".toast")).to_contain_text("不是这里导出的草稿")
    expect(page.locator(at("f-title.zh"))).to_have_value("在写的")


def test_what_it_will_look_like_says_what_is_open(start: Start, accessible: Check) -> None:
    page = start("form/?case=yangmeitang-sanitation")
    send(page)
    page.locator("summary", has_text="看看发布后的样子").tap()
    shown = page.locator(".form__preview")
    expect(shown).to_contain_text("不向居民收费")
    expect(shown).to_contain_text("没有报道")
    expect(shown.locator(".amount").first).to_contain_text("0")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_empty_form_says_what_is_missing_and_how_to_be_quick(start: Start, accessible: Check) -> None:
    page = start()
    send(page)
    box = page.locator(".form__step .errors")
    expect(box).to_contain_text("处要改或没填")
    accessible(page)
    quick = page.get_by_role("button", name="都算“没有报道”")
    assert quick.bounding_box()["y"] < box.bounding_box()["y"]  # type: ignore[index]
    quick.tap()
    # What is left are the case in short and its source.
    expect(page.locator(".form__step .errors")).not_to_contain_text("缺少问题")
    page.locator("[data-undo]").tap()
    expect(quick).to_be_visible()


def test_a_step_is_done_when_nothing_in_it_is_missing(start: Start) -> None:
    page = start()
    first = page.locator(".progress__steps a").first
    page.locator("#form-next").tap()
    page.locator("#form-next").tap()
    expect(page.locator("#step-heading")).to_have_text("概况")
    expect(first).not_to_have_class("is-done")
    first.tap()
    page.locator(at("f-sources.0.title")).fill("标题")
    page.locator(at("f-sources.0.publisher")).fill("日报")
    page.locator(at("f-sources.0.grade-A")).check()
    page.locator("#form-next").tap()
    expect(first).to_have_class("is-done")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_says_its_errors_accessibly(start: Start, accessible: Check, scheme: str) -> None:
    page = start(color_scheme=scheme)
    while page.locator("#form-next").count():
        page.locator("#form-next").tap()
        expect(page.locator(".form__step .errors")).to_be_visible()
        # The list has the focus, so that it is read out and the next Tab leads into it.
        assert page.evaluate("document.activeElement.contains(document.querySelector('.form__step .errors'))")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("#form-next").tap()
