"""What every kind of field can do."""

from __future__ import annotations

import functools
import json
import re
from typing import Any, TypeAlias, TypeGuard, TypeVar

from casebook.problem import Nth
from casebook.rows import Slot
from casebook.schema import Field, Library
from casebook.source import MappingNode, Node, ScalarNode, SequenceNode
from casebook.source.sheet import UNREAD
from casebook.values import Cells, Value

#: A Frictionless field descriptor of one flat column.
Column: TypeAlias = dict[str, Any]

#: Characters that a text may have where the schema says nothing.
MAX_TEXT = 1000

_SHAPES = {ScalarNode: "scalar", SequenceNode: "list", MappingNode: "mapping"}

#: What people write, unquoted, for "nothing here".
_NOTHING = ("", "~", "null", "Null", "NULL")

#: Texts that every reader of YAML takes for the text they are.
_SAFE = re.compile(r"[a-z_][a-z_-]*[a-z0-9_-]*|https?://[^\s#,\[\]{}]+", re.IGNORECASE)
_WORDS_OF_YAML = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE)


class Kind:
    """A kind of field. Subclasses say how a node is read, which columns result, and what they mean."""

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """Write the node's value into the row, and problems where its shape is wrong."""
        raise NotImplementedError

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """Return the flat columns that hold the value; none where it goes to a table of its own."""
        return []

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """Return the value from the cells of a row without problems, ``None`` where it is blank."""
        return cells.cells.get(column)


#: Every kind by the name that schemas use; each module adds its own.
KINDS: dict[str, Kind] = {}


_N = TypeVar("_N", bound=Node)


def expect(node: Node, shape: type[_N], item: Field, slot: Slot) -> TypeGuard[_N]:
    """Whether the node has the shape; notes a problem where it has not."""
    if isinstance(node, ScalarNode):
        if node.tag == UNREAD:
            return False
        if is_blank(node):
            slot.problem("nothing-written", node, field=item.labels, after="#" if _hidden(node, slot) else None)
            return False
    if isinstance(node, shape):
        return True
    slot.problem(f"expected-{_SHAPES[shape]}", node, field=item.labels)
    return False


def is_nothing(node: Node) -> bool:
    """Whether the node is a blank, in quotation marks or not, which is never an answer."""
    return isinstance(node, ScalarNode) and is_blank(node)


def is_blank(node: ScalarNode) -> bool:
    """Whether the text is a blank, in quotation marks or not."""
    return not node.value.strip() if node.style else node.value in _NOTHING


def is_unread(node: Node) -> bool:
    """Whether the node stands for a block that could not be read, which has been reported."""
    return isinstance(node, ScalarNode) and node.tag == UNREAD


def _hidden(node: Node, slot: Slot) -> bool:
    """Whether something was written in place of a blank, but as a comment."""
    return "#" in slot.rows.document.rest_of_line(node)


@functools.lru_cache(maxsize=4096)
def nth(item: Field, number: int, answer: bool = False) -> Nth:
    """Return the step to an entry of a field's list."""
    return Nth(item.labels, number, answer)


def as_written(text: str) -> str:
    """Return a text as YAML, with quotation marks where a reader of YAML could take it for something else."""
    if _SAFE.fullmatch(text) and not _WORDS_OF_YAML.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
