"""The list of all pages for search engines, split where the standard (sitemaps.org) asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

#: What one file may hold: addresses, and bytes.
MOST, LARGEST = 50_000, 50_000_000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(site_url: str, paths: Iterable[str], most: int = MOST, largest: int = LARGEST) -> Iterator[tuple[str, str]]:
    """Yield each file: its name, and its content; ``sitemap.xml`` is the only one or names the others.

    Args:
        site_url: address of the site's root.
        paths: pages below it, such as ``cases/x/``.
        most: addresses that one file may hold.
        largest: bytes that one file may hold.
    """
    base = site_url.rstrip("/")
    parts = [_file("urlset", "url", part) for part in _cut([f"{base}/{path}" for path in sorted(paths)], most, largest)]
    if len(parts) == 1:
        yield "sitemap.xml", parts[0]
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _file("sitemapindex", "sitemap", [f"{base}/{name}" for name in names])
    yield from zip(names, parts, strict=True)


def _cut(addresses: list[str], most: int, largest: int) -> Iterator[list[str]]:
    frame = len(_file("urlset", "url", []).encode())
    part: list[str] = []
    size = frame
    for address in addresses:
        own = len(_place("url", address).encode())
        if part and (len(part) == most or size + own > largest):
            yield part
            part, size = [], frame
        part.append(address)
        size += own
    yield part


def _file(frame: str, kind: str, addresses: list[str]) -> str:
    return f"{_HEAD}<{frame} {_NAMESPACE}>\n{''.join(_place(kind, each) for each in addresses)}</{frame}>\n"


def _place(kind: str, address: str) -> str:
    return f"<{kind}><loc>{escape(address)}</loc></{kind}>\n"
