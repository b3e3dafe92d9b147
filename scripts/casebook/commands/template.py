"""Write a blank case: as YAML, a workbook, a document or an issue form; or what editors need to help with one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from casebook.commands import OK, refuse
from casebook.intake import issueform, office
from casebook.intake.layout import layout
from casebook.library import open_library
from casebook.schema import Library
from casebook.views import jsonschema, template

PLACE = 3
WORDS = "生成空白案例 / write a blank case"

#: Made anew whenever the schemas change, over the file that is there.
_GENERATED = ("issue", "jsonschema")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add format and output."""
    parser.add_argument("format", choices=("yaml", *office.FORMATS, *_GENERATED), help="格式 / format")
    words = "写到文件；YAML 默认打印 / file to write; YAML is printed by default"
    parser.add_argument("-o", "--output", type=Path, help=words)


def run(arguments: argparse.Namespace) -> int:
    """Print the case, or write it where no file is yet."""
    library = open_library(arguments.schemas)
    output: Path | None = arguments.output
    generated = arguments.format in _GENERATED
    if output is not None and output.exists() and not generated:
        return refuse(f"已经有这个文件，没有改动 / exists already, left as it is: {output}")
    if arguments.format in office.FORMATS:
        if output is None:
            return refuse(f"要写到哪里？ / where to? -o case.{arguments.format}")
        office.form(arguments.format).write(layout(library), None, output)
        return OK
    text = _text(library, arguments.format)
    if output is None:
        print(text, end="")
    else:
        output.write_text(text, encoding="utf-8", newline="")
    return OK


def _text(library: Library, format: str) -> str:
    if format == "jsonschema":
        return json.dumps(jsonschema.json_schema(library), ensure_ascii=False, indent=1) + "\n"
    return issueform.form(layout(library)) if format == "issue" else template.blank_case(library)
