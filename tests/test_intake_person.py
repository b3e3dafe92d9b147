"""Yangmeitang from the article, written into a blank workbook and a blank document as a person would, in Chinese."""

from __future__ import annotations

import copy
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from docx.oxml.ns import qn

from support import CASES, casebook

CASE = "yangmeitang-sanitation"
BY = "社区党总支副书记"

#: What is written, by the names that stand in the files. A list holds more than one record.
CASE_FACTS = {
    "编号": CASE,
    "标题（中文）": "杨梅塘：保洁打包给一家环卫公司",
    "一句话（中文）": "社区把辖区内所有无人管小区的清扫保洁打成一个包，交给一家环卫公司，据社区说不向居民收费。",
    "地区": "石峰区（430204）",
    "街道（镇）（中文）": "铜塘湾街道",
    "社区（中文）": "杨梅塘社区",
    "社区（待核）": "true",
    "办法": "环卫打包",
    "难题": "没有人管；卫生脏乱；原单位撤了",
    "核对日期": "2026-11-24",
}
SOURCE = {
    "来源编号": "zz-2024",
    "标题": "Chuangwen is on the road丨Chain resources to ensure the foundation, and our city has a clever trick t",
    "发布者": "Mondo Social",
    "网页更新日期": "2024-01-22",
    "看到的语言": "英文（en）",
    "译文": "机器译文（machine）",
    "来源等级": "B 转载的网页（B）",
}
QUOTES = [
    {"摘句编号": "relocation", "原文片段": "with the relocation of enterprises, many communities have been demolished"},
    {
        "摘句编号": "became-unmanaged",
        "原文片段": 'the remaining small number of communities have become "unmanaged" communities',
    },
    {"摘句编号": "packaged", "原文片段": "packaged to a sanitation company, and no residents are charged"},
    {
        "摘句编号": "all-cleaning",
        "原文片段": "All the sanitation and cleaning of 'unattended' communities in the community area",
    },
    {"摘句编号": "almost-no-garbage", "原文片段": "the internal environment of the community is clean and tidy"},
]


def said(text: str, quote: str, **more: str) -> dict[str, str]:
    return {"内容（中文）": text, "谁的话": "有人说（attributed）", "说话的人（中文）": BY, "摘句": quote, **more}


ANSWERS = {
    "小区情况": said("近年企业搬迁，不少小区拆除，剩下的少数小区没有人管。", "relocation"),
    "主要问题": said("剩下的少数小区成了无人管小区。", "became-unmanaged"),
    "谁来干": said("一家环卫公司。公司名称没有说。", "packaged", 归类="环卫（保洁）公司"),
    "具体步骤": said("把所有无人管小区的环卫保洁打成一个包，交给一家环卫公司。", "packaged"),
    "服务内容": said("环卫保洁。", "all-cleaning", 归类="清扫保洁"),
    "居民交多少": said("不向居民收费。", "packaged", 数值="０", 单位="元（CNY）", 怎么算="没有说明（not_stated）"),
    "收缴率": {"情况": "不适用（not_applicable）"},
    "成效": {
        "内容（中文）": "小区里面干净整洁，地上几乎没有垃圾。",
        "谁的话": "记者所见（judgment）",
        "摘句": "almost-no-garbage",
    },
}
SILENT = {"情况": "没有报道（not_reported）"}


