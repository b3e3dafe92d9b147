"""Write cases in other forms: one as an office file, all of them for places without a network."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook import report, validate
from casebook.commands import OK, PROBLEMS, refuse
from casebook.commands.build import changes, source_arguments
from casebook.intake import filled, office, reading
from casebook.intake.layout import layout
from casebook.library import open_library

PLACE = 6
WORDS = "导出：离线版、数据存档、网页文件，或一个案例 / export: offline edition, archive, pages as files, or one case"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the forms."""
    source_arguments(parser)
    words = "写到文件夹和同名 ZIP，双击就能看 / folder and ZIP, opened by double-click"
    parser.add_argument("--offline", type=Path, metavar="DIR", help=words)
    words = "网页和数据写成普通文件，给别的生成器用 / pages and data as plain files, for another generator of sites"
    parser.add_argument("--pages", type=Path, metavar="DIR", help=words)
    words = "一次发布的全部数据，一个 ZIP，可以拿去申请 DOI / all data of a release as one ZIP, ready for a DOI"
    parser.add_argument("--archive", type=Path, metavar="FILE", help=words)
    parser.add_argument("case", nargs="?", type=Path, metavar="CASE.yaml", help="一个案例 / one case")
    parser.add_argument("--format", choices=office.FORMATS, default="xlsx", help="案例的格式 / format of the case")
    parser.add_argument("-o", "--output", type=Path, help="案例写到的文件 / file to write the case to")


def run(arguments: argparse.Namespace) -> int:
    """Write what was asked for."""
    if arguments.case is not None:
        return _case(arguments)
    if arguments.pages is not None or arguments.archive is not None:
        return _files(arguments)
    if arguments.offline is None:
        return refuse("要写到哪里？ / where to? --offline DIR")
    from casebook.site import builder  # MkDocs takes a while to load, and only this form needs it

    library = open_library(arguments.schemas)
    title = library.info["title"][library.languages[0]]
    return builder.export_offline(arguments.config, arguments.offline, title, **changes(arguments))


def _files(arguments: argparse.Namespace) -> int:
    """Write pages or an archive without MkDocs having a part in it."""
    from casebook.site import archive, edition, plain

    root = arguments.config.absolute().parent
    cases = str((arguments.cases or root / "cases").absolute())
    try:
        found = edition.load(root, str(arguments.schemas.absolute()), cases, "docs", arguments.drafts)
    except edition.Refused as refused:
        return refuse("\n".join([*refused.lines, str(refused)]))
    if arguments.pages is not None:
        count = plain.write(found, root / "docs", arguments.config, arguments.pages)
        print(f"已写好 / written: {arguments.pages} · {count} 页 / pages")
    if arguments.archive is not None:
        count = archive.write(found, root, arguments.archive)
        size = arguments.archive.stat().st_size / 1e6
        print(f"已写好 / written: {arguments.archive} · {count} 个文件 / files · {size:.1f} MB")
    return OK


def _case(arguments: argparse.Namespace) -> int:
    """Write one case into the template; a case with errors has no place in it."""
    case: Path = arguments.case
    target: Path = arguments.output or case.with_suffix(f".{arguments.format}")
    if not case.is_file():
        return refuse(f"找不到 / no such file: {case}")
    if target.exists():
        return refuse(f"已经有这个文件，没有改动 / exists already, left as it is: {target}")
    library = open_library(arguments.schemas)
    checked = validate.validate([case], library, Path.cwd())
    root = checked.rows[0].document.root
    if checked.errors or root is None:
        texts = {checked.rows[0].document.file: checked.rows[0].document.text}
        print(report.as_text(library, checked.problems, texts, library.languages))
        return PROBLEMS
    sheets = layout(library)
    office.form(arguments.format).write(sheets, filled.grid(sheets, reading.plain(root)), target)
    print(f"已写好 / written: {target}")
    return OK
