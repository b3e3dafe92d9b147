"""YAML text → nodes with a position for each; whatever YAML itself gets wrong, as problems.

Scalars are kept as written: what ``no``, ``010`` or ``2024-01-22`` mean is decided by the
kind of the field they stand in, never by YAML's guesses.
"""

from __future__ import annotations

import hashlib
import itertools
import operator
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml._yaml import CParser
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebook.problem import MAX_PROBLEMS, Problem, Span
from casebook.source.decoding import GARBLED, GARBLED_SIGNS, UNSEEN, decode
from casebook.source.document import Document, span_of
from casebook.source.inspector import MAX_DEPTH, inspect
from casebook.source.recovery import mend_line, recover, suspects
from casebook.source.sheet import UNREAD, Sheet

__all__ = [
    "TEXT",
    "Document",
    "MappingNode",
    "Node",
    "Plain",
    "ScalarNode",
    "SequenceNode",
    "decode",
    "implicit_tag",
    "plain",
    "read",
    "span_of",
    "written",
]

#: A case is a few kilobytes; what is far larger is not a case.
MAX_BYTES = 512 * 1024

#: How much text is read again and again to get past mistakes; a case of usual size gets some fifty attempts.
MAX_REREAD = 300 * 1024
MIN_ATTEMPTS, MAX_ATTEMPTS = 4, 60

Plain: TypeAlias = "str | bool | int | float | list[Plain] | dict[str, Plain] | None"


def read(path: Path, file: str) -> Document:
    """Read one YAML file.

    Never raises for what a file contains: everything wrong is in ``problems``.
    """
    document = Document(path, file)
    try:
        status = path.lstat()
        mode = status.st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as stream:
                data = stream.read(min(status.st_size, MAX_BYTES) + 1)
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
    document.digest = hashlib.sha256(data).digest()
    text, faults = decode(data)
    for code, line, column, details in faults:
        span = Span(line, column, line, column + 1)
        document.problems.append(Problem(code, document.file, span, details=details))
    if text is None:
        return document
    document.text = text
    sheet = document.sheet = Sheet(_visible(document, text if text.endswith("\n") else f"{text}\n"))
    root = _compose(document, sheet)
    if isinstance(root, MappingNode):
        if inspect(document, root, sheet):
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
            root = _Reader(sheet.text).get_single_node()
        except yaml.MarkedYAMLError as error:
            if "nesting depth" in str(error.problem):
                document.problem("too-deep", limit=MAX_DEPTH)
                return None
            problems, again = recover(sheet, error, document.file)
        else:
            lines = suspects(root, sheet) if root else []
            problems = [each for line in lines for each in mend_line(sheet, line, document.file)]
            again = bool(problems)
            if not again:
                if root is None and not sheet.torn:
                    document.problem("empty-file")
                return root
        document.problems.extend(replace(problem, span=document.inside(problem.span)) for problem in problems)
        if not again:
            break
    return None


#: Tags of what is written without any.
TEXT = "tag:yaml.org,2002:str"
_TAGS = {ScalarNode: TEXT, SequenceNode: "tag:yaml.org,2002:seq", MappingNode: "tag:yaml.org,2002:map"}


class _Reader(CParser):
    """Makes no guess at what a text without quotation marks could be; guessing costs as much time as reading."""

    #: Called before and after each node, to no end: nothing depends on where a node stands. What is built in is quick.
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(bool)

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Return the tag of what is written without any."""
        return _TAGS[kind]


class _Loader(yaml.SafeLoader):
    """Makes the guesses that were not made in reading; knows what could not be read, as nothing."""

    def construct_object(self, node: Node, deep: bool = False) -> Plain:
        """Return what a node says."""
        if isinstance(node, ScalarNode):
            node.tag = implicit_tag(node)
        value: Plain = super().construct_object(node, deep)
        return value


_Loader.add_constructor(UNREAD, lambda *_: None)
_resolver: Any = yaml.SafeLoader("")


def implicit_tag(node: ScalarNode) -> str:
    """Return the tag of a text, by YAML 1.1's own rules where it is written without quotation marks or a tag."""
    if node.style or node.tag != TEXT:
        return node.tag
    tag: str = _resolver.resolve(ScalarNode, node.value, (True, False))
    return tag


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
