"""What a step of a migration can do to a case file, as edits of its text; everything else stays as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from casebook.fix.confirm import put
from casebook.problem import Problem
from casebook.source import Document, MappingNode, Node, ScalarNode, SequenceNode

#: What the schemas say of a step.
Given: TypeAlias = Mapping[str, Any]


def edits(document: Document, step: Given) -> Iterator[Problem]:
    """Yield the edits that a step makes; none where a file is past it.

    Args:
        document: a case file.
        step: an entry of ``steps``: its kind with what that is about, and ``at``, where in the file.
    """
    kind = next(name for name in KINDS if name in step)
    if document.root is not None:
        for node in _at(document.root, tuple(str(step.get("at", "")).split(".")) if step.get("at") else ()):
            yield from KINDS[kind](document, node, step)


def _at(node: Node, path: tuple[str, ...]) -> Iterator[Node]:
    """Yield the nodes that a path leads to; a star stands for each entry of a list or a record."""
    if not path:
        yield node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if path[0] in ("*", key.value):
                yield from _at(value, path[1:])
    elif isinstance(node, SequenceNode) and path[0] == "*":
        for value in node.value:
            yield from _at(value, path[1:])


def _entry(node: Node, name: Any) -> tuple[ScalarNode, Node] | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == name), None)


def _rename(document: Document, node: Node, step: Given) -> Iterator[Problem]:
    """A key gets another name; a file that has both is left to its author."""
    if (found := _entry(node, step["rename"])) and not _entry(node, step["to"]):
        yield Problem("migrated", document.file, document.span(found[0]), fix=str(step["to"]))


def _replace(document: Document, node: Node, step: Given) -> Iterator[Problem]:
    """A value gets another name, alone or in a list."""
    for each in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(each, ScalarNode) and each.value == step["replace"]:
            yield Problem("migrated", document.file, document.span(each), fix=str(step["to"]))


def _nest(document: Document, node: Node, step: Given) -> Iterator[Problem]:
    """A value becomes the first part of a record."""
    found = _entry(node, step["nest"])
    if found and isinstance(found[1], ScalarNode):
        span = document.span(found[1])
        line = document.lines[span.line - 1]
        text = line[span.column - 1 : span.end_column - 1] if span.line == span.end_line else f'"{found[1].value}"'
        yield Problem("migrated", document.file, span, fix=f"{{{step['under']}: {text}}}")


def _default(document: Document, node: Node, step: Given) -> Iterator[Problem]:
    """A key that every older file means without saying so is said."""
    if isinstance(node, MappingNode) and node.value and not _entry(node, step["default"]):
        yield put(document, node, str(step["default"]), str(step["value"]))


Step: TypeAlias = Callable[[Document, Node, Given], Iterator[Problem]]

#: Kinds of step by the word that the schemas use, and what else each needs to be told.
KINDS: Mapping[str, Step] = {"rename": _rename, "replace": _replace, "nest": _nest, "default": _default}
NEEDS = {"rename": ("to",), "replace": ("to",), "nest": ("under",), "default": ("value",)}
