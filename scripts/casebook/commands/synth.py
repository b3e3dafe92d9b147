"""Make up cases to measure with."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook import progress, synth
from casebook.commands import OK, refuse
from casebook.library import open_library

PLACE = 9
WORDS = "编造案例，用来测速 / make up cases to measure with"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add number, folder and seed."""
    parser.add_argument("count", type=int, metavar="N", help="多少个 / how many")
    parser.add_argument("--out", type=Path, required=True, help="写到的文件夹 / folder to fill")
    parser.add_argument("--seed", type=int, default=0, help="换个数，换一批 / another number, other cases")


def run(arguments: argparse.Namespace) -> int:
    """Fill the folder."""
    show = progress.bar("编造 / made up")
    try:
        synth.write(open_library(arguments.schemas), arguments.count, arguments.out, arguments.seed, show)
    except synth.Refused as other:
        words = "文件夹里有别的文件，没有写 / holds other files, left as it is"
        return refuse(f"{words}: {arguments.out} ({other})")
    return OK
