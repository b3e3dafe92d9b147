"""``casebook fix`` keeps every comment and every meaning, and has nothing left to do the second time."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import stat
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import fix, source, validate
from casebook.fix import Fixed, layout
from casebook.library import open_library
from casebook.source import Document
from support import CASES, EXAMPLES, SCHEMAS, casebook

LIBRARY = open_library(SCHEMAS)
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")
FILES = [*sorted(CASES.glob("*.yaml")), *sorted(EXAMPLES.rglob("*.yaml"))]
#: Problems whose repair changes what the file says, because what it said was not what was meant.
MENDED = {
    "bad-date", "expected-list", "fullwidth", "missing-space", "not-an-answer", "tab-indent", "unknown-key",
    "unknown-question", "unknown-term", "wide-space",
}  # fmt: skip


def fixed(data: bytes | str, name: str = "plain.yaml", confirm: bool = False) -> Fixed:
    raw = data.encode() if isinstance(data, str) else data
    return fix.fix(source.parse(Document(Path(name), name), raw), LIBRARY, confirm)


def said(text: str) -> object:
    """What another reader of YAML makes of a text, every value as it is written."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- makes nothing but texts


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?:^|(?<=\s))# .*$", text, re.MULTILINE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_left_for_a_second_time(path: Path) -> None:
    once = fixed(path.read_bytes(), path.name)
    again = fixed(once.after, path.name)
    assert not again.changed
    assert comments(once.after) == comments(once.before)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_meaning_stays(path: Path) -> None:
    result = fixed(path.read_bytes(), path.name)
    assert {problem.code for problem in result.mended} <= MENDED
    if not result.mended:
        try:
            before = said(result.before)
        except yaml.YAMLError:
            assert not result.changed
        else:
            assert layout.joined(said(result.after)) == layout.joined(before)
            if "folded" not in result.steps:
                assert said(result.after) == before


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_real_cases_need_little(path: Path) -> None:
    result = fixed(path.read_bytes(), path.name)
    assert not result.mended
    assert set(result.steps) <= {"wide", "quotes", "blanks", "order"}


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("gbk"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r\n").encode("gb18030"),
        PLAIN.encode() + b"\n\n\n",
        PLAIN.replace("\n", "   \n").encode(),
        PLAIN.replace("id: plain", "id：plain").encode(),
        PLAIN.replace("\n  zh", "\n\tzh").replace("\n  en", "\n\ten").encode(),
    ],
)
def test_comes_back_to_the_plain_file(data: bytes) -> None:
    result = fixed(data)
    assert result.changed
    assert result.after == PLAIN


def test_a_stray_byte_is_left_to_a_person() -> None:
    result = fixed(PLAIN.encode().replace("保洁".encode(), b"\xff\xfe", 1))
    assert result.refused
    assert result.refused.code == "not-utf8"
    assert not result.changed


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_order_comes_back_and_comments_move_along(chance: random.Random) -> None:
    blocks = re.findall(r"^\S.*\n(?:[ ].*\n)*", PLAIN, re.MULTILINE)
    assert "".join(blocks) == PLAIN
    mixed = [f"# {block.split(':')[0]}\n{block}" for block in blocks]
    chance.shuffle(mixed)
    result = fixed("".join(mixed))
    assert said(result.after) == said(PLAIN)
    assert re.sub("# .*\n", "", result.after) == PLAIN
    first = mixed[0].split("\n")[0]  # a comment at the top of a file stays there
    moved = [block.split(":")[0] for block in blocks if f"# {block.split(':')[0]}" != first]
    assert all(f"# {name}\n{name}:" in result.after for name in moved)


def test_order_inside_answers_and_sources() -> None:
    mixed = PLAIN.replace(
        "    - zh: 一家环卫公司。\n      en: One sanitation company.\n", "    - says: reported\n"
    ).replace(
        "      says: reported\n",
        "      # 先写英文\n      en: One sanitation company.\n      zh: 一家环卫公司。   # 再写中文\n",
    )
    result = fixed(mixed)
    assert result.steps == ["order"]
    assert (
        "    - zh: 一家环卫公司。   # 再写中文\n      # 先写英文\n      en: One sanitation company.\n"
        "      terms: [sanitation_company]\n      says: reported\n"
    ) in result.after


