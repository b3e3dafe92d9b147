"""Build the site."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

PLACE = 4
WORDS = "生成网站 / build the site"


def source_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every command that makes a site takes."""
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="MkDocs 配置 / MkDocs configuration")
    parser.add_argument("--cases", type=Path, help="案例文件夹 / folder of the cases")
    parser.add_argument("--drafts", action="store_true", help="连草稿一起 / drafts as well")


def changes(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the options of the plugin that the command line changes."""
    changed: dict[str, Any] = {"drafts": True} if arguments.drafts else {}
    for name in ("cases", "schemas"):
        if (folder := getattr(arguments, name)) is not None:
            changed[name] = str(folder.absolute())
    return changed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder to write."""
    source_arguments(parser)
    parser.add_argument("--site-dir", type=Path, default=Path("site"), help="输出文件夹 / folder to write")


def run(arguments: argparse.Namespace) -> int:
    """Build; on any error the last good site stays."""
    from casebook.site import builder  # MkDocs takes a while to load, and only these commands need it

    return builder.build(arguments.config, arguments.site_dir, **changes(arguments))
