"""Whether two pages show the same: tags, attributes and words alike, whatever white space and escapes they use."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import unquote


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []
        self._text: list[str] = []
        self._linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_of_text()
        given = {name: unquote(value or "") for name, value in attrs}
        self._linked = given.get("type") == "application/ld+json"
        self.found.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        self._end_of_text()
        self._linked = False
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _end_of_text(self) -> None:
        text = "".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.found.append(json.loads(text) if self._linked else text)


def pieces(html: str) -> list[object]:
    """Return what a page shows, piece by piece."""
    parser = _Pieces()
    parser.feed(html)
    parser.close()
    return parser.found


def difference(one: str, other: str) -> str:
    """Return the first place where two pages differ, nothing where they show the same."""
    ours, theirs = pieces(one), pieces(other)
    for number, (mine, yours) in enumerate(zip(ours, theirs, strict=False)):
        if mine != yours:
            return f"piece {number}: {mine!r} ≠ {yours!r}"
    return "" if len(ours) == len(theirs) else f"{len(ours)} pieces ≠ {len(theirs)}"
