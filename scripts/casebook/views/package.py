"""The library as open data: a Frictionless data package of CSV tables, and each case as JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from casebook.rows import VOCABULARIES, Rows, Tables
from casebook.schema import Library
from casebook.source import MappingNode, Node, ScalarNode
from casebook.tables import descriptors

QUESTIONS = "questions"

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")


def files(library: Library, readings: Sequence[Rows]) -> Iterator[tuple[str, str]]:
    """Yield each file of the package: its path below ``data/`` and its content.

    Args:
        library: the schemas, which become the package's own.
        readings: rows of the cases that are published.
    """
    yield from tables(library, readings)
    yield from ((f"cases/{rows.case}.json", case(rows)) for rows in readings)


def case(rows: Rows) -> str:
    """Return a case as JSON, as it is written in its file."""
    value = None if rows.document.root is None else _value(rows.document.root)
    return json.dumps(value, ensure_ascii=False) + "\n"


def tables(library: Library, readings: Iterable[Tables]) -> Iterator[tuple[str, str]]:
    """Yield each table, and what describes them all; the readings are gone through once."""
    descriptors = resources(library)
    sheets = {name: _Sheet([column["name"] for column in schema["fields"]]) for name, schema in descriptors.items()}
    sheets[VOCABULARIES].write(_vocabularies(library))
    sheets[QUESTIONS].write(_questions(library))
    for rows in readings:
        for name, sheet in sheets.items():
            sheet.add(rows.said(name))
    for name, sheet in sheets.items():
        yield f"{name}.csv", sheet.text
    listed = [
        {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": schema}
        for name, schema in descriptors.items()
    ]
    description = json.dumps(_descriptor(library, listed), ensure_ascii=False, indent=1)
    yield "datapackage.json", f"{description}\n"


class _Sheet:
    """A table as CSV, written row by row.

    Args:
        header: names of the columns.
    """

    def __init__(self, header: list[str]) -> None:
        self._header, self._out = header, io.StringIO()
        self._writer = csv.writer(self._out, lineterminator="\r\n")
        self._writer.writerow(header)

    def write(self, rows: Iterable[list[str]]) -> None:
        self._writer.writerows(rows)

    def add(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Add rows of which some columns are blank."""
        self._writer.writerows([map(row.get, self._header) for row in rows])

    @property
    def text(self) -> str:
        return self._out.getvalue()


def resources(library: Library) -> Mapping[str, dict[str, Any]]:
    """Return the Table Schema of each table, by its name."""
    return {**descriptors(library), **_reference_schemas(library)}


def _descriptor(library: Library, resources: list[dict[str, Any]]) -> dict[str, Any]:
    info, lang = library.info, library.languages[0]
    return {
        "profile": "data-package",
        "name": info["name"],
        "title": info["title"][lang],
        "description": info["description"][lang],
        "titles": info["title"],
        "descriptions": info["description"],
        "licenses": [info["license"]],
        "schema_version": info["version"],
        "resources": resources,
    }


def _reference_schemas(library: Library) -> dict[str, dict[str, Any]]:
    """Descriptors of the tables that explain the others, in every language."""

    def text(name: str) -> dict[str, Any]:
        return {"name": name, "type": "string"}

    labels = [text(f"label_{lang}") for lang in library.languages]
    definitions = [text(f"definition_{lang}") for lang in library.languages]
    asks = [text(f"ask_{lang}") for lang in library.languages]
    return {
        VOCABULARIES: {
            "fields": [text("vocabulary"), text("term"), *labels, *definitions],
            "primaryKey": ["vocabulary", "term"],
        },
        QUESTIONS: {
            "fields": [text("question"), text("group"), text("kind"), *labels, *asks],
            "primaryKey": ["question"],
        },
    }


def _vocabularies(library: Library) -> Iterator[list[str]]:
    for name, vocabulary in library.vocabularies.items():
        for term in vocabulary.terms.values():
            labels = [term.labels.get(lang, "") for lang in library.languages]
            yield [name, term.id, *labels, *(term.definition.get(lang, "") for lang in library.languages)]


def _questions(library: Library) -> Iterator[list[str]]:
    for name, question in library.questions.items():
        labels = [question.labels.get(lang, "") for lang in library.languages]
        asks = [question.extra.get("ask", {}).get(lang, "") for lang in library.languages]
        yield [name, str(question.extra.get("group")), question.kind, *labels, *asks]


def _value(node: Node) -> Any:
    """Return a node as JSON data: text as written, but for plain numbers and true."""
    if isinstance(node, MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if not isinstance(node, ScalarNode):
        return [_value(each) for each in node.value]
    if node.style is None and node.value == "true":
        return True
    if node.style is None and _NUMBER.fullmatch(node.value):
        return json.loads(node.value)
    return node.value
