"""The reviewer's card says in words what changed, and nothing hostile comes out of it as markup."""

from __future__ import annotations

import html
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import markdown

from casebook import validate
from casebook.card import CaseChange, compare
from casebook.card.markdown import MAX_CARD, card, safe
from casebook.library import open_library
from support import EXAMPLES, ROOT, SCHEMAS, casebook

LIBRARY = open_library(SCHEMAS)
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")
ANSWER = "    - {zh: 甲。, en: A., says: reported, quote: q1}\n"


def changes(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> list[CaseChange]:
    checked = []
    for name, files in (("before", before), ("after", after)):
        folder = tmp_path / name
        folder.mkdir()
        for id, text in files.items():
            (folder / f"{id}.yaml").write_text(text.replace("id: plain", f"id: {id}"), encoding="utf-8")
        checked.append(validate.validate(validate.case_files([folder]), LIBRARY, folder))
    return compare(*checked, LIBRARY)


def one(tmp_path: Path, before: str, after: str) -> CaseChange:
    (change,) = changes(tmp_path, {"plain": before}, {"plain": after})
    return change


def test_nothing_changed(tmp_path: Path) -> None:
    assert changes(tmp_path, {"plain": PLAIN}, {"plain": PLAIN}) == []
    assert "没有案例改动" in card([], LIBRARY)


def test_layout_alone_is_called_so(tmp_path: Path) -> None:
    change = one(tmp_path, PLAIN, PLAIN.replace("problems: [sanitation]", "problems:\n  - sanitation   # 一个"))
    assert change.changes == ()
    assert "只改了排版" in card([change], LIBRARY)


def test_values_before_and_after(tmp_path: Path) -> None:
    after = PLAIN.replace("zh: 一家环卫公司。", "zh: 两家环卫公司。").replace("[sanitation]", "[sanitation, parking]")
    shown = card([one(tmp_path, PLAIN, after)], LIBRARY)
    assert "“谁来干”第 1 条的内容的中文：<del>一</del><ins>两</ins>家环卫公司。" in shown
    assert "难题：sanitation<ins>, parking</ins>" in shown
    assert "Trouble&#58; " not in shown
    assert "Trouble: sanitation<ins>, parking</ins>" in shown


def test_an_answer_put_in_front_does_not_change_the_others(tmp_path: Path) -> None:
    before = PLAIN.replace("  setting: not reported", "  setting:\n" + ANSWER.rstrip("\n"))
    added = ANSWER.replace("甲。", "乙。").replace("A.", "B.")
    change = one(tmp_path, before, before.replace("  setting:\n", f"  setting:\n{added}"))
    assert all(each.before is None for each in change.changes)
    assert {each.after for each in change.changes} == {"乙。", "B.", "reported"}


def test_answers_that_fell_silent_are_named(tmp_path: Path) -> None:
    before = PLAIN.replace("  setting: not reported", "  setting:\n" + ANSWER.rstrip("\n"))
    (silenced,) = one(tmp_path, before, PLAIN).silenced
    assert silenced == LIBRARY.questions["setting"].labels


def test_claims_without_a_quote_are_named(tmp_path: Path) -> None:
    after = PLAIN.replace(
        "  setting: not reported",
        "  setting:\n    - {zh: 甲。, en: A., says: inference, by: {zh: 编者, en: the editors}}",
    )
    change = one(tmp_path, PLAIN, after)
    assert len(change.unsourced) == 1
    assert "没有摘句支持的话 (1)\n  - “小区情况”第 1 条" in card([change], LIBRARY)


def test_private_data_is_named_and_masked(tmp_path: Path) -> None:
    change = one(tmp_path, PLAIN, PLAIN.replace("一家公司包了全部保洁。", "张大妈说打 13812345678。"))
    assert [problem.code for problem in change.private] == ["private-name", "private-mobile"]
    shown = card([change], LIBRARY)
    assert "13812345678" not in html.unescape(shown)
    assert "张大妈" not in shown


def test_new_gone_and_alike(tmp_path: Path) -> None:
    long = "".join(f"第{at}条说法各不相同，" for at in range(30))
    text = PLAIN.replace("一家公司包了全部保洁。", long)
    gone, new = changes(tmp_path, {"plain": text, "gone": PLAIN}, {"plain": text, "new": text})
    assert gone.removed
    assert new.added
    assert [(each.id, each.text, each.place) for each in new.similar] == [("plain", 100, True)]
    shown = card([gone, new], LIBRARY)
    assert "请改成撤回" in shown
    assert "`plain`：同一个地方，文字有 100% 相同" in shown


def test_real_cases_are_not_taken_for_one_another() -> None:
    checked = validate.validate(validate.case_files([ROOT / "cases"]), LIBRARY, ROOT)
    found = compare(validate.Checked(LIBRARY), checked, LIBRARY)
    assert not [(change.id, each) for change in found for each in change.similar if each.text >= 25]


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://example.com/x.png)",
    "[x](javascript:alert(1))", "**bold** _it_ `code` ~~gone~~", "| a | b |\n|---|---|", "# heading", "> quote",
    "- item", "1. item", "@someone", "#1", "https://example.com/x", "www.example.com", "</details><h1>x</h1>",
    "&lt;b&gt;", "<!-- x -->", "\\", "```\ncode\n```", "[x]: https://example.com", "someone@example.com",
    "<https://example.com>", "a\n\n---\n\nb", "\u202eevil", "+ item", "=====",
]  # fmt: skip


