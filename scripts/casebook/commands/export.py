"""Write the library in other forms: an edition for places without a network."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.commands import refuse
from casebook.commands.build import changes, source_arguments
from casebook.library import open_library

PLACE = 6
WORDS = "导出离线版 / export an edition for places without a network"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the forms."""
    source_arguments(parser)
    words = "写到文件夹和同名 ZIP，双击就能看 / folder and ZIP, opened by double-click"
    parser.add_argument("--offline", type=Path, metavar="DIR", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Write what was asked for."""
    from casebook.site import builder  # MkDocs takes a while to load, and only these commands need it

    if arguments.offline is None:
        return refuse("要写到哪里？ / where to? --offline DIR")
    library = open_library(arguments.schemas)
    title = library.info["title"][library.languages[0]]
    return builder.export_offline(arguments.config, arguments.offline, title, **changes(arguments))
