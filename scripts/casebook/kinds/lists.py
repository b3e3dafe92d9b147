"""Fields that hold several values; each value is a row of a joining table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.kinds.base import KINDS, Kind, expect, is_nothing, is_unread, nth
from casebook.kinds.guess import half_width
from casebook.problem import Step
from casebook.rows import CITATIONS, TERMS, Row, Slot
from casebook.schema import Field
from casebook.source import Node, ScalarNode, SequenceNode
from casebook.source.sheet import UNREAD
from casebook.values import Cells, Value

#: Columns that say which answer a joined value belongs to. Header fields have serial 0.
OWNER = ("case", "field", "serial")


def owner(slot: Slot) -> dict[str, str]:
    """Return the cells that tie a joined value to its case, field and answer."""
    if slot.question is None:
        return {"case": slot.rows.case, "field": slot.column, "serial": "0"}
    serial = slot.library.answer.by_role["serial"].name
    return {"case": slot.rows.case, "field": slot.question.name, "serial": slot.row.cells[serial]}


#: Terms or references that one field or answer may have where the schema says nothing; no more are read.
MAX_TERMS = 20

#: Signs that separate words in Chinese; YAML wants a comma and a blank.
_WIDE_COMMA = re.compile("[，、；;]|,(?! )")


def words(item: Field, node: Node, slot: Slot) -> Iterator[tuple[ScalarNode, str, tuple[Step, ...]]]:
    """Yield the entries of a list of single words; words that a Chinese comma joins are read apart, and reported."""
    entries = node.value[:MAX_TERMS] if isinstance(node, SequenceNode) else [node]
    for position, entry in enumerate(entries, 1):
        path: tuple[Step, ...] = (*slot.path[:-1], nth(item, position)) if len(entries) > 1 else slot.path
        if not isinstance(entry, ScalarNode):
            slot.rows.problem("expected-scalar", entry, path, field=item.labels)
            continue
        if entry.tag == UNREAD:
            continue
        if entry.value.isascii() and entry.value.isidentifier():  # as nearly all are; there is nothing to take apart
            yield entry, entry.value, path
            continue
        parts = [part for part in map(half_width, _WIDE_COMMA.split(entry.value)) if part]
        if len(parts) > 1 or (parts and parts[0] != entry.value and parts[0].isascii()):
            plain = ", ".join(parts)
            fix = plain if isinstance(node, SequenceNode) else f"[{plain}]"
            slot.rows.problem("fullwidth", entry, path, fix=fix, value=entry.value, plain=plain)
        else:
            parts = [entry.value]
        yield from ((entry, part, path) for part in parts)


class Terms(Kind):
    """Several terms of one vocabulary."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row a term, held against the vocabularies by a foreign key."""
        if isinstance(node, ScalarNode) and not is_nothing(node) and not is_unread(node):
            fix = f"[{node.value}]" if node.value.isascii() else None
            slot.problem("expected-list", node, fix=fix, field=item.labels)
        elif not expect(node, SequenceNode, item, slot):
            return
        vocabulary = slot.library.vocabulary_of(item, slot.question) if slot.question else item.vocabulary
        limit = item.constraints.get("maxLength", MAX_TERMS)
        if len(node.value) > limit and isinstance(node, SequenceNode):
            slot.problem("too-many", node, count=len(node.value), limit=limit)
        if not node.value:
            slot.problem("empty-list", node)
        seen: set[str] = set()
        whose = owner(slot)
        for entry, word, path in words(item, node, slot):
            if word in seen:
                slot.rows.problem("listed-twice", entry, path, value=word)
            else:
                seen.add(word)
                cells = {**whose, "vocabulary": str(vocabulary), "term": word}
                slot.rows.add(Row(TERMS, entry, path, cells))

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """The terms, in the order written."""
        return cells.terms(column) or None


class References(Kind):
    """Ids of rows in another table of the same case; one alone needs no list."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row a reference, held against the other table by a foreign key."""
        if isinstance(node, SequenceNode) and len(node.value) > MAX_TERMS:
            slot.problem("too-many", node, count=len(node.value), limit=MAX_TERMS)
        if isinstance(node, SequenceNode) or expect(node, ScalarNode, item, slot):
            whose, target = owner(slot), str(item.extra["to"])
            for entry, word, path in words(item, node, slot):
                slot.rows.add(Row(CITATIONS, entry, path, {**whose, target: word}))


KINDS.update(terms=Terms(), refs=References())
