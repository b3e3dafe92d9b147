"""A case's id is the name of its file."""

from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import CASES, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Compare the two."""
    item = library.case.fields[0]
    for row in rows.of(CASES):
        written = row.cells.get(item.name)
        if written is not None and written != rows.case:
            yield rows.at_cell(row, item.name, "id-not-file-name", id=written, file=rows.case)
