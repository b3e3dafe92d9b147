"""Serve the site while its files are edited."""

from __future__ import annotations

import argparse

from casebook.commands.build import changes, source_arguments

PLACE = 5
WORDS = "边改边看 / serve the site while you edit"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the address."""
    source_arguments(parser)
    parser.add_argument("--address", default="127.0.0.1:8000", help="地址 / address to serve at")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from casebook.site import builder  # MkDocs takes a while to load, and only these commands need it

    return builder.preview(arguments.config, arguments.address, **changes(arguments))
