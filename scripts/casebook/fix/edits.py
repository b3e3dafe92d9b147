"""Pieces of text put in place of others, all at once."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.problem import Problem


def applied(lines: list[str], edits: Iterable[Problem]) -> str:
    """Return the text with the fix of each problem in place of its span; of two that overlap, the first."""
    changed = list(lines)
    before = (len(lines) + 1, 0)
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        span = edit.span
        if edit.fix is None or (span.end_line, span.end_column) > before:
            continue
        before = (span.line, span.column)
        first, last = changed[span.line - 1], changed[span.end_line - 1]
        new = first[: span.column - 1] + edit.fix + last[span.end_column - 1 :]
        changed[span.line - 1 : span.end_line] = [new]
    return "\n".join(changed)
