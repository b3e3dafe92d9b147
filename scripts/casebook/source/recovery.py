"""Broken YAML → the nearest text that can be read, so that one mistake does not hide the others.

What was plainly meant (a full-width colon, a tab) is put right, and the problem carries the
repair. What cannot be guessed makes its block unreadable, and the rest of the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from casebook.problem import Problem, Span

#: Tag of a value that stood in a block that could not be read.
UNREAD = "!unread"

_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = re.compile(_LEAD + r"""(?:"[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`:：,-][^:：]{0,80}?)[ ]*:(?=\s|$)""")
_WORD = r"[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff-]{0,40}"


class _Remedy(NamedTuple):
    """What a slip of the keyboard is called, and what was meant by it."""

    code: str
    plain: str


_SPACES = {
    "\t": _Remedy("tab-indent", "  "),
    "\u3000": _Remedy("wide-space", "  "),
    "\u00a0": _Remedy("wide-space", " "),
}

#: What people type, as the group ``bad``, and what they mean by it.
_SLIPS = (
    (re.compile(r"^[ ]*(?P<bad>[－—–•·●][ ]*)(?=\S)"), _Remedy("fullwidth", "- ")),
    (re.compile(rf"^[ ]*(?P<bad>-)(?={_WORD}[ ]*[:：])"), _Remedy("missing-space", "- ")),
    (re.compile(rf"^[ ]*(?:-[ ]+)*{_WORD}(?P<bad>[ ]*：[ ]*)"), _Remedy("fullwidth", ": ")),
    (re.compile(r"^[ ]*(?:-[ ]+)*[A-Za-z_][\w-]{0,40}(?P<bad>:)(?=[^\s/])"), _Remedy("missing-space", ": ")),
    (re.compile(rf"[｛{{,，][ ]*{_WORD}(?P<bad>[ ]*：[ ]*)"), _Remedy("fullwidth", ": ")),
    (re.compile(rf"[｛{{].*?(?P<bad>，[ ]*)(?={_WORD}[ ]*[:：])"), _Remedy("fullwidth", ", ")),
    (re.compile(r"(?:：|: |- )[ ]*(?P<bad>｛)"), _Remedy("fullwidth", "{")),
    (re.compile(r"(?:：|: |- )[ ]*(?P<bad>［)"), _Remedy("fullwidth", "[")),
    (re.compile(r"(?P<bad>｝)[ ]*$"), _Remedy("fullwidth", "}")),
    (re.compile(r"(?P<bad>］)[ ]*$"), _Remedy("fullwidth", "]")),
    (re.compile(r'(?:：|: |- )[ ]*"[^"“”]*(?P<bad>”)[ ]*$'), _Remedy("fullwidth", '"')),
)

#: Beginning of the parser's context or complaint → our code; the first that fits.
_CODES = (
    ("mapping values are not allowed", "colon-in-text"),
    ("while scanning a quoted scalar", "open-quote"),
    ("while parsing a quoted scalar", "bad-escape"),
    ("while scanning an a", "alias"),
    ("found undefined alias", "alias"),
    ("found duplicate anchor", "alias"),
    ("while scanning a tag", "tag"),
    ("found undefined tag handle", "tag"),
    ("while parsing a flow", "open-bracket"),
    ("could not find expected ':'", "no-colon"),
    ("found character that cannot start", "cannot-start"),
    ("did not find expected comment or line break", "cannot-start"),
    ("but found another document", "several-documents"),
    ("did not find expected key", "bad-indent"),
    ("did not find expected '-' indicator", "bad-indent"),
)

#: Contexts that begin where the mistake is; elsewhere the parser stumbles right on it.
_AT_CONTEXT = ("while scanning a quoted scalar", "while parsing a flow", "while scanning a simple key")

#: Lines that a text without its closing quotation mark may have swallowed.
_MAX_SWALLOWED = 500


