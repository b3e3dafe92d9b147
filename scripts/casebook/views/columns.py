"""A value for each case, packed for scripts: each different value once, and its number for each case.

A phone can hold ten thousand cases this way; as rows with names they would weigh twenty times as much.
``casebook.column`` of ``site/assets/base.js`` unpacks them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def column(values: Iterable[Any]) -> dict[str, Any]:
    """Return a column.

    Args:
        values: one for each case, anything that JSON can hold; or for each case a list of such values.

    Returns:
        ``values``, the different ones; ``codes``, the place among them for each case, in digits;
        ``width``, how many digits each of these takes. Lists come as places in ``parts``, the different things in them.
    """
    values = list(values)
    if not all(isinstance(value, list) for value in values):
        found = _Places()
        return _packed([found.of(value) for value in values]) | {"values": found.values}
    parts, lists = _Places(), _Places()
    numbers = [lists.of([parts.of(part) for part in value]) for value in values]
    return _packed(numbers) | {"values": lists.values, "parts": parts.values}


def order(values: Iterable[Any]) -> dict[str, Any]:
    """Return a column that has each value's place in the order of all instead of the value."""
    values = list(values)
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return _packed([places[value] for value in values])


def bits(flags: Iterable[bool]) -> str:
    """Return yes or no for each case, six to a digit, the first in the lowest place."""
    given = list(flags)
    six = (given[start : start + 6] for start in range(0, len(given), 6))
    return "".join(DIGITS[sum(flag << place for place, flag in enumerate(each))] for each in six)


class _Places:
    """Different values in the order in which they were first met."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._places: dict[str, int] = {}

    def of(self, value: Any) -> int:
        key = json.dumps(value, ensure_ascii=False)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]


def _packed(numbers: list[int]) -> dict[str, Any]:
    width = 1
    while max(numbers, default=0) >= len(DIGITS) ** width:
        width += 1
    powers = [len(DIGITS) ** place for place in reversed(range(width))]
    digits = (DIGITS[number // power % len(DIGITS)] for number in numbers for power in powers)
    return {"width": width, "codes": "".join(digits)}
