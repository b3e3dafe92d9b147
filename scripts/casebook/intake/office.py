"""The office formats by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from casebook.intake.layout import Grid, Layout
from casebook.intake.reading import Note

#: Names of the formats.
FORMATS = ("xlsx", "docx")


class Form(Protocol):
    """What each format can do."""

    def write(self, layout: Layout, grid: Grid | None, path: Path) -> None:
        """Write an empty file, or one that holds a case."""

    def read(self, layout: Layout, path: Path) -> tuple[Grid, dict[tuple[str, int, str], Any], list[Note]]:
        """Return what stands in a file, where it stands, and what is wrong before any check."""

    def annotate(self, path: Path, target: Path, notes: list[Note], cells: dict[tuple[str, int, str], Any]) -> None:
        """Write a copy in which each problem is marked."""


def form(name: str) -> Form:
    """Return a format; the libraries are loaded only when it is asked for."""
    from casebook.intake import word, workbook

    found: Form = workbook if name == "xlsx" else word
    return found
