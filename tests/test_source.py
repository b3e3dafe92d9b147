"""One bad section does not hide the rest of its file, and every place is that of the text as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import source, validate
from casebook.library import open_library
from casebook.problem import Problem
from casebook.source import Document
from casebook.source.sheet import Sheet
from support import CASES, EXAMPLES, SCHEMAS

LIBRARY = open_library(SCHEMAS)
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")
REAL = (CASES / "yangmeitang-sanitation.yaml").read_text(encoding="utf-8")


def problems(text: str, name: str = "plain.yaml") -> list[Problem]:
    document = source.parse(Document(Path(name), name), text.encode())
    return validate.judge([document], LIBRARY).problems


def codes(text: str, name: str = "plain.yaml") -> list[str]:
    return [problem.code for problem in problems(text, name)]


#: Ways to break a section so that YAML cannot read on.
BREAKS = {
    "open-quote": ("  zh: 一家公司包了全部保洁。", '  zh: "一家公司包了全部保洁。'),
    "open-bracket": ("{zh: 样板社区, en: Sample Community}", "{zh: 样板社区, en: Sample Community"),
    "colon-in-text": ("en: One company does all the cleaning.", "en: One company: all the cleaning."),
    "text-after-quote": ("zh: 一家公司包了全部保洁。", 'zh: "一家公司"包了全部保洁。'),
    "bad-indent": ("  en: One company", "   en: One company"),
    "no-colon": ("record: snapshot", "record: snapshot\n只看到开头"),
    "cannot-start": ("publisher: 样板日报", "publisher: @样板日报"),
    "bad-escape": ("en: One company does all the cleaning.", 'en: "C:\\path"'),
    "alias": ("publisher: 样板日报", "publisher: *样板日报"),
    "tag": ("publisher: 样板日报", "publisher: !样板 日报"),
}


@pytest.mark.parametrize("code", BREAKS)
def test_a_broken_section_does_not_hide_the_others(code: str) -> None:
    text = PLAIN.replace(*BREAKS[code])
    assert codes(text) == [code], "and nothing is reported that only seems to be missing"
    wrong = text.replace("translation: none", "translation: nothing").replace("steps: not reported", "steps: none")
    assert sorted(codes(wrong)) == sorted([code, "unknown-term", "not-an-answer"])


def test_many_broken_sections_are_all_reported() -> None:
    text = PLAIN
    for old, new in BREAKS.values():
        text = text.replace(old, new) if old in text else text
    found = codes(text)
    assert {"open-quote", "open-bracket", "no-colon", "cannot-start"} <= set(found)
    assert not {"missing-key", "translation-missing", "unknown-reference", "source-unused"} & set(found)


def test_what_is_missing_elsewhere_is_still_missed() -> None:
    text = PLAIN.replace(*BREAKS["open-quote"]).replace("    grade: B\n", "").replace("  cost: not reported\n", "")
    assert sorted(codes(text)) == ["missing-key", "open-quote", "question-missing"]


LAST = REAL.split("\n").index("review:")


@pytest.mark.parametrize("number", range(1, LAST, 7))
def test_any_line_may_be_lost(number: int) -> None:
    """Whatever one line is turned into, a mistake at the end of the file is still found."""
    lines = REAL.replace("evidence: E0", "evidence: E9").split("\n")
    for broken in ('"', "{", "]", "\t- x", "&", ": :", "：：", "- - -", "'", "|", "%", "!!python/object:os.system x"):
        changed = [*lines]
        changed[number] = broken
        found = problems("\n".join(changed), "yangmeitang-sanitation.yaml")
        assert any(problem.code == "unknown-term" and problem.details["value"] == "E9" for problem in found), broken


def test_places_are_those_of_the_text_as_written() -> None:
    """What was put right while reading moves no column."""
    text = PLAIN.replace("written_in: zh", "written_in：zhh").replace("    grade: B", "　　grade：Z")
    found = {
        (problem.code, problem.span.line, problem.span.column, problem.span.end_column) for problem in problems(text)
    }
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("written_in"))
    assert ("fullwidth", at, 11, 12) in found
    assert ("unknown-term", at, 12, 15) in found
    at = next(number for number, line in enumerate(lines, 1) if "grade" in line)
    assert {
        ("wide-space", at, 1, 2),
        ("wide-space", at, 2, 3),
        ("fullwidth", at, 8, 9),
        ("unknown-term", at, 9, 10),
    } <= found


@pytest.mark.parametrize("sign", ["𠮷", "é", "👍", "中"])
def test_columns_count_characters(sign: str) -> None:
    (problem,) = problems(PLAIN.replace("{zh: 样板社区, en: Sample Community}", f'{{zh: "{sign * 5}", em: x, en: y}}'))
    assert (problem.code, problem.span.column, problem.span.end_column) == ("unknown-key", 28, 30)


def test_sheet_finds_its_way_back() -> None:
    sheet = Sheet("a：b，c")
    sheet.replace(0, 1, 2, ": ")
    sheet.replace(0, 4, 5, ", ")
    assert sheet.text == "a: b, c"
    assert [sheet.original(0, column) for column in range(8)] == [0, 1, 2, 2, 3, 4, 4, 5]


def test_quoted_colons_and_addresses_are_no_keys() -> None:
    text = PLAIN.replace("zh: 一家公司包了全部保洁。", "zh:\n    QQ 群 123：大家都在。").replace(
        "    language: zh", "    url:\n      https://example.com/a:b\n    language: zh"
    )
    assert codes(text) == []


def test_what_is_left_out_in_braces() -> None:
    """A blank after a colon is a blank; a word without a colon was cut off by a comma."""
    group = "{zh: 样板社区, en: Sample Community}"
    assert codes(PLAIN.replace(group, "{zh: 样板社区, en: }")) == ["translation-missing"]
    assert codes(PLAIN.replace(group, "{zh: 样板社区, en: Sample, Community}")) == ["comma-in-braces"]
    assert codes(PLAIN.replace(group, '{zh: 样板社区, en: Sample, "Community"}')) == ["comma-in-braces"]
    assert codes(PLAIN.replace(group, "{zh:, en: Sample Community}")) == ["missing-space"]


def test_own_marks_are_not_taken_for_ours() -> None:
    """A reader's own tag does not pass for a block that could not be read."""
    assert codes(PLAIN.replace("publisher: 样板日报", "publisher: !unread 样板日报")) == ["tag"]
    assert codes(PLAIN.replace("publisher: 样板日报", "publisher: !unread")) == ["tag"]


