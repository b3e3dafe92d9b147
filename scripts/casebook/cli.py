"""The command ``casebook``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook import commands, schema
from casebook.commands import PROBLEMS, USAGE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command.

    Returns:
        0 when all is well, 1 when something is wrong with a case, 2 when the command was misused.
    """
    _speak_utf8()
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
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return PROBLEMS
    return result


def _speak_utf8() -> None:
    """Write UTF-8 to files and pipes, and to a terminal whatever it can show; no sign stops the work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casebook", description="案例库的检查、预览和发布 / Check, preview and publish a library of cases"
    )
    parser.add_argument("--schemas", type=Path, default=Path("schemas"), help="模式文件夹 / folder of the schemas")
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in commands.discover().items():
        own = listed.add_parser(name, help=command.WORDS, description=command.WORDS)
        command.arguments(own)
        own.set_defaults(run=command.run)
    return parser
