"""Show a reviewer what a change to the cases means, in words."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook import card, validate
from casebook.card.markdown import card as as_markdown
from casebook.commands import OK, PROBLEMS, refuse
from casebook.library import open_library

PLACE = 8
WORDS = "审核卡：两个文件夹里的案例差在哪 / reviewer's card for two folders of cases"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two folders."""
    parser.add_argument("base", type=Path, metavar="BASE", help="原来的案例 / the cases before")
    parser.add_argument("head", type=Path, metavar="HEAD", help="改后的案例 / the cases after")


def run(arguments: argparse.Namespace) -> int:
    """Print the card; 1 where the cases after have errors."""
    missing = [str(folder) for folder in (arguments.base, arguments.head) if not folder.is_dir()]
    if missing:
        return refuse(f"找不到文件夹 / no such folder: {', '.join(missing)}")
    return show(arguments.base, arguments.head, arguments.schemas)


def show(base: Path, head: Path, schemas: Path) -> int:
    """Print the card for two folders."""
    library = open_library(schemas)
    before, after = (validate.validate(validate.case_files([folder]), library, folder) for folder in (base, head))
    print(as_markdown(card.compare(before, after, library), library), end="")
    return PROBLEMS if after.errors else OK
