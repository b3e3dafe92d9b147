"""Case text is plain text: no markup, no addresses that run something, no characters that hide what is read."""

import re
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library
from casebook.source.decoding import UNSEEN

_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z!?][^<>\n]{0,40}>?|(?:javascript|vbscript)\s*:|\bdata\s*:\s*[a-z]+/[a-z]|&#?[a-zA-Z0-9]{2,8};",
    re.I,
)
#: What every markup has, and hardly any text.
_SIGNS = (b"<", b"&", b"script", b"data")


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Search every text; what YAML's own signs spell out is searched for characters, the file itself has been."""
    file = rows.document.file
    for found in rows.search(_find):
        if found.in_value:
            yield Problem(found.code, file, found.span, found.path, {"value": found.text})
    if "\\" in rows.document.text:
        for row, column, _ in rows.texts():
            if unseen := UNSEEN.search(row.cells[column]):
                value = f"U+{ord(unseen.group()):04X}"
                yield rows.at_cell(row, column, "unsafe-character", value=value)


def _find(text: str) -> Iterator[tuple[str, int, int]]:
    plain = text.encode("utf-8", "replace").lower()  # of bytes, it is ASCII's case alone, and quick
    if any(sign in plain for sign in _SIGNS):
        yield from (("markup-in-text", *found.span()) for found in _MARKUP.finditer(text))
