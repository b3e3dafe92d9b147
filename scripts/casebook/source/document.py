"""A file that was read: its text, its nodes, and where they stand."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode

from casebook.problem import MAX_PROBLEMS, WHOLE_FILE, Problem, Span
from casebook.source.sheet import Sheet


@dataclass(slots=True)
class Document:
    """A file that was read.

    Attributes:
        path: where it lies.
        file: its name in messages.
        text: its content with plain line ends, empty where it could not be decoded.
        root: the top node, or ``None`` where the text is no YAML mapping.
        problems: what is wrong with it as YAML.
        sheet: its lines as they were mended for reading.
        digest: SHA-256 of the bytes that were read, empty where none were.
    """

    path: Path
    file: str
    text: str = ""
    root: MappingNode | None = None
    problems: list[Problem] = field(default_factory=list)
    sheet: Sheet | None = None
    digest: bytes = b""
    _lines: list[str] | None = None
    _starts: list[int] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The text line by line; most files have nothing wrong, and nobody asks."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def problem(self, code: str, node: Node | None = None, **details: str | int | None) -> None:
        """Note a problem at ``node``, or of the whole file."""
        span = WHOLE_FILE if node is None else self.span(node)
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, self.file, span, details=details))

    def span(self, node: Node) -> Span:
        """Where a node stands in the text as written."""
        span = self.inside(span_of(node))
        if self.sheet is None or not self.sheet.edited:
            return span
        columns = (
            self.sheet.original(line - 1, column - 1) + 1
            for line, column in ((span.line, span.column), (span.end_line, span.end_column))
        )
        start, end = columns
        return Span(span.line, start, span.end_line, max(end, start + 1))

    def inside(self, span: Span) -> Span:
        """Return the span, or the end of the text for one on the line that YAML counts after the last."""
        if span.line <= len(self.lines):
            return span
        line, column = len(self.lines), len(self.lines[-1]) + 1
        return Span(line, column, line, column + 1)

    def is_torn(self, node: Node | None = None) -> bool:
        """Whether parts of a node, or of the file, could not be read; what seems missing may stand there."""
        if self.sheet is None or not self.sheet.torn:
            return False
        if node is None:
            return True
        first, last = node.start_mark.line, node.end_mark.line + (0 if node.value else 1)
        return any(first <= line <= last for line in self.sheet.torn)

    def place(self, node: Node, fragment: str) -> Span:
        """Where a fragment of a node's text stands, or the node where it is written in another way."""
        whole = self.span(node)
        for at in range(whole.line - 1, min(node.end_mark.line + 1, len(self.lines))):
            start = self.lines[at].find(fragment, whole.column - 1 if at == whole.line - 1 else 0)
            if start >= 0:
                return Span(at + 1, start + 1, at + 1, start + len(fragment) + 1)
        return whole

    def stretch(self, start: int, end: int) -> Span:
        """Return the place of a stretch of the text, from its offsets."""
        if not self._starts:
            self._starts = [0, *itertools.accumulate(len(line) + 1 for line in self.lines)]
        first, last = (bisect.bisect_right(self._starts, at) for at in (start, end))
        return Span(first, start - self._starts[first - 1] + 1, last, end - self._starts[last - 1] + 1)

    def rest_of_line(self, node: Node) -> str:
        """Return what follows a node that is written on one line, up to the line's end."""
        span = self.span(node)
        empty = node.start_mark.index == node.end_mark.index
        return self.lines[span.line - 1][span.column - 1 if empty else span.end_column - 1 :]


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
