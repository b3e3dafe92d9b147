"""A source that no answer rests on is a leftover; so is a single quote that none cites."""

from collections import defaultdict
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import CITATIONS, Row, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Name the sources without any citation, and of the others the quotes without one."""
    target = library.answer.by_role["citation"].extra["to"]
    key = library.tables[target].fields[0].name
    cited = {row.cells[target] for row in rows.of(CITATIONS)}
    parents = [table for table in library.tables.values() if any(f.extra.get("table") == target for f in table.fields)]
    for parent in parents:
        own = parent.fields[0].name
        quotes: dict[str, list[Row]] = defaultdict(list)
        for row in rows.of(target):
            quotes[row.cells.get(parent.name, "")].append(row)
        for source in rows.of(parent.name):
            id = source.cells.get(own, "")
            unused = [row for row in quotes[id] if row.cells.get(key) not in cited]
            if len(unused) == len(quotes[id]):
                yield rows.at_cell(source, own, "source-unused", id=id)
            else:
                for row in unused:
                    yield rows.at_cell(row, key, "quote-unused", id=row.cells.get(key, ""))
