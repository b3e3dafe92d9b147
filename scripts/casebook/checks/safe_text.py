"""Case text is plain text: no markup, no characters that hide or turn what is read."""

import re
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library

_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!?][^<>]{0,40}>?|javascript\s*:|&#?[a-zA-Z0-9]{2,8};", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Search every cell of every table."""
    for table in rows.tables.values():
        for row in table:
            for column, node in row.nodes.items():
                text = row.cells[column]
                for code, pattern in (("markup-in-text", _MARKUP), ("unsafe-character", _UNSEEN)):
                    if found := pattern.search(text):
                        shown = found.group() if code == "markup-in-text" else f"U+{ord(found.group()):04X}"
                        yield rows.at(node, code, row.path, value=shown)