@pytest.mark.parametrize("blank", ['""', "''", '"  "', "|-", "~", "null", "", "  # 说明"])
@pytest.mark.parametrize(
    "line", ["publisher: 样板日报", "title: 样板报道", "grade: B", "says: reported", "id: s1", "published: 2024-01-22"]
)
def test_a_blank_is_one_in_quotes_too(line: str, blank: str) -> None:
    key = line.partition(":")[0]
    found = problems(PLAIN.replace(line, f"{key}: {blank}"))
    assert [problem.code for problem in found if problem.code != "claim-incomplete"] == ["nothing-written"]
    assert PLAIN.split("\n")[found[0].span.line - 1].strip(" -") == line


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,200", "1200"), ("1_000", "1000"), ("１２００", None), ("010", "10"), ("94户", "94"), ("1.5万", "15000"),
        ("约3万元", None), ("12:30", None), ("+5", "5"), ("0.50", None), ("3亿", "300000000"),
    ],
)  # fmt: skip
def test_numbers_that_were_meant(written: str, meant: str | None) -> None:
    fee = f'[{{zh: 甲, en: A, value: "{written}", unit: CNY, basis: not_stated, says: reported, quote: q1}}]'
    found = problems(PLAIN.replace("resident_fee: not reported", f"resident_fee: {fee}"))
    assert [problem.details.get("guess") for problem in found if problem.code == "bad-number"] == (
        [] if written in ("0.50", "１２００") else [meant]
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024/1/22", "2024-01-22"), ("2024.01", "2024-01"), ("2024年1月", "2024-01"), ("2024年", "2024"),
        ("20240122", "2024-01-22"), ("2024-1-2", "2024-01-02"), ("2024年2月30日", None),
        ("今年", None), ("0024-01-01", None),
    ],
)  # fmt: skip
def test_dates_that_were_meant(written: str, meant: str | None) -> None:
    (problem,) = problems(PLAIN.replace("published: 2024-01-22", f"published: {written}"))
    assert (problem.code, problem.fix) == ("bad-date", meant)
