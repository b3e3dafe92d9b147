"""Pages and data as plain files, for a generator of sites other than the one in use."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from casebook.site import pages
from casebook.site.edition import Edition
from casebook.site.links import Links

_VIEW = re.compile(r"<!--\s*view:\s*(\w+)\s*-->")


def write(edition: Edition, docs: Path, config: Path, folder: Path) -> int:
    """Write everything that pages are made of.

    Args:
        edition: what is published.
        docs: folder of the hand-written pages, one folder a language.
        config: file with the navigation, which is copied as it is.
        folder: where to write: the first language at its top, the others in folders of their own.

    Returns:
        Number of pages.
    """
    count = 0
    for number, lang in enumerate(edition.library.languages):
        renderer, lang_dir = edition.renderer(lang), f"{lang}/" if number else ""
        for path in sorted((docs / lang).rglob("*.md")):
            at = path.relative_to(docs / lang)
            _put(folder / lang_dir / at, _by_hand(edition, lang, lang_dir, at, path.read_text(encoding="utf-8")))
            count += 1
        for make in (pages.case_pages, pages.approach_pages, pages.kit_pages, pages.list_pages):
            for page in make(renderer, edition.asset_names, lang_dir, False):
                front = {"title": page.heading, "description": page.description, "section": page.section}
                lines = "".join(f"{name}: {json.dumps(words, ensure_ascii=False)}\n" for name, words in front.items())
                _put(folder / lang_dir / page.path / "index.md", f"---\n{lines}---\n\n{page.body}")
                count += 1
        for name, value in pages.data_files(renderer, [], False):
            _put(folder / edition.data_dir(lang) / f"{name}.js", pages.put(name, value))
    for name, content in edition.assets.values():
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    edition.write_data(folder, "")
    shutil.copy(config, folder / "nav.yml")
    return count


def _by_hand(edition: Edition, lang: str, lang_dir: str, at: Path, text: str) -> str:
    """Return a hand-written page with its views filled in; ``case:`` and ``site:`` links stay as written."""
    renderer = edition.renderer(lang)
    way = "" if at.stem == "index" else f"{at.stem}/"
    place = f"{at.parent.as_posix()}/{way}" if at.parent.name else way
    links = Links.at(place, lang_dir, edition.asset_names)
    return _VIEW.sub(lambda view: renderer.fragments[view[1]](links), text)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
