"""Hand-written pages: the views they ask for, and links to cases and to files of the site."""

from __future__ import annotations

import logging
import re

from casebook.site.edition import Edition
from casebook.site.links import Links
from casebook.site.shell import mark

log = logging.getLogger("mkdocs.plugins.casebook")

_VIEW = re.compile(r"<!--\s*view:\s*(\w+)\s*-->")
_CASE_LINK = re.compile(r'href="case:([a-z0-9-]+)(#[^"]*)?"')
_SITE_LINK = re.compile(r'href="site:([^"]*)"')


def filled(html: str, edition: Edition, lang: str, path: str, files: bool) -> str:
    """Return a page with views where it asks for them, ``case:`` links led to cases, ``site:`` links to the root.

    Args:
        html: the page as the theme made it.
        edition: what is published.
        lang: language of the page.
        path: where it lies below the language's root.
        files: whether it will be opened as a file.
    """
    renderer = edition.renderer(lang)
    links = Links.at(path, edition.below(lang), edition.asset_names, files)

    def view(found: re.Match[str]) -> str:
        if found[1] in renderer.fragments:
            return renderer.fragments[found[1]](links)
        log.warning("%s: no view “%s”", path, found[1])
        return ""

    def case(found: re.Match[str]) -> str:
        if found[1] not in renderer.cards:
            log.warning("%s: no case “%s”", path, found[1])
        return f'href="{links.url(f"cases/{found[1]}/")}{found[2] or ""}" data-case="{found[1]}"'

    html = _SITE_LINK.sub(lambda found: f'href="{links.top}{found[1]}"', html)
    return _CASE_LINK.sub(case, _VIEW.sub(view, html)).replace(mark("edition"), edition.fingerprint)
