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
    arguments = _parser(argv).parse_args(argv)
    try:
        result: int = arguments.run(arguments)
        print(end="", flush=True)  # while it can still be told that nobody listens
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


def _parser(argv: Sequence[str] | None) -> argparse.ArgumentParser:
    """Return what reads the arguments, with the one command they name, or all of them where they name none."""
    parser = argparse.ArgumentParser(
        prog="casebook", description="案例库的检查、预览和发布 / Check, preview and publish a library of cases"
    )
    _common(parser)
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in commands.load(_named(argv)).items():
        own = listed.add_parser(name, help=command.WORDS, description=command.WORDS)
        command.arguments(own)
        own.set_defaults(run=command.run)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--schemas", type=Path, default=Path("schemas"), help="模式文件夹 / folder of the schemas")


def _named(argv: Sequence[str] | None) -> frozenset[str]:
    """Return the commands to be loaded; some need half a second that others do not."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    _common(first)
    first.add_argument("command", nargs="?")
    every = commands.names()
    try:
        known, _ = first.parse_known_args(argv)
    except argparse.ArgumentError:
        return every
    return every & {known.command} or every
