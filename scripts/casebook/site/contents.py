"""Every file of the site that is made from data: where it lies, and what makes it when it is wanted.

A build makes them all, a preview the one that a browser asks for. Both read the same list, so they cannot differ.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from casebook import permanence
from casebook.intake import office
from casebook.intake.layout import layout
from casebook.site import packs, pages, pdf, spreadsheet
from casebook.site.edition import PAGES, Edition, Lister
from casebook.site.packs import Paper
from casebook.site.pages import Page
from casebook.site.shell import Frame
from casebook.site.stock import Kept
from casebook.views import feeds, fit, package, search, share, sitemap

#: Makes one file.
Make: TypeAlias = Callable[[], str | bytes]

#: A file: its path below the site's root, and what makes it.
Place: TypeAlias = tuple[str, Make]

Made = TypeVar("Made")


@dataclass(frozen=True)
class Shelf:
    """Files that are found together.

    Attributes:
        begins: how each of their paths begins, one way or another; those of other shelves may begin so, too.
        files: lists them. What takes long waits for a file to be made, unless all must be made to know their names.
    """

    begins: tuple[str, ...]
    files: Callable[[], Iterable[Place]]


def all_of(shelves: Iterable[Shelf]) -> Iterator[Place]:
    """Yield the files of shelves, one after the other."""
    for shelf in shelves:
        yield from shelf.files()


def page_shelves(edition: Edition, lang: str, frame: Frame, files: bool) -> Iterator[Shelf]:
    """Yield the pages of one language.

    Args:
        edition: what is published.
        lang: the language.
        frame: what the theme made in this language.
        files: whether pages will be opened as files.
    """
    below = edition.below(lang)
    for begins, listed in PAGES.items():
        yield Shelf(tuple(below + each for each in begins), partial(_pages, edition, lang, listed, frame, files))


def _pages(edition: Edition, lang: str, listed: Lister, frame: Frame, files: bool) -> Iterator[Place]:
    below = edition.below(lang)
    for page in listed(edition.renderer(lang), edition.asset_names, below, files):
        yield f"{below}{page.path}index.html", partial(_page, edition, page, frame)


def _page(edition: Edition, page: Page, frame: Frame) -> str:
    folder, name = page.path.rstrip("/").rsplit("/", 1)
    body = permanence.with_old_names(edition.register, page.path, page.body)
    values = {"heading": page.heading, "description": page.description, "body": body, "path": name}
    return frame.shells[page.shell or folder].fill({**values, "edition": edition.fingerprint})


def data_shelves(edition: Edition, lang: str, guides: Sequence[dict[str, str]], files: bool) -> Iterator[Shelf]:
    """Yield what scripts read in one language, and the papers of the copy kits.

    Args:
        edition: what is published.
        lang: the language.
        guides: hand-written pages, to be searched.
        files: whether pages will be opened as files.
    """
    renderer, folder = edition.renderer(lang), edition.data_dir(lang)
    found = partial(search.files, renderer.reader, edition.collection, guides)
    yield Shelf((f"{folder}search/",), lambda: _scripts(folder, _known(found())))
    tools = edition.library.tools
    if "fit" in tools:
        yield Shelf((f"{folder}fit",), lambda: _scripts(folder, _known(fit.files(renderer.fit))))
    yield Shelf((folder,), lambda: _scripts(folder, pages.data_files(renderer, files)))
    if "kit" in tools:
        yield Shelf((f"{edition.below(lang)}kit/",), lambda: _known(_kits(edition, lang)))


def _scripts(folder: str, values: Iterable[tuple[str, Callable[[], Any]]]) -> Iterator[Place]:
    for name, make in values:
        yield f"{folder}{name}.js", partial(_script, name, make)


def _script(name: str, make: Callable[[], Any]) -> str:
    return pages.put(name, make())


def _known(made: Iterable[tuple[str, Made]]) -> Iterator[tuple[str, Callable[[], Made]]]:
    """Yield what had to be made to know its name as if it were still to be made."""
    for name, value in made:
        yield name, partial(_same, value)


def _same(value: Made) -> Made:
    return value


def _kits(edition: Edition, lang: str) -> Iterator[tuple[str, bytes]]:
    renderer = edition.renderer(lang)
    for view in renderer.approaches:
        for name, content in renderer.papers(view):
            yield f"{edition.below(lang)}kit/{view.term.id}/{name}", content


def shared_shelves(edition: Edition, files: bool) -> Iterator[Shelf]:
    """Yield what serves all languages: what every page looks like, and the data package. It needs no case, only rows.

    Where pages are opened as files there are the tables alone: no program asks there.
    """
    # The form corrects a case in its own words and order; one text serves all languages.
    texts = edition.data_dir("yaml")
    yield Shelf((texts,), lambda: ((f"{texts}{kept.case}.js", partial(_text, kept)) for kept in edition.shown))
    yield Shelf(("assets/",), lambda: _known((f"assets/{name}", made) for name, made in edition.assets.values()))
    if not files:
        yield Shelf(
            ("data/cases/",), lambda: ((f"data/cases/{kept.case}.json", partial(_data, kept)) for kept in edition.shown)
        )
    yield Shelf(("data/blank.",), partial(_blanks, edition))
    yield Shelf(("data/",), lambda: _known(_tables(edition)))


def _text(kept: Kept) -> str:
    return pages.put(f"../yaml/{kept.case}", kept.text.decode())


def _data(kept: Kept) -> bytes:
    return kept.data


def _tables(edition: Edition) -> Iterator[tuple[str, str]]:
    for name, content in package.tables(edition.library, (kept.bare for kept in edition.shown)):
        yield f"data/{name}", content


def _blanks(edition: Edition) -> Iterator[Place]:
    """Yield blank templates, for those who would rather fill in a workbook or a document."""
    for name in office.FORMATS:
        write = partial(office.form(name).write, layout(edition.library), None)
        yield f"data/blank.{name}", partial(_written, write)


def package_shelves(edition: Edition) -> Iterator[Shelf]:
    """Yield all that serves all languages and programs: the workbook, what needs no case, and what tells of them."""
    yield workbook(edition)
    yield from shared_shelves(edition, files=False)
    yield news(edition)


def news(edition: Edition) -> Shelf:
    """Return what tells other programs of the cases."""
    return Shelf(("",), lambda: _known(feeds.files(edition.collection, edition.site_url)))


def workbook(edition: Edition) -> Shelf:
    """Return all cases as a workbook, where they are not too many for one."""
    return Shelf((spreadsheet.PATH,), partial(_workbook, edition))


def _workbook(edition: Edition) -> Iterator[Place]:
    if len(edition.collection.cases) <= spreadsheet.MOST:
        renderers = {lang: edition.renderer(lang) for lang in edition.library.languages}
        yield spreadsheet.PATH, partial(_written, partial(spreadsheet.write, renderers))


def _written(write: Callable[[Path], None]) -> bytes:
    """Return what is written to a file by whoever cannot write elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()