def test_long_braces_get_lines_and_long_texts_do_not() -> None:
    long = "一" * 80
    result = fixed(PLAIN.replace("样板社区", long).replace("一家公司包了全部保洁。", long))
    assert result.steps == ["wide"]
    assert f"  community:\n    zh: {long}\n    en: Sample Community\n" in result.after


def test_texts_of_several_lines() -> None:
    broken = "一家公司\n    包了全部保洁。"
    result = fixed(PLAIN.replace("一家公司包了全部保洁。", broken).replace("one", "one"))
    assert result.steps == ["folded"]
    assert result.after == PLAIN
    result = fixed(PLAIN.replace("en: One company does all the cleaning.", 'en: "One.\\n\\nTwo."'))
    assert result.steps == ["literal"]
    assert "  en: |-\n    One.\n\n    Two.\n" in result.after


def test_files_are_written_whole_and_keep_their_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plain.yaml"
    path.write_bytes(PLAIN.encode("gbk"))
    path.chmod(0o640)
    result = fix.fix(source.read(path, path.name), LIBRARY)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            result.write()
    assert path.read_bytes() == PLAIN.encode("gbk")
    assert list(tmp_path.iterdir()) == [path]
    result.write()
    assert path.read_text(encoding="utf-8") == PLAIN
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_command_shows_first_and_writes_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    path = folder / "plain.yaml"
    path.write_text(PLAIN.replace("id: plain", "id：plain"), encoding="utf-8")
    before = path.read_bytes()
    shown = casebook("fix", folder)
    assert shown.returncode == 1
    assert "-id：plain\n+id: plain\n" in shown.stdout
    assert path.read_bytes() == before
    assert casebook("fix", "--write", folder).returncode == 0
    assert path.read_text(encoding="utf-8") == PLAIN
    again = casebook("fix", folder)
    assert (again.returncode, again.stdout) == (0, "")
    assert casebook("fix", tmp_path / "nowhere").returncode == 2


def test_links_are_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target.yaml"
    target.write_text(PLAIN.replace("id: plain", "id：plain"), encoding="utf-8")
    link = tmp_path / "plain.yaml"
    link.symlink_to(target)
    assert casebook("fix", "--write", link).returncode == 1
    assert link.is_symlink()
    assert "id：plain" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["plain", "many-styles", "amounts"])
def test_confirmed_translations_go_stale(name: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLES / "valid" / f"{name}.yaml", tmp_path))
    assert casebook("fix", "--confirm-translation", path).returncode == 0
    text = path.read_text(encoding="utf-8")

    def codes(changed: str) -> set[str]:
        document = source.parse(Document(path, path.name), changed.encode())
        return {problem.code for problem in validate.judge([document], LIBRARY).problems}

    assert not codes(text)
    assert not codes(text.replace("One sanitation company.", "A sanitation company."))
    assert not codes(text.replace("title: 样板报道", "title:    样板报道   # 说明"))
    assert codes(text.replace("一家环卫公司。", "两家环卫公司。")) == {"translation-stale"}
    path.write_text(text.replace("一家环卫公司。", "两家环卫公司。"), encoding="utf-8")
    assert casebook("fix", "--confirm-translation", path).returncode == 0
    assert not codes(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["plain", "many-styles", "amounts"])
def test_confirmed_quotes_are_watched(name: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLES / "valid" / f"{name}.yaml", tmp_path))
    assert casebook("fix", "--confirm-quotes", path).returncode == 0
    text = path.read_text(encoding="utf-8")

    def codes(changed: str) -> set[str]:
        document = source.parse(Document(path, path.name), changed.encode())
        return {problem.code for problem in validate.judge([document], LIBRARY).problems}

    root = source.plain(source.parse(Document(path, path.name), text.encode()).root)
    for each in root["sources"]:
        lines = "".join(f"{quote}\n" for quote in each["quotes"].values())
        assert each["quotes_hash"] == hashlib.sha256(lines.encode()).hexdigest()
    assert not codes(text)
    quote = next(iter(root["sources"][0]["quotes"].values()))
    assert codes(text.replace(quote, quote[1:], 1)) == {"quotes-changed"}
    assert casebook("fix", "--confirm-quotes", path).returncode == 0
    assert path.read_text(encoding="utf-8") == text


def test_only_what_is_right_can_be_confirmed() -> None:
    result = fixed(PLAIN.replace("says: reported", "says: nobody"), confirm=True)
    assert result.refused
    assert result.refused.code == "unknown-term"
    assert not result.changed
    assert casebook("fix", "--confirm-translation").returncode == 2
