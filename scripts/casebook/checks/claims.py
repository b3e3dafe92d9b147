"""Each kind of claim carries what stands behind it: a quote, a speaker."""

from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import ANSWERS, CITATIONS, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Hold each answer against the needs of its kind of claim."""
    parts = library.answer.by_role
    serial = parts["serial"].name
    kinds = library.vocabularies[str(parts["says"].vocabulary)].terms
    cited = {(row.cells["field"], row.cells["serial"]) for row in rows.of(CITATIONS)}
    for row in rows.of(ANSWERS):
        says = kinds.get(row.cells.get(parts["says"].name, ""))
        if says is None:
            continue
        for role in says.extra.get("needs", ()):
            part = parts[role]
            if part.kind == "refs":
                present = (row.cells["question"], row.cells[serial]) in cited
            else:
                columns = f"{part.name}_"
                present = any(column.startswith(columns) for column in row.cells)
            if not present:
                yield rows.at(
                    row.origin, "claim-incomplete", row.path, says=says.labels, field=part.labels, key=part.name
                )
