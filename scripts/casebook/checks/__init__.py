"""Rules that cross fields, one a module, found by themselves.

A rule is a module here with a function ``check(rows, library)`` that yields problems.
It may rely on nothing: rows hold whatever could be read, and a blank is the business
of another rule.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import TypeAlias

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library

Check: TypeAlias = Callable[[Rows, Library], Iterator[Problem]]


def discover() -> list[Check]:
    """Return the rules in the order of their modules' names."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").check for name in names]
