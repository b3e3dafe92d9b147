"""Keep the promise that a published address lasts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from casebook import model, permanence, report, validate
from casebook.commands import OK, PROBLEMS, refuse
from casebook.library import open_library

PLACE = 12
WORDS = "核对发布过的网址都还在 / check that every published address still leads somewhere"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the register and the folder of the cases."""
    parser.add_argument("--write", action="store_true", help="添上新的网址 / add new addresses")
    parser.add_argument("--register", type=Path, default=Path(permanence.NAME), help="登记表 / the register")
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), help="手写网页的文件夹 / folder of the pages by hand"
    )
    parser.add_argument("--cases", type=Path, default=Path("cases"), help="案例文件夹 / folder of the cases")


def run(arguments: argparse.Namespace) -> int:
    """Say which addresses were lost; add the new ones on demand."""
    library = open_library(arguments.schemas)
    checked = validate.validate(validate.case_files([arguments.cases]), library, Path.cwd())
    if checked.errors:
        texts = {rows.document.file: rows.document.text for rows in checked.rows}
        print(report.as_text(library, checked.problems, texts, library.languages))
        return PROBLEMS
    collection = model.build(library, checked.rows)
    shown = {case.id for case in collection.cases}
    readings = [rows for rows in checked.rows if rows.case in shown]
    try:
        known = arguments.register.read_text(encoding="utf-8") if arguments.register.exists() else ""
        register = permanence.read(known)
    except permanence.Unreadable as error:
        return refuse(f"看不懂这一行 / cannot read this line: {error}")
    found = permanence.compare(register, collection, readings, arguments.docs / library.languages[0])
    for address in found.lost:
        print(f"不见了 / lost: {address}", file=sys.stderr)
    if found.lost:
        print(
            "发布过的网址不能消失：案例改为“已撤回”，或者在登记表里写“旧网址 -> 新网址”，"
            "确实不能再有的写“旧网址 -> gone: 原因”。/ "
            "A published address cannot vanish: withdraw the case, or write “old -> new” in the register, "
            "or “old -> gone: reason” for what cannot be kept.",
            file=sys.stderr,
        )
        return PROBLEMS
    if arguments.write and found.new:
        arguments.register.write_text(permanence.written(register, found.new), encoding="utf-8", newline="\n")
    verb = "已添上 / added" if arguments.write else "还没登记 / not registered yet"
    print(f"{len(register.addresses)} 个网址都在 / addresses lead somewhere; {verb}: {len(found.new)}")
    return OK
