"""A case's id becomes a file and an address; a few names cannot be files on Windows."""

import re
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import CASES, Rows
from casebook.schema import Library

_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index", re.IGNORECASE)


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Refuse those names, and ids that would lead out of their folder."""
    key = library.case.fields[0].name
    for row in rows.of(CASES):
        id = row.cells.get(key, "")
        if _RESERVED.fullmatch(id):
            yield rows.at_cell(row, key, "reserved-id", id=id)
        elif re.search(r"[/\\]|\.\.", id):
            yield rows.at_cell(row, key, "path-in-id", id=id)
