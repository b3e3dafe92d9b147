"""Begin a case: ask the core questions, or all of them where all of the source was read; write a draft."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.commands import OK, PROBLEMS, refuse
from casebook.intake import reading
from casebook.intake.layout import OWNER, QUESTION, STATE, Column, Grid, Layout, Line, Sheet, layout
from casebook.kinds.composite import WRITTEN
from casebook.library import open_library
from casebook.problem import Severity

PLACE = 2.5
WORDS = "新建案例：逐个问核心问题，写成草稿 / begin a case: asks the core questions, writes a draft"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file to write."""
    words = "写到哪个 YAML，默认 cases/编号.yaml / YAML to write, cases/ID.yaml by default"
    parser.add_argument("-o", "--output", type=Path, help=words)


def run(arguments: argparse.Namespace) -> int:
    """Ask, check, write."""
    library = open_library(arguments.schemas)
    sheets = layout(library)
    try:
        grid = _asked(sheets)
    except EOFError:
        return refuse("\n没有答完，什么都没有写 / not finished, nothing written")
    incoming = reading.check(sheets, grid, arguments.output.stem if arguments.output else None)
    for note in incoming.notes:
        words = " / ".join(note.words.values())
        print(f"{'错误/error' if note.severity is Severity.ERROR else '提醒/warning'}: {words}", file=sys.stderr)
    if not incoming.accepted and not incoming.id:
        return PROBLEMS
    target: Path = arguments.output or Path("cases") / f"{incoming.id}.yaml"
    if not incoming.accepted:
        # What was typed is kept, but where no build will read it.
        target = target.with_suffix(".yaml.txt")
    if target.exists() or not target.parent.is_dir():
        return refuse(f"写不了，已经有这个文件或没有这个文件夹 / exists already, or no such folder: {target}")
    target.write_text(incoming.text, encoding="utf-8", newline="")
    print(f"已写好 / written: {target}")
    return OK if incoming.accepted else PROBLEMS


def _asked(sheets: Layout) -> Grid:
    """Ask for the header, one source with its quotes, and every core question."""
    library = sheets.library
    print("直接回车跳过；选择题写前面的数字 / Enter skips; for a choice type its number", file=sys.stderr)
    grid: Grid = {sheets.header.name: [_line(sheets, sheets.header)]}
    for name, (_, sheet) in sheets.lists.items():
        source = _line(sheets, sheet)
        grid[sheet.name] = [source]
        if name in sheets.entries:
            _, entries = sheets.entries[name]
            _, key, text = entries.columns
            grid[entries.name] = []
            while fragment := _ask(f"{text.label} {len(grid[entries.name]) + 1}（回车结束 / Enter ends）", ""):
                number = f"q{len(grid[entries.name]) + 1}"
                grid[entries.name].append({OWNER: "", key.key: number, text.key: fragment})
                print(f"  → {number}", file=sys.stderr)
    answers = grid[sheets.answers.name] = []
    lang = library.languages[0]
    silent = next(iter(WRITTEN))
    brief = _brief(sheets, grid[sheets.header.name][0])
    for name, item in library.questions.items():
        if name in library.core or not brief:
            asked = item.extra.get("ask", item.labels)[lang]
            said = _ask(f"{asked}（回车 = {silent}）", item.extra.get("help", {}).get(lang, ""))
            answers.append({QUESTION: name, **(_answer(sheets, item, said) if said else {STATE: silent})})
    return grid


def _brief(sheets: Layout, line: Line) -> bool:
    """Whether the core questions are enough for this sort of record."""
    item = sheets.library.case.by_role["completeness"]
    terms = sheets.library.vocabularies[str(item.vocabulary)].terms.values()
    said = line.get(item.name, "")
    return any(term.extra.get("core_only") and (term.id in said or said in term.labels.values()) for term in terms)


def _answer(sheets: Layout, question: Any, said: str) -> Line:
    line: Line = {}
    for column in sheets.answers.columns:
        if column.item is None or not column.item.allows(question.kind):
            continue
        if column.item.extra.get("inline"):
            line[column.key] = said if not line else _ask(column.label, "")
        elif column.required or column.item.role in ("citation", "speaker") or column.several:
            line[column.key] = _ask(column.label, "", column.choices)
    return line


def _line(sheets: Layout, sheet: Sheet) -> Line:
    """Ask for what a record must have; what a field starts with is taken."""
    line: Line = {}
    for column in _needed(sheet):
        start = str(column.item.extra.get("start", "")) if column.item else ""
        start = sheets.library.languages[0] if start == "page" else start
        whole = column.item is not None and column.item.role == "completeness"
        if start and start != "today" and not whole:
            line[column.key] = start
        else:
            line[column.key] = _ask(column.label, column.help, column.choices)
    return line


def _needed(sheet: Sheet) -> Iterator[Column]:
    return (column for column in sheet.columns if column.required and column.item)


def _ask(words: str, advice: str, choices: tuple[str, ...] = ()) -> str:
    """Ask for one value on the terminal, or read it from what is piped in."""
    if advice:
        print(f"  {advice}", file=sys.stderr)
    for number, text in enumerate(choices, 1):
        print(f"  {number}. {text}", file=sys.stderr)
    print(f"{words}: ", end="", file=sys.stderr, flush=True)
    given = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(file=sys.stderr)
    if not given:
        raise EOFError
    said = given.strip()
    if choices and said.isdecimal() and 1 <= int(said) <= len(choices):
        return choices[int(said) - 1]
    return said
