"""What one case file says, as rows of flat tables; each cell remembers the node it came from."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from casebook.problem import MAX_PROBLEMS, Detail, Problem, Span, Step
from casebook.schema import Field, Library
from casebook.source import TEXT, Document, Node, ScalarNode, implicit_tag

#: Names of the flat tables that every library has; those of its records are named by the schemas.
CASES, ANSWERS, TERMS, CITATIONS, VOCABULARIES = "cases", "answers", "terms", "citations", "vocabularies"


#: What the cells of one row say, by the name of the column; absent means blank.
Said: TypeAlias = Mapping[str, str]


class Tables(Protocol):
    """What the rows of one case say, whether or not it is remembered where everything stands."""

    @property
    def case(self) -> str:
        """Key of the case."""

    @property
    def file(self) -> str:
        """The file's name in messages."""

    def said(self, table: str) -> Sequence[Said]:
        """What each row of a table says, nothing where the case has none."""


@dataclass(slots=True, eq=False)
class Row:
    """One row of a table.

    Attributes:
        table: the table's name.
        cells: column name → text as written; absent means blank.
        nodes: column name → the node the cell came from.
        paths: column name → the way to the cell from the top of the file.
        origin: the node of the whole record.
        path: the way to the record from the top of the file.
    """

    table: str
    origin: Node
    path: tuple[Step, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, ScalarNode] = field(default_factory=dict)
    paths: dict[str, tuple[Step, ...]] = field(default_factory=dict)

    def node(self, column: str) -> Node:
        """Return where a cell stands, or the record where the cell is blank."""
        return self.nodes.get(column, self.origin)


#: Numbers for newer readers of YAML; the one used here knows the older ones.
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")

