"""Types, constraints and keys: frictionless holds them over the rows; its errors are brought home to their lines."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import frictionless

from casebook import tables
from casebook.kinds.guess import guess, guess_term
from casebook.problem import Problem
from casebook.rows import ANSWERS, CASES, CITATIONS, TERMS, VOCABULARIES, Row, Rows
from casebook.schema import Library

_LIMITS = {"maxLength": "too-long", "pattern": "bad-form", "minimum": "out-of-range", "maximum": "out-of-range"}

#: Ids looked through for the one that was meant, and terms named in a hint.
_MAX_KNOWN, _MAX_NAMED = 200, 24


def held(readings: list[Rows], library: Library) -> Iterator[tuple[Rows, Problem]]:
    """Validate all cases as one package; yield each problem with the case it is of.

    A question without any answer is a row that the code made, with nothing in it that could be wrong.
    """
    owners: dict[str, list[tuple[Rows, Row]]] = defaultdict(list)
    for rows in readings:
        for name, table in rows.tables.items():
            owners[name].extend((rows, row) for row in table if row.nodes or name != ANSWERS)
    schemas = {name: _open(name, each) for name, each in tables.descriptors(library).items()}
    wanted = {name for name in schemas if owners[name]}
    wanted |= {key["reference"]["resource"] for name in wanted for key in schemas[name]["foreignKeys"]}
    resources = []
    for name in (name for name in schemas if name in wanted):
        header = [column["name"] for column in schemas[name]["fields"]]
        body = [_cells(header, rows, row) for rows, row in owners[name]]
        if name == VOCABULARIES:
            body = [list(each) for each in tables.vocabulary_rows(library)]
        if not body:
            body = [[None] * len(header)]  # frictionless takes an empty table for a broken source
        schema = frictionless.Schema.from_descriptor(schemas[name])
        data = functools.partial(itertools.chain, [header], body)  # frictionless copies a list, but calls a function
        resources.append(frictionless.Resource(name=name, data=data, schema=schema))
    report = frictionless.Package(resources=resources).validate(limit_errors=10**9)
    for task in report.tasks:
        for error in task.errors:
            at = getattr(error, "row_number", 0) - 2
            if 0 <= at < len(owners[task.name]):
                rows, row = owners[task.name][at]
                if not rows.full and (problem := _translated(error, rows, row, schemas[task.name], library)):
                    yield rows, problem


def _open(name: str, descriptor: dict[str, Any]) -> dict[str, Any]:
    """Return the descriptor without the keys that a case cannot break, since nesting or the file's name makes them."""
    keys = descriptor.get("foreignKeys", ()) if name in (TERMS, CITATIONS) else ()
    open_keys = {"foreignKeys": [key for key in keys if key["reference"]["resource"] != CASES]}
    own = {} if name == CASES else {"primaryKey": descriptor.get("primaryKey", [])}
    return {"fields": descriptor["fields"], **own, **open_keys}


def _cells(header: list[str], rows: Rows, row: Row) -> list[str | None]:
    """The cells in the order of the header; two files of one name are still two cases."""
    cells = {**row.cells, "case": rows.document.file}
    return [cells.get(column) for column in header]


def _translated(error: Any, rows: Rows, row: Row, schema: dict[str, Any], library: Library) -> Problem | None:
    """Turn frictionless' words into ours."""
    if error.type == "primary-key":
        key = schema["primaryKey"][-1]
        return rows.at_cell(row, key, "repeated-id", value=row.cells.get(key, ""))
    if error.type == "foreign-key":
        return _dangling(str(error.reference_name), rows, row, library)
    if error.type not in ("type-error", "constraint-error"):
        return None
    column, value = str(error.field_name), str(error.cell)
    descriptor = next(item for item in schema["fields"] if item["name"] == column)
    found = re.match(r'constraint "(\w+)" is "(.*)"', error.note, re.DOTALL)
    name, limit = found.groups() if found else ("", "")
    if name == "enum" and "vocabulary" in descriptor:
        details = _unknown(library, descriptor["vocabulary"], value)
        return rows.at_cell(row, column, "unknown-term", **details)
    if name in _LIMITS:
        return rows.at_cell(row, column, _LIMITS[name], value=value, limit=limit, count=len(value))
    return rows.at_cell(row, column, "wrong-type", value=value, type=descriptor["type"])


def _dangling(target: str, rows: Rows, row: Row, library: Library) -> Problem | None:
    """Return the problem of a reference that leads nowhere."""
    if row.table == TERMS and target == VOCABULARIES:
        details = _unknown(library, row.cells["vocabulary"], row.cells["term"])
        return rows.at_cell(row, "term", "unknown-term", **details)
    if row.table == CITATIONS and target != CASES:
        key = library.tables[target].fields[0].name
        known = [each.cells.get(key, "") for each in rows.of(target)[:_MAX_KNOWN]]
        value = row.cells[target]
        return rows.at_cell(row, target, "unknown-reference", value=value, guess=guess(value, known))
    return None


def _unknown(library: Library, name: str, value: str) -> dict[str, Any]:
    """Return what is to be said of a word that its vocabulary does not have."""
    vocabulary = library.vocabularies[name]
    meant, sure = guess_term(library, name, value)
    known = ", ".join(list(vocabulary.terms)[:_MAX_NAMED]) + (" …" if len(vocabulary.terms) > _MAX_NAMED else "")
    return {"value": value, "vocabulary": vocabulary.labels, "guess": meant, "known": known, "fix": sure}