def pictures(edition: Edition) -> Shelf:
    """Return the pictures that stand for pages where their address is shared; one set serves all languages."""
    return Shelf((f"{share.FOLDER}/",), lambda: _known(_pictures(edition)))


def _pictures(edition: Edition) -> Iterator[tuple[str, bytes]]:
    approach = edition.library.case.by_role["approach"]
    terms = edition.library.vocabularies[str(approach.vocabulary)].terms.values()
    cases = edition.collection.cases
    groups = (
        (f"approaches/{term.id}", [case for case in cases if term in (case.role("approach") or ())]) for term in terms
    )
    return share.pictures(edition.collection, groups)


def papers(edition: Edition) -> Shelf:
    """Return the packs of workshops as PDF files, in all languages, where there are to be any."""
    begins = tuple(f"{edition.below(lang)}workshop/" for lang in edition.library.languages)
    return Shelf(begins, partial(_papers, edition))


def _papers(edition: Edition) -> Iterator[Place]:
    found = [
        Paper(edition.below(lang) + paper.path, paper.html)
        for lang in (edition.library.languages if edition.papers else ())
        for paper in packs.papers(edition.renderer(lang))
    ]

    @cache
    def made() -> dict[str, bytes]:
        return dict(pdf.made(found))  # all at once: the font in each is cut to the letters of all

    for paper in found:
        yield paper.path, partial(_one, made, paper.path)


def _one(made: Callable[[], Mapping[str, bytes]], path: str) -> bytes:
    return made()[path]


def moved(edition: Edition, lang: str) -> Shelf:
    """Return what stands where a page once was, for where there is none now."""
    return Shelf((edition.below(lang),), lambda: _known(_moved(edition, lang)))


def _moved(edition: Edition, lang: str) -> Iterator[tuple[str, str]]:
    for old, html in permanence.pages(edition.register):
        yield f"{edition.below(lang)}{old}index.html", html


def site_map(edition: Edition, paths: Iterable[str]) -> Iterator[Place]:
    """Yield the list of all pages among these paths for search engines; nothing where the address is not known."""
    if edition.site_url:
        found = (path for path in paths if path.endswith("index.html") and "embed" not in path.split("/"))
        yield from _known(sitemap.files(edition.site_url, (path.removesuffix("index.html") for path in found)))
