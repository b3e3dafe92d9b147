"""Every problem that checking can report, explained: the reference that messages point to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook.problem import Severity
from casebook.views.reading import Reader

#: What a problem can be about, in the order of the reference.
ABOUT = ("shape", "values", "case", "persons", "yaml", "file", "schemas")

_FACT = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class CodeDoc:
    """One problem for those who meet it.

    Attributes:
        code: its stable name.
        about: what it is about: the file, its YAML, shape, values, the case as a whole, persons, the schemas.
        severity: ``error`` or ``warning``.
        draft: whether it is only a warning in a draft.
        message: what is said, with an ellipsis for each fact.
        hints: what to do, in the order in which they are tried.
        meaning: why it matters.
        wrong: how it looks.
        right: how it should look.
    """

    code: str
    about: str
    severity: str
    draft: bool
    message: str
    hints: tuple[str, ...]
    meaning: str
    wrong: str
    right: str


@dataclass(frozen=True)
class CodeGroup:
    """The problems that are about one thing, see :attr:`CodeDoc.about`."""

    about: str
    codes: tuple[CodeDoc, ...]


def groups(reader: Reader) -> tuple[CodeGroup, ...]:
    """Return every problem by what it is about, what all contributors meet first."""
    every = codes(reader)
    return tuple(CodeGroup(about, tuple(each for each in every if each.about == about)) for about in ABOUT)


def codes(reader: Reader) -> tuple[CodeDoc, ...]:
    """Return every problem in the order of the schema, in one language."""
    return tuple(_doc(reader, code, words) for code, words in reader.library.messages.items())


def _doc(reader: Reader, code: str, words: Mapping[str, Any]) -> CodeDoc:
    return CodeDoc(
        code=code,
        about=words["about"],
        severity=words.get("severity", Severity.ERROR.value),
        draft="draft" in words,
        message=_said(words[reader.lang]),
        hints=tuple(_said(hint[reader.lang]) for hint in words.get("hints", ())),
        meaning=words["meaning"][reader.lang],
        wrong=words["wrong"].rstrip("\n"),
        right=words["right"].rstrip("\n"),
    )


def _said(template: str) -> str:
    return _FACT.sub("…", template)
