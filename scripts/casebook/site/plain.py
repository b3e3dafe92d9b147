"""Pages and data as plain files, for a generator of sites other than the one in use.

Each page is an ``index.md`` in a folder of its own, so that addresses are the same seen from the file and from the
page: generators differ in what they do to the addresses in a page that moves.
"""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

from casebook.site import contents, writing
from casebook.site.edition import Edition
from casebook.site.links import Links

_VIEW = re.compile(r"<!--\s*view:\s*(\w+)\s*-->")
_LINK = re.compile(r"\]\((case|site):([^)\s#]+)(#[^)\s]+)?\)")
_PAGE_LINK = re.compile(r"\]\(([\w./-]+\.md)(#[^)\s]+)?\)")
_IN_NAV = re.compile(r"[\w/-]+\.md\b")


def write(edition: Edition, docs: Path, config: Path, folder: Path) -> int:
    """Write everything that pages are made of.

    Args:
        edition: what is published.
        docs: folder of the hand-written pages, one folder a language.
        config: file with the navigation, which is copied with the new names of the pages.
        folder: where to write: the first language at its top, the others in folders of their own.

    Returns:
        Number of pages.
    """
    count = 0
    for lang in edition.library.languages:
        top = folder / edition.below(lang)
        for path in sorted((docs / lang).rglob("*.md")):
            at = path.relative_to(docs / lang)
            text = _by_hand(edition, lang, at, path.read_text(encoding="utf-8"))
            writing.put(f"{top}/{_moved(at.as_posix())}", text)
            count += 1
        for page in edition.pages(lang):
            front = {"title": page.heading, "description": page.description, "section": page.section}
            lines = "".join(f"{name}: {json.dumps(words, ensure_ascii=False)}\n" for name, words in front.items())
            writing.put(f"{top}/{page.path}index.md", f"---\n{lines}---\n\n{page.body}")
            count += 1
        writing.write(contents.all_of(contents.data_shelves(edition, lang, [], files=False)), folder)
    writing.write(contents.all_of(contents.package_shelves(edition)), folder)
    writing.put(f"{folder}/nav.yml", _IN_NAV.sub(lambda name: _moved(name[0]), config.read_text(encoding="utf-8")))
    return count


def _by_hand(edition: Edition, lang: str, at: Path, text: str) -> str:
    """Return a hand-written page with its views filled in and its own kinds of link led where they go."""
    renderer = edition.renderer(lang)
    here = posixpath.dirname(_moved(at.as_posix()))
    links = Links.at(f"{here}/" if here else "", edition.below(lang), edition.asset_names)

    def led(link: re.Match[str]) -> str:
        kind, target, anchor = link.groups(default="")
        return f"]({links.url(f'cases/{target}/') if kind == 'case' else links.top + target}{anchor})"

    def beside(link: re.Match[str]) -> str:
        target = _moved(posixpath.normpath(posixpath.join(at.parent.as_posix(), link[1])))
        return f"]({posixpath.relpath(target, here or '.')}{link[2] or ''})"

    text = _PAGE_LINK.sub(beside, _LINK.sub(led, text))
    return _VIEW.sub(lambda view: renderer.fragments[view[1]](links), text)


def _moved(page: str) -> str:
    """Return where a hand-written page goes: ``guides/law.md`` → ``guides/law/index.md``."""
    return page if posixpath.basename(page) == "index.md" else f"{page.removesuffix('.md')}/index.md"
