"""Keys: frictionless holds them over tables that have nothing but the columns of keys.

What is alike is held once, and keys that nesting or the code itself makes are not held at all.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeAlias

import frictionless

from casebook import tables
from casebook.kinds.guess import guess
from casebook.problem import Problem
from casebook.rows import ANSWERS, CASES, CITATIONS, TERMS, VOCABULARIES, Row, Rows
from casebook.schema import Library
from casebook.validate.cells import unknown_term

#: What the key of a row says: the name of its table, and the cells without the case.
_Said: TypeAlias = tuple[str, ...]

#: What several rows say that are held together.
_Keys: TypeAlias = tuple[_Said, ...]

#: The rows of one case that say some of this, each group in the place of what it says.
_Unit: TypeAlias = tuple[Rows, list[list[Row]]]

#: What a blank cell says.
_BLANKS = itertools.repeat("")

#: Ids looked through for the one that was meant.
_MAX_KNOWN = 200


def held(readings: list[Rows], library: Library) -> Iterator[tuple[Rows, Problem]]:
    """Hold the keys of all cases as one package; yield each problem with its case."""
    narrow = {name: _narrow(name, schema) for name, schema in tables.descriptors(library).items()}
    headers = {name: [column["name"] for column in schema["fields"]] for name, schema in narrow.items()}
    bodies: dict[str, list[list[str]]] = defaultdict(list)
    owners: dict[str, list[tuple[list[_Unit], int]]] = defaultdict(list)
    for number, (said, units) in enumerate(_alike(readings, narrow, library).items()):
        for at, (name, *cells) in enumerate(said):
            bodies[name].append([str(number), *cells] if "case" in headers[name] else cells)
            owners[name].append((units, at))
    wanted = {*bodies, *(key["reference"]["resource"] for name in bodies for key in narrow[name]["foreignKeys"])}
    bodies[VOCABULARIES] = tables.vocabulary_rows(library)
    resources = [_resource(name, narrow[name], bodies[name]) for name in narrow if name in wanted]
    for task in frictionless.Package(resources=resources).validate(limit_errors=10**9).tasks:
        for error in task.errors:
            line = getattr(error, "row_number", 0) - 2
            units, at = owners[task.name][line] if 0 <= line < len(owners[task.name]) else ([], 0)
            for rows, group in units:
                for row in group[at]:
                    if problem := _problem(error, rows, row, narrow[task.name], library):
                        yield rows, problem


def _narrow(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with nothing but its keys, without those that a case cannot break."""
    own = schema.get("primaryKey", []) if name != CASES else []
    keys = schema.get("foreignKeys", ()) if name in (TERMS, CITATIONS) else ()
    foreign = [key for key in keys if key["reference"]["resource"] != CASES]
    columns = {*own, *(column for key in foreign for column in key["fields"])}
    fields = [column for column in schema["fields"] if column["name"] in columns]
    return {"fields": fields, "primaryKey": own, "foreignKeys": foreign}


def _alike(readings: list[Rows], narrow: dict[str, dict[str, Any]], library: Library) -> dict[_Keys, list[_Unit]]:
    """Group rows by what their keys say: cases with the same keys in one place are one to frictionless.

    Held together are each term alone, and a table of a case with those that point to it.
    """
    columns = {
        name: [each["name"] for each in schema["fields"] if each["name"] != "case"] for name, schema in narrow.items()
    }
    together = {
        name: [
            other
            for other in narrow
            if any(key["reference"]["resource"] == name for key in narrow[other]["foreignKeys"])
        ]
        for name, schema in narrow.items()
        if schema["primaryKey"] and name != VOCABULARIES
    }
    groups: dict[_Keys, list[_Unit]] = defaultdict(list)
    for rows in readings:
        for said, group in _grouped(rows.of(TERMS), columns[TERMS]):
            groups[(said,)].append((rows, [group]))
        for name, others in together.items():
            unit = [(_said(row, columns[name]), [row]) for row in _open(name, rows, library)]
            for other in others:
                unit += _grouped(rows.of(other), columns[other])
            groups[tuple(said for said, _ in unit)].append((rows, [group for _, group in unit]))
    return groups


def _grouped(rows: list[Row], columns: list[str]) -> list[tuple[_Said, list[Row]]]:
    """Put together the rows that say the same."""
    groups: dict[_Said, list[Row]] = defaultdict(list)
    for row in rows:
        groups[_said(row, columns)].append(row)
    return sorted(groups.items())


def _said(row: Row, columns: list[str]) -> _Said:
    return (row.table, *map(row.cells.get, columns, _BLANKS))


def _open(name: str, rows: Rows, library: Library) -> list[Row]:
    """Return the rows whose key could be another's; answers that are numbered by their places have one each."""
    if name != ANSWERS:
        return rows.of(name)
    serial = library.answer.by_role["serial"].name
    numbered = {row.cells["question"] for row in rows.of(name) if serial in row.nodes}
    if not numbered:
        return []
    return [row for row in rows.of(name) if row.nodes and row.cells["question"] in numbered]


def _resource(name: str, schema: dict[str, Any], body: list[list[str]]) -> frictionless.Resource:
    header = [column["name"] for column in schema["fields"]]
    blank = [[None] * len(header)]  # frictionless takes an empty table for a broken source
    data = functools.partial(itertools.chain, [header], body or blank)  # it copies a list, but calls a function
    return frictionless.Resource(name=name, data=data, schema=frictionless.Schema.from_descriptor(schema))


def _problem(error: Any, rows: Rows, row: Row, schema: dict[str, Any], library: Library) -> Problem | None:
    """Turn frictionless' words into ours; what is wrong with single cells has been said."""
    if error.type == "primary-key":
        key = schema["primaryKey"][-1]
        return rows.at_cell(row, key, "repeated-id", value=row.cells.get(key, ""))
    if error.type != "foreign-key":
        return None
    if row.table == TERMS:
        return unknown_term(rows, row, "term", row.cells["vocabulary"], library)
    target = str(error.reference_name)
    key = library.tables[target].fields[0].name
    known = [each.cells.get(key, "") for each in rows.of(target)[:_MAX_KNOWN]]
    value = row.cells[target]
    return rows.at_cell(row, target, "unknown-reference", value=value, guess=guess(value, known))