class Sheet:
    """The lines of a file while they are mended. Lines and columns count from 0 here.

    Attributes:
        lines: the text as it stands now.
        torn: the lines of which anything could not be read.
    """

    def __init__(self, text: str) -> None:
        """Take the lines as they are."""
        self.lines = text.split("\n")
        self.torn: set[int] = set()
        self._edits: dict[int, list[tuple[int, int, int]]] = {}
        self._unread: set[int] = set()
        self._depths: dict[int, int] = {}  # lines that were emptied, and how far they were indented

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @property
    def edited(self) -> bool:
        """Whether any column may have moved."""
        return bool(self._edits)

    def replace(self, line: int, start: int, end: int, new: str) -> None:
        """Put other text in place of a stretch of a line."""
        old = self.lines[line]
        self.lines[line] = old[:start] + new + old[end:]
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
            key = _KEY.match(self.lines[at])
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
        return first if first is not None and _depth(self.lines[first]) else None

    def _make_unread(self, line: int, key: re.Match[str]) -> None:
        self._unread.add(line)
        self.torn.add(line)
        self.replace(line, key.end(), len(self.lines[line]), f" {UNREAD}")
        depth, listed = len(key["lead"]), "-" in key["lead"]
        for below in range(line + 1, len(self.lines)):
            text = self.lines[below]
            mine = _depth(text) > depth or (_depth(text) == depth and not listed and text.lstrip().startswith("- "))
            if text.strip() and not mine:
                break
            self._empty(below)

    def _empty(self, line: int) -> None:
        self._depths.setdefault(line, _depth(self.lines[line]))
        self.torn.add(line)
        self.lines[line] = ""

    def _parent(self, line: int) -> int | None:
        """Return the nearest line above that holds a key further to the left."""
        depth = self._depths.get(line, _depth(self.lines[line]))
        for at in range(line - 1, -1, -1):
            key = _KEY.match(self.lines[at])
            if key and len(key["lead"]) < depth:
                return at
        return None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def mend_line(sheet: Sheet, line: int, file: str) -> Iterator[Problem]:
    """Put right what was plainly meant in one line."""
    lead = re.match(r"[\s-]*", sheet.lines[line])
    for at in reversed(range(lead.end() if lead else 0)):
        if remedy := _SPACES.get(sheet.lines[line][at]):
            yield _repaired(sheet, line, (at, at + 1), remedy, file)
    for slip, remedy in _SLIPS:
        while found := slip.search(sheet.lines[line]):
            yield _repaired(sheet, line, found.span("bad"), remedy, file)


def _repaired(sheet: Sheet, line: int, place: tuple[int, int], remedy: _Remedy, file: str) -> Problem:
    start, end = (sheet.original(line, column) + 1 for column in place)
    details = {"value": sheet.lines[line][slice(*place)].strip(), "plain": remedy.plain.strip()}
    sheet.replace(line, *place, remedy.plain)
    return Problem(remedy.code, file, Span(line + 1, start, line + 1, end), details=details, fix=remedy.plain)


def recover(sheet: Sheet, error: yaml.MarkedYAMLError, file: str) -> tuple[list[Problem], bool]:
    """Change the sheet so that reading gets further.

    Returns:
        The problems to report for this error, and whether another reading is worth while.
    """
    code, line, column = _diagnosis(sheet, error)
    above = sheet.above(line) if code == "bad-indent" else None
    first = line if above is None else above
    last = min(_place(error)[0], line + 20, len(sheet.lines) - 1)
    repairs = [each for at in range(first, last + 1) for each in mend_line(sheet, at, file)]
    if repairs:
        return repairs, True
    known = sheet.touched(line)
    place = line + 1, sheet.original(line, column) + 1
    rest = sheet.lines[line][column:]
    details = {"reason": str(error.problem or ""), "char": rest[:1], "tag": rest.split(" ")[0]}
    problem = Problem(code, file, Span(*place, place[0], place[1] + 1), details=details)
    if code == "several-documents":
        sheet.cut(line)
        return [problem], True
    return ([] if known else [problem]), sheet.blank(line)


def _diagnosis(sheet: Sheet, error: yaml.MarkedYAMLError) -> tuple[str, int, int]:
    """Return the code for an error, and the line and column where the mistake probably is."""
    context, complaint = str(error.context or ""), str(error.problem or "")
    words = (context, complaint)
    code = next((code for start, code in _CODES if any(text.startswith(start) for text in words)), "syntax")
    line, column = _place(error, context.startswith(_AT_CONTEXT))
    line = min(line, len(sheet.lines) - 1)
    before = sheet.lines[line][:column].rstrip()
    if code == "bad-indent" and before.endswith(("'", '"')):
        opened = _open_quote(sheet, line, before[-1])
        return ("text-after-quote", line, column) if opened is None else ("open-quote", *opened)
    if code == "colon-in-text" and (key := _KEY.match(sheet.lines[line])) and key.end() - 1 == column:
        above = sheet.above(line)
        if above is not None and not _KEY.match(sheet.lines[above]):
            return "no-colon", above, _depth(sheet.lines[above])
        return "bad-indent", line, len(key["lead"])
    if complaint.startswith("did not find expected <document start>") and (first := sheet.first_indented()) is not None:
        return "bad-indent", first, 0
    return code, line, column


def _place(error: yaml.MarkedYAMLError, context: bool = False) -> tuple[int, int]:
    mark = (error.context_mark if context else None) or error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _open_quote(sheet: Sheet, line: int, quote: str) -> tuple[int, int] | None:
    """Return where a text that swallowed the lines down to this one begins."""
    opening = re.compile(rf"(?:[:,{{\[-][ ]+|^[ ]*){quote}")
    for at in range(line - 1, max(line - _MAX_SWALLOWED, -1), -1):
        text = sheet.lines[at]
        if text.count(quote) % 2 and opening.search(text):
            return at, text.rindex(quote)
    return None
