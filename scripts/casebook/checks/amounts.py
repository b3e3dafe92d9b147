"""An amount says what it counts and on what basis, and a range goes upwards."""

from collections.abc import Iterator
from decimal import Decimal

from casebook.problem import Problem
from casebook.rows import ANSWERS, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Look at each answer that has a value."""
    parts = library.answer.by_role
    value, upper = parts["value"].name, parts["upper"].name
    for row in rows.of(ANSWERS):
        question = library.questions[row.cells["question"]]
        if value not in row.cells:
            continue
        for role in ("unit", "basis"):
            part = parts[role]
            implied = question.extra.get(part.name)
            if part.allows(question.kind) and part.name not in row.cells and not implied:
                yield rows.at_cell(row, value, "amount-incomplete", field=part.labels, key=part.name)
        if upper in row.cells and Decimal(row.cells[upper]) <= Decimal(row.cells[value]):
            yield rows.at_cell(row, upper, "range-reversed", low=row.cells[value], high=row.cells[upper])
