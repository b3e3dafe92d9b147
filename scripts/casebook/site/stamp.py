"""What a site was made of, noted beside it: where nothing has changed since, it need not be made again.

Everything counts that could change a byte: each file of the project at its top and in the folders that the
configuration names, the cases, this program, the versions of all it is built with, the fonts of the machine,
the options. Of the site itself names, sizes and times are noted, so that one that was touched is made anew.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent

#: Folders of the project that are read whether or not the configuration names them.
_READ = frozenset({"cases", "schemas", "docs"})

#: How names end that editors give to their own copies.
_EDITORS = ("~", "#", ".swp", ".swo", ".swx")

#: A configuration with these depends on more than can be looked at.
_OPEN = re.compile(r"^INHERIT:|!ENV|!!python", re.MULTILINE)


def made_of(config: Path, options: Mapping[str, Any]) -> str | None:
    """Return a name for all that a site is made of, ``None`` where that cannot be told.

    Args:
        config: ``mkdocs.yml``.
        options: what the command line changes; those that are folders count with what is in them.
    """
    if not config.is_file():
        return None
    text = config.read_text(encoding="utf-8")
    if _OPEN.search(text):
        return None
    digest = hashlib.sha256(json.dumps([sys.version, sorted(_versions()), options], sort_keys=True).encode())
    digest.update(_machine())
    root = config.absolute().parent
    words = _READ | set(re.findall(r"[\w.-]+", text))
    folders = [path for path in root.iterdir() if path.is_dir() and path.name in words and not _is_output(path)]
    given = (Path(value) for value in options.values() if isinstance(value, str))
    for folder in (*sorted(folders), *(each for each in given if each.is_dir()), PACKAGE):
        _add(digest, folder, (entry.path for entry in _below(folder)))
    _add(digest, root, (str(path) for path in root.iterdir() if path.is_file()))
    return digest.hexdigest()


def name(*paths: Path) -> str:
    """Return a name for all that stands in these files and folders; it tells nothing of their times.

    What editors put beside a file while it is open is passed over: no page is made from it.
    """
    digest = hashlib.sha256()
    for path in paths:
        if path.is_dir():
            _add(digest, path, (each.path for each in _below(path) if not each.name.endswith(_EDITORS)))
        elif path.is_file():
            _add(digest, path.parent, [str(path)])
    return digest.hexdigest()


def holds(site: Path, name: str | None) -> bool:
    """Whether a site was made of just this, and is as it was left."""
    if name is None:
        return False
    try:
        made_of, looks = _beside(site).read_text(encoding="utf-8").split()
        return made_of == name and looks == _looks(site)[0]
    except (OSError, ValueError):  # there is no site, or no note of it that can be read
        return False


def note(site: Path, name: str | None) -> int:
    """Note what a site has been made of; return the number of its files."""
    looks, files = _looks(site)
    if name is None:
        _beside(site).unlink(missing_ok=True)
    else:
        _beside(site).write_text(f"{name}\n{looks}\n", encoding="utf-8")
    return files


def _beside(site: Path) -> Path:
    site = site.absolute()
    return site.with_name(f".{site.name}.made-of")


def _is_output(folder: Path) -> bool:
    """Whether a folder is a site that was built; its name stands in the configuration, too."""
    return _beside(folder).exists() or (folder / "404.html").exists()


def _below(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield all files below a folder, in no order; a large site has a hundred thousand, too many for paths."""
    todo = [str(folder)]
    while todo:
        with os.scandir(todo.pop()) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(entry.path)
                elif entry.is_file():
                    yield entry


def _add(digest: Any, root: Path, paths: Iterable[str]) -> None:
    top = len(str(root)) + 1
    for path in sorted(path for path in paths if not path.endswith((".pyc", ".made-of"))):
        with open(path, "rb") as file:  # noqa: PTH123 -- as above
            content = file.read()
        digest.update(f"\0{path[top:]}\0{len(content)}\0".encode())
        digest.update(content)


def _versions() -> Iterator[str]:
    """Yield name and version of every package, which are the name of the folder that describes it."""
    for folder in filter(None, sys.path):
        yield from (path.name for path in Path(folder).glob("*.dist-info"))


def _machine() -> bytes:
    """Return what PDF files depend on: the fonts, and the library that sets type."""
    program = shutil.which("fc-list")
    fonts = subprocess.run([program], capture_output=True, check=False).stdout if program else b""  # noqa: S603
    return b"\n".join(sorted(fonts.splitlines())) + str(ctypes.util.find_library("pangoft2-1.0")).encode()


def _looks(site: Path) -> tuple[str, int]:
    """Return a name for the names, sizes and times of all files of a site, and their number."""
    inside = sorted(site.iterdir())
    if sys.platform == "linux":  # half of a site is in the other language, and two processors look sooner than one
        with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
            parts = list(pool.map(_look, inside))
    else:
        parts = [_look(path) for path in inside]
    names = "\n".join(name for name, _ in parts)
    return hashlib.sha256(names.encode()).hexdigest(), sum(files for _, files in parts)


def _look(path: Path) -> tuple[str, int]:
    """Return the same of one file or folder in a site."""
    top = len(str(path.parent))
    found = ((os.fspath(each)[top:], each.stat()) for each in (_below(path) if path.is_dir() else [path]))
    lines = sorted(f"{name}\0{looks.st_size}\0{looks.st_mtime_ns}" for name, looks in found)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest(), len(lines)
