"""What the templates of the theme are given: words, addresses, scripts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casebook.site.edition import Edition, data_dir
from casebook.site.links import Links
from casebook.site.shell import mark

#: Templates of our own, which fill documented blocks of the theme.
FOLDER = Path(__file__).with_name("theme")

#: Scripts of every page, in the order they are loaded.
FRAME_SCRIPTS = ("base.js", "frame.js", "suggest.js")


def context(edition: Edition, lang: str, path: str, twin: str | None, files: bool) -> dict[str, Any]:
    """Return what every page is given.

    Args:
        edition: what is published.
        lang: language of the page.
        path: the page below the language's root.
        twin: the same page in the other language, ``None`` where there is none.
        files: whether pages will be opened as files.
    """
    links = Links.at(path, edition.below(lang), edition.asset_names, files)
    other = next(each for each in edition.library.languages if each != lang)
    return {
        "t": edition.renderer(lang).words,
        "url": links.url,
        "asset": links.asset,
        "root": links.root or "./",
        "top": links.top or "./",
        "data_dir": data_dir(mark("edition"), lang),
        "lang_dir": edition.below(lang),
        "other_url": None if twin is None else Links(links.top + edition.below(other), "", {}, files).url(twin),
        "scripts": [*FRAME_SCRIPTS],
        "files_mode": files,
    }


def anywhere(edition: Edition) -> dict[str, Any]:
    """Return what differs on a page that a server shows at any address: ways to others begin at the site's root."""
    root = urlsplit(edition.site_url).path or "/"
    links = Links(root, root, edition.asset_names)
    return {"url": links.url, "asset": links.asset, "root": root, "top": root}


def scripts(meta: Mapping[str, Any]) -> list[str]:
    """Return the scripts that a page loads, as its front matter says."""
    own: list[str] = meta.get("scripts", [])
    if meta.get("layout") == "bare":  # nothing to search with, and often nothing to do at all
        return [*FRAME_SCRIPTS[:2], *own] if own else []
    return [*FRAME_SCRIPTS, *own]
