"""A nested case → rows of flat tables, and the Frictionless descriptors of those tables."""

from __future__ import annotations

from typing import Any

from casebook.kinds import KINDS, QUESTION_KINDS
from casebook.kinds.base import Column
from casebook.kinds.composite import State, parts_columns, read_parts
from casebook.kinds.lists import OWNER
from casebook.problem import Problem
from casebook.rows import ANSWERS, CASES, CITATIONS, TERMS, VOCABULARIES, Row, Rows, Slot
from casebook.schema import Field, Library, walk
from casebook.source import Document


def flatten(document: Document, library: Library) -> Rows:
    """Read one document into rows.

    Args:
        document: a file as read; its problems become those of the rows.
        library: the schemas.

    Returns:
        The rows found, as many as can be, with every problem of shape.
    """
    rows = Rows(document, document.path.stem, problems=list(document.problems))
    if document.root is not None:
        row = rows.add(Row(CASES, document.root, cells={"case": rows.case}))
        read_parts(library.case.fields, document.root, Slot(library, rows, row))
    return rows


def _text(name: str, **constraints: Any) -> Column:
    return {"name": name, "type": "string", "constraints": constraints}


def _key(fields: list[str], table: str, to: list[str]) -> dict[str, Any]:
    return {"fields": fields, "reference": {"resource": table, "fields": to}}


def descriptors(library: Library) -> dict[str, dict[str, Any]]:
    """Return a Frictionless Table Schema for every flat table, by the table's name."""
    serial = library.answer.by_role["serial"].name
    case = _text("case", required=True)
    whose = _key(["case"], CASES, ["case"])
    schemas: dict[str, dict[str, Any]] = {
        CASES: {"fields": [case, *parts_columns(library.case.fields, "", library)], "primaryKey": ["case"]},
        ANSWERS: {
            "fields": [
                case,
                _text("question", required=True, enum=list(library.questions)),
                _text("state", required=True, enum=[state.value for state in State]),
                *parts_columns(library.answer.fields, "", library),
            ],
            "primaryKey": ["case", "question", serial],
            "foreignKeys": [whose],
        },
        TERMS: {
            "fields": [*map(_text, OWNER), _text("vocabulary"), _text("term")],
            "foreignKeys": [whose, _key(["vocabulary", "term"], VOCABULARIES, ["vocabulary", "term"])],
        },
        VOCABULARIES: {"fields": [_text("vocabulary"), _text("term")], "primaryKey": ["vocabulary", "term"]},
    }
    _add_records(library.case.fields, CASES, library, schemas)
    for item in walk(library.answer.fields):
        if target := item.extra.get("to"):
            key = library.tables[target].fields[0].name
            schemas[CITATIONS] = {
                "fields": [*map(_text, OWNER), _text(target, required=True)],
                "foreignKeys": [_key(["case", target], target, ["case", key])],
            }
    return schemas


def _add_records(fields: tuple[Field, ...], parent: str, library: Library, schemas: dict[str, dict[str, Any]]) -> None:
    """Add the tables that records and entries fill, each tied to the record it stands in."""
    for item in fields:
        name = item.extra.get("table")
        if not name:
            continue
        table = library.tables[name]
        key = table.fields[0].name
        columns = [_text("case", required=True), *parts_columns(table.fields, "", library)]
        foreign = [_key(["case"], CASES, ["case"])]
        if parent != CASES:
            columns.insert(1, _text(parent, required=True))
            foreign.append(_key(["case", parent], parent, ["case", library.tables[parent].fields[0].name]))
        schemas[name] = {"fields": columns, "primaryKey": ["case", key], "foreignKeys": foreign}
        _add_records(table.fields, name, library, schemas)


def unknown_kinds(library: Library) -> list[Problem]:
    """Fields and questions whose kind no code knows."""
    reasons = [
        f"{item.name}: kind {item.kind}" for item in library.questions.values() if item.kind not in QUESTION_KINDS
    ]
    for table in (library.case, library.answer, *library.tables.values()):
        reasons += [f"{item.name}: kind {item.kind}" for item in walk(table.fields) if item.kind not in KINDS]
    return [Problem("schema-wrong", library.root.name, details={"reason": reason}) for reason in reasons]


def vocabulary_rows(library: Library) -> list[list[str]]:
    """Every term of every vocabulary as rows of the table that foreign keys point to."""
    return [[name, term] for name, vocabulary in library.vocabularies.items() for term in vocabulary.terms]
