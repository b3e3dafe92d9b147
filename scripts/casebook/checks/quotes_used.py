"""A quote that no answer cites is a leftover, or a claim that was forgotten."""

from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import CITATIONS, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Name the quotes without an answer."""
    target = library.answer.by_role["citation"].extra["to"]
    key = library.tables[target].fields[0].name
    cited = {row.cells[target] for row in rows.of(CITATIONS)}
    for row in rows.of(target):
        id = row.cells.get(key)
        if id is not None and id not in cited:
            yield rows.at(row.origin, "quote-unused", row.path, id=id)
