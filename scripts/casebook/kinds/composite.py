"""Fields made of other fields, and those that fill tables of their own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from casebook.kinds.base import KINDS, Column, Kind, expect
from casebook.kinds.texts import Texts
from casebook.problem import Step
from casebook.rows import ANSWERS, Row, Slot
from casebook.schema import Field, Library, Table
from casebook.source import MappingNode, Node, ScalarNode, SequenceNode
from casebook.values import Cells, Record, Value


class State(StrEnum):
    """What a case says to a question. That nobody has reported anything is an answer."""

    ANSWERED = "answered"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"


#: How the states without answers are written in a case.
WRITTEN = {"not reported": State.NOT_REPORTED, "not applicable": State.NOT_APPLICABLE}


def guess(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def read_parts(fields: tuple[Field, ...], node: MappingNode, slot: Slot) -> None:
    """Read the parts of a record from a mapping: known keys, unknown keys, missing keys."""
    inline = next((item for item in fields if item.extra.get("inline")), None)
    languages = slot.library.languages if inline else ()
    named = {item.name: item for item in fields if item is not inline}
    texts: dict[str, Node] = {}
    seen: set[str] = set()
    for key, value in node.value:
        name = key.value
        if name in languages:
            texts[name] = value
        elif name in named and name not in seen:
            seen.add(name)
            KINDS[named[name].kind].read(named[name], value, slot.part(named[name]))
        elif name not in named:
            slot.problem("unknown-key", key, key=name, guess=guess(name, [*named, *languages]))
    if inline and isinstance(kind := KINDS[inline.kind], Texts):
        kind.read_languages(inline, texts, node, slot.part(inline))
    for item in named.values():
        if item.required and item.name not in seen:
            slot.problem("missing-key", node, key=item.name, field=item.labels)


def parts_columns(fields: tuple[Field, ...], prefix: str, library: Library) -> list[Column]:
    """Return the flat columns of a record's parts."""
    columns: list[Column] = []
    for item in fields:
        name = f"{prefix}_{item.name}" if prefix else item.name
        columns.extend(KINDS[item.kind].columns(item, name, library))
    return columns


def parts_values(fields: tuple[Field, ...], prefix: str, cells: Cells) -> dict[str, Value]:
    """Return the values of a record's parts by name, without those that are blank."""
    found = ((item.name, KINDS[item.kind].value(item, f"{prefix}{item.name}", cells)) for item in fields)
    return {name: value for name, value in found if value is not None}


class Object(Kind):
    """A record within the record; its parts are columns of the same row."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """Read the parts."""
        if expect(node, MappingNode, item, slot):
            read_parts(item.fields, node, slot)

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """The columns of all parts."""
        return parts_columns(item.fields, name, library)

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """A record of its own."""
        values = parts_values(item.fields, f"{column}_", cells)
        return Record(Table(item.name, item.fields), values) if values else None


class Records(Kind):
    """A list of records, rows of another table."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row a record."""
        if not expect(node, SequenceNode, item, slot):
            return
        if not node.value:
            slot.problem("empty-list", node)
        table = slot.library.tables[item.extra["table"]]
        for position, entry in enumerate(node.value, 1):
            path: tuple[Step, ...] = (*slot.path, position)
            if not isinstance(entry, MappingNode):
                slot.rows.problem("expected-mapping", entry, path, field=item.labels)
                continue
            row = slot.rows.add(Row(table.name, entry, path, {"case": slot.rows.case}))
            read_parts(table.fields, entry, replace(slot, row=row, column="", path=path))


class Entries(Kind):
    """A mapping of id to text, rows of another table that has just these two fields."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row an entry; it remembers the record it stands in."""
        if not expect(node, MappingNode, item, slot):
            return
        if not node.value:
            slot.problem("empty-list", node)
        table = slot.library.tables[item.extra["table"]]
        key_field, value_field = table.fields
        parent = slot.row
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue
            path: tuple[Step, ...] = (*slot.path, key.value)
            cells = {"case": slot.rows.case, parent.table: parent.cells.get(key_field.name, "")}
            row = slot.rows.add(Row(table.name, key, path, cells))
            inner = replace(slot, row=row, column="", path=path)
            KINDS[key_field.kind].read(key_field, key, replace(inner, column=key_field.name))
            KINDS[value_field.kind].read(value_field, value, replace(inner, column=value_field.name))


class Answers(Kind):
    """A mapping of question to what the case says to it."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row an answer, and one for a question without any."""
        if not expect(node, MappingNode, item, slot):
            return
        questions = slot.library.questions
        for key, value in node.value:
            question = questions.get(key.value)
            if question is None:
                slot.problem("unknown-question", key, key=key.value, guess=guess(key.value, questions))
                continue
            slot.rows.attempted.add(question.name)
            self._read_question(question, key, value, replace(slot, path=(question.labels,)))

    def _read_question(self, question: Field, key: Node, node: Node, slot: Slot) -> None:
        if isinstance(node, ScalarNode):
            state = WRITTEN.get(node.value)
            if state is None:
                slot.problem("not-an-answer", node, value=node.value[:40])
            else:
                cells = {"case": slot.rows.case, "question": question.name, "state": state.value}
                slot.rows.add(Row(ANSWERS, key, slot.path, cells))
        elif isinstance(node, SequenceNode) and node.value:
            for position, entry in enumerate(node.value, 1):
                self._read_answer(question, position, entry, replace(slot, path=(*slot.path, position)))
        else:
            slot.problem("not-an-answer", key if isinstance(node, MappingNode) else node, value="")

    def _read_answer(self, question: Field, position: int, node: Node, slot: Slot) -> None:
        if not isinstance(node, MappingNode):
            slot.problem("expected-mapping", node, field=question.labels)
            return
        cells = {"case": slot.rows.case, "question": question.name, "state": State.ANSWERED.value}
        row = slot.rows.add(Row(ANSWERS, node, slot.path, cells))
        answer = slot.library.answer
        serial = answer.by_role["serial"].name
        numbered = (value.value for key, value in node.value if key.value == serial and isinstance(value, ScalarNode))
        row.cells[serial] = next(numbered, str(position))
        parts = tuple(part for part in answer.fields if part.allows(question.kind))
        read_parts(parts, node, replace(slot, row=row, column="", question=question))


KINDS.update(object=Object(), records=Records(), entries=Entries(), answers=Answers())
