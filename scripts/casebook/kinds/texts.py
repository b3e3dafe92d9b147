"""Fields that hold a text in every language of the library."""

from __future__ import annotations

from casebook.kinds.base import KINDS, MAX_TEXT, Column, Kind, expect, is_blank, is_unread
from casebook.kinds.guess import guess_key
from casebook.rows import Slot
from casebook.schema import Field, Library
from casebook.source import MappingNode, Node, ScalarNode
from casebook.source.sheet import UNREAD
from casebook.values import Cells, Name, Value

#: Written beside a name whose spelling no source bears out.
UNCONFIRMED = "unconfirmed"


class Texts(Kind):
    """A text, once in each language."""

    #: Keys besides the languages.
    flags: tuple[str, ...] = ()

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """Write one column a language."""
        if not expect(node, MappingNode, item, slot):
            return
        present: dict[str, Node] = {}
        for key, value in node.value:
            if key.value in slot.library.languages:
                present[key.value] = value
            elif key.value in self.flags:
                self.read_flag(key.value, value, slot)
            else:
                meant, sure = guess_key(key.value, slot.library.info["languages"])
                slot.problem("unknown-key", key, fix=sure, key=key.value, guess=meant)
        self.read_languages(item, present, node, slot)

    def read_languages(self, item: Field, present: dict[str, Node], whole: Node, slot: Slot) -> None:
        """Write the texts found, and note the languages that are missing."""
        for lang, label in slot.library.info["languages"].items():
            node = present.get(lang)
            if node is None:
                slot.problem("translation-missing", whole, language=label)
            elif not isinstance(node, ScalarNode):
                slot.problem("expected-scalar", node, field=item.labels)
            elif node.tag == UNREAD:
                continue
            elif is_blank(node) or not (text := node.value.strip()):
                slot.problem("translation-missing", node, language=label)
            else:
                slot.put(text, node, f"_{lang}", label, is_text=True)

    def read_flag(self, key: str, node: Node, slot: Slot) -> None:
        """Write a flag; a plain text has none."""

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """One text column a language."""
        constraints = {"maxLength": MAX_TEXT} | {
            key: value for key, value in item.constraints.items() if key != "required"
        }
        return [{"name": f"{name}_{lang}", "type": "string", "constraints": constraints} for lang in library.languages]

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """The words by language; a draft may lack one."""
        columns = {lang: f"{column}_{lang}" for lang in cells.library.languages}
        return {lang: cells.cells[name] for lang, name in columns.items() if name in cells.cells} or None


class Names(Texts):
    """The name of a place or body, which may be unconfirmed."""

    flags = (UNCONFIRMED,)

    def read_flag(self, key: str, node: Node, slot: Slot) -> None:
        """Only ``true`` is ever written; a confirmed name has no flag."""
        if isinstance(node, ScalarNode) and node.value == "true":
            slot.put("true", node, f"_{key}")
        elif not is_unread(node):
            slot.problem("flag-not-true", node, key=key)

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """The languages, and the flag."""
        return [*super().columns(item, name, library), {"name": f"{name}_{UNCONFIRMED}", "type": "boolean"}]

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """The name with its flag."""
        words = super().value(item, column, cells)
        return Name(words, f"{column}_{UNCONFIRMED}" in cells.cells) if words else None


KINDS.update(text=Texts(), name=Names())
