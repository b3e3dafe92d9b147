"""The lines of a file while they are mended: what stood where, and what could not be read."""

from __future__ import annotations

import re
from functools import cached_property

#: Tag of a value that stood in a block that could not be read.
UNREAD = "!unread"

#: A line with a key: how far it is indented, dashes included, and where its value begins.
_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
KEY = re.compile(_LEAD + r"""(?:"[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`:：,-][^:：]{0,80}?)[ ]*:(?=\s|$)""")


class Sheet:
    """The lines of a file while they are mended. Lines and columns count from 0 here.

    Attributes:
        torn: the lines of which anything could not be read.
    """

    def __init__(self, text: str) -> None:
        """Take the lines as they are."""
        self._text: str | None = text
        self.torn: set[int] = set()
        self._edits: dict[int, list[tuple[int, int, int]]] = {}
        self._unread: set[int] = set()
        self._depths: dict[int, int] = {}  # lines that were emptied, and how far they were indented

    @cached_property
    def lines(self) -> list[str]:
        """The text as it stands now, line by line."""
        return self.text.split("\n")

    @property
    def text(self) -> str:
        """All lines."""
        if self._text is None:
            self._text = "\n".join(self.lines)
        return self._text

    @property
    def edited(self) -> bool:
        """Whether any column may have moved."""
        return bool(self._edits)

    def replace(self, line: int, start: int, end: int, new: str) -> None:
        """Put other text in place of a stretch of a line."""
        old = self.lines[line]
        self.lines[line] = old[:start] + new + old[end:]
        self._text = None
        self._edits.setdefault(line, []).append((start, end - start, len(new)))

    def original(self, line: int, column: int) -> int:
        """Return where a column stood before all edits."""
        for start, was, now in reversed(self._edits.get(line, ())):
            if column >= start + now:
                column += was - now
            elif column > start:
                column = min(column, start + was)
        return column

    def blank(self, line: int) -> bool:
        """Make unreadable the smallest block at a line that still is readable; false where nothing is left."""
        at: int | None = line
        while at is not None:
            key = KEY.match(self.lines[at])
            if key and at not in self._unread:
                self._make_unread(at, key)
                return True
            if self.lines[at].strip():
                self._empty(at)
                return True
            at = self._parent(at)
        return False

    def cut(self, line: int) -> None:
        """Leave out everything from a line on."""
        for at in range(line, len(self.lines)):
            self._empty(at)

    def touched(self, line: int) -> bool:
        """Whether a line belongs to a block that was made unreadable."""
        return line in self._unread or line in self._depths

    def above(self, line: int) -> int | None:
        """Return the nearest line above that has content."""
        return next((at for at in range(line - 1, -1, -1) if self.lines[at].strip()), None)

    def first_indented(self) -> int | None:
        """Return the first line with content, if it is indented."""
        first = next((at for at, line in enumerate(self.lines) if line.strip() and line.lstrip()[0] != "#"), None)
        return first if first is not None and depth_of(self.lines[first]) else None

    def _make_unread(self, line: int, key: re.Match[str]) -> None:
        self._unread.add(line)
        self.torn.add(line)
        self.replace(line, key.end(), len(self.lines[line]), f" {UNREAD}")
        depth, listed = len(key["lead"]), "-" in key["lead"]
        for below in range(line + 1, len(self.lines)):
            text = self.lines[below]
            mine = depth_of(text) > depth or (depth_of(text) == depth and not listed and text.lstrip().startswith("- "))
            if text.strip() and not mine:
                break
            self._empty(below)

    def _empty(self, line: int) -> None:
        self._depths.setdefault(line, depth_of(self.lines[line]))
        self.torn.add(line)
        self.lines[line] = ""
        self._text = None

    def _parent(self, line: int) -> int | None:
        """Return the nearest line above that holds a key further to the left."""
        depth = self._depths.get(line, depth_of(self.lines[line]))
        for at in range(line - 1, -1, -1):
            key = KEY.match(self.lines[at])
            if key and len(key["lead"]) < depth:
                return at
        return None


def depth_of(line: str) -> int:
    """Return how far a line is indented."""
    return len(line) - len(line.lstrip(" "))
