"""The sub-commands of ``casebook``, one a module, found by themselves.

A command is a module here with ``WORDS`` (what it does, for the list of commands),
``arguments(parser)`` that adds its arguments, and ``run(arguments)`` that returns the exit code.
The order of the modules' ``PLACE`` is the order of the list. A module whose name would be a
word of Python ends in an underscore, which is no part of the command's name.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable
from types import ModuleType

#: Exit codes: all is well; something is wrong with a case; the command was misused.
OK, PROBLEMS, USAGE = 0, 1, 2


def names() -> frozenset[str]:
    """Return the names of all commands; none of them is loaded."""
    return frozenset(info.name.rstrip("_") for info in pkgutil.iter_modules(__path__))


def load(wanted: Iterable[str]) -> dict[str, ModuleType]:
    """Return commands by name, in the order they are listed."""
    own = {info.name.rstrip("_"): info.name for info in pkgutil.iter_modules(__path__)}
    modules = {name: importlib.import_module(f"{__name__}.{own[name]}") for name in wanted}
    return dict(sorted(modules.items(), key=lambda each: each[1].PLACE))


def refuse(words: str) -> int:
    """Say why a command does nothing."""
    print(words, file=sys.stderr)
    return USAGE
