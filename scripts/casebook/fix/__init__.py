"""A case file in good order: what is plainly meant is put right, the rest is only laid out.

Every step is an edit of lines, so that comments stay; each is taken back if the file would say
anything else afterwards. What a step may change is named in the result.
"""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebook import source, tables, validate
from casebook.checks.private_data import masked
from casebook.fix import confirm as confirming
from casebook.fix import layout, order
from casebook.fix.confirm import Confirmation
from casebook.fix.edits import applied
from casebook.problem import Problem
from casebook.report import visible
from casebook.rows import Rows
from casebook.schema import Library
from casebook.source import Document

#: Problems of a whole file that are mended by writing it anew.
_OF_BYTES = ("not-utf8", "byte-order-mark", "line-ends")

#: How often mending may bring up something more to mend.
_ROUNDS = 8

#: What the steps do, in words; see :mod:`casebook.fix.layout` and :mod:`casebook.fix.order`.
STEPS = {
    "quotes": {"zh": "给会被别的程序读错的文字加引号", "en": "quote texts that other programs would misread"},
    "folded": {"zh": "把断开的中文接回一行", "en": "join Chinese text that was broken across lines"},
    "literal": {"zh": "分段的文字改用 | 写法", "en": "write text of several lines as a literal block"},
    "wide": {"zh": "太长的花括号改成分行", "en": "break up braces that are too wide"},
    "order": {"zh": "按统一的顺序排列", "en": "bring into the usual order"},
    "blanks": {"zh": "去掉行尾空格和多余空行", "en": "remove blanks at line ends and surplus empty lines"},
    "confirmed": {"zh": "记下译文已核对", "en": "remember that the translation was confirmed"},
    "sealed": {"zh": "记下摘句已核对", "en": "remember that the quotes were confirmed"},
}


@dataclass(slots=True)
class Fixed:
    """One file before and after.

    Attributes:
        path: the file.
        file: its name in messages.
        before: its text, decoded.
        after: the text it should have.
        mended: problems that are gone.
        steps: names of the steps that changed anything, keys of :data:`STEPS`.
        refused: why the file was left alone, as a problem.
    """

    path: Path
    file: str
    before: str = ""
    after: str = ""
    mended: list[Problem] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    refused: Problem | None = None

    @property
    def changed(self) -> bool:
        """Whether the file should be written."""
        return bool(self.mended or self.steps)

    def diff(self) -> Iterator[str]:
        """Yield the lines of a unified diff, safe for a terminal."""
        before, after = self.before.split("\n"), self.after.split("\n")
        for line in difflib.unified_diff(before, after, self.file, self.file, lineterm=""):
            yield visible(masked(line))

    def write(self) -> None:
        """Write the file so that at any moment it is there whole, old or new."""
        mode = self.path.stat().st_mode
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(self.after)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(mode & 0o7777)
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def fix(document: Document, library: Library, confirm: bool = False, seal: bool = False) -> Fixed:
    """Return what a file as read should be.

    Args:
        document: the file.
        library: the schemas.
        confirm: whether somebody has read its translation against the original.
        seal: whether somebody has read its quotes against their sources.
    """
    result = Fixed(document.path, document.file, document.text, document.text)
    result.refused = next((each for each in document.problems if _prevents(each)), None)
    if result.refused or not document.text.strip():
        return result
    if not result.after.endswith("\n"):
        result.after += "\n"
        result.steps.append("blanks")
    result.mended = [each for each in document.problems if each.code in _OF_BYTES]
    _mend(result, library)
    rows = _read(result, library)
    if rows.document.root is not None and not _has_gaps(rows.document):
        _lay_out(result, rows, library)
        if confirm:
            _confirm(result, library, confirming.translated, "confirmed")
        if seal:
            _confirm(result, library, confirming.quoted, "sealed")
    elif confirm or seal:
        result.refused = next(iter(rows.document.problems), None)
    return result


def _prevents(problem: Problem) -> bool:
    """Whether a file cannot be written again without loss."""
    unknown = problem.code == "not-utf8" and problem.details.get("encoding") is None
    return unknown or problem.code in ("not-text", "too-large", "symlink", "not-a-file", "unreadable")


def _has_gaps(document: Document) -> bool:
    """Whether what was read is less than what is written; layout then waits."""
    return document.is_torn() or any(problem.code not in _OF_BYTES for problem in document.problems)


def _parsed(result: Fixed, text: str) -> Document:
    return source.parse(Document(result.path, result.file), text.encode())


def _read(result: Fixed, library: Library) -> Rows:
    return tables.flatten(_parsed(result, result.after), library)


def _mend(result: Fixed, library: Library) -> None:
    """Do what the problems themselves say would put them right."""
    for _ in range(_ROUNDS):
        (rows,) = validate.judge([_parsed(result, result.after)], library).rows
        problems = [each for each in rows.problems if each.fix is not None]
        text = applied(rows.document.lines, problems)
        if text == result.after:
            return
        result.mended += problems
        result.after = text


def _lay_out(result: Fixed, rows: Rows, library: Library) -> None:
    """Take one step after another, each on the text that the last one left."""
    for name, step in (*layout.STEPS.items(), ("order", order.ordered)):
        text = step(rows, library)
        if text == result.after:
            continue
        changed = _parsed(result, text)
        if changed.problems or _meaning(changed, name) != _meaning(rows.document, name):
            continue
        result.after = text
        result.steps = [*dict.fromkeys([*result.steps, name])]
        rows = _read(result, library)


def _meaning(document: Document, step: str) -> object:
    """Return all that a file says; joining broken Chinese text may take out the blanks that broke it."""
    said = source.written(document.root) if document.root else None
    return layout.joined(said) if step == "folded" else said


def _confirm(result: Fixed, library: Library, confirmed: Confirmation, step: str) -> None:
    """Write down what somebody has compared."""
    rows = _read(result, library)
    if errors := validate.judge([rows.document], library).errors:
        result.refused = errors[0]
        return
    after = applied(rows.document.lines, confirmed(rows, library))
    if after != result.after:
        result.after = after
        result.steps.append(step)
        _lay_out(result, _read(result, library), library)
