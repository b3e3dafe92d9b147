"""Whether a built site holds together: links, anchors, pictures, orphans, pages without their translation."""

from __future__ import annotations

import html
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from casebook.validate.parts import shared

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
    """What some pages lead to: pages meant to be found, files led to, places wanted in each and who wants them."""

    listed: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    wanted: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def want(self, target: str, place: str, page: str) -> None:
        """Note a place in a page; who wants it first is named."""
        self.wanted.setdefault(target, {}).setdefault(place, page)

    def add(self, other: _Seen) -> None:
        """Add what was seen in further pages."""
        self.listed |= other.listed
        self.linked |= other.linked
        self.faults += other.faults
        for target, places in other.wanted.items():
            for place, page in places.items():
                self.want(target, place, page)


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
    every = frozenset(listing(site))
    pages = sorted(path for path in every if path.endswith(".html"))
    seen = _Seen()
    for part in shared(pages, _Links(site, every, others, way, files)):
        seen.add(part)
    yield from seen.faults
    for address in promised:
        path, _, place = address.partition("#")
        target = f"{path}index.html" if path.endswith("/") else path
        if target not in every:
            yield f"{address}：发布过，现在没有了 / was published and is no more"
        elif place:
            seen.want(target, place, address)
    for lines in shared(list(seen.wanted), _Wanted(site, seen.wanted)):
        yield from lines
    for page in sorted(each for each in seen.listed - seen.linked if _bare(each, others)[1] != "index.html"):
        yield f"{page}：没有页面通向它 / no page leads to it"
    yield from _untranslated(seen.listed, others)


def listing(site: Path) -> Iterator[str]:
    """Yield every file below a folder; a large site has a hundred thousand, too many to make an object of each."""
    top = len(str(site)) + 1
    for folder, _, names in os.walk(site):
        below = folder[top:].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in names)


@dataclass(frozen=True, slots=True)
class _Links:
    """Follows the links of some pages; see :func:`faults`. ``every`` holds all files of the site."""

    site: Path
    every: frozenset[str]
    others: tuple[str, ...]
    way: str
    files: bool

    def __call__(self, pages: list[str]) -> _Seen:
        seen = _Seen()
        followed: dict[str, set[bytes]] = defaultdict(set)
        for page in pages:
            text = (self.site / page).read_bytes()
            if _UNLISTED not in text and not page.endswith("404.html"):
                seen.listed.add(page)
            above = posixpath.normpath(f"{posixpath.dirname(page)}/..")
            self._follow(page, text, followed[above], seen)
        return seen

    def _follow(self, page: str, text: bytes, followed: set[bytes], seen: _Seen) -> None:
        """Follow the links of one page.

        Args:
            page: its path.
            text: its content.
            followed: links by way of the folder above that pages beside it were found to lead on with.
            seen: what is found.
        """
        folder = posixpath.dirname(page)
        bare = _bare(page, self.others)[1]
        links: set[bytes] = set(_LINKS.findall(text))
        own = {link for link in links if link[:1] in (b"", b"?", b"#")}
        for link in sorted(links - own - followed):
            if _ELSEWHERE.match(link):
                continue
            target, place = self._target(folder, link)
            if target is None:
                seen.faults.append(f"{page}：打不开的链接 / leads nowhere: {link.decode()}")
                continue
            if target != page and _bare(target, self.others)[1] != bare:  # the same in another language
                seen.linked.add(target)
                if not place and link.startswith(b"../"):
                    followed.add(link)
            if place:
                seen.want(target, place, page)
        missing = {link.partition(b"#")[2] for link in own} - {b"", *_IDS.findall(text)}
        for place in sorted({unquote(each.decode()) for each in missing} - (_places(text) if missing else set())):
            seen.faults.append(f"{page}：没有这个位置 / no such place: {page}#{place}")

    def _target(self, folder: str, link: bytes) -> tuple[str | None, str]:
        """Return the file that a link opens, nothing where it opens none, and the place in it."""
        path, _, place = html.unescape(link.decode()).partition("#")
        path = unquote(path.partition("?")[0])
        if path.startswith("/"):
            folder, path = "", path.removeprefix(self.way).lstrip("/")
        found = posixpath.normpath(posixpath.join(folder, path))
        candidates = [found] if self.files else [found, "index.html" if found == "." else f"{found}/index.html"]
        return next((each for each in candidates if each in self.every), None), unquote(place)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Looks for the places that others want in some pages."""

    site: Path
    wanted: Mapping[str, Mapping[str, str]]

    def __call__(self, pages: list[str]) -> list[str]:
        return [
            f"{self.wanted[page][place]}：没有这个位置 / no such place: {page}#{place}"
            for page in pages
            for place in sorted(set(self.wanted[page]) - _places((self.site / page).read_bytes()))
        ]


def _places(text: bytes) -> set[str]:
    return {unquote(each.decode()) for each in _IDS.findall(text)}


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
