"""Whether a built site holds together: links, anchors, pictures, orphans, pages without their translation."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

#: Faults that are listed; who has mended these builds again.
MOST = 50

# Bytes and plain patterns: a large library has twenty thousand pages, and each build reads them all.
_IDS = re.compile(rb' id="([^"]*)"')
_LINKS = re.compile(rb' (?:href|src|action)="([^"]*)"')
#: An address with a scheme or a host is not ours.
_ELSEWHERE = re.compile(rb"[a-z][a-z0-9+.-]*:|//")
#: Pages that are not meant to be found: those that moved, those to be put into other pages.
_UNLISTED = b'<meta name="robots" content="noindex">'


@dataclass
class _Seen:
    """What was read so far: files led to, places wanted in each, and who wants them first."""

    files: frozenset[str]
    others: tuple[str, ...]
    linked: set[str] = field(default_factory=set)
    wanted: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    known: dict[tuple[str, bytes], tuple[str | None, str]] = field(default_factory=dict)


def faults(
    site: Path, others: tuple[str, ...], way: str = "/", files: bool = False, promised: Iterable[str] = ()
) -> Iterator[str]:
    """Yield what is wrong with a site, each as a line in both languages.

    Args:
        site: the folder.
        others: languages that lie in folders of their own.
        way: path of the site's address, for pages that name others from the top.
        files: whether pages are opened as files, where a folder shows no page of its own.
        promised: addresses below the site that must be there.
    """
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = [path for path in paths if path.endswith(".html")]
    seen = _Seen(frozenset(paths), others)
    listed = set()
    for page in pages:
        text = (site / page).read_bytes()
        if _UNLISTED not in text and not page.endswith("404.html"):
            listed.add(page)
        yield from _dead_ends(page, text, seen, way, files)
    for address in promised:
        path, _, place = address.partition("#")
        target = f"{path}index.html" if path.endswith("/") else path
        if target not in seen.files:
            yield f"{address}：发布过，现在没有了 / was published and is no more"
        elif place:
            seen.wanted[target].setdefault(place, address)
    for page, places in seen.wanted.items():
        for place in sorted(set(places) - _places((site / page).read_bytes())):
            yield f"{places[place]}：没有这个位置 / no such place: {page}#{place}"
    for page in sorted(each for each in listed - seen.linked if _bare(each, others)[1] != "index.html"):
        yield f"{page}：没有页面通向它 / no page leads to it"
    yield from _untranslated(listed, others)


def _dead_ends(page: str, text: bytes, seen: _Seen, way: str, files: bool) -> Iterator[str]:
    """Note what a page leads to, and yield what is not there."""
    folder, _, _ = page.rpartition("/")
    bare = _bare(page, seen.others)[1]
    links: set[bytes] = set(_LINKS.findall(text))
    own = {link for link in links if link[:1] in (b"", b"?", b"#")}
    for link in links - own:
        if _ELSEWHERE.match(link):
            continue
        target, place = _found(folder, link, seen, way, files)
        if target is None:
            yield f"{page}：打不开的链接 / leads nowhere: {link.decode()}"
            continue
        if target != page and _bare(target, seen.others)[1] != bare:  # the same in another language
            seen.linked.add(target)
        if place:
            seen.wanted[target].setdefault(place, page)
    missing = {link.partition(b"#")[2] for link in own} - {b"", *_IDS.findall(text)}
    for place in sorted({unquote(each.decode()) for each in missing} - (_places(text) if missing else set())):
        yield f"{page}：没有这个位置 / no such place: {page}#{place}"


def _found(folder: str, link: bytes, seen: _Seen, way: str, files: bool) -> tuple[str | None, str]:
    """Return what a link opens; the same is worked out once, however deep the pages lie that lead there."""
    while link.startswith(b"../") and folder:
        folder, link = folder.rpartition("/")[0], link[3:]
    found = seen.known.get((folder, link))
    if found is None:
        found = seen.known[folder, link] = _target(folder, link, seen.files, way, files)
    return found


def _places(text: bytes) -> set[str]:
    return {unquote(each.decode()) for each in _IDS.findall(text)}


def _target(folder: str, link: bytes, every: frozenset[str], way: str, files: bool) -> tuple[str | None, str]:
    """Return the file that a link opens, nothing where it opens none, and the place in it."""
    path, _, place = html.unescape(link.decode()).partition("#")
    path = unquote(path.partition("?")[0])
    if path.startswith("/"):
        folder, path = "", path.removeprefix(way).lstrip("/")
    found = posixpath.normpath(posixpath.join(folder, path))
    candidates = [found] if files else [found, "index.html" if found == "." else f"{found}/index.html"]
    return next((each for each in candidates if each in every), None), unquote(place)


def _untranslated(pages: set[str], others: tuple[str, ...]) -> Iterator[str]:
    own: dict[str, set[str]] = {lang: set() for lang in ("", *others)}
    for page in pages:
        lang, bare = _bare(page, others)
        own[lang].add(bare)
    for page in sorted(set.union(*own.values())):
        for lang, found in own.items():
            if page not in found:
                there = f"{lang}/{page}" if lang else page
                yield f"{there}：缺这个语言的一页 / missing in this language"


def _bare(page: str, others: tuple[str, ...]) -> tuple[str, str]:
    """Return the language that a page lies in the folder of, if it does, and its path below that."""
    first, slash, rest = page.partition("/")
    return (first, rest) if slash and first in others else ("", page)
