"""A case begun in the terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from casebook import cli
from support import ROOT, SCHEMAS, casebook

SAID = {
    "编号": "fresh-case",
    "标题": "样板小区：请人保洁",
    "一句话": "一家公司包了全部保洁。",
    "地区": "荷塘区",
    "办法": "bundled_sanitation",
    "难题": "sanitation",
    "记录类型": "snapshot",
    "核对日期": "2024-02-01",
    "来源编号": "s1",
    "发布者": "样板日报",
    "看到的语言": "zh",
    "来源等级": "B",
    "原文片段 1": "交给一家环卫公司",
    "谁来做": "一家环卫公司。",
    "谁的话": "reported",
    "摘句": "q1",
}


class Person(io.TextIOBase):
    """Somebody who answers what was asked last."""

    def __init__(self, asked: io.StringIO, said: dict[str, str]) -> None:
        self.asked, self.said, self.once = asked, said, False

    def readline(self, *_: object) -> str:  # type: ignore[override]
        prompt = self.asked.getvalue().rsplit("\n", 1)[-1]
        if "回车 =" in prompt:
            first, self.once = not self.once, True
            return "一家环卫公司干活。\n" if first else "\n"
        if "英文" in prompt:
            return "Text in English\n"
        return next((text for words, text in self.said.items() if prompt.startswith(words)), "") + "\n"


def begin(monkeypatch: pytest.MonkeyPatch, folder: Path, said: dict[str, str]) -> int:
    asked = io.StringIO()
    monkeypatch.setattr(sys, "stderr", asked)
    monkeypatch.setattr(sys, "stdin", Person(asked, said))
    return cli.main(["--schemas", str(SCHEMAS), "new", "-o", str(folder / "fresh-case.yaml")])


def test_a_draft_that_passes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert begin(monkeypatch, tmp_path, SAID) == 0, sys.stderr.getvalue()  # type: ignore[attr-defined]
    text = (tmp_path / "fresh-case.yaml").read_text(encoding="utf-8")
    assert "state: draft" in text
    monkeypatch.undo()
    assert casebook("check", tmp_path / "fresh-case.yaml").returncode == 0


def test_what_was_typed_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert begin(monkeypatch, tmp_path, {**SAID, "地区": "不知道哪里"}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["fresh-case.yaml.txt"]


def test_input_that_ends_early_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("fresh-case\n"))
    assert cli.main(["--schemas", str(SCHEMAS), "new", "-o", str(tmp_path / "fresh-case.yaml")]) == 2
    assert not list(tmp_path.iterdir())


def test_editors_have_the_schemas_of_today() -> None:
    """Where this fails: casebook template jsonschema -o schemas/case.schema.json."""
    done = casebook("template", "jsonschema")
    assert done.stdout == (SCHEMAS / "case.schema.json").read_text(encoding="utf-8")
    assert "schemas/case.schema.json" in (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")
