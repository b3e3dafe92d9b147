"""Fields that hold one value in one column."""

from __future__ import annotations

import datetime
import re

from casebook.kinds.base import KINDS, Column, Kind, expect
from casebook.rows import Slot
from casebook.schema import Field, Library
from casebook.source import Node, ScalarNode
from casebook.values import Cells, Value

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*")


class Line(Kind):
    """One line of text, the same in all languages."""

    type = "string"

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """Keep the text as written."""
        if expect(node, ScalarNode, item, slot) and self.accepts(item, node, slot):
            slot.put(node.value, node)

    def accepts(self, item: Field, node: ScalarNode, slot: Slot) -> bool:
        """Whether the text has the form of this kind; notes a problem where not."""
        return True

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """One column; the field's own constraints but for ``required``, which depends on its record."""
        constraints = {key: value for key, value in item.constraints.items() if key != "required"}
        return [{"name": name, "type": self.type, "constraints": constraints}]


class Url(Line):
    """An address on the web; nothing but http and https."""

    def accepts(self, item: Field, node: ScalarNode, slot: Slot) -> bool:
        """Refuse other schemes and addresses with blanks."""
        if re.fullmatch(r"https?://[^\s<>\"'`\\]+", node.value):
            return True
        slot.problem("bad-address", node)
        return False


class Fragment(Line):
    """A few words of a source: enough to find the place, never a passage."""

    def accepts(self, item: Field, node: ScalarNode, slot: Slot) -> bool:
        """Count Chinese characters and Latin words against the schema's limits."""
        most = item.extra.get("most", {})
        counts = {"han": len(_HAN.findall(node.value)), "words": len(_WORD.findall(node.value))}
        for unit, limit in most.items():
            if counts[unit] > limit:
                slot.problem("quote-too-long", node, count=counts[unit], limit=limit)
                return False
        return True


class Date(Line):
    """A date as precise as its source: a year, a month or a day."""

    def accepts(self, item: Field, node: ScalarNode, slot: Slot) -> bool:
        """Refuse what is no date of the calendar and, where the schema asks, what lies ahead."""
        match = _DATE.fullmatch(node.value)
        day = _first_day(match) if match else None
        if day is None:
            slot.problem("bad-date", node, value=node.value)
            return False
        if item.extra.get("past") and day > datetime.datetime.now(tz=datetime.UTC).date():
            slot.problem("future-date", node, value=node.value)
            return False
        return True


def _first_day(match: re.Match[str]) -> datetime.date | None:
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


class Number(Line):
    """A decimal number, kept exactly as written."""

    type = "number"

    def accepts(self, item: Field, node: ScalarNode, slot: Slot) -> bool:
        """Refuse what YAML or a reader could take for something else: 010, 1_000, 12:30, １２."""
        if _NUMBER.fullmatch(node.value):
            return True
        slot.problem("bad-number", node, value=node.value)
        return False


class SingleTerm(Line):
    """One term of a vocabulary."""

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """One column that frictionless holds against the vocabulary."""
        (column,) = super().columns(item, name, library)
        vocabulary = library.vocabularies[str(item.vocabulary)]
        column["constraints"]["enum"] = list(vocabulary.terms)
        column["vocabulary"] = vocabulary.name
        return [column]

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """The term itself."""
        written = cells.cells.get(column)
        return None if written is None else cells.library.term(str(item.vocabulary), written)


KINDS.update(
    identifier=Line(), line=Line(), url=Url(), fragment=Fragment(), date=Date(), number=Number(), term=SingleTerm()
)
