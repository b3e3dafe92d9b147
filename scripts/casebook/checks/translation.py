"""A translation remembers the original it was confirmed against, and is stale when that has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import CASES, Rows
from casebook.schema import Library

#: Hexadecimal digits of a fingerprint: enough to notice a change, short enough for a file.
LENGTH = 12


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Compare what the case remembers with what it is."""
    column = library.case.columns["confirmed"]
    for row in rows.of(CASES):
        remembered = row.cells.get(column)
        lang = original(rows, library)
        if remembered and lang and remembered != fingerprint(rows, library):
            yield rows.at_cell(row, column, "translation-stale", language=library.info["languages"][lang])


def original(rows: Rows, library: Library) -> str | None:
    """Return the language the case was written in, where it is one of the library's."""
    written = (row.cells.get(library.case.columns["original"], "") for row in rows.of(CASES))
    return next((lang for lang in written if lang in library.languages), None)


def fingerprint(rows: Rows, library: Library) -> str:
    """Return a short hash of every text in its original language; where the texts stand in the file does not matter."""
    suffix = f"_{original(rows, library)}"
    serial = library.answer.by_role["serial"].name
    texts: list[list[str]] = []
    for name, table in rows.tables.items():
        own = library.tables[name].fields[0].name if name in library.tables else serial
        for row in table:
            whose = [name, row.cells.get("question", ""), row.cells.get(own, "")]
            texts.extend([*whose, column, row.cells[column]] for column in row.nodes if column.endswith(suffix))
    return hashlib.sha256(json.dumps(sorted(texts), ensure_ascii=False).encode()).hexdigest()[:LENGTH]
