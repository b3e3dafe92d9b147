"""The theme's page around a body, rendered once and filled many times.

A theme takes milliseconds for each page, most of them for what is the same on all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

#: Shells of pages made from data, named after the folder of the pages unless they say another: their layout, the
#: scripts they need, the picture that stands for them (see :mod:`casebook.views.share`).
SECTIONS: dict[str, dict[str, Any]] = {
    "cases": {"scripts": ["gloss.js", "share.js"], "picture": "cases"},
    "withdrawn": {"folder": "cases", "unlisted": True, "picture": "cases"},
    "approaches": {"scripts": ["gloss.js"], "picture": "approaches"},
    "kit": {"picture": "approaches"},
    "list": {},
    "embed": {"layout": "bare", "unlisted": True, "scripts": ["answers.js", "embed.js"]},
    "embed/cases": {"layout": "bare", "unlisted": True, "picture": "cases"},
    "workshop": {"layout": "sheets"},
    "own": {"folder": "workshop", "layout": "sheets", "scripts": ["answers.js", "vendor/qr.min.js", "pack.js"]},
    "project": {"folder": "workshop", "layout": "bare", "scripts": ["answers.js", "vendor/qr.min.js", "project.js"]},
}

#: Places in the shell, by name; what stands there is replaced. ``edition`` is the name of the edition's data.
PLACES = ("heading", "description", "body", "path", "edition")


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


@dataclass
class Frame:
    """What the theme makes in one language; it stays as it is when cases change.

    Attributes:
        shells: by section.
        pages: hand-written pages by address, their places and views still open.
        guides: the same pages as they were written, to be searched.
    """

    shells: dict[str, Shell] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    guides: list[dict[str, str]] = field(default_factory=list)
