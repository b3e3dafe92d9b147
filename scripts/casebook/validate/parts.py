"""Many files, part by part: what was read is forgotten when its part is done, and parts are shared among processors."""

from __future__ import annotations

import gc
import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from casebook.problem import Problem, Severity
from casebook.progress import Progress
from casebook.schema import Library
from casebook.validate import clashes, uncollected, validate

#: The most files of a part: enough that starting frictionless does not matter, few enough to be held in memory.
SIZE = 400

#: What names a file, and what a task makes of one part.
Named = TypeVar("Named")
Made = TypeVar("Made")


@dataclass(slots=True)
class Listing:
    """What is wrong with many files.

    Attributes:
        problems: all of them, by file and place.
        texts: the text of each file that has any, by its name.
    """

    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether any problem stops a build."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Task:
    """What a process needs to know to check its parts."""

    library: Library
    base: Path
    originals: Path | None

    def __call__(self, files: list[Path]) -> tuple[list[Problem], dict[str, str]]:
        checked = validate(files, self.library, self.base, originals=self.originals)
        wrong = {problem.file for problem in checked.problems}
        texts = {rows.document.file: rows.document.text for rows in checked.rows if rows.document.file in wrong}
        return checked.problems, texts


def listed(
    files: list[Path],
    library: Library,
    base: Path,
    progress: Progress | None = None,
    originals: Path | None = None,
) -> Listing:
    """Check files and keep the problems alone; see :func:`casebook.validate.validate`."""
    result = Listing()
    for problems, texts in shared(files, _Task(library, base, originals), progress):
        result.problems += (problem for problem in problems if problem.code != "id-clash")
        result.texts |= texts
    result.problems = sorted([*result.problems, *clashes(files, base)], key=lambda problem: problem.sort_key)
    return result


def shared(files: list[Named], task: Callable[[list[Named]], Made], progress: Progress | None = None) -> Iterator[Made]:
    """Yield what a task makes of each part of the files, in their order.

    Args:
        files: the files.
        task: what is to be done with a part; other processes are handed a copy of it.
        progress: told after each part.
    """
    workers = _processors() if len(files) > SIZE else 1
    parts = _parted(files, workers)
    done = 0
    for part, made in zip(parts, _worked(parts, workers, task), strict=True):
        yield made
        done += len(part)
        if progress:
            progress(done, len(files))


def _processors() -> int:
    """Return how many processors there are for us; a container or a user may allow fewer than the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _parted(files: list[Named], workers: int) -> list[list[Named]]:
    """Return the files in parts of nearly one size, as many for each of the workers."""
    rounds = math.ceil(len(files) / (SIZE * workers))
    size = math.ceil(len(files) / max(rounds * workers, 1)) or 1
    return [files[at : at + size] for at in range(0, len(files), size)]


def _worked(parts: list[list[Named]], workers: int, task: Callable[[list[Named]], Made]) -> Iterator[Made]:
    if workers < 2:
        with uncollected():
            yield from map(task, parts)
        return
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(task,)) as pool:
        yield from pool.map(_run, parts)


#: The task of this process.
_tasks: list[Callable[[list[Any]], Any]] = []


def _begin(task: Callable[[list[Any]], Any]) -> None:
    _tasks[:] = [task]
    gc.disable()  # see validate.uncollected; this process does nothing else


def _run(files: list[Any]) -> Any:
    return _tasks[0](files)
