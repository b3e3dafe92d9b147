"""Files of an older version of the schemas, brought up to the one of now.

What changed is data of the library, ``schemas/migrations.yaml``: a list of versions, each a list of steps. A file need
not say how old it is. Every step sees for itself whether there is anything to do, since a name that was given up is
never given to anything else; so all steps are tried in order, and a file of today passes unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook import source
from casebook.fix.edits import applied
from casebook.migrations import steps
from casebook.problem import Problem, Words
from casebook.schema import Library, SchemaError
from casebook.source import Document


@dataclass(frozen=True)
class Version:
    """A version of the schemas: its number, what it brought, and the steps from the one before."""

    number: int
    words: Words
    steps: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Migrated:
    """A file before and after, and the versions it was taken to on the way."""

    before: str
    after: str
    versions: tuple[Version, ...]


def versions(library: Library) -> tuple[Version, ...]:
    """Return the versions that a library says how to come to, the oldest first.

    Raises:
        SchemaError: the list is wrong.
    """
    name = library.info.get("migrations")
    if not name:
        return ()
    document = source.read(library.root / name, f"{library.root.name}/{name}")
    if document.problems or document.root is None:
        raise SchemaError(list(document.problems) or [_wrong(document, "empty")])
    given: Any = source.plain(document.root)
    found = tuple(Version(each["to"], each["words"], tuple(each["steps"])) for each in given["versions"])
    numbers = [version.number for version in found]
    if numbers != list(range(1, int(library.info["version"]) + 1)):
        raise SchemaError([_wrong(document, f"versions {numbers}; the schemas are of {library.info['version']}")])
    for version in found:
        for step in version.steps:
            kinds = [kind for kind in steps.KINDS if kind in step]
            if len(kinds) != 1 or any(need not in step for need in steps.NEEDS[kinds[0]]):
                raise SchemaError([_wrong(document, f"step {dict(step)}")])
    return found


def migrate(document: Document, found: tuple[Version, ...]) -> Migrated:
    """Return a file as the version of now has it; what cannot be read is left alone.

    Args:
        document: a case file as read.
        found: the versions of its library.
    """
    text = document.text
    taken = []
    for version in found:
        before = text
        for step in version.steps:
            now = source.parse(Document(document.path, document.file), text.encode())
            if now.root is None or now.is_torn():
                return Migrated(document.text, document.text, ())
            text = applied(now.lines, steps.edits(now, step))
        if text != before:
            taken.append(version)
    return Migrated(document.text, text, tuple(taken))


def _wrong(document: Document, reason: str) -> Problem:
    return Problem("schema-wrong", document.file, details={"reason": reason})