def fill_workbook(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book["案例"]
    rows = {str(page.cell(row, 2).value).rstrip("*"): row for row in range(2, page.max_row + 1)}
    for label, text in CASE_FACTS.items():
        page.cell(rows[label], 4).value = text
    for title, records in (("来源", [SOURCE]), ("摘句", QUOTES)):
        page = book[title]
        for row, record in enumerate(records, 4):
            write_row(page, row, record)
    page = book["回答"]
    for row in range(4, page.max_row + 1):
        asked = str(page.cell(row, 2).value or "").split("（")[0]
        if asked:
            write_row(page, row, ANSWERS.get(asked, SILENT))
    book.save(path)


def write_row(page: Any, row: int, record: dict[str, str]) -> None:
    columns = {str(page.cell(2, at).value).rstrip("*"): at for at in range(2, page.max_column + 1)}
    for label, text in record.items():
        page.cell(row, columns[label]).value = text


def fill_document(path: Path) -> None:
    document = docx.Document(str(path))
    for table in document.tables:
        sheet, asked = (cell.text for cell in table.rows[0].cells)
        if sheet.startswith("案例"):
            write_table(table, CASE_FACTS)
        elif sheet.startswith("来源"):
            write_table(table, SOURCE)
        elif sheet.startswith("摘句"):
            further = [copy.deepcopy(table._tbl) for _ in QUOTES[1:]]
            for each, record in zip(further, QUOTES[1:], strict=True):
                write_table(docx.table.Table(each, table._parent), record)
            write_table(table, QUOTES[0])
            # Tables that are put one right below the other grow together.
            for each in further:
                table._tbl.extend(each.tr_lst)
        else:
            write_table(table, ANSWERS.get(asked.split("（")[0], SILENT))
    document.save(str(path))


def write_table(table: Any, record: dict[str, str]) -> None:
    rows = {re.split(r"\*?〔", row.cells[0].text)[0]: row for row in table.rows[1:]}
    for label, text in record.items():
        cell = rows[label].cells[-1]
        control = cell._tc.find(f".//{qn('w:sdt')}")
        if control is None:
            cell.text = text
            continue
        # A drop-down: what is chosen must be on offer.
        offered = [item.get(qn("w:displayText")) for item in control.iter(qn("w:listItem"))]
        assert text in offered
        for hint in list(control.iter(qn("w:showingPlcHdr"))):
            hint.getparent().remove(hint)
        first, *others = control.find(qn("w:sdtContent")).iter(qn("w:t"))
        first.text = text
        for other in others:
            other.text = ""


FILL = {"xlsx": fill_workbook, "docx": fill_document}


@pytest.fixture(params=FILL)
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"空白.{request.param}"
    assert casebook("template", request.param, "-o", path).returncode == 0
    return path


def taken_in(path: Path) -> dict[str, Any]:
    """Import a filled file, and let the command check what came of it."""
    done = casebook("import", path)
    assert done.returncode == 0, done.stdout
    case = path.with_name(f"{CASE}.yaml")
    assert casebook("check", case).returncode == 0
    found: dict[str, Any] = yaml.safe_load(case.read_text(encoding="utf-8"))
    return found


def says_what_the_case_says(found: dict[str, Any]) -> None:
    """Every word is that of the published case, as far as it was written."""
    truth = yaml.safe_load((CASES / f"{CASE}.yaml").read_text(encoding="utf-8"))
    for name, question in truth["answers"].items():
        if isinstance(question, str):
            assert found["answers"][name] == question, name
            continue
        (said,), (written,) = question, found["answers"][name]
        for part in ("says", "value", "unit", "basis", "terms", "quote"):
            assert written.get(part) == said.get(part), (name, part)
    assert found["place"]["area"] == truth["place"]["area"]
    assert found["place"]["community"] == {"zh": "杨梅塘社区", "unconfirmed": True}
    for name in ("approaches", "problems", "record", "written_in"):
        assert found[name] == truth[name], name
    source = found["sources"][0]
    for name in ("id", "title", "publisher", "page_updated", "language", "translation", "grade", "extent"):
        assert source[name] == truth["sources"][0][name], name
    assert found["review"]["state"] == "draft"


def test_yangmeitang_is_written_and_taken_in(blank: Path) -> None:
    FILL[blank.suffix[1:]](blank)
    says_what_the_case_says(taken_in(blank))


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
def test_another_office_program_may_save_it_in_between(blank: Path) -> None:
    """Blank and filled files that another program opened and saved still have their drop-downs, and are taken in."""
    again = saved(blank)
    assert drop_downs(again) == drop_downs(blank) > 0
    FILL[blank.suffix[1:]](again)
    says_what_the_case_says(taken_in(saved(again)))


def saved(path: Path) -> Path:
    kind = {".xlsx": "Calc MS Excel 2007 XML", ".docx": "MS Word 2007 XML"}[path.suffix]
    folder = path.parent / "again"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        f"{path.suffix[1:]}:{kind}",
        "--outdir",
        folder,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder / path.name


def drop_downs(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if re.match(r"xl/worksheets/|word/document", name)]
    return sum(part.count(b"<dataValidation ") + part.count(b"<w:dropDownList") for part in parts)
