"""Build the site."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from casebook.commands import OK
from casebook.site import stamp

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
    words = "没有变化也重新生成 / even if nothing has changed"
    parser.add_argument("--anew", action="store_true", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Build; on any error the last good site stays, and so it does where nothing has changed."""
    changed = changes(arguments)
    name = stamp.made_of(arguments.config, changed)
    if not arguments.anew and stamp.holds(arguments.site_dir, name):
        print(f"没有变化，网站照旧 / nothing has changed, the site stays as it is: {arguments.site_dir}")
        return OK
    from casebook.site import builder  # MkDocs takes a while to load, and only these commands need it

    done = builder.build(arguments.config, arguments.site_dir, **changed)
    if done == OK:
        files = stamp.note(arguments.site_dir, name)
        print(f"网站已生成 / site written: {arguments.site_dir} ({files} 个文件 / files)")
    return done
