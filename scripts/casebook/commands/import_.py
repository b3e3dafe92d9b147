"""Take in a case that was filled in as a workbook, a document, or an issue form of GitHub."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from casebook.commands import OK, PROBLEMS, refuse
from casebook.intake import issue, office, reading, safe
from casebook.intake.layout import Layout, layout
from casebook.intake.reading import Incoming, Note
from casebook.library import open_library
from casebook.problem import Severity

PLACE = 3.5
WORDS = "导入填好的 Excel、Word 或 GitHub 议题 / take in a filled workbook, document or GitHub issue"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, what it is, and where to write the case."""
    words = "填好的 .xlsx 或 .docx，或者议题事件的 .json / the filled file, or the event of an issue"
    parser.add_argument("file", type=Path, metavar="FILE", help=words)
    words = "写到哪个 YAML，默认和文件放在一起、以编号为名 / YAML to write; beside FILE, named after the id by default"
    parser.add_argument("-o", "--output", type=Path, help=words)
    parser.add_argument("--issue", action="store_true", help="FILE 是 GitHub 议题的事件 / FILE is an event of an issue")
    words = "把给提交人的答复写成 Markdown / write the answer to the issue's writer, as Markdown"
    parser.add_argument("--answer", type=Path, metavar="FILE", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Write the case, or say what is wrong with it where its writer will look."""
    file: Path = arguments.file
    if not file.is_file():
        return refuse(f"找不到 / no such file: {file}")
    sheets = layout(open_library(arguments.schemas))
    take = _issue if arguments.issue else _office
    try:
        return take(sheets, file, arguments.output, arguments.answer)
    except (safe.Refused, issue.NotFromForm) as no:
        print(f"{file}: {no}")
        return PROBLEMS


def _office(sheets: Layout, file: Path, output: Path | None, _: Path | None) -> int:
    form = office.form(safe.kind(file))
    grid, cells, formulas = form.read(sheets, file)
    incoming = reading.check(sheets, grid, output.stem if output else None)
    notes = [*formulas, *incoming.notes]
    _print(notes)
    if formulas or not incoming.accepted:
        copy = _free(file)
        form.annotate(file, copy, notes, cells)
        print(f"没有导入，要改的地方标在 / not taken in; what to change is marked in: {copy}")
        return PROBLEMS
    return _write(incoming, output or file.with_name(f"{incoming.id}.yaml"))


def _issue(sheets: Layout, file: Path, output: Path | None, answer: Path | None) -> int:
    given = issue.read(file)
    target = output or file.with_name(f"{given.name}.yaml")
    incoming = reading.check(sheets, issue.grid(sheets, given), target.stem)
    _print(incoming.notes)
    if answer:
        answer.write_text(issue.answer(given, incoming), encoding="utf-8", newline="\n")
    return _write(incoming, target) if incoming.accepted else PROBLEMS


def _print(notes: list[Note] | tuple[Note, ...]) -> None:
    for note in notes:
        words = " / ".join(note.words.values())
        print(f"{'错误/error' if note.severity is Severity.ERROR else '提醒/warning'}: {words}")


def _write(incoming: Incoming, target: Path) -> int:
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
