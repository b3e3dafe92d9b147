"""Workshop packs: pages to read and print, documents to be made into PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import segno
from markupsafe import Markup

from casebook.site.links import Links
from casebook.site.pages import Page
from casebook.site.render import Renderer
from casebook.views import share
from casebook.views.pack import Block, Pack

#: The two halves of a pack: what participants get, what the trainer gets.
PARTS = {"pack": "", "notes": "-notes"}

#: Width and height of the picture on the first sheet.
_STREET = (1200, 260)
#: Parts of the stylesheet that a printed sheet needs.
_STYLES = ("css/10-tokens.css", "paper.css", "css/87-workshop.css")
_ASSETS = Path(__file__).with_name("assets")


@dataclass(frozen=True)
class Codes:
    """Where the codes and links of a sheet lead.

    Args:
        site_url: address of the language's root; without it nothing can be scanned, and the page's name is printed.
        links: way to other pages, ``None`` on paper.
    """

    site_url: str
    links: Links | None

    def code(self, path: str) -> Markup:
        """Return a page's address as a square to scan, nothing where the site has no address."""
        if not self.site_url:
            return Markup()
        square = segno.make_qr(self.site_url + path, error="m", boost_error=False)
        # The module draws the square itself, out of numbers alone.
        return Markup(square.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704

    def street(self, houses: Sequence[tuple[str, ...]]) -> Markup:
        """Return the cases as houses in a street, a window a question."""
        drawn = "".join(
            f'<rect x="{each.x}" y="{each.y}" width="{each.width}" height="{each.height}" '
            f'fill="#{share.COLOURS[each.colour]:06x}"/>'
            for each in share.scene(houses, *_STREET)
        )
        size = "0 0 {} {}".format(*_STREET)
        return Markup(f'<svg class="street" viewBox="{size}" aria-hidden="true">{drawn}</svg>')  # noqa: S704 -- numbers

    def url(self, path: str) -> str:
        """Return the address of a page as a link, nothing where paper has none to name."""
        if self.links:
            page, mark, rest = path.partition("?")
            return self.links.url(page) + mark + rest
        return self.site_url and self.site_url + path

    def shown(self, path: str) -> str:
        """Return the address as it is read by people."""
        return (self.site_url + path).removeprefix("https://").removeprefix("http://")


@dataclass(frozen=True)
class Paper:
    """A document that is to become a PDF: where it lies below the language's root, and its HTML."""

    path: str
    html: str


def workshop_pages(renderer: Renderer, assets: dict[str, str], lang_dir: str, files: bool) -> Iterator[Page]:
    """Yield the pages that show whichever cases their address names, and both pages of each ready workshop."""
    links = Links.at("workshop/x/", lang_dir, assets, files)
    for name, shell in (("pack", "own"), ("project", "project")):  # to print, and on a projector
        heading, lead = (renderer.words(f"{shell}.{word}") for word in ("title", "lead"))
        make = partial(renderer, shell, links, tasks=_tasks(renderer))
        yield Page(f"workshop/{name}/", "guides", heading, lead, make, shell)
    for pack in renderer.packs:
        for part, end in PARTS.items():
            make = partial(renderer, "pack", links, pack=pack, part=part, at=Codes(renderer.site_url, links))
            yield Page(f"workshop/{pack.id}{end}/", "guides", pack.title, pack.aim, make)


def _tasks(renderer: Renderer) -> tuple[Block, ...]:
    """Return what groups are asked about any cases."""
    return tuple(Block(renderer.words(f"pack.task_{name}"), (), (), 5) for name in ("differ", "here", "ask"))


def papers(renderer: Renderer) -> Iterator[Paper]:
    """Yield the documents of each ready workshop."""
    for pack in renderer.packs:
        for part in PARTS:
            yield Paper(f"workshop/{pack.id}/{part}.pdf", _document(renderer, pack, part))


def _document(renderer: Renderer, pack: Pack, part: str) -> str:
    site = renderer.reader.words(renderer.collection.library.info["title"])
    title = f"{renderer.words(f'pack.{part}')} · {pack.title}"
    style = "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _STYLES) + _foot(site, title)
    at = Codes(renderer.site_url, None)
    # Our own stylesheet; whatever comes from words was made harmless.
    values = {"pack": pack, "part": part, "title": title, "style": Markup(style)}  # noqa: S704
    return renderer("pack_paper", Links.at("", "", {}), at=at, **values)


def _foot(left: str, right: str) -> str:
    """Return the rule for what stands below every page."""
    look = "color: #535f5f; font: 8pt Paper"
    return (
        f"@page {{ @bottom-left {{ content: {_quoted(left)}; {look} }} "
        f"@bottom-right {{ content: {_quoted(right)} '  ' counter(page) '/' counter(pages); {look} }} }}"
    )


def _quoted(text: str) -> str:
    """Return a text as CSS writes it; letters aside, every character stands by its number."""
    return '"' + "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text) + '"'
