"""Fields that hold several values; each value is a row of a joining table."""

from __future__ import annotations

from casebook.kinds.base import KINDS, Kind, expect
from casebook.problem import Step
from casebook.rows import CITATIONS, TERMS, Row, Slot
from casebook.schema import Field
from casebook.source import Node, ScalarNode, SequenceNode
from casebook.values import Cells, Value


#: Columns that say which answer a joined value belongs to. Header fields have serial 0.
OWNER = ("case", "field", "serial")


def owner(slot: Slot) -> dict[str, str]:
    """Return the cells that tie a joined value to its case, field and answer."""
    if slot.question is None:
        return {"case": slot.rows.case, "field": slot.column, "serial": "0"}
    serial = slot.library.answer.by_role["serial"].name
    return {"case": slot.rows.case, "field": slot.question.name, "serial": slot.row.cells[serial]}


class Terms(Kind):
    """Several terms of one vocabulary."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row a term, held against the vocabularies by a foreign key."""
        if not expect(node, SequenceNode, item, slot):
            return
        vocabulary = slot.library.vocabulary_of(item, slot.question) if slot.question else item.vocabulary
        limit = item.constraints.get("maxLength")
        if limit and len(node.value) > limit:
            slot.problem("too-many", node, count=len(node.value), limit=limit)
        if not node.value:
            slot.problem("empty-list", node)
        seen: set[str] = set()
        for position, entry in enumerate(node.value, 1):
            path: tuple[Step, ...] = (*slot.path, position)
            if not isinstance(entry, ScalarNode):
                slot.rows.problem("expected-scalar", entry, path, field=item.labels)
            elif entry.value in seen:
                slot.rows.problem("listed-twice", entry, path, value=entry.value)
            else:
                seen.add(entry.value)
                cells = {**owner(slot), "vocabulary": str(vocabulary), "term": entry.value}
                slot.rows.add(Row(TERMS, entry, path, cells))

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """The terms, in the order written."""
        return cells.terms(column) or None


class References(Kind):
    """Ids of rows in another table of the same case; one alone needs no list."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row a reference, held against the other table by a foreign key."""
        entries = node.value if isinstance(node, SequenceNode) else [node]
        for position, entry in enumerate(entries, 1):
            path: tuple[Step, ...] = (*slot.path, position) if len(entries) > 1 else slot.path
            if not isinstance(entry, ScalarNode):
                slot.rows.problem("expected-scalar", entry, path, field=item.labels)
                continue
            slot.rows.add(Row(CITATIONS, entry, path, {**owner(slot), str(item.extra["to"]): entry.value}))


KINDS.update(terms=Terms(), refs=References())
