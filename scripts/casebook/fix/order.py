"""The usual order of what a case file holds: that of the schemas. Comments go with what they stand above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebook.fix.layout import last_line
from casebook.rows import Rows
from casebook.schema import Field, Library
from casebook.source import Document, MappingNode, Node, ScalarNode, SequenceNode


def ordered(rows: Rows, library: Library) -> str:
    """Bring everything that is written line by line into order, the innermost first."""
    document = rows.document
    lines = list(document.lines)
    if document.root:
        found = list(_records(document.root, library.case.fields, library))
        for node, names in reversed(found):
            _sort(document, lines, node, names)
    return "\n".join(lines)


def _records(node: Node, fields: Iterable[Field], library: Library) -> Iterator[tuple[MappingNode, list[str]]]:
    """Yield each group of entries with the names of its entries in the usual order, the outermost first."""
    if not isinstance(node, MappingNode):
        return
    named = {item.name: item for item in fields}
    yield node, list(_names(fields, library))
    for key, value in node.value:
        item = named.get(key.value)
        if item is None:
            continue
        if item.kind == "object":
            yield from _records(value, item.fields, library)
        elif item.kind == "records":
            for entry in value.value if isinstance(value, SequenceNode) else ():
                yield from _records(entry, library.tables[item.extra["table"]].fields, library)
        elif item.kind == "answers" and isinstance(value, MappingNode):
            yield value, list(library.questions)
            for _, answers in value.value:
                for entry in answers.value if isinstance(answers, SequenceNode) else ():
                    yield from _records(entry, library.answer.fields, library)
        elif item.kind in ("text", "name") and isinstance(value, MappingNode):
            yield value, list(library.languages)


def _names(fields: Iterable[Field], library: Library) -> Iterator[str]:
    for item in fields:
        if item.extra.get("inline"):
            yield from library.languages
        else:
            yield item.name


def _sort(document: Document, lines: list[str], node: MappingNode, names: list[str]) -> None:
    """Sort the entries of one group in place; lines of its own groups have been sorted already."""
    rank = {name: at for at, name in enumerate(names)}
    keys = [key for key, _ in node.value]
    if node.flow_style or len(keys) < 2 or not all(key.value in rank for key in keys):
        return
    wanted = sorted(range(len(keys)), key=lambda at: rank[keys[at].value])
    starts = [key.start_mark.line for key in keys]
    if wanted == list(range(len(keys))) or len(set(starts)) < len(keys):
        return
    firsts = [starts[0], *(_with_comments(document, keys[at], starts[at]) for at in range(1, len(keys)))]
    ends = [*(first - 1 for first in firsts[1:]), last_line(document, node.value[-1][1])]
    column = keys[0].start_mark.column
    lead = lines[starts[0]][:column]
    blocks = [lines[first : end + 1] for first, end in zip(firsts, ends, strict=True)]
    blocks[0][0] = " " * column + blocks[0][0][column:]
    result = [line for at in wanted for line in blocks[at]]
    if lead.strip():  # the dash of a list stays where it is: before whichever entry comes first
        if result[0].lstrip().startswith("#"):
            return
        result[0] = lead + result[0][column:]
    lines[firsts[0] : ends[-1] + 1] = result


def _with_comments(document: Document, key: ScalarNode, line: int) -> int:
    """Return the first of the comment lines right above an entry, or its own line."""
    column = key.start_mark.column
    while line and document.lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line
