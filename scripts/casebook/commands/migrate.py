"""Bring case files of an older version up to the one of now; shows the difference first."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook import migrations, source, validate
from casebook.commands import OK, PROBLEMS, refuse
from casebook.fix import Fixed
from casebook.library import open_library

PLACE = 14
WORDS = "把旧版本的案例文件改成现在的写法，先看改动 / bring older case files up to date, showing the difference first"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add paths and what to do with them."""
    words = "文件或文件夹，默认 cases / files or folders, cases by default"
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=words)
    parser.add_argument("--write", action="store_true", help="写回文件，不写就只看 / write the files, not only show")


def run(arguments: argparse.Namespace) -> int:
    """Show the changes, or make them; 1 where any are left to be made."""
    paths = arguments.paths or [Path("cases")]
    if missing := [str(path) for path in paths if not path.exists()]:
        return refuse(f"找不到 / no such file or folder: {', '.join(missing)}")
    library = open_library(arguments.schemas)
    versions = migrations.versions(library)
    count = 0
    for path in validate.case_files(paths):
        document = source.read(path, validate.shown(path, Path.cwd()))
        done = migrations.migrate(document, versions)
        if not done.versions:
            continue
        count += 1
        fixed = Fixed(path, document.file, done.before, done.after)
        print(document.file)
        for version in done.versions:
            print(f"  → {version.number}: {' / '.join(version.words[lang] for lang in library.languages)}")
        if arguments.write:
            fixed.write()
        else:
            print("\n".join(fixed.diff()))
    verb = "改好了 / brought up to date" if arguments.write else "要改 / to be changed, with --write"
    print(f"现在是第 {library.info['version']} 版 / the schemas are of this version; {verb}: {count}")
    return PROBLEMS if count and not arguments.write else OK
