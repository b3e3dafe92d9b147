"""Cases as workbooks: a sheet for the case, one for each list of records, one for the answers."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from casebook.intake import safe
from casebook.intake.layout import QUESTION, Column, Grid, Layout, Line, Sheet, begun, choice, terms
from casebook.intake.reading import Note

#: In the unseen first cell of each sheet that is read, before the sheet's name.
MARK = "casebook:"

#: Heading of the column that says what is wrong.
PROBLEMS = "问题所在"

#: Rows above the records: keys (unseen), names, help.
TOP = 3

#: Rows of a sheet that can be filled in, and the most that are read.
ROWS, MAX_ROWS, MAX_COLUMNS = 60, 1000, 100

_HEAD = PatternFill("solid", fgColor="0B5F55")
_HELP = PatternFill("solid", fgColor="EEF4F2")
_NOT_HERE = PatternFill("solid", fgColor="D9D9D9")
_WRONG = PatternFill("solid", fgColor="FDE2DD")
_WRAP = Alignment(wrap_text=True, vertical="top")

_GUIDE = (
    "怎样填这份表",
    "1. 先填“来源”和“摘句”：从哪里看到的，哪一小段原文能证明。",
    "2. 再填“案例”和“回答”。每句话写明是谁说的（“谁的话”），并写上摘句编号。",
    "3. 没有人报道过的问题，“情况”选“没有报道”；用不上的，选“不适用”。不要留空。",
    "4. 有下拉箭头的格子从里面选；能选几个的，用“；”隔开。灰色的格子不用填。",
    "5. 不写个人姓名、电话、住址；说话的人只写职务或身份。",
    "6. 公式、宏、外部链接都不读，请粘贴成文字。",
    "7. 填好交给收案例的人，或者自己运行：casebook import 文件名",
    "有误时会另存一份，最后一列“问题所在”写着哪里要改；原来的文件不动。",
    "How to fill this in: sources and quotes first, then the case and the answers, one row an answer. "
    "Choose “没有报道” where nobody has reported it. Then run: casebook import FILE",
)


def write(layout: Layout, grid: Grid | None, path: Path) -> None:
    """Write a workbook: an empty one, or one that holds a case."""
    book = openpyxl.Workbook()
    guide: Any = book.active
    guide.title = "说明"
    for number, words in enumerate(_GUIDE, 1):
        cell = guide.cell(number, 1, words)
        cell.alignment, cell.font = _WRAP, Font(bold=number == 1, size=14 if number == 1 else 11)
    guide.column_dimensions["A"].width = 90
    lists = _Lists(book)
    for sheet in layout.sheets:
        page = book.create_sheet(sheet.title)
        lines = (grid or {}).get(sheet.name) or _blank(layout, sheet)
        (_upright if sheet.upright else _table)(layout, sheet, lines, page, lists)
    _example(layout, book.create_sheet("例子"))
    book.move_sheet(lists.page, len(book.sheetnames))
    book.save(path)
    safe.settle(path)


class _Lists:
    """The sheet that drop-downs take their choices from, one column a list."""

    def __init__(self, book: Any) -> None:
        self.page = book.create_sheet("词表")
        self._ranges: dict[tuple[str, ...], str] = {}

    def attach(self, page: Any, column: Column, choices: tuple[str, ...], cells: str) -> None:
        """Let cells be filled from choices; what is typed in is judged when it is read."""
        if not choices:
            return
        if choices not in self._ranges:
            at = len(self._ranges) + 1
            for number, text in enumerate((column.label, *choices), 1):
                _put(self.page, number, at, text)
            letter = get_column_letter(at)
            self.page.column_dimensions[letter].width = 28
            self._ranges[choices] = f"'{self.page.title}'!${letter}$2:${letter}${len(choices) + 1}"
        rule = DataValidation(type="list", formula1=self._ranges[choices], allow_blank=True, showErrorMessage=False)
        page.add_data_validation(rule)
        rule.add(cells)


def _put(page: Any, row: int, column: int, text: str) -> Any:
    """Write a text that is nothing but text, whatever sign it begins with."""
    cell = page.cell(row, column)
    cell.value = text
    cell.data_type, cell.number_format, cell.alignment = "s", "@", _WRAP
    return cell


def _blank(layout: Layout, sheet: Sheet) -> list[Line]:
    """Return the lines to begin with: each question once, elsewhere what a field starts with."""
    if sheet is layout.answers:
        lang = layout.library.languages[0]
        return [{QUESTION: choice(item.labels[lang], name)} for name, item in layout.library.questions.items()]
    return [begun(layout, sheet)]


def _upright(layout: Layout, sheet: Sheet, lines: list[Line], page: Any, lists: _Lists) -> None:
    for at, text in enumerate((MARK + sheet.name, "项目", "怎么填", "在这里填"), 1):
        _put(page, 1, at, text)
    _heading(page, 1)
    for row, column in enumerate(sheet.columns, 2):
        _put(page, row, 1, column.key)
        _put(page, row, 2, column.label + ("*" if column.required else ""))
        _put(page, row, 3, column.help).fill = _HELP
        _put(page, row, 4, lines[0].get(column.key, ""))
        lists.attach(page, column, column.choices, f"D{row}")
        page.row_dimensions[row].hidden = column.generated
    for letter, width in (("B", 24), ("C", 48), ("D", 60)):
        page.column_dimensions[letter].width = width
    page.column_dimensions["A"].hidden = True
    page.freeze_panes = "D2"


def _table(layout: Layout, sheet: Sheet, lines: list[Line], page: Any, lists: _Lists) -> None:
    for at, column in enumerate(sheet.columns, 2):
        _put(page, 1, at, column.key)
        _put(page, 2, at, column.label + ("*" if column.required else ""))
        _put(page, 3, at, column.help).fill = _HELP
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = 36 if column.item and column.item.kind == "text" else 20
        page.column_dimensions[letter].hidden = column.generated
        lists.attach(page, column, column.choices, f"{letter}{TOP + 1}:{letter}{TOP + len(lines) + ROWS}")
    _put(page, 1, 1, MARK + sheet.name)
    _heading(page, 2)
    questions = layout.library.questions
    for row, line in enumerate(lines, TOP + 1):
        asked = questions.get(line.get(QUESTION, "").rpartition("（")[2].rstrip("）"))
        for at, column in enumerate(sheet.columns, 2):
            cell = _put(page, row, at, line.get(column.key, ""))
            if asked and column.item and not column.item.allows(asked.kind):
                cell.fill = _NOT_HERE
            if asked and column.several and not column.choices:
                lists.attach(page, column, terms(layout.library, asked.vocabulary), cell.coordinate)
    page.row_dimensions[1].hidden = True
    page.column_dimensions["A"].hidden = True
    page.freeze_panes = page.cell(TOP + 1, 3)


def _heading(page: Any, row: int) -> None:
    for cell in page[row]:
        cell.fill, cell.font = _HEAD, Font(bold=True, color="FFFFFF")


def _example(layout: Layout, page: Any) -> None:
    """Show beside each question what an answer looks like."""
    library = layout.library
    lang = library.languages[0]
    labels = [f"例子（{words[lang]}）" for words in library.info["languages"].values()]
    for at, text in enumerate(("项目", "怎么问", "怎么填", *labels), 1):
        _put(page, 1, at, text)
        page.column_dimensions[get_column_letter(at)].width = 40
    _heading(page, 1)
    tables = (library.case, *library.tables.values(), library.answer)
    fields = [item for table in tables for item in table.fields] + list(library.questions.values())
    row = 1
    for item in fields:
        if sample := item.extra.get("sample"):
            row += 1
            each = [sample] * len(labels) if isinstance(sample, str) else [sample[code] for code in library.languages]
            asked, advice = item.extra.get("ask") or {}, item.extra.get("help") or {}
            for at, text in enumerate((item.labels[lang], asked.get(lang, ""), advice.get(lang, ""), *each), 1):
                _put(page, row, at, text)


#: Where the records of a filled workbook stand: (sheet, record, column key) → (title, row, column).
Cells = dict[tuple[str, int, str], tuple[str, int, int]]


def read(layout: Layout, path: Path) -> tuple[Grid, Cells, list[Note]]:
    """Return what stands in a workbook, where it stands, and cells that are not read.

    Raises:
        Refused: it is no workbook made from the template.
    """
    book = _open(path)
    grid: Grid = {}
    cells: Cells = {}
    for page in book.worksheets:
        name = str(page.cell(1, 1).value or "")
        sheet = next((each for each in layout.sheets if name == MARK + each.name), None)
        if sheet is None or sheet.name in grid:
            continue
        lines = grid.setdefault(sheet.name, [{}] if sheet.upright else [])
        if sheet.upright:
            for row in range(2, min(page.max_row, MAX_ROWS) + 1):
                key = str(page.cell(row, 1).value or "")
                lines[0][key] = _text(page.cell(row, 4))
                cells[sheet.name, 0, key] = (page.title, row, 4)
            continue
        keys = {at: str(page.cell(1, at).value or "") for at in range(2, min(page.max_column, MAX_COLUMNS) + 1)}
        for row in range(TOP + 1, min(page.max_row, MAX_ROWS) + 1):
            lines.append({key: _text(page.cell(row, at)) for at, key in keys.items() if key})
            cells.update({(sheet.name, len(lines) - 1, key): (page.title, row, at) for at, key in keys.items() if key})
    if layout.header.name not in grid or layout.answers.name not in grid:
        raise safe.Refused("other")
    formulas = [key for key, (title, row, at) in cells.items() if book[title].cell(row, at).data_type == "f"]
    return grid, cells, [Note.formula(*key) for key in formulas]


def annotate(path: Path, target: Path, notes: list[Note], cells: Cells) -> None:
    """Write a copy in which a last column says what is wrong with each row."""
    book = _open(path)
    pages = {title: book[title] for title, _, _ in cells.values()}
    last = {}
    for title, page in pages.items():
        heading = 1 if page.cell(2, 1).value else 2
        found = [cell.column for cell in page[heading] if cell.value == PROBLEMS]
        last[title] = at = found[0] if found else page.max_column + 1
        for row in range(1, page.max_row + 1):
            page.cell(row, at).value = None
        cell = _put(page, heading, at, PROBLEMS)
        cell.fill, cell.font = _HEAD, Font(bold=True, color="FFFFFF")
        page.column_dimensions[get_column_letter(at)].width = 60
    first = next(iter(cells.values()))
    for note in notes:
        title, row, at = cells.get((note.sheet, note.line, note.column), first)
        page = pages[title]
        page.cell(row, at).fill = _WRONG
        cell = page.cell(row, last[title])
        words = next(iter(note.words.values()))
        _put(page, row, last[title], f"{cell.value}\n{words}" if cell.value else words).font = Font(color="A3200B")
    book.save(target)
    safe.settle(target)


def _open(path: Path) -> Any:
    try:
        return openpyxl.load_workbook(path, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise safe.Refused("unreadable") from error


def _text(cell: Any) -> str:
    """Return what a person sees in a cell; a formula is nothing."""
    value = cell.value
    if value is None or cell.data_type == "f":
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.6f}".rstrip("0")
    return str(value)
