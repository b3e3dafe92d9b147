"""Write a blank case."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.commands import OK, refuse
from casebook.library import open_library
from casebook.views import template

PLACE = 3
WORDS = "生成空白案例 / write a blank case"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add format and output."""
    parser.add_argument("format", choices=("yaml",), help="格式 / format")
    parser.add_argument("-o", "--output", type=Path, help="写到文件，默认打印 / file to write; printed by default")


def run(arguments: argparse.Namespace) -> int:
    """Print the case, or write it where no file is yet."""
    text = template.blank_case(open_library(arguments.schemas))
    if arguments.output is None:
        print(text, end="")
    elif arguments.output.exists():
        return refuse(f"已经有这个文件，没有改动 / exists already, left as it is: {arguments.output}")
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return OK
