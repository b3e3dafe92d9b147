"""Fields made of other fields, and those that fill tables of their own."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casebook.kinds.base import KINDS, Column, Kind, expect, is_unread, nth
from casebook.kinds.guess import guess, guess_key, half_width, keys
from casebook.kinds.texts import Texts
from casebook.problem import Step, Words
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

#: What people write for them in Chinese.
SPOKEN = {
    **dict.fromkeys(("没有报道", "没报道", "未报道", "无报道", "未见报道"), "not reported"),
    **dict.fromkeys(("不适用", "不涉及"), "not applicable"),
}

#: Answers that a question may have, and records that a case may have of one kind.
MAX_ENTRIES = 60


def read_parts(fields: tuple[Field, ...], node: MappingNode, slot: Slot, elsewhere: tuple[Field, ...] = ()) -> None:
    """Read the parts of a record from a mapping: known keys, unknown keys, missing keys.

    ``elsewhere`` are parts that exist, but not in a record of this sort.
    """
    shape = _shape(fields, slot.library)
    named, languages = shape.named, shape.languages
    texts: dict[str, Node] = {}
    seen = {key.value for key, _ in node.value}
    for key, value in node.value:
        name = key.value
        if name not in named and name not in languages:
            name = _known_key(key, {**keys(named.values()), **languages}, keys(elsewhere), seen, slot)
        if name in languages:
            texts[name] = value
        elif name in named:
            item = named[name]
            KINDS[item.kind].read(item, value, slot.part(item))
    if shape.inline and isinstance(kind := KINDS[shape.inline.kind], Texts):
        kind.read_languages(shape.inline, texts, node, slot.part(shape.inline))
    for item in shape.required:
        if item.name not in seen:
            slot.problem("missing-key", node, key=item.name, field=item.labels)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of a record before it is read.

    Attributes:
        inline: the part whose languages are keys of the record itself.
        languages: these keys with their labels, none without such a part.
        named: the other parts by name.
        required: those of them that must be there.
    """

    inline: Field | None
    languages: Mapping[str, Words]
    named: Mapping[str, Field]
    required: tuple[Field, ...]


@functools.lru_cache(maxsize=256)
def _shape(fields: tuple[Field, ...], library: Library) -> _Shape:
    inline = next((item for item in fields if item.extra.get("inline")), None)
    languages = {lang: library.info["languages"][lang] for lang in library.languages} if inline else {}
    named = {item.name: item for item in fields if item is not inline}
    return _Shape(inline, languages, named, tuple(item for item in named.values() if item.required))


@functools.lru_cache(maxsize=256)
def _parts(library: Library, kind: str) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Return the parts that an answer to a question of a kind may have, and those that only others have."""
    every = library.answer.fields
    return tuple(part for part in every if part.allows(kind)), tuple(part for part in every if not part.allows(kind))


def _known_key(
    key: Node, known: Mapping[str, Words], elsewhere: Mapping[str, Words], seen: set[str], slot: Slot
) -> str | None:
    """Report a key that is not known, and return the one it stands for beyond doubt.

    The one that was meant counts as seen: it is wrong, not missing.
    """
    if key.value in elsewhere:
        slot.problem("misplaced-key", key, key=key.value, field=elsewhere[key.value])
        return None
    meant, sure = guess_key(key.value, known)
    if sure in seen:
        sure = None
    slot.problem("unknown-key", key, fix=sure, key=key.value, guess=meant)
    if meant:
        seen.add(meant)
    return sure


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
        entries = listed(item, node, slot)
        table = slot.library.tables[item.extra["table"]]
        for position, entry in enumerate(entries, 1):
            path: tuple[Step, ...] = (*slot.path[:-1], nth(item, position))
            if not isinstance(entry, MappingNode):
                if not is_unread(entry):
                    slot.rows.problem("expected-mapping", entry, path, field=item.labels)
                continue
            row = slot.rows.add(Row(table.name, entry, path, {"case": slot.rows.case}))
            read_parts(table.fields, entry, slot.record(row))


def listed(item: Field, node: Node, slot: Slot) -> list[Node]:
    """Return the entries of a list; a single one without its dash is reported, and read."""
    if isinstance(node, MappingNode) and node.value:
        slot.problem("dash-missing", node, field=item.labels)
        return [node]
    if not expect(node, SequenceNode, item, slot):
        return []
    if not node.value:
        slot.problem("empty-list", node)
    if len(node.value) > MAX_ENTRIES:
        slot.problem("too-many", node, count=len(node.value), limit=MAX_ENTRIES)
    return list(node.value[:MAX_ENTRIES])


class Entries(Kind):
    """A mapping of id to text, rows of another table that has just these two fields."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row an entry; it remembers the record it stands in."""
        if not expect(node, MappingNode, item, slot):
            return
        if not node.value:
            slot.problem("empty-list", node)
        if len(node.value) > MAX_ENTRIES:
            slot.problem("too-many", node, count=len(node.value), limit=MAX_ENTRIES)
        table = slot.library.tables[item.extra["table"]]
        key_field, value_field = table.fields
        parent = slot.row
        for key, value in node.value[:MAX_ENTRIES]:
            path: tuple[Step, ...] = (*slot.path, key.value)
            cells = {"case": slot.rows.case, parent.table: parent.cells.get(key_field.name, "")}
            row = slot.rows.add(Row(table.name, key, path, cells))
            inner = slot.record(row)
            KINDS[key_field.kind].read(key_field, key, inner.cell(key_field.name))
            KINDS[value_field.kind].read(value_field, value, inner.cell(value_field.name))


