"""The edition for places without a network: a folder, and the same as one ZIP file, opened by double-click."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

#: The page to open, named so that nobody need ask which.
START = "开始.html"

#: A fixed time for every file, so that the same content gives the same archive.
_TIME = (2000, 1, 1, 0, 0, 0)

_PAGE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="0; url=index.html">
<title>{title}</title>
<p><a href="index.html">{title}</a></p>
</html>
"""


@dataclass(frozen=True)
class Size:
    """How large an edition is: number of files, bytes as a folder, bytes as an archive."""

    files: int
    folder: int
    archive: int


def finish(folder: Path, title: str) -> Size:
    """Add the start page to a site built for files, and pack it.

    Args:
        folder: the site; the archive is written beside it.
        title: name of the library, as text.
    """
    (folder / START).write_text(_PAGE.format(title=title), encoding="utf-8")
    archive = folder.with_name(f"{folder.name}.zip")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in paths:
            info = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            out.writestr(info, path.read_bytes())
    return Size(len(paths), sum(path.stat().st_size for path in paths), archive.stat().st_size)