class Tags(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    shown = Tags()
    shown.feed(markdown(f"- {safe(text)}"))
    assert shown.tags <= {"ul", "li", "p"}
    assert not re.search(r"[@#]\w", shown.text)
    assert not re.search(r"://|www\.", safe(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_case_makes_no_markup(text: str, tmp_path: Path) -> None:
    quoted = text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
    after = PLAIN.replace("zh: 一家公司包了全部保洁。", f'zh: "{quoted}"').replace(
        "zh: 样板小区：请人保洁", f'zh: "{quoted}"'
    )
    shown = card([one(tmp_path, PLAIN, after)], LIBRARY)
    tags = set(re.findall(r"<(/?\w+)", shown))
    assert tags <= {"details", "/details", "summary", "/summary", "ins", "/ins", "del", "/del"}
    assert "://" not in shown
    assert "\u202e" not in shown


def test_a_card_fits_into_a_comment(tmp_path: Path) -> None:
    text = "甲乙丙丁" * 100
    answers = "".join(f"    - {{zh: {text}{at}。, en: A{at}., says: reported, quote: q1}}\n" for at in range(60))
    after = PLAIN.replace("  setting: not reported\n", f"  setting:\n{answers}")
    texts = {f"case-{at}": PLAIN for at in range(3)}
    shown = card(changes(tmp_path, texts, dict.fromkeys(texts, after)), LIBRARY)
    assert len(shown) < MAX_CARD + 500
    assert "后面的没有列出" in shown
    assert shown.rstrip().endswith("</details>")


def test_commands(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "plain.yaml").write_text(PLAIN, encoding="utf-8")
    (cases / "link.yaml").symlink_to("/etc/passwd")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (cases / "link.yaml").unlink()
    (cases / "plain.yaml").write_text(PLAIN.replace("一家环卫公司。", "两家环卫公司。"), encoding="utf-8")
    schemas = ("--schemas", SCHEMAS)
    since = casebook(*schemas, "diff", "--base", "HEAD", cwd=tmp_path)
    assert since.returncode == 0
    assert "<del>一</del><ins>两</ins>家环卫公司。" in since.stdout
    same = casebook(*schemas, "diff", "--base", "HEAD", "--head", "HEAD", cwd=tmp_path)
    assert "没有案例改动" in same.stdout
    for wrong in ("--output=x", "nothing", "HEAD:cases"):
        assert casebook(*schemas, "diff", f"--base={wrong}", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "x").exists()
    assert casebook("card", cases, cases).returncode == 0
    assert casebook("card", cases, tmp_path / "nowhere").returncode == 2
