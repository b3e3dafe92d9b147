"""The JSON Schema for editors and ``casebook check`` agree wherever JSON Schema can say it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from casebook.library import open_library
from casebook.schema import Library, walk
from casebook.views.jsonschema import json_schema
from support import CASES, EXAMPLES, SCHEMAS

LIBRARY = open_library(SCHEMAS)
SCHEMA = json_schema(LIBRARY)
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
INVALID = sorted((EXAMPLES / "invalid").rglob("*.yaml"))
VALID = [*sorted((EXAMPLES / "valid").glob("*.yaml")), *sorted(CASES.glob("*.yaml"))]

#: What cannot be said in JSON Schema, or is gone before it sees the file.
BEYOND = {
    # the text of the file, not what it holds
    "text-after-hash", "folded-text", "garbled", "unsafe-character", "duplicate-key",
    # what stands in another place, or outside the file
    "id-not-file-name", "repeated-id", "unknown-reference", "source-unused", "quote-unused", "conflict-alone",
    "range-reversed", "translation-stale", "quotes-changed", "future-date",
    # what has to be read or counted
    "quote-too-long", "markup-in-text", "private-mobile", "private-landline", "private-id-card", "private-bank-card",
    "private-email", "private-name", "private-age", "private-home",
    # drafts may lack a language, so both are never required
    "translation-missing",
}  # fmt: skip
#: Examples whose fault an editor does not see, since YAML 1.2 reads them as ordinary numbers or texts.
UNSEEN = {
    "bad-number-octal", "bad-number-scientific", "bad-number-hexadecimal", "bad-number-infinite", "bad-date-calendar",
    "alias-anchor", "alias-repeated", "tag-integer",
}  # fmt: skip


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates, no times, ``no`` and ``010`` as they stand."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(first))


def _whole(_: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(node.value) if node.value.lstrip("+-").isdigit() else int(node.value, 0)


def _decimal(_: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(node.value.replace(".inf", "inf").replace(".nan", "nan"))


Editor.add_constructor("tag:yaml.org,2002:int", _whole)
Editor.add_constructor("tag:yaml.org,2002:float", _decimal)


def faults(path: Path) -> list[str]:
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Editor)  # noqa: S506 -- a safe loader
    except yaml.YAMLError as error:
        return [str(error)]
    return [f"{'/'.join(map(str, each.path))}: {each.message[:200]}" for each in VALIDATOR.iter_errors(value)]


def test_is_a_schema_of_a_size_that_editors_take() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert len(json.dumps(SCHEMA, ensure_ascii=False).encode()) < 200_000
    assert json_schema(LIBRARY) == SCHEMA


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_cases_pass(path: Path) -> None:
    assert not faults(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_cases_fail(path: Path) -> None:
    found = faults(path)
    if path.parent.name not in BEYOND and path.stem not in UNSEEN:
        assert found


def test_exceptions_are_needed() -> None:
    """Nothing is excused that the schema could see."""
    seen = {path.parent.name for path in INVALID if faults(path)}
    unseen = {path.parent.name for path in INVALID if not faults(path)}
    assert BEYOND & seen <= unseen
    assert {path.stem for path in INVALID if not faults(path) and path.parent.name not in BEYOND} == UNSEEN


def test_every_field_is_explained_in_both_languages(library: Library) -> None:
    text = json.dumps(SCHEMA, ensure_ascii=False)
    keys = {table.fields[0] for table in library.tables.values()}  # of mappings: a key has no words of its own
    for table in (library.case, library.answer, *library.tables.values()):
        for item in set(walk(table.fields)) - keys:
            assert all(item.labels[lang] in text for lang in library.languages), item.name
    for question in library.questions.values():
        shown = _at(SCHEMA, "answers", question.name)
        assert shown["title"] == " / ".join(question.labels[lang] for lang in library.languages)
        assert all(question.extra["ask"][lang] in shown["description"] for lang in library.languages)


def _at(schema: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        schema = schema["properties"][name]
    return schema


def patterns(node: Any) -> Iterator[str]:
    """Every regular expression in a schema."""
    if isinstance(node, dict):
        yield from (text for key, text in node.items() if key == "pattern" and isinstance(text, str))
        for value in node.values():
            yield from patterns(value)
    elif isinstance(node, list):
        for value in node:
            yield from patterns(value)


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")
def test_editors_can_read_every_pattern() -> None:
    """Editors compile patterns in the strict mode of JavaScript, which refuses what Python lets pass."""
    found = sorted(set(patterns(SCHEMA)))
    assert len(found) > 5
    script = """
      const wrong = [];
      for (const text of JSON.parse(require("fs").readFileSync(0, "utf8")))
        try { new RegExp(text, "u") } catch (error) { wrong.push(`${text}: ${error.message}`) }
      console.log(JSON.stringify(wrong));
    """
    done = subprocess.run(
        ["node", "-e", script], input=json.dumps(found), capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert json.loads(done.stdout) == []
