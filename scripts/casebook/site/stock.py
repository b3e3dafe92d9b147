"""What is kept of each case file when it has been read and checked: all that pages and data need, a tenth of the size.

Files are read part by part, on all processors; where everything stands in them is forgotten when a part is done.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from pathlib import Path

from casebook.problem import Problem
from casebook.progress import Progress
from casebook.rows import Row, Rows
from casebook.schema import Library
from casebook.validate import clashes, parts, validate
from casebook.views import package


@dataclass(frozen=True, slots=True)
class Kept:
    """One case file.

    Attributes:
        case: key of the case.
        file: its name in messages.
    """

    case: str
    file: str
    _tables: dict[str, bytes]
    _text: bytes
    _data: bytes

    @classmethod
    def of_rows(cls, rows: Rows) -> Kept:
        """Keep what was read without any error."""
        tables = {name: _packed(pickle.dumps([row.bare() for row in found])) for name, found in rows.tables.items()}
        text, data = rows.document.text.encode(), package.case(rows).encode()
        return cls(rows.case, rows.file, tables, _packed(text), _packed(data))

    def of(self, table: str) -> list[Row]:
        """Rows of a table, with what their cells say alone."""
        if table not in self._tables:
            return []
        found: list[Row] = pickle.loads(zlib.decompress(self._tables[table]))  # noqa: S301 -- made above
        return found

    @property
    def text(self) -> str:
        """The file's text."""
        return zlib.decompress(self._text).decode()

    @property
    def data(self) -> str:
        """The case as JSON."""
        return zlib.decompress(self._data).decode()


@dataclass(frozen=True, slots=True)
class _Task:
    """What a process needs to know to read its parts."""

    library: Library
    base: Path

    def __call__(self, files: list[Path]) -> tuple[list[Problem], list[Kept]]:
        checked = validate(files, self.library, self.base)
        if checked.errors:  # nothing is published, so nothing is kept
            return checked.errors, []
        return [], [Kept.of_rows(rows) for rows in checked.rows]


def read(
    files: list[Path], library: Library, base: Path, progress: Progress | None = None
) -> tuple[list[Problem], list[Kept]]:
    """Read and check files; see :func:`casebook.validate.validate`.

    Returns:
        The errors and, where there are none, what is kept of each file.
    """
    errors: list[Problem] = []
    kept: list[Kept] = []
    for wrong, found in parts.shared(files, _Task(library, base), progress):
        errors += (problem for problem in wrong if problem.code != "id-clash")
        kept += found
    errors += clashes(files, base)
    return sorted(errors, key=lambda problem: problem.sort_key), kept


def _packed(content: bytes) -> bytes:
    return zlib.compress(content, 1)
