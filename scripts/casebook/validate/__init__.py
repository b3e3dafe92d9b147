"""All rules over all cases: frictionless for what one table or key can tell, checks for the rest."""

from __future__ import annotations

import contextlib
import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from casebook import checks, source, tables
from casebook.problem import MAX_PROBLEMS, Problem, Severity
from casebook.progress import Progress
from casebook.rows import CASES, Rows
from casebook.schema import Library
from casebook.source import Document
from casebook.validate import cells, keys

#: Ids that are safe in the name of a file.
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

#: Endings of the files that are read.
ENDINGS = (".yaml", ".yml")


@dataclass(slots=True)
class Checked:
    """What validation found.

    Attributes:
        library: the schemas held against.
        rows: one entry a file, in the order of the files.
        problems: all of them, by file and place.
    """

    library: Library
    rows: list[Rows] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def case_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and every YAML file in the folders named, each once and in a fixed order."""
    files: list[Path] = []
    for path in paths:
        found = (p for p in path.iterdir() if p.suffix in ENDINGS and not p.name.startswith("."))
        files.extend(sorted(found) if path.is_dir() else [path])
    return list({os.path.abspath(path): path for path in files}.values())  # noqa: PTH100 -- links are not followed


def passed_over(paths: Iterable[Path], base: Path) -> list[Problem]:
    """Name the files in folders of cases that look like cases and are not read: wrong endings, folders inside."""
    strays: list[Path] = []
    for folder in (path for path in paths if path.is_dir()):
        for path in sorted(folder.iterdir()):
            if path.is_dir():
                strays.extend(p for p in sorted(path.iterdir()) if p.suffix in ENDINGS)
            elif path.suffix not in ENDINGS and any(end in path.name.lower() for end in ENDINGS):
                strays.append(path)
    return [Problem("not-read", shown(path, base), severity=Severity.WARNING) for path in strays]


def validate(
    files: list[Path],
    library: Library,
    base: Path,
    progress: Progress | None = None,
    originals: Path | None = None,
) -> Checked:
    """Read and check case files.

    Args:
        files: the files, see :func:`case_files`.
        library: the schemas.
        base: folder that file names in messages are relative to.
        progress: told after each file.
        originals: folder with the texts of sources, as ``<case>/<source>.txt`` or ``<source>.txt``.

    Returns:
        Everything read, and every problem of every file. Nothing is raised for what files contain.
    """
    documents = (source.read(path, shown(path, base)) for path in files)
    result = judge(documents, library, (lambda done: progress(done, len(files))) if progress else None, originals)
    result.problems = sorted([*result.problems, *clashes(files, base)], key=lambda problem: problem.sort_key)
    return result


def clashes(files: list[Path], base: Path) -> Iterator[Problem]:
    """Name files that are one and the same on a disk that ignores case, or in one folder."""
    first: dict[str, Path] = {}
    for path in files:
        other = first.setdefault(path.stem.casefold(), path)
        if other is not path:
            yield Problem("id-clash", shown(path, base), details={"other": shown(other, base)})


def judge(
    documents: Iterable[Document],
    library: Library,
    progress: Callable[[int], None] | None = None,
    originals: Path | None = None,
) -> Checked:
    """Check documents as they are read; see :func:`validate`."""
    result = Checked(library)
    rules = checks.discover()
    with uncollected():
        for number, document in enumerate(documents, 1):
            rows = tables.flatten(document, library)
            if originals:
                rows.originals = _originals(rows, library, originals)
            for rule in (*rules, cells.held):
                rows.problems.extend(islice(rule(rows, library), max(MAX_PROBLEMS - len(rows.problems), 0)))
            result.rows.append(rows)
            if progress:
                progress(number)
        for rows, problem in keys.held(result.rows, library):
            if not rows.full:
                rows.problems.append(problem)
    found = (problem for rows in result.rows for problem in _of_case(rows, library))
    result.problems = sorted(found, key=lambda problem: problem.sort_key)
    return result


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let no collector run: nodes are many, live to the end and have no cycles, and looking through them is dear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _of_case(rows: Rows, library: Library) -> Iterator[Problem]:
    """Weigh the problems of one file; what seems missing from a file that was read in part is left out."""
    draft, torn = _is_draft(rows, library), rows.document.is_torn()
    for problem in rows.problems:
        words = library.messages.get(problem.code, {})
        absence = words.get("absence")
        if (absence == "here" and problem.torn) or (absence == "anywhere" and torn):
            continue
        mild = words.get("severity") == "warning" or (draft and words.get("draft") == "warning")
        yield problem.as_warning() if mild else problem
    if rows.full:
        yield Problem("too-many-problems", rows.document.file, details={"limit": MAX_PROBLEMS})


def _originals(rows: Rows, library: Library, folder: Path) -> dict[str, str]:
    """Read the texts that are there of the sources of a case."""
    texts = {}
    for name, table in library.tables.items():
        for id in {row.cells.get(table.fields[0].name, "") for row in rows.of(name)}:
            places = (folder / rows.case / f"{id}.txt", folder / f"{id}.txt")
            found = next((place for place in places if _ID.fullmatch(id) and place.is_file()), None)
            if found:
                texts[id] = source.decode(found.read_bytes())[0] or ""
    return texts


def shown(path: Path, base: Path) -> str:
    """Return the name of a file in messages: relative to a folder, where it lies in it."""
    name = Path(os.path.abspath(path))  # noqa: PTH100 -- a link is called by its own name
    with contextlib.suppress(ValueError):
        path = name.relative_to(os.path.abspath(base))  # noqa: PTH100
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _is_draft(rows: Rows, library: Library) -> bool:
    state = library.case.by_role["state"]
    terms = library.vocabularies[str(state.vocabulary)].terms
    written = (terms.get(row.cells.get(library.case.columns["state"], "")) for row in rows.of(CASES))
    return any(term is not None and term.extra.get("draft") for term in written)
