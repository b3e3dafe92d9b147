"""A quote is copied unchanged: where the text of its source is at hand, it is found there."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library

_MARKS = dict.fromkeys(map(ord, "“”„‟‘’'「」『』"), '"')

#: The least that quote and source must have in common for a hint, in characters and as a share of the quote.
_LEAST, _SHARE = 4, 0.4


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Hold each quote against its source, whatever the blanks, line ends and kinds of quotation mark."""
    target = library.answer.by_role["citation"].extra["to"]
    key, text = (item.name for item in library.tables[target].fields)
    squeezed = {source: _squeezed(original) for source, original in rows.originals.items()}
    for row in rows.of(target):
        source = next((id for table in library.tables if (id := row.cells.get(table)) in squeezed), None)
        if source is None or text not in row.cells:
            continue
        original, places = squeezed[source]
        fragment, _ = _squeezed(row.cells[text])
        if fragment not in original:
            near = _nearest(fragment, original, places, rows.originals[source])
            yield rows.at_cell(row, text, "quote-not-in-source", id=row.cells.get(key, ""), near=near)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return the text without blanks, in one width and case and with one quotation mark; and where each sign was."""
    signs: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for sign in unicodedata.normalize("NFKC", char).translate(_MARKS).lower():
            if not sign.isspace():
                signs.append(sign)
                places.append(at)
    return "".join(signs), places


def _nearest(fragment: str, original: str, places: list[int], text: str) -> str | None:
    """Return the words of the source that come nearest."""
    matcher = difflib.SequenceMatcher(None, original, fragment, autojunk=False)
    match = matcher.find_longest_match(0, len(original), 0, len(fragment))
    if match.size < max(_LEAST, len(fragment) * _SHARE):
        return None
    start = max(match.a - match.b, 0)
    end = min(start + len(fragment), len(places)) - 1
    return text[places[start] : places[end] + 1]
