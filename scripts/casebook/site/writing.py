"""Writing what is made from data."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from casebook import permanence, progress
from casebook.progress import Progress
from casebook.site import contents, health
from casebook.site.contents import Place
from casebook.site.edition import Edition
from casebook.site.shell import Frame


def write(places: Iterable[Place], folder: Path, show: Progress | None = None, total: int = 0) -> None:
    """Make files and write them.

    Args:
        places: the files.
        folder: root of the site.
        show: told of the first files, which take the longest.
        total: how many those are.
    """
    for number, (path, make) in enumerate(places, 1):
        put(f"{folder}/{path}", make())
        if show and number <= total:
            show(number, total)


def write_language(edition: Edition, lang: str, frame: Frame, files: bool, site: Path) -> None:
    """Write all there is in one language.

    Args:
        edition: what is published.
        lang: the language.
        frame: what the theme made; its pages have been written.
        files: whether pages will be opened as files.
        site: root of the whole site.
    """
    show = None if edition.below(lang) else progress.bar("网页 / pages")
    pages = contents.all_of(contents.page_shelves(edition, lang, frame, files))
    write(pages, site, show, len(edition.collection.cases) * (1 if files else 2))  # the rest of them are soon made
    write(contents.all_of(contents.data_shelves(edition, lang, frame.guides, files)), site)
    write((place for place in contents.moved(edition, lang).files() if not (site / place[0]).exists()), site)


def write_shared(edition: Edition, files: bool, site: Path) -> None:
    """Write what serves all languages; see :func:`write_language`."""
    write(contents.all_of(contents.shared_shelves(edition, files)), site)


def write_site_map(edition: Edition, site: Path) -> None:
    """Write the list of all pages that were written."""
    write(contents.site_map(edition, health.listing(site)), site)


def faults(edition: Edition, files: bool, site: Path) -> Iterator[str]:
    """Yield what does not hold in a site as a whole, not more than can be read."""
    way = urlsplit(edition.site_url).path or "/"
    # An edition opened as files lacks what only programs ask for, and nobody links to it.
    promised = () if files else permanence.places(edition.register, edition.collection)
    return islice(health.faults(site, edition.library.languages[1:], way, files, promised), health.MOST)


def put(path: str, content: str | bytes) -> None:
    """Write one file, and the folder it lies in; no objects for paths, a large site has a hundred thousand files."""
    try:
        out = open(path, "wb")  # noqa: PTH123, SIM115 -- closed below
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path))  # noqa: PTH103, PTH120
        out = open(path, "wb")  # noqa: PTH123, SIM115
    with out:
        out.write(content.encode() if isinstance(content, str) else content)
