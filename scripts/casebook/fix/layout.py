"""How a case file is laid out: blanks, quotation marks, text of several lines, width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from casebook.fix.edits import applied
from casebook.problem import Problem, Span
from casebook.rows import Rows
from casebook.schema import Library
from casebook.source import Document, MappingNode, Node, Plain, ScalarNode, SequenceNode

#: Columns that a line with braces may take; a Chinese character takes two. Texts are never broken.
MAX_WIDTH = 150

_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_HAN}) (?={_HAN})")


def joined(said: Plain) -> Plain:
    """Return the same without the blanks that stand between Chinese characters."""
    if isinstance(said, dict):
        return {key: joined(value) for key, value in said.items()}
    if isinstance(said, list):
        return [joined(each) for each in said]
    return _BROKEN.sub("", said) if isinstance(said, str) else said


def quoted(rows: Rows, library: Library) -> str:
    """Put marks around texts that some readers of YAML take for something else."""
    return applied(rows.document.lines, rows.tidy)


def unfolded(rows: Rows, library: Library) -> str:
    """Join Chinese text that goes on in the next line; a blank would be read there."""
    document = rows.document
    edits = []
    for node in scalars(document):
        if node.start_mark.line < node.end_mark.line and node.style in ("", "'", '"') and _BROKEN.search(node.value):
            text = _BROKEN.sub("", node.value)
            edits.append(_replacing(document, node, text if _is_plain(node, text) else _in_quotes(text)))
    return applied(document.lines, edits)


def literal(rows: Rows, library: Library) -> str:
    """Write a text of several lines as a block, in which it is read as it stands."""
    document = rows.document
    edits = []
    for key, node in pairs(document):
        if isinstance(node, ScalarNode) and node.style == '"' and "\n" in node.value and _fits_block(document, node):
            indent = " " * (key.start_mark.column + 2)
            body = "\n".join(f"{indent}{line}" if line else "" for line in node.value.rstrip("\n").split("\n"))
            edits.append(_replacing(document, node, f"|{'' if node.value.endswith(chr(10)) else '-'}\n{body}"))
    return applied(document.lines, edits)


def narrowed(rows: Rows, library: Library) -> str:
    """Give each entry of braces that are too wide a line of its own."""
    document = rows.document
    edits = []
    for node, column in groups(document):
        line = document.lines[node.start_mark.line]
        if not (isinstance(node, MappingNode) and node.flow_style and node.value and _width(line) > MAX_WIDTH):
            continue
        if node.end_mark.line == node.start_mark.line and not line[node.end_mark.column :].strip():
            lead = "" if line[: node.start_mark.column].strip(" -") == "" else "\n" + " " * column
            entries = (line[key.start_mark.column : value.end_mark.column] for key, value in node.value)
            edits.append(_replacing(document, node, lead + f"\n{' ' * column}".join(entries)))
    text = applied(document.lines, edits)
    return re.sub(r":[ ]+\n", ":\n", text) if edits else text


def stripped(rows: Rows, library: Library) -> str:
    """Remove blanks at line ends and empty lines at the end; what stands in a text of several lines is its own."""
    document = rows.document
    kept = {
        line
        for node in scalars(document)
        if node.start_mark.line < node.end_mark.line
        for line in range(node.start_mark.line, last_line(document, node))
    }
    lines = [line if at in kept else line.rstrip(" \t") for at, line in enumerate(document.lines)]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


#: The steps in the order in which they are taken.
STEPS: Mapping[str, Callable[[Rows, Library], str]] = {
    "quotes": quoted,
    "folded": unfolded,
    "literal": literal,
    "wide": narrowed,
    "blanks": stripped,
}


def nodes(document: Document) -> Iterator[Node]:
    """Yield every node, keys as well."""
    stack: list[Node] = [document.root] if document.root else []
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, MappingNode):
            stack.extend(each for pair in node.value for each in pair)
        elif isinstance(node, SequenceNode):
            stack.extend(node.value)


def scalars(document: Document) -> Iterator[ScalarNode]:
    """Yield every text."""
    return (node for node in nodes(document) if isinstance(node, ScalarNode))


def pairs(document: Document) -> Iterator[tuple[ScalarNode, Node]]:
    """Yield the keys and values of everything that is written line by line."""
    for node in nodes(document):
        if isinstance(node, MappingNode) and not node.flow_style:
            yield from node.value


def groups(document: Document) -> Iterator[tuple[Node, int]]:
    """Yield what stands after a key or a dash that is on a line of its own, and the column its parts would have."""
    for node in nodes(document):
        if isinstance(node, MappingNode) and not node.flow_style:
            yield from ((value, key.start_mark.column + 2) for key, value in node.value)
        elif isinstance(node, SequenceNode) and not node.flow_style:
            yield from ((each, each.start_mark.column) for each in node.value)


def last_line(document: Document, node: Node) -> int:
    """Return the last line that belongs to a node; YAML counts what follows up to the next one."""
    last = node.end_mark.line
    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        return last
    if (
        node.end_mark.column == 0
        or not document.lines[min(last, len(document.lines) - 1)][: node.end_mark.column].strip()
    ):
        last -= 1
    while last > node.start_mark.line and _is_between(document.lines[last]):
        last -= 1
    return last


def _is_between(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _fits_block(document: Document, node: ScalarNode) -> bool:
    """Whether a block would be read as the same text: nothing before the first line, behind a line or at the end."""
    lines = node.value.removesuffix("\n").split("\n")
    alone = not document.lines[node.end_mark.line][node.end_mark.column :].strip()
    tidy = all(line == line.rstrip() and line.isprintable() for line in lines)
    return alone and tidy and lines[0] == lines[0].lstrip() != "" and lines[-1] != ""


def _is_plain(node: ScalarNode, text: str) -> bool:
    """Whether the text can go on without quotation marks where it had none."""
    return not node.style and ": " not in text and " #" not in text


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _replacing(document: Document, node: Node, text: str) -> Problem:
    start, end = node.start_mark, node.end_mark
    span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    return Problem("layout", document.file, span, fix=text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
