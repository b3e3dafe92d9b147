"""Write a blank case: as YAML, a workbook or a document."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.commands import OK, refuse
from casebook.intake import office
from casebook.intake.layout import layout
from casebook.library import open_library
from casebook.views import template

PLACE = 3
WORDS = "生成空白案例 / write a blank case"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add format and output."""
    parser.add_argument("format", choices=("yaml", *office.FORMATS), help="格式 / format")
    words = "写到文件；YAML 默认打印 / file to write; YAML is printed by default"
    parser.add_argument("-o", "--output", type=Path, help=words)


def run(arguments: argparse.Namespace) -> int:
    """Print the case, or write it where no file is yet."""
    library = open_library(arguments.schemas)
    output: Path | None = arguments.output
    if output is not None and output.exists():
        return refuse(f"已经有这个文件，没有改动 / exists already, left as it is: {output}")
    if arguments.format in office.FORMATS:
        if output is None:
            return refuse(f"要写到哪里？ / where to? -o case.{arguments.format}")
        office.form(arguments.format).write(layout(library), None, output)
    elif output is None:
        print(template.blank_case(library), end="")
    else:
        output.write_text(template.blank_case(library), encoding="utf-8")
    return OK
