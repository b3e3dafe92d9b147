"""The library as open data: a Frictionless data package of CSV tables, and each case as JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
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
    return _json(None if rows.document.root is None else _value(rows.document.root))


def tables(library: Library, readings: Sequence[Tables]) -> Iterator[tuple[str, str]]:
    """Yield each table, and what describes them all."""
    listed = []
    for name, descriptor in resources(library):
        header = [column["name"] for column in descriptor["fields"]]
        if name in (VOCABULARIES, QUESTIONS):
            body: Iterable[list[str]] = _vocabularies(library) if name == VOCABULARIES else _questions(library)
        else:
            body = ([row.cells.get(column, "") for column in header] for rows in readings for row in rows.of(name))
        yield f"{name}.csv", _csv(header, body)
        listed.append({"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": descriptor})
    yield "datapackage.json", _json(_descriptor(library, listed))


def resources(library: Library) -> Iterable[tuple[str, dict[str, Any]]]:
    """Return each table's name and its Table Schema."""
    return {**descriptors(library), **_reference_schemas(library)}.items()


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


def _csv(header: list[str], body: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(body)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


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
