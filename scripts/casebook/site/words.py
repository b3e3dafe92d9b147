"""Words of the interface in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("words.yaml")

#: The part of the file that goes to scripts.
SCRIPTS = "scripts"


@cache
def _all() -> dict[str, dict[str, str]]:
    """Every word by its dotted key, the languages below it."""
    found: dict[str, dict[str, str]] = {}

    def walk(prefix: str, node: Mapping[str, Any]) -> None:
        if all(isinstance(value, str) for value in node.values()):
            found[prefix] = dict(node)
            return
        for key, value in node.items():
            walk(f"{prefix}.{key}" if prefix else key, value)

    walk("", yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    return found


@dataclass(frozen=True)
class Words:
    """Looks words up by key and fills their places in.

    Args:
        lang: language code.
        given: facts that any word may name, such as ``sample``.
    """

    lang: str
    given: Mapping[str, str]

    def __call__(self, key: str, **values: Any) -> str:
        """Return a word; where it counts, English has a form for many.

        Raises:
            KeyError: there is no such word, or not in this language.
        """
        words = _all()[key]
        many = values.get("n") != 1 and f"{self.lang}_many" in words
        return words[f"{self.lang}_many" if many else self.lang].format_map({**self.given, **values})

    def for_scripts(self, section: str = SCRIPTS) -> dict[str, str]:
        """Return the words of a section, places still open."""
        found = ((key.partition("."), words[self.lang]) for key, words in _all().items())
        return {rest: word for (first, _, rest), word in found if first == section}
