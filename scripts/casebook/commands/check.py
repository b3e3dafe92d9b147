"""Check cases and report every problem at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook import progress, report, validate
from casebook.commands import OK, PROBLEMS, refuse
from casebook.library import open_library
from casebook.validate import parts

PLACE = 1
WORDS = "检查案例 / check cases"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add paths, format and language."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="文件或文件夹，默认 cases / files or folders, cases by default",
    )
    parser.add_argument("--format", choices=sorted(report.FORMATS), default="text", help="输出格式 / output format")
    words = "来源原文的文件夹，用来核对摘句 / folder with the texts of sources, to hold quotes against"
    parser.add_argument("--originals", type=Path, metavar="DIR", help=words)
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="both", help="语言 / language of the messages")


def run(arguments: argparse.Namespace) -> int:
    """Print the problems."""
    paths = arguments.paths or [Path("cases")]
    missing = [str(path) for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        return refuse(f"找不到 / no such file or folder: {', '.join(missing)}")
    library = open_library(arguments.schemas)
    show = progress.bar("检查 / checked")
    found = parts.listed(validate.case_files(paths), library, Path.cwd(), show, arguments.originals)
    problems = [*found.problems, *validate.passed_over(paths, Path.cwd())]
    langs = library.languages if arguments.lang == "both" else (arguments.lang,)
    if output := report.FORMATS[arguments.format](library, problems, found.texts, langs):
        print(output)
    return PROBLEMS if found.has_errors else OK
