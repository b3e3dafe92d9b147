"""Stylesheet, scripts and pictures of the site, named after their content so that browsers may keep them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).with_name("assets")

#: Parts of the stylesheet, joined in the order of their names.
STYLES = "casebook.css"

#: Parts of search, joined in the order they need one another: one file to fetch when search is first wanted.
SEARCH = "find.js"
PARTS = (
    "vendor/minisearch.min.js",
    "tokens.js",
    *(f"search/{part}.js" for part in ("patience", "names", "sounds", "plan", "postings", "rank", "find", "show")),
    "search.js",
)


def collect() -> Mapping[str, tuple[str, bytes]]:
    """Return each asset: its name in templates → its published name and content."""
    contents = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in (".js", ".svg", ".png") and path.is_file()
    }
    contents[STYLES] = b"".join(path.read_bytes() for path in sorted((FOLDER / "css").glob("*.css")))
    contents[SEARCH] = b"\n".join(contents.pop(part) for part in PARTS)
    return {name: (_published(name, content), content) for name, content in contents.items()}


def _published(name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}{suffix}"