class Answers(Kind):
    """A mapping of question to what the case says to it."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """One row an answer, and one for a question without any."""
        if not expect(node, MappingNode, item, slot):
            return
        questions = slot.library.questions
        attempted = slot.rows.attempted
        attempted.update(key.value for key, _ in node.value)
        for key, value in node.value:
            question = questions.get(key.value)
            if question is None:
                meant, sure = guess_key(key.value, keys(questions.values()))
                sure = None if sure in attempted else sure
                slot.problem("unknown-question", key, fix=sure, key=key.value, guess=meant)
                attempted.update(filter(None, [meant]))
                if sure is None:
                    continue
                question = questions[sure]
            self._read_question(question, key, value, slot.along((question.labels,)))

    def _read_question(self, question: Field, key: Node, node: Node, slot: Slot) -> None:
        if is_unread(node):
            return
        if isinstance(node, ScalarNode):
            state = WRITTEN.get(node.value)
            if state is None:
                state = _state_meant(question, node, slot)
            if state is not None:
                cells = {"case": slot.rows.case, "question": question.name, "state": state.value}
                slot.rows.add(Row(ANSWERS, key, slot.path, cells))
            return
        for position, entry in enumerate(listed(question, node, slot), 1):
            path = (*slot.path[:-1], nth(question, position, answer=True))
            self._read_answer(question, position, entry, slot.along(path))

    def _read_answer(self, question: Field, position: int, node: Node, slot: Slot) -> None:
        if not isinstance(node, MappingNode):
            if not is_unread(node):
                slot.problem("expected-mapping", node, field=question.labels)
            return
        cells = {"case": slot.rows.case, "question": question.name, "state": State.ANSWERED.value}
        row = slot.rows.add(Row(ANSWERS, node, slot.path, cells))
        serial = slot.library.answer.by_role["serial"].name
        row.cells[serial] = str(position)
        for name, value in node.value:
            if name.value == serial and isinstance(value, ScalarNode):
                row.cells[serial] = value.value
        parts, others = _parts(slot.library, question.kind)
        read_parts(parts, node, slot.record(row, question), others)


def _state_meant(question: Field, node: ScalarNode, slot: Slot) -> State | None:
    """Report a text in place of answers, and return the state that it plainly means."""
    text = half_width(node.value).rstrip(".").lower()
    words = text.replace("_", " ").replace("-", " ")
    sure = SPOKEN.get(text) or (words if words in WRITTEN else None)
    if not expect(node, ScalarNode, question, slot):
        return None
    slot.problem("not-an-answer", node, fix=sure, value=node.value, guess=sure or guess(text, WRITTEN))
    return WRITTEN[sure] if sure else None


KINDS.update(object=Object(), records=Records(), entries=Entries(), answers=Answers())
