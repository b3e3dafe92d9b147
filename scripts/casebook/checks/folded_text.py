"""Chinese has no blanks between words, but YAML puts one wherever a text goes on in the next line."""

import re
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library

_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_FOLD = re.compile(rf"{_HAN} {_HAN}")
_LITERAL = "|"


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Look at each text that takes more than one line."""
    for row, column, node in rows.hidden():
        broken = node.start_mark.line != node.end_mark.line and node.style != _LITERAL
        if broken and _FOLD.search(row.cells[column]):
            yield rows.at_cell(row, column, "folded-text")
