"""Put case files in good order; shows the difference first."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook import fix, report, source, validate
from casebook.commands import OK, PROBLEMS, refuse
from casebook.fix import STEPS, Fixed
from casebook.library import open_library
from casebook.schema import Library

PLACE = 2
WORDS = "整理案例文件，先看改动 / put case files in order, showing the difference first"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add paths and what to do with them."""
    words = "文件或文件夹，默认 cases / files or folders, cases by default"
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=words)
    parser.add_argument("--write", action="store_true", help="写回文件，不写就只看 / write the files, not only show")
    words = "译文已对照原文看过，记下来并写回 / the translation was read against the original; remember it and write"
    parser.add_argument("--confirm-translation", action="store_true", help=words)
    words = "摘句已对照来源看过，记下来并写回 / the quotes were read against their sources; remember it and write"
    parser.add_argument("--confirm-quotes", action="store_true", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Show the changes, or make them; 1 where any are left to be made."""
    paths = arguments.paths or [Path("cases")]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        return refuse(f"找不到 / no such file or folder: {', '.join(missing)}")
    confirmed = arguments.confirm_translation or arguments.confirm_quotes
    if confirmed and not arguments.paths:
        return refuse("要确认哪些案例？ / which cases are confirmed? --confirm-translation FILE, --confirm-quotes FILE")
    library = open_library(arguments.schemas)
    write = arguments.write or confirmed
    left = False
    for path in validate.case_files(paths):
        document = source.read(path, validate.shown(path, Path.cwd()))
        fixed = fix.fix(document, library, arguments.confirm_translation, arguments.confirm_quotes)
        _show(fixed, library, diff=not write)
        left = left or fixed.refused is not None or (fixed.changed and not write)
        if fixed.changed and write:
            fixed.write()
    return PROBLEMS if left else OK


def _show(fixed: Fixed, library: Library, diff: bool) -> None:
    """Say what changes in one file, in words and, unless it is written, line by line."""
    if fixed.refused:
        words = " / ".join(report.message(library, fixed.refused, lang) for lang in library.languages)
        print(f"{fixed.file}:{fixed.refused.span.line}: 没有改 / left alone: {words}")
    if not fixed.changed:
        return
    print(fixed.file)
    for problem in fixed.mended:
        words = " / ".join(report.message(library, problem, lang) for lang in library.languages)
        print(f"  {problem.span.line}: {words}")
    for step in fixed.steps:
        print(f"  {' / '.join(STEPS[step].values())}")
    if diff:
        print("\n".join(fixed.diff()))
