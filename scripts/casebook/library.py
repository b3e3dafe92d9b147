"""The schemas, made sure that code knows every kind they name and that their workshops are whole."""

from __future__ import annotations

from pathlib import Path

from casebook import schema, tables, workshops
from casebook.schema import Library


def open_library(folder: Path) -> Library:
    """Load the schemas.

    Raises:
        schema.SchemaError: with every problem found.
    """
    library = schema.load(folder)
    if problems := [*tables.unknown_kinds(library), *workshops.problems(library)]:
        raise schema.SchemaError(problems)
    return library