#: Looks through a text; yields a code, and where the stretch that it is about begins and ends.
Find: TypeAlias = Callable[[str], Iterable[tuple[str, int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """Something a search found.

    Attributes:
        code: the code of the problem that it is.
        text: the stretch of text.
        span: where it stands.
        path: the way to the value it stands in.
        in_value: whether it stands in a value; what does not is a comment or a key.
    """

    code: str
    text: str
    span: Span
    path: tuple[Step, ...]
    in_value: bool


@dataclass(slots=True, eq=False)
class Rows:
    """All rows of one case.

    Attributes:
        document: the file.
        case: key of the case: the file's name without its ending.
        tables: rows by table name.
        attempted: names of the questions that are written or were meant; one that is wrong is not missing.
        problems: everything found wrong so far.
        tidy: what ``casebook fix`` writes in another way, though nothing is wrong with it.
        originals: texts of its sources by id, where they are at hand.
    """

    document: Document
    case: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    attempted: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    tidy: list[Problem] = field(default_factory=list)
    originals: dict[str, str] = field(default_factory=dict)
    _cells: list[tuple[tuple[int, int], Row, str]] | None = None
    _hidden: list[tuple[Row, str, ScalarNode]] | None = None

    def add(self, row: Row) -> Row:
        """Append a row to its table."""
        self.tables.setdefault(row.table, []).append(row)
        return row

    @property
    def file(self) -> str:
        """The file's name in messages."""
        return self.document.file

    @property
    def full(self) -> bool:
        """Whether so much is wrong that looking further would help nobody."""
        return len(self.problems) >= MAX_PROBLEMS

    def search(self, find: Find) -> Iterator[Found]:
        """Yield what a search finds in the file and, where a text is written with signs or line ends of YAML, in it."""
        lines: set[int] = set()
        for code, start, end in find(self.document.text):
            span = self.document.stretch(start, end)
            lines.add(span.line)
            cell = self._cell_at(span.line, span.column)
            path = cell[1].paths.get(cell[2], ()) if cell else ()
            yield Found(code, self.document.text[start:end], span, path, cell is not None)
        for row, column, node in self.hidden():
            first, last = node.start_mark.line + 1, node.end_mark.line + 1
            if not any(first <= line <= last for line in lines):
                text = row.cells[column]
                for code, start, end in find(text):
                    place = self.document.place(node, text[start:end])
                    yield Found(code, text[start:end], place, row.paths[column], True)

    def texts(self) -> Iterator[tuple[Row, str, ScalarNode]]:
        """Yield every cell that has a place of its own."""
        for table in self.tables.values():
            for row in table:
                for column, node in row.nodes.items():
                    yield row, column, node

    def hidden(self) -> list[tuple[Row, str, ScalarNode]]:
        """Return the cells whose text stands in the file in another form: on several lines, or with signs of YAML."""
        if self._hidden is None:
            escapes = "\\" in self.document.text
            self._hidden = [
                (row, column, node)
                for table in self.tables.values()
                for row in table
                for column, node in row.nodes.items()
                if node.start_mark.line != node.end_mark.line or (escapes and node.style == '"')
            ]
        return self._hidden

    def _by_place(self) -> list[tuple[tuple[int, int], Row, str]]:
        """Every cell that came from a node of its own, from top to bottom."""
        if self._cells is None:
            cells = [
                ((node.start_mark.line + 1, node.start_mark.column + 1), row, column)
                for row, column, node in self.texts()
            ]
            self._cells = sorted(cells, key=lambda cell: cell[0])
        return self._cells

    def _cell_at(self, line: int, column: int) -> tuple[tuple[int, int], Row, str] | None:
        """Return the cell whose text stands at a place, nothing for comments and keys."""
        cells = self._by_place()
        at = bisect.bisect_right(cells, (line, column), key=lambda cell: cell[0]) - 1
        if at < 0:
            return None
        _, row, name = cells[at]
        end = row.nodes[name].end_mark
        return cells[at] if (line, column) < (end.line + 1, end.column + 1) else None

    def of(self, table: str) -> list[Row]:
        """Rows of a table, none where the case has none."""
        return self.tables.get(table, [])

    def said(self, table: str) -> list[Said]:
        """What each row of a table says."""
        return [row.cells for row in self.of(table)]

    def at(
        self, node: Node, code: str, path: tuple[Step, ...] = (), fix: str | None = None, **details: Detail
    ) -> Problem:
        """Return a problem at a node of this case."""
        document = self.document
        return Problem(code, document.file, document.span(node), path, details, fix=fix, torn=document.is_torn(node))

    def at_cell(self, row: Row, column: str, code: str, fix: str | None = None, **details: Detail) -> Problem:
        """Return a problem at a cell, or at the record where the cell is blank."""
        return self.at(row.node(column), code, row.paths.get(column, row.path), fix, **details)

    def problem(
        self, code: str, node: Node, path: tuple[Step, ...] = (), fix: str | None = None, **details: Detail
    ) -> None:
        """Note a problem at a node."""
        if not self.full:
            self.problems.append(self.at(node, code, path, fix, **details))


@dataclass(slots=True, eq=False)  # frozen, it would take twice the time to make, and a case needs hundreds
class Slot:
    """The place a field's value goes to: a row, and a column name its cells begin with.

    ``question`` is set while an answer is read. Nothing in it is changed after it is made.
    """

    library: Library
    rows: Rows
    row: Row
    column: str = ""
    path: tuple[Step, ...] = ()
    question: Field | None = None

    def put(
        self, value: str, node: ScalarNode, suffix: str = "", step: Step | None = None, is_text: bool = False
    ) -> None:
        """Write one cell; with a step, one that is a step further on the way.

        Note a text that some readers of YAML take for a number, a date or a truth value: it goes into quotes.
        """
        if is_text and not node.style and (implicit_tag(node) != TEXT or _NUMBER.fullmatch(node.value)):
            self.rows.tidy.append(self.rows.at(node, "quotes", self.path, fix=f'"{node.value}"'))
        name = self.column + suffix
        self.row.cells[name] = value
        self.row.nodes[name] = node
        self.row.paths[name] = self.path if step is None else (*self.path, step)

    def part(self, item: Field) -> Slot:
        """Return the slot of one part of a record."""
        name = f"{self.column}_{item.name}" if self.column else item.name
        return Slot(self.library, self.rows, self.row, name, (*self.path, item.labels), self.question)

    def cell(self, column: str) -> Slot:
        """Return the slot of another column, at the same place on the way."""
        return Slot(self.library, self.rows, self.row, column, self.path, self.question)

    def along(self, path: tuple[Step, ...]) -> Slot:
        """Return the slot of the same column by another way."""
        return Slot(self.library, self.rows, self.row, self.column, path, self.question)

    def record(self, row: Row, question: Field | None = None) -> Slot:
        """Return the slot of a row of its own."""
        return Slot(self.library, self.rows, row, "", row.path, question)

    def problem(self, code: str, node: Node, fix: str | None = None, **details: Detail) -> None:
        """Note a problem with this field."""
        self.rows.problem(code, node, self.path, fix, **details)
