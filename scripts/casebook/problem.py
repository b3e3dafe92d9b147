"""An error as a value: what is wrong, where, and the facts its words need.

Words in both languages live in ``schemas/messages.yaml``; :mod:`casebook.report`
joins the two. Nothing here prints or raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

#: A word in every language of the library, by language code.
Words: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Nth:
    """A step into a list.

    Attributes:
        labels: what an entry of the list is called.
        number: the place in the list, from 1.
        answer: whether it is one of the answers to the question called so.
    """

    labels: Words
    number: int
    answer: bool = False


#: One step of the way from the top of a file to the place of a problem:
#: a field's labels, a key as written, or an entry of a list.
Step: TypeAlias = Words | str | Nth

#: A fact that a message quotes: the same in all languages, or one for each.
Detail: TypeAlias = str | int | Words | None


class Severity(StrEnum):
    """An error stops the build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text. Lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


#: Problems of one file that are listed; who has mended these runs the check again.
MAX_PROBLEMS = 200

#: The place of a problem that concerns a file as a whole.
WHOLE_FILE = Span()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place.

    Attributes:
        code: stable name, an entry of ``schemas/messages.yaml``.
        file: the file as the user would name it, with forward slashes.
        span: where in the file.
        path: the way to the place in the case, from the top.
        details: facts named in braces by the message.
        severity: error unless a draft makes it a warning.
        fix: what may stand in place of the span without a change of meaning.
        torn: whether parts of the place could not be read, so that something may only seem to be missing.
    """

    code: str
    file: str
    span: Span = WHOLE_FILE
    path: tuple[Step, ...] = ()
    details: Mapping[str, Detail] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    fix: str | None = None
    torn: bool = False

    def as_warning(self) -> Problem:
        """Return the same problem as one that does not stop the build."""
        return replace(self, severity=Severity.WARNING)

    @property
    def sort_key(self) -> tuple[str, Span, str]:
        """Files by name, then places from top to bottom."""
        return (self.file, self.span, self.code)
