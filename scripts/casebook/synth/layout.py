"""A record as the YAML people would write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from casebook.kinds.composite import WRITTEN


def text(record: dict[str, Any]) -> str:
    """Return a record as a file's text."""
    return "".join(_lines(record, ""))


def _lines(record: dict[str, Any], indent: str) -> Iterator[str]:
    """Yield the lines of a mapping, small parts in one line each."""
    for key, value in record.items():
        if _small(value):
            yield f"{indent}{key}: {_flow(value)}\n"
        elif isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from _lines(value, f"{indent}  ")
        else:
            yield f"{indent}{key}:\n"
            for entry in value:
                body = "".join(_lines(entry, f"{indent}    "))
                yield f"{indent}  - {body.lstrip()}"


def _small(value: Any) -> bool:
    if isinstance(value, dict):
        parts = value.values()
        return not any(isinstance(part, dict | list) for part in parts) and sum(len(str(part)) for part in parts) < 60
    return not (isinstance(value, list) and any(isinstance(part, dict) for part in value))


def _flow(value: Any) -> str:
    """Return a value in one line; JSON is YAML as well."""
    if isinstance(value, str) and value in WRITTEN:
        return value
    return json.dumps(value, ensure_ascii=False)
