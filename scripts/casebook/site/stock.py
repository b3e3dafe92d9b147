"""What is kept of each case file when it has been read and checked: all that pages and data need, as bytes.

Files are read part by part, on all processors; where everything stands in them is forgotten when a part is done.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook import model
from casebook.library import open_library
from casebook.model import Case, Collection
from casebook.problem import Problem
from casebook.progress import Progress
from casebook.rows import CASES, Rows, Said
from casebook.schema import Library
from casebook.site import stamp
from casebook.validate import clashes, parts, shown, validate
from casebook.views import package


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """One case file.

    Attributes:
        case: key of the case.
        file: its name in messages.
        digest: SHA-256 of the bytes that were read.
        state: id of where the case stands on its way to readers.
        text: the file's text, in UTF-8.
        data: the case as JSON.
    """

    case: str
    file: str
    digest: bytes
    state: str | None
    text: bytes
    data: bytes
    _tables: bytes

    @classmethod
    def of_rows(cls, rows: Rows, library: Library) -> Kept:
        """Keep what was read without any error."""
        document = rows.document
        state = rows.said(CASES)[0].get(library.case.columns["state"])
        tables = pickle.dumps({name: rows.said(name) for name in rows.tables})
        text, data = document.text.encode(), package.case(rows).encode()
        return cls(rows.case, rows.file, document.digest, state, text, data, tables)

    @property
    def bare(self) -> Bare:
        """What its rows say."""
        return Bare(self.case, self.file, pickle.loads(self._tables))  # noqa: S301 -- made above


@dataclass(frozen=True, slots=True, eq=False)
class Bare:
    """What the rows of one case say, without where it stands; see :class:`casebook.rows.Tables`."""

    case: str
    file: str
    _tables: Mapping[str, Sequence[Said]]

    def said(self, table: str) -> Sequence[Said]:
        """What each row of a table says."""
        return self._tables.get(table, ())


class Stock:
    """What was read, kept from one reading to the next by what stands in each file, never by its time."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._schemas: tuple[Path, str] | None = None
        self._kept: dict[str, Kept] = {}
        self._cases: dict[Kept, Case] = {}

    def forget(self) -> None:
        """Let go of everything."""
        self._kept, self._cases = {}, {}

    def library(self, folder: Path) -> Library:
        """Return the schemas; what was read under others is forgotten.

        Raises:
            SchemaError: something is wrong with them.
        """
        schemas = folder, stamp.name(folder)
        if schemas != self._schemas:
            self._schemas, self._kept, self._cases = None, {}, {}
            self._library = open_library(folder)
            self._schemas = schemas
        return self._library

    def read(self, files: list[Path], base: Path, progress: Progress | None = None) -> tuple[list[Problem], list[Kept]]:
        """Read and check files under the schemas asked for last; see :func:`casebook.validate.validate`.

        Returns:
            The errors and, where there are none, what is kept of each file.
        """
        names = {path: shown(path, base) for path in files}
        known = {name: self._kept[name] for path, name in names.items() if self._holds(path, name)}
        fresh = [path for path, name in names.items() if name not in known]
        errors: list[Problem] = []
        for wrong, found in parts.shared(fresh, _Task(self._library, base), progress):
            errors += (problem for problem in wrong if problem.code != "id-clash")
            known.update((kept.file, kept) for kept in found)
        errors += clashes(files, base)
        self._kept = known
        errors.sort(key=lambda problem: problem.sort_key)
        return errors, [known[name] for name in names.values() if name in known]

    def _holds(self, path: Path, name: str) -> bool:
        """Whether a file is just as it was when it was read; a link to another is not, whatever stands there."""
        if name not in self._kept or path.is_symlink():
            return False
        try:
            return hashlib.sha256(path.read_bytes()).digest() == self._kept[name].digest
        except OSError:
            return False

    def collection(self, library: Library, kept: list[Kept], drafts: bool) -> Collection:
        """Return the cases of files that were read under these schemas; see :func:`casebook.model.collection`."""
        cases = {each: self._cases.get(each) or model.case(library, each.bare) for each in kept}
        self._cases = cases
        return model.collection(library, cases.values(), drafts)


@dataclass(frozen=True, slots=True)
class _Task:
    """What a process needs to know to read its parts."""

    library: Library
    base: Path

    def __call__(self, files: list[Path]) -> tuple[list[Problem], list[Kept]]:
        checked = validate(files, self.library, self.base)
        if checked.errors:  # nothing is published, so nothing is kept
            return checked.errors, []
        return [], [Kept.of_rows(rows, self.library) for rows in checked.rows]
