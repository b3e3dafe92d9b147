"""The package reads as the path a case travels: a module imports only what stands before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT

PACKAGE = ROOT / "scripts" / "casebook"
ORDER = [
    "problem",
    "progress",
    "source",
    "schema",
    "values",
    "rows",
    "kinds",
    "tables",
    "workshops",
    "library",
    "checks",
    "validate",
    "model",
    "views",
    "permanence",
    "addresses",
    "report",
    "card",
    "review",
    "fix",
    "migrations",
    "synth",
    "kitfiles",
    "intake",
    "site",
    "commands",
    "cli",
    "__main__",
]


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def layer(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Layers that a module imports when it is loaded; imports inside functions wait until they are needed."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("casebook"):
            rest = node.module.split(".")[1:]
            yield from [rest[0]] if rest else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("casebook."))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_backwards(path: Path) -> None:
    own = layer(path.relative_to(PACKAGE).parts)
    assert own in ORDER, f"{own} has no place in the order"
    for other in imported(path):
        assert ORDER.index(other) <= ORDER.index(own), f"{own} imports {other}, which stands behind it"


def test_two_modules_know_mkdocs() -> None:
    knowing = [path.name for path in modules() if "mkdocs" in _roots(path)]
    assert knowing == ["plugin.py", "running.py"]


def _roots(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
    return found
