"""YAML text → nodes with a position for each; whatever YAML itself gets wrong, as problems.

Scalars are kept as written: what ``no``, ``010`` or ``2024-01-22`` mean is decided by the
kind of the field they stand in, never by YAML's guesses.
"""

from __future__ import annotations

import bisect
import itertools
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebook.problem import MAX_PROBLEMS, WHOLE_FILE, Problem, Span
from casebook.source.decoding import GARBLED, GARBLED_SIGNS, UNSEEN, decode
from casebook.source.recovery import UNREAD, Sheet, mend_line, recover

__all__ = [
    "Document",
    "MappingNode",
    "Node",
    "Plain",
    "ScalarNode",
    "SequenceNode",
    "decode",
    "plain",
    "read",
    "span_of",
    "written",
]

#: A case is a few kilobytes, a thousand values and six levels; what is far beyond that is not a case.
MAX_BYTES = 512 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000

#: How much text is read again and again to get past mistakes; a case of usual size gets some fifty attempts.
MAX_REREAD = 300 * 1024
MIN_ATTEMPTS, MAX_ATTEMPTS = 4, 60

Plain: TypeAlias = "str | bool | int | float | list[Plain] | dict[str, Plain] | None"

#: A text that stands where a key belongs: the colon is full-width, or no blank follows it or the dash before it.
_KEY_IN_TEXT = re.compile(
    r"[A-Za-z_][\w-]{0,40}(?:\s*：|:[^\s/])|[\u4e00-\u9fff]{1,12}：|-[A-Za-z_]|[\u3000\u00a0－—–•·●]"
)
#: The same, before anything is parsed: whether it is worth while to look closer.
_PERHAPS = re.compile(r"\n[ -]*(?:[\w-]{1,40}\s*：|[A-Za-z_][\w-]{0,40}:[^\s/]|-[A-Za-z_]|[\u3000\u00a0－—–•·●])")
_PERHAPS_IN_BRACES = re.compile(r"[{,]\s*\w{1,40}\s*：|[｛［]")
#: A text that was meant to be a group.
_WIDE_BRACKET = re.compile(r"[｛［].*[｝］]", re.DOTALL)


