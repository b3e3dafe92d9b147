"""Cases as documents: one table of two columns for each record, a row for each field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from casebook.intake import safe
from casebook.intake.layout import QUESTION, Column, Grid, Layout, Line, Sheet, begun, choice, terms
from casebook.intake.reading import Note

#: Before every remark in an annotated copy; paragraphs that begin so are not read.
REMARK = "【问题】"

#: Tables that are read at most, and rows of a table.
MAX_TABLES, MAX_ROWS = 600, 1000

#: What is asked, and more room for the answer.
_WIDTHS = (Cm(6), Cm(9.2))

_KEY = re.compile(r"〔([^〔〕]+)〕\s*$")

_GUIDE = (
    "一张表是一条：一个来源、一段摘句、一条回答。不够就把整张表复制一份，接着填。",
    "只在右边一栏填。左边一栏和方括号里的代号不要改，用不上的行留空。",
    "没有人报道过的问题，“情况”选“没有报道”；用不上的，选“不适用”。",
    "不写个人姓名、电话、住址；说话的人只写职务或身份。",
    "填好交给收案例的人，或者自己运行：casebook import 文件名。有误会另存一份，标出要改的地方。",
    "One table is one record: copy it for another source, quote or answer. Fill in the right-hand column only.",
)


def write(layout: Layout, grid: Grid | None, path: Path) -> None:
    """Write a document: an empty one, or one that holds a case."""
    library = layout.library
    lang = library.languages[0]
    document = docx.Document()
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(str(library.info["title"][lang]), 0)
    for words in _GUIDE:
        document.add_paragraph(words, style="List Bullet")
    for sheet in layout.sheets:
        document.add_heading(sheet.title, 1)
        if sheet.help:
            document.add_paragraph(sheet.help)
        if sheet is not layout.answers:
            for line in (grid or {}).get(sheet.name) or [begun(layout, sheet)]:
                _record(document, sheet, sheet.columns, line, not grid)
    _answers(document, layout, grid)
    document.save(str(path))
    safe.settle(path)


def _answers(document: Any, layout: Layout, grid: Grid | None) -> None:
    library = layout.library
    lang = library.languages[0]
    lines = (grid or {}).get(layout.answers.name, [])
    for group in library.groups:
        document.add_heading(group.labels[lang], 2)
        for name, item in library.questions.items():
            if item.extra.get("group") != group.id:
                continue
            document.add_heading(item.extra.get("ask", item.labels)[lang], 3)
            advice = [item.extra.get("help", {}).get(lang, "")]
            if sample := item.extra.get("sample"):
                advice.append(f"例如：{sample[lang]}")
            if item.vocabulary:
                advice.append("可选：" + "；".join(terms(library, item.vocabulary)))
            document.add_paragraph("\n".join(filter(None, advice)))
            asked = choice(item.labels[lang], name)
            columns = tuple(each for each in layout.answers.columns if not each.item or each.item.allows(item.kind))
            for line in [each for each in lines if each.get(QUESTION) == asked] or [{QUESTION: asked}]:
                _record(document, layout.answers, columns, line, not grid)


def _record(document: Any, sheet: Sheet, columns: tuple[Column, ...], line: Line, empty: bool) -> None:
    """Add one record; what to write is said beside the rows of an empty one."""
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    head = table.rows[0].cells
    head[0].text = f"{sheet.title}〔{sheet.name}〕"
    head[1].text = line.get(QUESTION, "")
    for paragraph in (head[0].paragraphs[0], head[1].paragraphs[0]):
        for run in paragraph.runs:
            run.font.bold = True
    for column in columns:
        if column.key == QUESTION or (column.generated and not line.get(column.key)):
            continue
        cells = table.add_row().cells
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = width
        cells[0].text = f"{column.label}{'*' if column.required else ''}〔{column.key}〕"
        if empty and column.help:
            run = cells[0].add_paragraph().add_run(column.help)
            run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x55, 0x66, 0x66)
        if column.choices and not column.several:
            _choose(cells[1], column.choices, line.get(column.key, ""))
        else:
            cells[1].text = line.get(column.key, "")
    document.add_paragraph()


def _choose(cell: Any, choices: tuple[str, ...], chosen: str) -> None:
    """Fill a cell with a drop-down."""
    control, properties, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    listed = OxmlElement("w:dropDownList")
    for text in choices:
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), text)
        item.set(qn("w:value"), text)
        listed.append(item)
    if not chosen:
        properties.append(OxmlElement("w:showingPlcHdr"))
    properties.append(listed)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = chosen or "请选择"
    run.append(text)
    content.append(run)
    control.extend([properties, content])
    cell.paragraphs[0]._p.append(control)


def read(layout: Layout, path: Path) -> tuple[Grid, dict[tuple[str, int, str], Any], list[Note]]:
    """Return what stands in a document, and which row of which table it stands in.

    Raises:
        Refused: it is no document made from the template.
    """
    names = {sheet.name for sheet in layout.sheets}
    grid: Grid = {}
    cells: dict[tuple[str, int, str], tuple[int, int]] = {}
    for number, table in enumerate(_open(path).tables[:MAX_TABLES]):
        name = ""
        for at, row in enumerate(table._tbl.tr_lst[:MAX_ROWS]):
            left, right = (_text(each) for each in (row.tc_lst[0], row.tc_lst[-1]))
            key = next((found[1] for part in left.split("\n") if (found := _KEY.search(part))), "")
            # A table that was copied right below another grows together with it: each heading begins a record.
            if key in names:
                name, key = key, QUESTION
                grid.setdefault(name, []).append({})
            if name and key:
                grid[name][-1][key] = right
                cells[name, len(grid[name]) - 1, key] = (number, at)
    if layout.header.name not in grid or layout.answers.name not in grid:
        raise safe.Refused("other")
    for name in names - {layout.answers.name}:
        for line in grid.get(name, ()):
            line.pop(QUESTION, None)
    return grid, cells, []


def annotate(path: Path, target: Path, notes: list[Note], cells: dict[tuple[str, int, str], Any]) -> None:
    """Write a copy in which each problem stands under the place it is about."""
    document = _open(path)
    tables = [table._tbl for table in document.tables]
    for table in tables:
        for paragraph in list(table.iter(qn("w:p"))):
            if _plain(paragraph).startswith(REMARK):
                paragraph.getparent().remove(paragraph)
    first = next(iter(cells.values()))
    for note in notes:
        number, row = cells.get((note.sheet, note.line, note.column)) or cells.get(
            (note.sheet, note.line, QUESTION), first
        )
        cell = document.tables[number].rows[row].cells[-1]
        run = cell.add_paragraph().add_run(REMARK + next(iter(note.words.values())))
        run.font.color.rgb, run.font.highlight_color = RGBColor(0xA3, 0x20, 0x0B), WD_COLOR_INDEX.YELLOW
    document.save(str(target))
    safe.settle(target)


def _open(path: Path) -> Any:
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError) as error:
        raise safe.Refused("unreadable") from error


def _text(cell: Any) -> str:
    """Return what a person has written in a cell: every paragraph, drop-downs too, remarks left out."""
    texts = [_plain(paragraph) for paragraph in cell.iter(qn("w:p"))]
    return "\n".join(text for text in texts if not text.startswith(REMARK)).strip()


def _plain(paragraph: Any) -> str:
    parts = []
    for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        unsaid = any(
            above.tag == qn("w:del")
            or (above.tag == qn("w:sdt") and above.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None)
            for above in node.iterancestors()
        )
        if not unsaid:
            parts.append({qn("w:br"): "\n", qn("w:tab"): " "}.get(node.tag) or node.text or "")
    return "".join(parts)
