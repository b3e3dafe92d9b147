"""A folder of made-up cases, never mixed with real ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from casebook.schema import Library
from casebook.synth.cases import PREFIX, Cases

_OURS = re.compile(rf"{PREFIX}-[0-9]{{6}}\.ya?ml")

#: Called with the number of files written and the number of all.
Progress = Callable[[int, int], None]


class Refused(Exception):
    """The folder holds something that is not a made-up case; its name is the message."""


def write(library: Library, count: int, folder: Path, seed: int = 0, progress: Progress | None = None) -> None:
    """Fill a folder with exactly ``count`` cases; those of an earlier run are replaced.

    Args:
        library: the schemas.
        count: how many cases.
        folder: made where it does not exist.
        seed: another seed gives other cases; the same seed the same bytes.
        progress: told after each file.

    Raises:
        Refused: when the folder holds any other file; nothing is written then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    present = sorted(folder.iterdir())
    if strange := [path.name for path in present if not _OURS.fullmatch(path.name)]:
        raise Refused(strange[0])
    cases = Cases(library, seed)
    for number in range(1, count + 1):
        id, text = cases.case(number)
        (folder / f"{id}.yaml").write_text(text, encoding="utf-8")
        if progress:
            progress(number, count)
    wanted = {f"{cases.id(number)}.yaml" for number in range(1, count + 1)}
    for path in present:
        if path.name not in wanted:
            path.unlink()
