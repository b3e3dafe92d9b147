"""Answers that contradict one another come at least in pairs."""

from collections import Counter
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import ANSWERS, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Find labels that stand alone in their question."""
    part = library.answer.by_role["conflict"].name
    labelled = [row for row in rows.of(ANSWERS) if part in row.cells]
    counts = Counter((row.cells["question"], row.cells[part]) for row in labelled)
    for row in labelled:
        if counts[row.cells["question"], row.cells[part]] == 1:
            yield rows.at_cell(row, part, "conflict-alone", label=row.cells[part])
