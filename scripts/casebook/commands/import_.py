"""Take in a case that was filled in as a workbook or document."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from casebook.commands import OK, PROBLEMS, refuse
from casebook.intake import office, reading, safe
from casebook.intake.layout import layout
from casebook.library import open_library
from casebook.problem import Severity

PLACE = 3.5
WORDS = "导入填好的 Excel 或 Word / take in a filled workbook or document"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and where to write the case."""
    parser.add_argument("file", type=Path, metavar="FILE", help="填好的 .xlsx 或 .docx / the filled file")
    words = "写到哪个 YAML，默认和文件放在一起、以编号为名 / YAML to write; beside FILE, named after the id by default"
    parser.add_argument("-o", "--output", type=Path, help=words)


def run(arguments: argparse.Namespace) -> int:
    """Write the case, or a copy of the file that says what is wrong with it."""
    file: Path = arguments.file
    if not file.is_file():
        return refuse(f"找不到 / no such file: {file}")
    sheets = layout(open_library(arguments.schemas))
    try:
        form = office.form(safe.kind(file))
        grid, cells, formulas = form.read(sheets, file)
    except safe.Refused as no:
        print(f"{file}: {no}")
        return PROBLEMS
    incoming = reading.check(sheets, grid, arguments.output.stem if arguments.output else None)
    notes = [*formulas, *incoming.notes]
    for note in notes:
        words = " / ".join(note.words.values())
        print(f"{'错误/error' if note.severity is Severity.ERROR else '提醒/warning'}: {words}")
    if formulas or not incoming.accepted:
        copy = _free(file)
        form.annotate(file, copy, notes, cells)
        print(f"没有导入，要改的地方标在 / not taken in; what to change is marked in: {copy}")
        return PROBLEMS
    target: Path = arguments.output or file.with_name(f"{incoming.id}.yaml")
    if target.exists():
        return refuse(f"已经有这个文件，没有改动 / exists already, left as it is: {target}")
    target.write_text(incoming.text, encoding="utf-8", newline="")
    print(f"已导入 / taken in: {target}")
    return OK


def _free(file: Path) -> Path:
    """Return a name beside the file that nothing has yet."""
    numbers = itertools.chain([""], map(str, itertools.count(2)))
    names = (file.with_name(f"{file.stem}.问题{number}{file.suffix}") for number in numbers)
    return next(name for name in names if not name.exists())
