"""What somebody has compared, written down in the file: a translation with its original, quotes with their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from casebook.checks import quotes_sealed, translation
from casebook.fix import layout
from casebook.problem import Problem, Span
from casebook.rows import Rows
from casebook.schema import Library, Table
from casebook.source import Document, MappingNode, Node, ScalarNode

#: Gives the edits that write a confirmation down.
Confirmation: TypeAlias = Callable[[Rows, Library], Iterator[Problem]]


def translated(rows: Rows, library: Library) -> Iterator[Problem]:
    """Yield the edit that remembers which original the translation was read against."""
    name = library.case.by_role["confirmed"].name
    parent = _record_with(rows.document.root, library.case, name) if rows.document.root else None
    if parent is not None:
        yield put(rows.document, parent, name, f'"{translation.fingerprint(rows, library)}"')


def quoted(rows: Rows, library: Library) -> Iterator[Problem]:
    """Yield for each source the edit that remembers what its quotes were when they were compared."""
    for table in library.tables.values():
        for row in rows.of(table.name) if "seal" in table.by_role else ():
            if isinstance(row.origin, MappingNode):
                seal = f'"{quotes_sealed.seal(rows, library, row)}"'
                yield put(rows.document, row.origin, table.by_role["seal"].name, seal)


def put(document: Document, parent: MappingNode, name: str, code: str) -> Problem:
    """Return the edit that gives a field of a record its value, at the record's end where it has none yet."""
    present = next((node for key, node in parent.value if _is(key, name)), None)
    if present is not None:
        span, text = document.span(present), code
    elif parent.flow_style:
        end = parent.end_mark
        span, text = Span(end.line + 1, end.column, end.line + 1, end.column), f", {name}: {code}"
    else:
        last = layout.last_line(document, parent.value[-1][1])
        column = len(document.lines[last]) + 1
        indent = " " * parent.value[0][0].start_mark.column
        span, text = Span(last + 1, column, last + 1, column), f"\n{indent}{name}: {code}"
    return Problem("confirmed", document.file, span, fix=text)


def _is(key: Node, name: str) -> bool:
    return isinstance(key, ScalarNode) and key.value == name


def _record_with(root: MappingNode, table: Table, name: str) -> MappingNode | None:
    """Return the record of the header that has a field of this name, if the case has it."""
    owner = next(item for item in table.fields if any(part.name == name for part in item.fields))
    found = next((value for key, value in root.value if key.value == owner.name), None)
    return found if isinstance(found, MappingNode) and found.value else None
