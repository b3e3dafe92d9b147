"""The theme's page around a body, rendered once and filled many times.

A theme takes milliseconds for each page, most of them for what is the same on all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

#: Places in the shell, by name; what stands there is replaced.
PLACES = ("heading", "description", "body", "path")


def mark(name: str) -> str:
    """Return what stands in the shell where a place is to be filled. Escaping leaves it alone."""
    return f"casebook-place-{name}"


@dataclass(frozen=True)
class Shell:
    """A page cut at its places: pieces of text, and between them names of places."""

    pieces: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Shell:
        """Cut a page that the theme rendered with marks in it."""
        parts = re.split("|".join(f"({re.escape(mark(name))})" for name in PLACES), html)
        parts = [part for part in parts if part is not None]
        prefix = mark("")
        return cls(tuple(parts[::2]), tuple(part.removeprefix(prefix) for part in parts[1::2]))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the page. All values but ``body`` are text and are escaped."""
        ready = {name: value if name == "body" else escape(value) for name, value in values.items()}
        out = [self.pieces[0]]
        for name, piece in zip(self.places, self.pieces[1:], strict=True):
            out.append(ready[name])
            out.append(piece)
        return "".join(out)
