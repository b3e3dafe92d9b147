"""The theme's page around the body of a case, cut out of a built site, for whoever sets pages into it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from casebook.site.edition import Edition
from casebook.site.links import Links
from casebook.site.shell import Shell, mark
from casebook.views import linked


def links(edition: Edition, lang: str) -> Links:
    """Return the addresses as seen from a case's page."""
    return Links.at("cases/x/", edition.below(lang), edition.asset_names)


def frame(edition: Edition, lang: str, site: Path) -> Shell:
    """Return the shell of case pages in one language.

    Args:
        edition: the cases that the site was built from.
        lang: the language.
        site: a built site.

    Raises:
        ValueError: the site was built from other cases or by another program.
    """
    renderer = edition.renderer(lang)
    case = edition.collection.cases[0]
    card = renderer.cards[case.id]
    html = (site / edition.below(lang) / "cases" / case.id / "index.html").read_text(encoding="utf-8")
    body = renderer.case(case, links(edition, lang)) + linked.block(linked.case(renderer.reader, case, ""))
    head, found, foot = html.partition(body)
    if not found:
        raise ValueError(f"the page of {case.id} in {site} is not made from these cases by this program")
    places = ((escape(card.title), "heading"), (escape(card.lead), "description"), (f"cases/{case.id}/", "path"))
    for text, name in places:
        wanted = f"cases/{mark(name)}/" if name == "path" else mark(name)
        head, foot = head.replace(text, wanted), foot.replace(text, wanted)
    return Shell.cut(head + mark("body") + foot)