@dataclass(slots=True)
class Document:
    """A file that was read.

    Attributes:
        path: where it lies.
        file: its name in messages.
        text: its content with plain line ends, empty where it could not be decoded.
        lines: the same, line by line.
        root: the top node, or ``None`` where the text is no YAML mapping.
        problems: what is wrong with it as YAML.
    """

    path: Path
    file: str
    text: str = ""
    lines: list[str] = field(default_factory=lambda: [""])
    root: MappingNode | None = None
    problems: list[Problem] = field(default_factory=list)
    _sheet: Sheet | None = None
    _starts: list[int] = field(default_factory=list)

    def problem(self, code: str, node: Node | None = None, **details: str | int | None) -> None:
        """Note a problem at ``node``, or of the whole file."""
        span = WHOLE_FILE if node is None else self.span(node)
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, self.file, span, details=details))

    def span(self, node: Node) -> Span:
        """Where a node stands in the text as written."""
        span = self.inside(span_of(node))
        if self._sheet is None or not self._sheet.edited:
            return span
        columns = (
            self._sheet.original(line - 1, column - 1) + 1
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
        if self._sheet is None or not self._sheet.torn:
            return False
        if node is None:
            return True
        first, last = node.start_mark.line, node.end_mark.line + (0 if node.value else 1)
        return any(first <= line <= last for line in self._sheet.torn)

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


def read(path: Path, file: str) -> Document:
    """Read one YAML file.

    Never raises for what a file contains: everything wrong is in ``problems``.
    """
    document = Document(path, file)
    try:
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            if len(data) <= MAX_BYTES:
                return parse(document, data)
            document.problem("too-large", limit=MAX_BYTES // 1024)
        else:
            document.problem("symlink" if stat.S_ISLNK(mode) else "not-a-file")
    except OSError as error:
        document.problem("unreadable", reason=error.strerror)
    return document


def parse(document: Document, data: bytes) -> Document:
    """Fill ``document`` from the bytes of its file."""
    text, faults = decode(data)
    for code, line, column, details in faults:
        span = Span(line, column, line, column + 1)
        document.problems.append(Problem(code, document.file, span, details=details))
    if text is None:
        return document
    document.text, document.lines = text, text.split("\n")
    sheet = document._sheet = Sheet(_visible(document, text if text.endswith("\n") else f"{text}\n"))
    root = _compose(document, sheet)
    if isinstance(root, MappingNode):
        if _inspect(document, root, sheet):
            document.root = root
    elif root is not None:
        document.problem("not-a-mapping", root)
    return document


def _visible(document: Document, text: str) -> str:
    """Return the text with a blank for each unseen character, so that reading can go on; note where they are."""
    odd = [(UNSEEN, "unsafe-character")] if UNSEEN.search(text) else []
    if any(sign in text for sign in GARBLED_SIGNS):
        odd.append((GARBLED, "garbled"))
    for pattern, code in odd:
        for number, found in itertools.islice(_found(pattern, text), MAX_PROBLEMS):
            span = Span(number, found.start() + 1, number, found.end() + 1)
            value = f"U+{ord(found.group()[0]):04X}"
            document.problems.append(Problem(code, document.file, span, details={"value": value}))
    return UNSEEN.sub(" ", text) if odd else text


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the first match of each line with its number."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := pattern.search(line):
            yield number, found


def _compose(document: Document, sheet: Sheet) -> Node | None:
    """Read the sheet, mending what stands in the way."""
    for _ in range(max(MIN_ATTEMPTS, min(MAX_ATTEMPTS, MAX_REREAD // (len(document.text) + 1)))):
        try:
            root: Node | None = yaml.compose(sheet.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            if "nesting depth" in str(error.problem):
                document.problem("too-deep", limit=MAX_DEPTH)
                return None
            problems, again = recover(sheet, error, document.file)
        else:
            suspects = sorted(set(_suspects(root, sheet))) if root and _is_suspect(sheet.text) else []
            problems = [each for line in suspects for each in mend_line(sheet, line, document.file)]
            again = bool(problems)
            if not again:
                if root is None and not sheet.torn:
                    document.problem("empty-file")
                return root
        document.problems.extend(replace(problem, span=document.inside(problem.span)) for problem in problems)
        if not again:
            break
    return None


def _is_suspect(text: str) -> bool:
    wide = any(sign in text for sign in "：｛［")
    return bool(_PERHAPS.search(f"\n{text}") or (wide and _PERHAPS_IN_BRACES.search(text)))


def _suspects(root: Node, sheet: Sheet) -> Iterator[int]:
    """Lines of unquoted texts that look like a key whose colon is not one for YAML."""
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode) and not key.style and _KEY_IN_TEXT.match(key.value):
                    yield key.start_mark.line
                stack.append(value)
        elif isinstance(node, SequenceNode):
            stack.extend(node.value)
        elif isinstance(node, ScalarNode) and not node.style:
            start = node.start_mark
            first = not sheet.lines[start.line][: start.column].strip(" -")
            if (first and _KEY_IN_TEXT.match(node.value)) or _WIDE_BRACKET.fullmatch(node.value):
                yield from range(start.line, min(node.end_mark.line, start.line + 20) + 1)


def _inspect(document: Document, root: MappingNode, sheet: Sheet) -> bool:
    """Find what is legal YAML but never meant in a case, and take it out: aliases, tags, repeated or odd keys.

    Returns:
        Whether what remains is small enough to be looked at.
    """
    inspector = _Inspector(document, sheet)
    stack: list[tuple[Node, Node, int]] = [(root, root, 1)]
    while stack:
        node, place, depth = stack.pop()
        inspector.count += len(node.value)
        if depth > MAX_DEPTH or inspector.count > MAX_NODES:
            code, limit = ("too-deep", MAX_DEPTH) if depth > MAX_DEPTH else ("too-many-parts", MAX_NODES)
            document.problem(code, place, limit=limit)
            return False
        if isinstance(node, MappingNode):
            node.value = [pair for pair in inspector.pairs(node) if inspector.keeps(pair[1], pair[0])]
            stack.extend((value, key, depth + 1) for key, value in node.value if not isinstance(value, ScalarNode))
        else:
            node.value = [each for each in node.value if inspector.keeps(each, each)]
            stack.extend((each, each, depth + 1) for each in node.value if not isinstance(each, ScalarNode))
    return True


class _Inspector:
    """Looks at one node after another; what only some files have is looked for only where it can be."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document = document
        self.sheet = sheet
        self.count = 0
        self._anchors, self._tags = "&" in document.text, "!" in document.text
        self._seen: set[int] = set()

    def pairs(self, node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        """Yield the pairs with a proper key, each key once."""
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._drop("odd-key", key)
            elif node.flow_style and not key.style and _is_left_out(value):
                self._drop("comma-in-braces", key, key=key.value)
            elif key.value in keys:
                self.document.problem("duplicate-key", key, key=key.value)
            else:
                keys.add(key.value)
                self._properties(key)
                yield key, value

    def keeps(self, node: Node, place: Node) -> bool:
        """Whether a node stands in one place only; notes its anchor or tag."""
        if self._anchors:
            if id(node) in self._seen:
                self._drop("alias", place)
                return False
            self._seen.add(id(node))
        self._properties(node)
        return True

    def _drop(self, code: str, place: Node, **details: str) -> None:
        self.document.problem(code, place, **details)
        self.sheet.torn.add(place.start_mark.line)

    def _properties(self, node: Node) -> None:
        """Note an anchor or a tag in front of a node."""
        if not (self._anchors or self._tags):
            return
        mark = node.start_mark
        char = self.sheet.lines[mark.line][mark.column : mark.column + 1]
        if node.tag == UNREAD and self.sheet.touched(mark.line):
            return
        if char == "&":
            self.document.problem("alias", node)
        elif char == "!":
            self.document.problem("tag", node, tag=node.tag.replace("tag:yaml.org,2002:", "!!"))


def _is_left_out(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and not node.value


class _Loader(yaml.SafeLoader):
    """Knows what could not be read, as nothing."""


_Loader.add_constructor(UNREAD, lambda *_: None)


def written(node: Node) -> Plain:
    """Return the node as ordinary Python data, every value as the text that was written; for cases."""
    if isinstance(node, MappingNode):
        return {key.value: written(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [written(each) for each in node.value]
    return str(node.value)


def plain(node: Node) -> Plain:
    """Return the node as ordinary Python data, by YAML 1.1's own rules; for schemas, not for cases."""
    value: Plain = _Loader("").construct_document(node)
    return value
