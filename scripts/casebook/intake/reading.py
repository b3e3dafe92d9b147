"""A case that came in as sheets: checked by the same rules, each problem tied to its cell."""

from __future__ import annotations

import bisect
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook import report, source, validate
from casebook.intake import filled
from casebook.intake.filled import Data, Origins
from casebook.intake.filled import Path as Way
from casebook.intake.layout import Grid, Layout
from casebook.problem import Problem, Severity
from casebook.source import MappingNode, Node, SequenceNode

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")


@dataclass(frozen=True)
class Note:
    """What is wrong with a cell.

    Attributes:
        sheet: name of the sheet.
        line: the record's place among those read, from 0.
        column: key of the column.
        severity: whether it keeps the case from being taken.
        words: what is wrong and what to do, by language.
    """

    sheet: str
    line: int
    column: str
    severity: Severity
    words: dict[str, str]

    @classmethod
    def formula(cls, sheet: str, line: int, column: str) -> Note:
        """Return what is said of a cell that holds a formula."""
        words = {
            "zh": "这一格是公式，没有读。请复制后“粘贴为数值”，或者直接写上文字。",
            "en": "This cell holds a formula and was not read. Paste it as a value, or write the text.",
        }
        return cls(sheet, line, column, Severity.ERROR, words)


@dataclass(frozen=True)
class Incoming:
    """A case that came in: its id, where that is one, its YAML, and all that is wrong with it."""

    id: str
    text: str
    notes: tuple[Note, ...]

    @property
    def accepted(self) -> bool:
        """Whether it passes every check."""
        return all(note.severity is not Severity.ERROR for note in self.notes)


def check(layout: Layout, grid: Grid, name: str | None = None) -> Incoming:
    """Check a filled file.

    Args:
        layout: the sheets.
        grid: what stands in them.
        name: what the case's file will be called, without its ending; by default after the case.
    """
    data, origins = filled.case(layout, grid)
    text = filled.as_yaml(data)
    id = str(data.get(layout.library.case.fields[0].name, ""))
    name = name or (id if _ID.fullmatch(id) else "case")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        checked = validate.validate([path], layout.library, Path(folder))
    root = checked.rows[0].document.root
    places = sorted(_places(root, ())) if root is not None else []
    notes = tuple(_note(layout, origins, places, problem) for problem in checked.problems)
    return Incoming(id, text, notes)


def plain(node: Node) -> Data:
    """Return a node as nested data, every text as written."""
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return [plain(each) for each in node.value] if isinstance(node, SequenceNode) else node.value


def _places(node: Node, way: Way) -> Iterator[tuple[tuple[int, int], Way]]:
    """Yield where each value begins, and its key as the same value."""
    mark = source.span_of(node)
    yield (mark.line, mark.column), way
    if isinstance(node, MappingNode):
        for key, value in node.value:
            begin = source.span_of(key)
            yield (begin.line, begin.column), (*way, key.value)
            yield from _places(value, (*way, key.value))
    elif isinstance(node, SequenceNode):
        for number, each in enumerate(node.value):
            yield from _places(each, (*way, number))


def _note(layout: Layout, origins: Origins, places: list[tuple[tuple[int, int], Way]], problem: Problem) -> Note:
    begins = [place for place, _ in places]
    at = bisect.bisect_right(begins, (problem.span.line, problem.span.column)) - 1
    way = places[at][1] if at >= 0 else ()
    if problem.code == "missing-key":
        way = (*_record(origins, way), str(problem.details["key"]))
    elif problem.code == "question-missing":
        way = (layout.container.name, str(problem.details["key"]))
    record = _record(origins, way)
    sheet, line = origins[record]
    column = _column(layout, sheet, way[len(record) :])
    langs = layout.library.languages
    words = {lang: report.sentence(layout.library, problem, lang) for lang in langs}
    return Note(sheet, line, column, problem.severity, words)


def _record(origins: Origins, way: Way) -> Way:
    """Return the way to the innermost record that has a place in the file."""
    return next(way[:length] for length in range(len(way), -1, -1) if way[:length] in origins)


def _column(layout: Layout, sheet: str, rest: Way) -> str:
    """Return the column of a value, by its way from the record; the first one of what has none."""
    columns = next(each for each in layout.sheets if each.name == sheet).columns
    for length in range(len(rest), 0, -1):
        for column in columns:
            if column.path[:length] == rest[:length]:
                return column.key
    return columns[0].key
