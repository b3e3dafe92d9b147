"""Types and constraints: frictionless holds them over the cells; its errors are brought home to their lines.

Only cells that somebody wrote are handed over: no other column has to be filled but those that the code fills.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import frictionless

from casebook import tables
from casebook.kinds.guess import guess_term
from casebook.problem import Problem
from casebook.rows import Row, Rows
from casebook.schema import Library

#: Reads a cell; returns its value, and what is wrong with it by the name of the constraint.
_Reader: TypeAlias = Callable[[str], tuple[Any, dict[str, str] | None]]

_LIMITS = {"maxLength": "too-long", "pattern": "bad-form", "minimum": "out-of-range", "maximum": "out-of-range"}

#: Terms named in a hint.
_MAX_NAMED = 24


def held(rows: Rows, library: Library) -> Iterator[Problem]:
    """Hold every cell of a case against the type and the constraints of its column."""
    readers = _readers(library)
    for name, table in rows.tables.items():
        known = readers[name]
        for row in table:
            for column in row.nodes:
                if column in known and (notes := known[column](row.cells[column])[1]):
                    yield from (_problem(note, rows, row, column, library) for note in notes.values())


@functools.lru_cache(maxsize=8)
def _readers(library: Library) -> dict[str, dict[str, _Reader]]:
    """Return what reads the columns of each table in which something can be wrong."""
    readers: dict[str, dict[str, _Reader]] = {}
    for name, schema in tables.descriptors(library).items():
        fields = [each for each in schema["fields"] if each["type"] != "string" or each["constraints"]]
        loaded = frictionless.Schema.from_descriptor({"fields": fields}).fields
        readers[name] = {field.name: _reader(field) for field in loaded}
    return readers


def _reader(field: frictionless.Field) -> _Reader:
    """Return what reads the cells of a field; where few words are written again and again, it remembers them."""
    read: _Reader = field.create_cell_reader()
    is_prose = field.type == "string" and field.constraints.keys() <= {"maxLength"}
    return read if is_prose else functools.lru_cache(maxsize=1024)(read)


def _problem(note: str, rows: Rows, row: Row, column: str, library: Library) -> Problem:
    """Turn frictionless' words into ours."""
    field = next(each for each in tables.descriptors(library)[row.table]["fields"] if each["name"] == column)
    value = row.cells[column]
    found = re.match(r'constraint "(\w+)" is "(.*)"', note, re.DOTALL)
    name, limit = found.groups() if found else ("", "")
    if name == "enum" and "vocabulary" in field:
        return unknown_term(rows, row, column, field["vocabulary"], library)
    if name in _LIMITS:
        return rows.at_cell(row, column, _LIMITS[name], value=value, limit=limit, count=len(value))
    return rows.at_cell(row, column, "wrong-type", value=value, type=field["type"])


def unknown_term(rows: Rows, row: Row, column: str, name: str, library: Library) -> Problem:
    """Return the problem of a cell with a word that its vocabulary does not have."""
    vocabulary, value = library.vocabularies[name], row.cells[column]
    meant, sure = guess_term(library, name, value)
    known = ", ".join(list(vocabulary.terms)[:_MAX_NAMED]) + (" …" if len(vocabulary.terms) > _MAX_NAMED else "")
    details = {"value": value, "vocabulary": vocabulary.labels, "guess": meant, "known": known}
    return rows.at_cell(row, column, "unknown-term", fix=sure, **details)
