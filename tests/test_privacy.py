"""Private data is found wherever it stands, and nothing else is taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import report, source, validate
from casebook.checks.private_data import find, masked
from casebook.library import open_library
from casebook.source import Document
from support import CASES, EXAMPLES, ROOT, SCHEMAS

LIBRARY = open_library(SCHEMAS)
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")


def found(text: str) -> list[tuple[str, str]]:
    return [(code.removeprefix("private-"), text[start:end]) for code, start, end in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("打13812345678", "mobile", "13812345678"),
        ("打 138-1234-5678。", "mobile", "138-1234-5678"),
        ("打+86 138 1234 5678", "mobile", "+86 138 1234 5678"),
        ("打１３８１２３４５６７８找他", "mobile", "１３８１２３４５６７８"),
        ("打0731-28881234", "landline", "0731-28881234"),
        ("（0731）28881234", "landline", "（0731）28881234"),
        ("010 6888 1234", "landline", "010 6888 1234"),
        ("服务热线：28881234", "landline", "热线：28881234"),
        ("call +852 2345 6789", "landline", "+852 2345 6789"),
        ("11010519491231002X", "id-card", "11010519491231002X"),
        ("11010519491231002x", "id-card", "11010519491231002x"),
        ("身份证号是110105491231002", "id-card", "110105491231002"),
        ("卡号4111111111111111", "bank-card", "4111111111111111"),
        ("卡号 4111 1111 1111 1111", "bank-card", "4111 1111 1111 1111"),
        ("写信到 some.one+x@mail.example.com。", "email", "some.one+x@mail.example.com"),
        ("张大妈说", "name", "张大妈"),
        ("请刘师傅来", "name", "刘师傅"),
        ("居民李某", "name", "李某"),
        ("王某某的家", "name", "王某某"),
        ("老杨说", "name", "老杨"),
        ("陈书记牵头", "name", "陈书记"),
        ("居民王桂英说：好", "name", "王桂英"),
        ("84岁的王奶奶", "age", "王奶奶"),
        ("王桂英，84岁", "age", "王桂英"),
        ("84岁的李桂英说", "age", "李桂英"),
        ("楼里的王桂英，84岁", "age", "王桂英"),
        ("家住样板路12号的王桂英说", "home", "家住样板路12号"),
        ("家住样板路12号的王桂英说", "name", "王桂英"),
        ("先修3栋2单元501室", "home", "3栋2单元501室"),
        ("先修3号楼501室", "home", "3号楼501室"),
        ("Aunt Zhang agrees", "name", "Aunt Zhang"),
        ("a resident, Mr. Smith, agrees", "name", "Mr. Smith"),
        ("84-year-old Granny Liu", "age", "Granny Liu"),
        ("Building 3, Unit 2, Room 501", "home", "Building 3, Unit 2, Room 501"),
    ],
)
def test_is_found(text: str, kind: str, part: str) -> None:
    assert (kind, part) in found(text)
    assert part not in masked(text)
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "二道街168号院，290户",
        "福红路20号的楼",
        "样板路12号的江南小区",
        "有的老人，84岁",
        "16栋56单元782户",
        "11栋356户",
        "3号楼1单元",
        "110105194912310021",  # check digit wrong
        "4111111111111112",  # check digit wrong
        "2019-2020 2021-2022",
        "2024-01-22 2024-01-23",
        "160万元，1600000元",
        "拨打12345、110、96118",
        "https://example.com/a/13812345678.html",
        "https://news.example.com/n2/1738120500343406594",
        "https://example.com/someone@example.com",
        "社区书记、社区主任、业委会主任、项目经理、楼栋长",
        "担任书记，对于女士优先，照顾老人，花钱请师傅",
        "小区、小马路、老旧小区、老张贴栏、小何家坳",
        "张某些人",
        "高龄老人，84岁以上",
        "常住人口，60岁以上",
        "Old Town, Master Plan, Aunt of the compound, the Secretary of State",
        "deputy secretary of the community's general Party branch, aged 84",
        "",
    ],
)
def test_is_not_taken_for_private(text: str) -> None:
    assert found(text) == []
    assert masked(text) == text


def test_real_cases_name_nobody() -> None:
    checked = validate.validate(sorted(CASES.glob("*.yaml")), LIBRARY, ROOT)
    assert [problem for problem in checked.problems if problem.code.startswith("private-")] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一家公司包了全部保洁。", "打13812345678。"),
        ("record: snapshot", "record: snapshot   # 打13812345678"),
        ("id: plain", "# 打13812345678\nid: plain"),
        ("zh: 一家公司包了全部保洁。", 'zh: "打\\u00313812345678"'),
        ("zh: 一家公司包了全部保洁。", "zh: '打13812345678'"),
        ("zh: 一家公司包了全部保洁。", "zh: |\n    第一行\n    打13812345678"),
        ("zh: 一家公司包了全部保洁。", "zh: >-\n    第一行\n    打13812345678"),
        ("zh: 一家公司包了全部保洁。", "zh: 打1381234\\\n    5678".replace("打", '"打') + '"'),
        ("title: 样板报道", "title: 打13812345678"),
        ("q1: 交给", "q1: 打13812345678交给"),
    ],
)
def test_is_found_in_any_text_of_a_file(old: str, new: str) -> None:
    assert old in PLAIN
    document = source.parse(Document(Path("plain.yaml"), "plain.yaml"), PLAIN.replace(old, new).encode())
    found = validate.judge([document], LIBRARY).problems
    (problem,) = (problem for problem in found if problem.code != "folded-text")
    assert problem.code == "private-mobile"
    assert problem.details["value"] == "13*********"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("老杨说好。", "老杨"),
        ("居民王桂英说：好。", "王桂英"),
        ("84岁的李桂英说好。", "李桂英"),
        ("居民李某说好。", "李某"),
    ],
)
def test_what_is_found_by_its_surroundings_is_hidden_without_them(text: str, whole: str) -> None:
    document = source.parse(Document(Path("plain.yaml"), "plain.yaml"), PLAIN.replace("一家公司包了", text).encode())
    problems = validate.judge([document], LIBRARY).problems
    assert problems
    for format in report.FORMATS:
        shown = report.FORMATS[format](LIBRARY, problems, {document.file: document.text}, LIBRARY.languages)
        assert whole not in shown


def test_the_place_is_that_of_the_number() -> None:
    text = PLAIN.replace("一家公司包了全部保洁。", "第一行\n    打13812345678。").replace(
        "zh: 第一行", "zh: |\n    第一行"
    )
    document = source.parse(Document(Path("plain.yaml"), "plain.yaml"), text.encode())
    (problem,) = validate.judge([document], LIBRARY).problems
    line = text.split("\n")[problem.span.line - 1]
    assert line[problem.span.column - 1 : problem.span.end_column - 1] == "13812345678"
