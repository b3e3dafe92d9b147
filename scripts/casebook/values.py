"""Values of fields as the views see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from casebook.problem import Words
from casebook.schema import Library, Table, Term

#: A field's value: words in each language, a term or several, a name, a record, or text as written.
Value: TypeAlias = Any


@dataclass(frozen=True, eq=False, slots=True)
class Name:
    """The name of a place or body; unconfirmed where no source bears out its spelling."""

    words: Words
    unconfirmed: bool


@dataclass(frozen=True, eq=False, slots=True)
class Record:
    """Values of a record's fields, by the field's name."""

    table: Table
    values: Mapping[str, Value]

    def role(self, role: str) -> Value:
        """Return the value of the field with this role, ``None`` where it is blank or nowhere."""
        item = self.table.by_role.get(role)
        if item is None:
            return None
        if item.name in self.table.own:
            return self.values.get(item.name)
        inner = (value.role(role) for value in self.values.values() if isinstance(value, Record))
        return next((value for value in inner if value is not None), None)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row, and the terms joined to it.

    ``terms`` takes the name of a header column; for an answer, whose terms are joined by
    question and number, it takes anything.
    """

    library: Library
    cells: Mapping[str, str]
    terms: Callable[[str], tuple[Term, ...]]
