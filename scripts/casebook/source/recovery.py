"""Broken YAML → the nearest text that can be read, so that one mistake does not hide the others.

What was plainly meant (a full-width colon, a tab) is put right, and the problem carries the
repair. What cannot be guessed makes its block unreadable, and the rest of the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casebook.problem import Problem, Span
from casebook.source.sheet import KEY, Sheet, depth_of

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

#: A text that stands where a key belongs: the colon is full-width, or no blank follows it or the dash before it.
_KEY_IN_TEXT = re.compile(
    r"[A-Za-z_][\w-]{0,40}(?:\s*：|:[^\s/])|[\u4e00-\u9fff]{1,12}：|-[A-Za-z_]|[\u3000\u00a0－—–•·●]"
)
#: The same in the text of a file, to tell quickly whether it is worth while to look closer.
_PERHAPS = re.compile(r"\n[ -]*+(?:[\w-]{1,40}+(?:\s*：|:[^\s/])|(?<=-)[A-Za-z_]|[\u3000\u00a0－—–•·●])")
_WORD_ALONE = re.compile(r"\s*\w{1,40}\s*")
#: A text that was meant to be a group.
_WIDE_BRACKET = re.compile(r"[｛［].*[｝］]", re.DOTALL)

#: Beginning of the parser's context or complaint → our code; the first that fits.
_CODES = (
    ("mapping values are not allowed", "colon-in-text"),
    ("found unexpected ':'", "missing-space"),
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
    details = {"reason": str(error.problem or ""), "char": rest[:1], "value": rest[:1], "tag": rest.split(" ")[0]}
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
    if code == "colon-in-text" and (key := KEY.match(sheet.lines[line])) and key.end() - 1 == column:
        above = sheet.above(line)
        if above is not None and not KEY.match(sheet.lines[above]):
            return "no-colon", above, depth_of(sheet.lines[above])
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


def suspects(root: Node, sheet: Sheet) -> list[int]:
    """Return the lines of unquoted texts that look like a key whose colon is not one for YAML."""
    return sorted(set(_suspects(root, sheet))) if _is_suspect(sheet.text) else []


def _is_suspect(text: str) -> bool:
    if "｛" in text or "［" in text or _PERHAPS.search(f"\n{text}"):
        return True
    return any(map(_ends_in_key, text.split("：")[:-1]))


def _ends_in_key(text: str) -> bool:
    """Whether a text ends in a single word after a brace or a comma."""
    at = max(text.rfind("{"), text.rfind(","))
    return at >= 0 and bool(_WORD_ALONE.fullmatch(text, at + 1))


def _suspects(root: Node, sheet: Sheet) -> Iterator[int]:
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode) and not key.style and _KEY_IN_TEXT.match(key.value):
                    yield key.start_mark.line
                stack.append(value)
        elif isinstance(node, SequenceNode):
            stack.extend(node.value)
        elif isinstance(node, ScalarNode) and not node.style:
            start = node.start_mark
            first = not sheet.lines[start.line][: start.column].strip(" -")
            if (first and _KEY_IN_TEXT.match(node.value)) or _WIDE_BRACKET.fullmatch(node.value):
                yield from range(start.line, min(node.end_mark.line, start.line + 20) + 1)
