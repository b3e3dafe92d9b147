"""What one case file says, as rows of flat tables; each cell remembers the node it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from casebook.problem import Detail, Problem, Step
from casebook.schema import Field, Library
from casebook.source import Document, Node, span_of

#: Names of the flat tables that every library has; those of its records are named by the schemas.
CASES, ANSWERS, TERMS, CITATIONS, VOCABULARIES = "cases", "answers", "terms", "citations", "vocabularies"


@dataclass(slots=True, eq=False)
class Row:
    """One row of a table.

    Attributes:
        table: the table's name.
        cells: column name → text as written; absent means blank.
        nodes: column name → the node the cell came from.
        origin: the node of the whole record.
        path: the way to the record from the top of the file.
    """

    table: str
    origin: Node
    path: tuple[Step, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def node(self, column: str) -> Node:
        """Return where a cell stands, or the record where the cell is blank."""
        return self.nodes.get(column, self.origin)


@dataclass(slots=True, eq=False)
class Rows:
    """All rows of one case.

    Attributes:
        document: the file.
        case: key of the case: the file's name without its ending.
        tables: rows by table name.
        attempted: names of the questions that are written, read or not; one that is wrong is not missing.
        problems: everything found wrong so far.
    """

    document: Document
    case: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    attempted: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Append a row to its table."""
        self.tables.setdefault(row.table, []).append(row)
        return row

    def of(self, table: str) -> list[Row]:
        """Rows of a table, none where the case has none."""
        return self.tables.get(table, [])

    def at(self, node: Node, code: str, path: tuple[Step, ...] = (), **details: Detail) -> Problem:
        """Return a problem at a node of this case."""
        return Problem(code, self.document.file, span_of(node), path, details)

    def problem(self, code: str, node: Node, path: tuple[Step, ...] = (), **details: Detail) -> None:
        """Note a problem at a node."""
        self.problems.append(self.at(node, code, path, **details))


@dataclass(frozen=True, slots=True)
class Slot:
    """The place a field's value goes to: a row, and a column name its cells begin with.

    ``question`` is set while an answer is read.
    """

    library: Library
    rows: Rows
    row: Row
    column: str = ""
    path: tuple[Step, ...] = ()
    question: Field | None = None

    def put(self, value: str, node: Node, suffix: str = "") -> None:
        """Write one cell."""
        name = self.column + suffix
        self.row.cells[name] = value
        self.row.nodes[name] = node

    def part(self, item: Field) -> Slot:
        """Return the slot of one part of a record."""
        name = f"{self.column}_{item.name}" if self.column else item.name
        return replace(self, column=name, path=(*self.path, item.labels))

    def problem(self, code: str, node: Node, **details: Detail) -> None:
        """Note a problem with this field."""
        self.rows.problem(code, node, self.path, **details)
