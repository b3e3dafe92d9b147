"""The command ``casebook``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook import report, schema, validate
from casebook.library import open_library

OK, PROBLEMS, USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command.

    Returns:
        0 when all is well, 1 when something is wrong with a case, 2 when the command was misused.
    """
    arguments = _parser().parse_args(argv)
    try:
        result: int = arguments.run(arguments)
    except schema.SchemaError as error:
        for problem in error.problems:
            reason = problem.details.get("reason", "")
            print(f"{problem.file}:{problem.span.line}: {problem.code} {reason}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casebook", description="案例库的检查、预览和发布 / Check, preview and publish a library of cases"
    )
    parser.add_argument("--schemas", type=Path, default=Path("schemas"), help="模式文件夹 / folder of the schemas")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="检查案例 / check cases")
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="文件或文件夹，默认 cases / files or folders, cases by default",
    )
    check.add_argument("--format", choices=sorted(report.FORMATS), default="text", help="输出格式 / output format")
    check.add_argument("--lang", choices=("zh", "en", "both"), default="both", help="语言 / language of the messages")
    check.set_defaults(run=_check)

    template = commands.add_parser("template", help="生成空白案例 / write a blank case")
    template.add_argument("format", choices=("yaml",), help="格式 / format")
    template.add_argument("-o", "--output", type=Path, help="写到文件，默认打印 / file to write; printed by default")
    template.set_defaults(run=_template)

    synth = commands.add_parser("synth", help="编造案例，用来测速 / make up cases to measure with")
    synth.add_argument("count", type=int, metavar="N", help="多少个 / how many")
    synth.add_argument("--out", type=Path, required=True, help="写到的文件夹 / folder to fill")
    synth.add_argument("--seed", type=int, default=0, help="换个数，换一批 / another number, other cases")
    synth.set_defaults(run=_synth)

    for name, words in (
        ("build", "生成网站 / build the site"),
        ("preview", "边改边看 / serve the site while you edit"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument(
            "--config", type=Path, default=Path("mkdocs.yml"), help="MkDocs 配置 / MkDocs configuration"
        )
        command.add_argument("--cases", type=Path, help="案例文件夹 / folder of the cases")
        command.add_argument("--drafts", action="store_true", help="连草稿一起 / drafts as well")
        command.set_defaults(run=_site, command=name)
        if name == "build":
            command.add_argument("--site-dir", type=Path, default=Path("site"), help="输出文件夹 / folder to write")
        else:
            command.add_argument("--address", default="127.0.0.1:8000", help="地址 / address to serve at")
    return parser


def _check(arguments: argparse.Namespace) -> int:
    paths = arguments.paths or [Path("cases")]
    missing = [str(path) for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        print(f"找不到 / no such file or folder: {', '.join(missing)}", file=sys.stderr)
        return USAGE
    library = open_library(arguments.schemas)
    show = _progress if sys.stderr.isatty() else None
    checked = validate.validate(validate.case_files(paths), library, Path.cwd(), show)
    texts = {rows.document.file: rows.document.text for rows in checked.rows}
    langs = library.languages if arguments.lang == "both" else (arguments.lang,)
    if output := report.FORMATS[arguments.format](library, checked.problems, texts, langs):
        print(output)
    return PROBLEMS if checked.errors else OK


def _progress(done: int, total: int) -> None:
    if done == total or done % 50 == 0:
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _template(arguments: argparse.Namespace) -> int:
    from casebook.views import template

    text = template.blank_case(open_library(arguments.schemas))
    if arguments.output is None:
        print(text, end="")
    elif arguments.output.exists():
        print(f"已经有这个文件，没有改动 / exists already, left as it is: {arguments.output}", file=sys.stderr)
        return USAGE
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return OK


def _synth(arguments: argparse.Namespace) -> int:
    from casebook import synth

    show = _progress if sys.stderr.isatty() else None
    try:
        synth.write(open_library(arguments.schemas), arguments.count, arguments.out, arguments.seed, show)
    except synth.Refused as other:
        folder = arguments.out
        print(f"文件夹里有别的文件，没有写 / holds other files, left as it is: {folder} ({other})", file=sys.stderr)
        return USAGE
    return OK


def _site(arguments: argparse.Namespace) -> int:
    from casebook.site import builder  # MkDocs takes a while to load, and only these commands need it

    changes = {"drafts": arguments.drafts or None}
    for name in ("cases", "schemas"):
        if (folder := getattr(arguments, name)) is not None:
            changes[name] = str(folder.absolute())
    if arguments.command == "preview":
        return builder.preview(arguments.config, arguments.address, **changes)
    return builder.build(arguments.config, arguments.site_dir, **changes)
