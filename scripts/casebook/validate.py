"""All rules over all cases: frictionless for what one table or key can tell, checks for the rest."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frictionless

from casebook import checks, source, tables
from casebook.kinds.composite import guess
from casebook.problem import Detail, Problem, Severity
from casebook.rows import CASES, CITATIONS, VOCABULARIES, Row, Rows
from casebook.schema import Library
from casebook.source import span_of

#: Called with the number of files done and the number of all.
Progress = Callable[[int, int], None]

_LIMITS = {"maxLength": "too-long", "pattern": "bad-form", "minimum": "out-of-range", "maximum": "out-of-range"}


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
    """Return the files named, and every YAML file in the folders named, in a fixed order."""
    files: list[Path] = []
    for path in paths:
        found = (p for p in path.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith("."))
        files.extend(sorted(found) if path.is_dir() else [path])
    return files


def validate(files: list[Path], library: Library, base: Path, progress: Progress | None = None) -> Checked:
    """Read and check case files.

    Args:
        files: the files, see :func:`case_files`.
        library: the schemas.
        base: folder that file names in messages are relative to.
        progress: told after each file.

    Returns:
        Everything read, and every problem of every file. Nothing is raised for what files contain.
    """
    result = Checked(library)
    rules = checks.discover()
    gc.disable()  # nodes are many and live to the end: collecting among them costs most of the time
    try:
        for number, path in enumerate(files, 1):
            rows = tables.flatten(source.read(path, _shown(path, base)), library)
            for rule in rules:
                rows.problems.extend(rule(rows, library))
            result.rows.append(rows)
            if progress:
                progress(number, len(files))
    finally:
        gc.enable()
    found = [problem for rows in result.rows for problem in rows.problems]
    found += _clashes(result.rows)
    found += _by_frictionless(result.rows, library)
    drafts = {rows.document.file for rows in result.rows if _is_draft(rows, library)}
    result.problems = sorted((_weighed(p, library, drafts) for p in found), key=lambda p: p.sort_key)
    return result


def _shown(path: Path, base: Path) -> str:
    try:
        return path.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def _is_draft(rows: Rows, library: Library) -> bool:
    state = library.case.by_role["state"]
    terms = library.vocabularies[str(state.vocabulary)].terms
    written = (terms.get(row.cells.get(library.case.columns["state"], "")) for row in rows.of(CASES))
    return any(term is not None and term.extra.get("draft") for term in written)


def _weighed(problem: Problem, library: Library, drafts: set[str]) -> Problem:
    words = library.messages.get(problem.code, {})
    mild = words.get("severity") == "warning" or (words.get("draft") == "warning" and problem.file in drafts)
    return problem.as_warning() if mild else problem


def _clashes(readings: list[Rows]) -> Iterator[Problem]:
    """Files that one name would stand for, on a disk that ignores case or in another folder."""
    first: dict[str, Rows] = {}
    for rows in readings:
        other = first.setdefault(rows.case.casefold(), rows)
        if other is not rows:
            yield Problem("id-clash", rows.document.file, details={"other": other.document.file})


def _by_frictionless(readings: list[Rows], library: Library) -> Iterator[Problem]:
    """Validate all cases as one package and bring each error back to the node it came from."""
    owners: dict[str, list[tuple[Rows, Row]]] = defaultdict(list)
    for rows in readings:
        for name, table in rows.tables.items():
            owners[name].extend((rows, row) for row in table)
    schemas = tables.descriptors(library)
    resources = []
    for name, descriptor in schemas.items():
        header = [column["name"] for column in descriptor["fields"]]
        body: list[list[str | None]] = [[row.cells.get(column) for column in header] for _, row in owners[name]]
        if name == VOCABULARIES:
            body = [list(each) for each in tables.vocabulary_rows(library)]
        if not body:
            body = [[None] * len(header)]  # frictionless takes an empty table for a broken source
        schema = frictionless.Schema.from_descriptor(descriptor)
        resources.append(frictionless.Resource(name=name, data=[header, *body], schema=schema))
    report = frictionless.Package(resources=resources).validate(limit_errors=10**9)
    for task in report.tasks:
        for error in task.errors:
            at = getattr(error, "row_number", 0) - 2
            if 0 <= at < len(owners[task.name]):
                rows, row = owners[task.name][at]
                yield from _translated(error, rows, row, schemas[task.name], library)


def _translated(
    error: frictionless.Error, rows: Rows, row: Row, schema: dict[str, Any], library: Library
) -> Iterator[Problem]:
    """Turn frictionless' words into ours."""

    def problem(code: str, column: str = "", **details: Detail) -> Problem:
        return rows.at(row.node(column), code, row.path, **details)

    column = getattr(error, "field_name", "")
    value = str(getattr(error, "cell", ""))
    if error.type == "type-error":
        wanted = next(item["type"] for item in schema["fields"] if item["name"] == column)
        yield problem("wrong-type", column, value=value, type=wanted)
    elif error.type == "constraint-error":
        found = re.match(r'constraint "(\w+)" is "(.*)"', error.note, re.DOTALL)
        name, limit = found.groups() if found else ("", "")
        descriptor = next(item for item in schema["fields"] if item["name"] == column)
        if name == "enum" and (vocabulary := descriptor.get("vocabulary")):
            yield problem("unknown-term", column, value=value, **_known(vocabulary, value, library))
        elif name in _LIMITS:
            yield problem(_LIMITS[name], column, value=value[:60], limit=limit, count=len(value))
    elif error.type == "primary-key":
        key = schema["primaryKey"][-1]
        yield problem("repeated-id", key, value=row.cells.get(key, ""))
    elif error.type == "foreign-key":
        target = getattr(error, "reference_name", "")
        value = row.cells.get(str(getattr(error, "reference_field_names", [""])[-1]), value)
        if target == VOCABULARIES:
            yield problem(
                "unknown-term",
                "",
                value=row.cells["term"],
                **_known(row.cells["vocabulary"], row.cells["term"], library),
            )
        elif target not in (CASES, "") and row.table == CITATIONS:
            known = [each.cells[library.tables[target].fields[0].name] for each in rows.of(target)]
            yield problem("unknown-reference", value=row.cells[target], guess=guess(row.cells[target], known))


def _known(vocabulary: str, value: str, library: Library) -> dict[str, Detail]:
    found = library.vocabularies.get(vocabulary)
    terms = list(found.terms) if found else []
    return {
        "vocabulary": found.labels if found else vocabulary,
        "guess": guess(value, terms),
        "known": ", ".join(terms[:24]) + (" …" if len(terms) > 24 else ""),
    }
