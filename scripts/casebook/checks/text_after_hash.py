"""What follows a blank and a # is a comment for YAML, also where “#3 楼” was meant."""

import re
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library

_CUT = re.compile(r"[ \t]#\S")


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Look at what follows each unquoted value on its line."""
    text = rows.document.text
    for row, column, node in rows.texts() if "#" in text and _CUT.search(text) else ():
        rest = rows.document.rest_of_line(node).lstrip() if not node.style else ""
        if rest.startswith("#") and rest[1:2].strip():
            yield rows.at_cell(row, column, "text-after-hash", value=rest)
