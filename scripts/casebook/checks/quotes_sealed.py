"""Quotes that were compared with their source are still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import Row, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Compare what each source remembers of its quotes with what they are."""
    for table in library.tables.values():
        column = table.columns.get("seal")
        for row in rows.of(table.name) if column else ():
            if column in row.cells and row.cells[column] != seal(rows, library, row):
                yield rows.at_cell(row, column, "quotes-changed")


def seal(rows: Rows, library: Library, source: Row) -> str:
    """Return the SHA-256 of a source's quotes, in the order of the file, a line each; any tool can compute it anew."""
    quotes = library.tables[library.answer.by_role["citation"].extra["to"]]
    text = quotes.columns["fragment"]
    id = source.cells.get(library.tables[source.table].fields[0].name)
    own = [row.cells.get(text, "") for row in rows.of(quotes.name) if row.cells.get(source.table) == id]
    return hashlib.sha256("".join(f"{quote}\n" for quote in own).encode()).hexdigest()
