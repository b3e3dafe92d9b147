"""Measure the program against others of its kind, side by side on this machine."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from casebook.commands import OK, PROBLEMS, refuse

PLACE = 16
WORDS = "和同类工具比快慢，写成表和图 / measure against peers, as a table and a picture"

#: Benchmarks that stand in the table, the quickest first.
NAMES = ("check", "build")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to measure."""
    words = "比哪几项，不写就全部 / which ones, all unless said"
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{words}: {', '.join(NAMES)}")
    words = "用多少个编造的案例 / numbers of made-up cases"
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000], help=words)
    parser.add_argument("--rounds", type=int, default=3, help="各比几遍，取中位数 / runs of each; medians count")
    words = "只按已有的结果重写表和图 / only write table and picture from the results that are there"
    parser.add_argument("--report", action="store_true", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Measure and report; peers are installed aside and thrown away."""
    folder = Path("benchmarks")
    if not (folder / "report.py").is_file():
        return refuse("要在项目文件夹里运行 / to be run in the project's folder: benchmarks/ is not here")
    if wrong := [name for name in arguments.names if name not in NAMES]:
        return refuse(f"没有这一项 / no such benchmark: {', '.join(wrong)} ({', '.join(NAMES)})")
    sizes = ["--rounds", str(arguments.rounds), "--sizes", *map(str, arguments.sizes)]
    scripts = (
        [] if arguments.report else [[str(folder / name / "compare.py"), *sizes] for name in arguments.names or NAMES]
    )
    for script in [*scripts, [str(folder / "report.py")]]:
        if subprocess.run([sys.executable, *script], check=False).returncode:  # noqa: S603
            return PROBLEMS
    print(f"已写好 / written: {folder / 'results' / 'README.md'}")
    return OK
