"""YAML text → nodes with a position for each; whatever YAML itself gets wrong, as problems.

Scalars are kept as written: what ``no``, ``010`` or ``2024-01-22`` mean is decided by the
kind of the field they stand in, never by YAML's guesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebook.problem import WHOLE_FILE, Problem, Span

__all__ = ["Document", "MappingNode", "Node", "Plain", "ScalarNode", "SequenceNode", "plain", "read", "span_of"]

#: A case is a few kilobytes; what is larger is not a case.
MAX_BYTES = 512 * 1024
MAX_DEPTH = 20

Plain: TypeAlias = "str | bool | int | float | None | list[Plain] | dict[str, Plain]"

_PLAIN_TAGS = ("tag:yaml.org,2002:",)


@dataclass(slots=True)
class Document:
    """A file that was read.

    Attributes:
        path: where it lies.
        file: its name in messages.
        text: its content, empty where it could not be decoded.
        root: the top node, or ``None`` where the text is no YAML mapping.
        problems: what is wrong with it as YAML.
    """

    path: Path
    file: str
    text: str = ""
    root: MappingNode | None = None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, code: str, node: Node | None = None, **details: str | int) -> None:
        """Note a problem at ``node``, or of the whole file."""
        span = WHOLE_FILE if node is None else span_of(node)
        self.problems.append(Problem(code, self.file, span, details=details))


def span_of(node: Node) -> Span:
    """Where a node stands. A collection is placed at its first line only, so that messages stay short."""
    start, end = node.start_mark, node.end_mark
    line, column = start.line + 1, start.column + 1
    if end.line == start.line:
        return Span(line, column, line, max(end.column + 1, column + 1))
    if isinstance(node, ScalarNode) or not node.value:
        return Span(line, column, line, column + 1)
    first = node.value[0][0] if isinstance(node, MappingNode) else node.value[0]
    return span_of(first)


def read(path: Path, file: str) -> Document:
    """Read one YAML file.

    Never raises for what a file contains: everything wrong is in ``problems``.
    """
    document = Document(path, file)
    if path.is_symlink():
        document.problem("symlink")
        return document
    data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    if data is None:
        document.problem("too-large", limit=MAX_BYTES // 1024)
        return document
    return parse(document, data)


def parse(document: Document, data: bytes) -> Document:
    """Fill ``document`` from the bytes of its file."""
    try:
        document.text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        document.problem("not-utf8", byte=error.start)
        return document
    try:
        root = yaml.compose(document.text, Loader=yaml.CSafeLoader)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, RecursionError) as error:
        document.problems.append(_syntax_problem(document.file, error))
        return document
    if root is None:
        document.problem("empty-file")
    elif not isinstance(root, MappingNode):
        document.problem("not-a-mapping", root)
    else:
        before = len(document.problems)
        _inspect(document, root)
        if len(document.problems) == before or not _unsafe(document):
            document.root = root
    return document


def _unsafe(document: Document) -> bool:
    return any(problem.code in ("alias", "too-deep") for problem in document.problems)


def _syntax_problem(file: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    if mark is None:
        return Problem("syntax", file, details={"reason": reason})
    place = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    return Problem("syntax", file, place, details={"reason": reason})


def _inspect(document: Document, root: Node) -> None:
    """Find what is legal YAML but never meant in a case: aliases, tags, repeated or odd keys, depth."""
    seen: set[int] = set()
    stack: list[tuple[Node, int]] = [(root, 1)]
    while stack:
        node, depth = stack.pop()
        if id(node) in seen:
            document.problem("alias", node)
            return
        seen.add(id(node))
        if depth > MAX_DEPTH:
            document.problem("too-deep", node, limit=MAX_DEPTH)
            return
        if not node.tag.startswith(_PLAIN_TAGS):
            document.problem("tag", node, tag=node.tag)
        stack.extend((child, depth + 1) for child in _children(document, node))


def _children(document: Document, node: Node) -> Iterator[Node]:
    if isinstance(node, SequenceNode):
        yield from node.value
    elif isinstance(node, MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                document.problem("odd-key", key)
            elif key.value in keys:
                document.problem("duplicate-key", key, key=key.value)
            else:
                keys.add(key.value)
            yield value


def plain(node: Node) -> Plain:
    """Return the node as ordinary Python data, by YAML 1.1's own rules; for schemas, not for cases."""
    loader = yaml.SafeLoader("")
    value: Plain = loader.construct_document(node)
    return value
