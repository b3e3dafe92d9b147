"""What is legal YAML but never meant in a case."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode

from casebook.source.document import Document
from casebook.source.sheet import UNREAD, Sheet

#: A case has some hundreds of values and six levels; what is far beyond that is not a case.
MAX_DEPTH = 20
MAX_NODES = 20_000


def inspect(document: Document, root: MappingNode, sheet: Sheet) -> bool:
    """Find what is legal YAML but never meant in a case, and take it out: aliases, tags, repeated or odd keys.

    Returns:
        Whether what remains is small enough to be looked at.
    """
    inspector = _Inspector(document, sheet)
    stack: list[tuple[Node, Node, int]] = [(root, root, 1)]
    while stack:
        node, place, depth = stack.pop()
        inspector.count += len(node.value)
        if depth > MAX_DEPTH or inspector.count > MAX_NODES:
            code, limit = ("too-deep", MAX_DEPTH) if depth > MAX_DEPTH else ("too-many-parts", MAX_NODES)
            document.problem(code, place, limit=limit)
            return False
        if isinstance(node, MappingNode):
            if not inspector.is_plain(node):
                node.value = [pair for pair in inspector.pairs(node) if inspector.keeps(pair[1], pair[0])]
            stack.extend([(value, key, depth + 1) for key, value in node.value if not isinstance(value, ScalarNode)])
        else:
            if inspector.looks:
                node.value = [each for each in node.value if inspector.keeps(each, each)]
            stack.extend([(each, each, depth + 1) for each in node.value if not isinstance(each, ScalarNode)])
    return True


class _Inspector:
    """Looks at one node after another; what only some files have is looked for only where it can be."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document = document
        self.sheet = sheet
        self.count = 0
        self._anchors = "&" in document.text
        self.looks = self._anchors or "!" in document.text
        self._seen: set[int] = set()

    def is_plain(self, node: MappingNode) -> bool:
        """Whether there is nothing to take out of a mapping, as in nearly all."""
        if self.looks:
            return False
        try:
            if len({key.value for key, _ in node.value}) < len(node.value):
                return False
        except TypeError:  # a key that is a list or a mapping
            return False
        return not (node.flow_style and any(_is_left_out(key, value) for key, value in node.value))

    def pairs(self, node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        """Yield the pairs with a proper key, each key once."""
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._drop("odd-key", key)
            elif node.flow_style and _is_left_out(key, value):
                self._drop("comma-in-braces", key, key=key.value)
            elif key.value in keys:
                self.document.problem("duplicate-key", key, key=key.value)
            else:
                keys.add(key.value)
                self._properties(key)
                yield key, value

    def keeps(self, node: Node, place: Node) -> bool:
        """Whether a node stands in one place only; notes its anchor or tag."""
        if self._anchors:
            if id(node) in self._seen:
                self._drop("alias", place)
                return False
            self._seen.add(id(node))
        self._properties(node)
        return True

    def _drop(self, code: str, place: Node, **details: str) -> None:
        self.document.problem(code, place, **details)
        self.sheet.torn.add(place.start_mark.line)

    def _properties(self, node: Node) -> None:
        """Note an anchor or a tag in front of a node."""
        if not self.looks:
            return
        mark = node.start_mark
        char = self.sheet.lines[mark.line][mark.column : mark.column + 1]
        if node.tag == UNREAD and self.sheet.touched(mark.line):
            return
        if char == "&":
            self.document.problem("alias", node)
        elif char == "!":
            self.document.problem("tag", node, tag=node.tag.replace("tag:yaml.org,2002:", "!!"))


def _is_left_out(key: Node, value: Node) -> bool:
    """Whether there is neither a value nor the colon before it."""
    return isinstance(value, ScalarNode) and not value.style and value.start_mark.index == key.end_mark.index
