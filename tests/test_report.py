"""What is printed: for people, for programs, for code hosts; nothing hostile or private gets through."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from casebook import report, source, validate
from casebook.library import open_library
from casebook.problem import Nth, Problem, Span
from casebook.source import Document
from casebook.source.decoding import UNSEEN
from support import EXAMPLES, ROOT, SCHEMAS, casebook

LIBRARY = open_library(SCHEMAS)
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")
CONTRACT = json.loads((SCHEMAS / "problems.schema.json").read_text(encoding="utf-8"))
LANGUAGES = ("zh", "en")


def problems_of(text: str) -> tuple[list[Problem], dict[str, str]]:
    document = source.parse(Document(Path("plain.yaml"), "cases/plain.yaml"), text.encode())
    return validate.judge([document], LIBRARY).problems, {document.file: document.text}


def printed(text: str, format: str = "text", langs: tuple[str, ...] = LANGUAGES) -> str:
    problems, texts = problems_of(text)
    return report.FORMATS[format](LIBRARY, problems, texts, langs)


@pytest.fixture(scope="module")
def everything() -> tuple[list[Problem], dict[str, str]]:
    """The problems of all examples."""
    checked = validate.validate(sorted(EXAMPLES.rglob("*.yaml")), LIBRARY, ROOT)
    return checked.problems, {rows.document.file: rows.document.text for rows in checked.rows}


def test_text_names_place_words_and_hint() -> None:
    assert printed(PLAIN.replace("says: reported", "says: reprted"), langs=("zh",)) == (
        "错误[unknown-term] cases/plain.yaml:21:13\n"
        "  “谁来干”第 1 条的谁的话：词表“谁的话”里没有“reprted”\n"
        "  21 |       says: reprted\n"
        "     |             ^^^^^^^\n"
        "  建议：是不是想写“reported”？\n"
        "\n"
        "1 个错误，0 个提醒\n"
        "详细说明：casebook explain unknown-term"
    )


def test_mark_stands_under_chinese() -> None:
    """A Chinese character takes two columns of a terminal."""
    lines = printed(PLAIN.replace("一家公司包了", "一家<b>公司包了")).split("\n")
    at = next(number for number, line in enumerate(lines) if "^" in line)
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in lines[at - 1].split("<")[0])
    assert lines[at].index("^") == width
    assert lines[at].strip(" |") == "^^^"


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ((), "", ""),
        (({"zh": "标题", "en": "Title"},), "标题", "Title"),
        (
            (Nth({"zh": "来源", "en": "Sources"}, 2), {"zh": "网址", "en": "Address"}),
            "第 2 个来源的网址",
            "Sources 2 › Address",
        ),
        (
            (Nth({"zh": "户数", "en": "Households"}, 1, answer=True), {"zh": "数值", "en": "Value"}),
            "“户数”第 1 条的数值",
            "Households 1 › Value",
        ),
        (({"zh": "摘句", "en": "Quotes"}, "q1"), "摘句“q1”", "Quotes › “q1”"),
    ],
)
def test_the_way_in_words(path: Any, zh: str, en: str) -> None:
    problem = Problem("too-long", "x.yaml", path=path)
    assert (report.path_words(problem, "zh"), report.path_words(problem, "en")) == (zh, en)


def test_every_way_leads_through_known_words(everything: tuple[list[Problem], dict[str, str]]) -> None:
    for problem in everything[0]:
        for lang in LANGUAGES:
            assert "{" not in report.path_words(problem, lang)
            assert not re.search(
                r"\{\w*\}", report.message(LIBRARY, problem, lang) + report.hint(LIBRARY, problem, lang)
            )


def test_json_keeps_its_contract(everything: tuple[list[Problem], dict[str, str]]) -> None:
    problems, texts = everything
    data = json.loads(report.as_json(LIBRARY, problems, texts, LANGUAGES))
    jsonschema.Draft7Validator(CONTRACT).validate(data)
    assert len(data["problems"]) == len(problems) > 100
    known = CONTRACT["properties"]["problems"]["items"]
    assert set(data["problems"][0]) == set(known["required"]) == set(known["properties"])


def test_sarif_has_its_shape(everything: tuple[list[Problem], dict[str, str]]) -> None:
    problems, texts = everything
    data = json.loads(report.as_sarif(LIBRARY, problems, texts, LANGUAGES))
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({problem.code for problem in problems})
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(problems)
    for result, problem in zip(run["results"], problems, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == problem.code
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert not re.search(r"[\s%](?![0-9A-F]{2})|^/", place["artifactLocation"]["uri"])
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert ("fixes" in result) == (problem.fix is not None)
    assert len({result["partialFingerprints"]["casebook/v1"] for result in run["results"]}) > len(problems) // 2


def test_sarif_fingerprints_stay_when_lines_move() -> None:
    def prints(text: str) -> list[str]:
        results = json.loads(printed(text, "sarif"))["runs"][0]["results"]
        return [result["partialFingerprints"]["casebook/v1"] for result in results]

    wrong = PLAIN.replace("says: reported", "says: reprted").replace("grade: B", "grade: Z")
    assert prints(wrong) == prints(f"# one more line\n{wrong}")


def test_github_shows_each_on_its_line() -> None:
    (line,) = printed(PLAIN.replace("grade: B", "grade: Z"), "github").split("\n")
    assert line.startswith("::error file=cases/plain.yaml,line=39,col=12,endColumn=13,title=unknown-term::")


def test_github_commands_cannot_be_forged() -> None:
    hostile = PLAIN.replace("says: reported", 'says: "x\\n::set-output name=a::b%0A::error::c\\r"')
    lines = printed(hostile, "github").split("\n")
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    assert not any(re.search(r"%(?![0-9A-F]{2})", line) for line in lines)
    problem = Problem("too-long", "a,b::c\n.yaml", Span(1, 1, 1, 2), details={"count": 1, "limit": 1})
    assert report.as_github(LIBRARY, [problem], {}, ("en",)).startswith("::error file=a%2Cb%3A%3Ac%0A.yaml,line=1")


@pytest.mark.parametrize("sign", ["\x1b[2J", "\u202e", "\u200b", "\x07", "\x9b31m", "\u2066"])
def test_terminal_is_not_driven_by_what_is_shown(sign: str) -> None:
    spelt = "".join(f"\\u{ord(char):04x}" for char in sign)
    for text in (
        PLAIN.replace("一家公司", f"一家{sign}公司"),
        PLAIN.replace("record:", f"re{sign}cord:"),
        PLAIN.replace("says: reported", f'says: "a{spelt}"'),
    ):
        for format in ("text", "github"):
            assert not UNSEEN.search(printed(text, format).replace("\n", ""))


PRIVATE = "找 13812345678 或 11010519491231002X、4111 1111 1111 1111、someone@example.com、84岁的王奶奶"


@pytest.mark.parametrize("format", sorted(report.FORMATS))
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一家公司包了全部保洁。", PRIVATE),
        ("says: reported", f'says: "{PRIVATE}"'),
        ("record: snapshot", f'record: snapshot\n"{PRIVATE}": x'),
        ("record: snapshot", f"record: snapshot   # {PRIVATE}"),
        ("id: s1", f'id: "{PRIVATE}"'),
        ("q1: 交给", f'"{PRIVATE}": 交给'),
    ],
)
def test_private_data_is_never_printed_whole(format: str, old: str, new: str) -> None:
    shown = printed(PLAIN.replace(old, new), format)
    for whole in ("13812345678", "11010519491231002", "4111 1111 1111 1111", "someone@example", "王奶奶"):
        assert whole not in shown


def test_long_lines_are_shown_around_the_place() -> None:
    long = "一" * 5000
    lines = printed(PLAIN.replace("一家公司包了", f"{long}<b>{long}")).split("\n")
    shown = next(line for line in lines if "<b>" in line and " | " in line)
    assert len(shown) < 160
    mark = lines[lines.index(shown) + 1]
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown.split("<")[0])
    assert mark.index("^") == width
    assert max(map(len, lines)) < 400


def test_exit_codes(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text(PLAIN, encoding="utf-8")
    assert casebook("check", path).returncode == 0
    path.write_bytes(PLAIN.encode("utf-8-sig"))
    assert casebook("check", path).returncode == 0, "a warning stops nothing"
    path.write_text(PLAIN.replace("grade: B", "grade: Z"), encoding="utf-8")
    done = casebook("check", "--format", "json", path)
    assert done.returncode == 1
    jsonschema.validate(json.loads(done.stdout), CONTRACT)
    assert casebook("check", tmp_path / "nothing.yaml").returncode == 2
    assert casebook("check", "--format", "yaml", path).returncode == 2
    assert casebook("--schemas", tmp_path, "check", path).returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_any_machine_can_print_it(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    path = tmp_path / "𠮷👍.yaml"
    path.write_text(PLAIN.replace("grade: B", "grade: 👍\u200b²"), encoding="utf-8")
    for format in report.FORMATS:
        done = casebook("check", "--format", format, path)
        assert (done.returncode, done.stderr) == (1, "")
        assert "👍" in done.stdout or "%F0%9F%91%8D" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_printed_too(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.yaml"
    with open(path, "w", encoding="utf-8") as stream:  # noqa: PTH123 -- a Path cannot hold this name
        stream.write(PLAIN)
    for format in report.FORMATS:
        done = casebook("check", "--format", format, tmp_path)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
