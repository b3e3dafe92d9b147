"""One edition of the library: what is published, checked as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from casebook import addresses, model, permanence, progress, report, validate
from casebook.model import Collection
from casebook.problem import Problem
from casebook.schema import Library, SchemaError
from casebook.site import packs, pages, static
from casebook.site.pages import Page
from casebook.site.render import Renderer
from casebook.site.stock import Kept, Stock
from casebook.views.related import Index

#: Lists pages, given the renderer, the assets' names, the language's folder, and whether pages are opened as files.
Lister: TypeAlias = Callable[[Renderer, dict[str, str], str, bool], Iterator[Page]]

#: What lists the pages made from data, by what their paths begin with. Those of cases come first and are nearly all.
PAGES: Mapping[tuple[str, ...], Lister] = {
    ("cases/", "embed/cases/"): pages.case_pages,
    ("approaches/",): pages.approach_pages,
    ("kit/",): pages.kit_pages,
    ("list/",): pages.list_pages,
    ("embed/",): pages.embed_pages,
    ("workshop/",): packs.workshop_pages,
}

#: This program, and the endings of files that say what a site looks like.
PACKAGE = Path(__file__).resolve().parent.parent
MATTERS = (".py", ".html", ".yaml", ".md", ".js", ".css")


class Refused(Exception):
    """The library has errors and is not published; ``lines`` says which, in both languages."""

    def __init__(self, lines: list[str]) -> None:
        """Keep the lines; the message counts them."""
        super().__init__(f"没有发布：{len(lines)} 处有误 / not published: {len(lines)} problems")
        self.lines = lines


@dataclass
class Edition:
    """The library and its cases, ready to be shown.

    Attributes:
        library: the schemas.
        kept: what was read of each case, those that are not published included.
        stock: makes cases of what was read.
        fingerprint: changes with anything that the data files are made from.
        drafts: whether drafts are published.
        register: every address ever published.
        gone: addresses of sources that open no more, and the day that was found.
        site_url: address of the site's root, empty where it is not known.
        papers: whether the packs of workshops are made PDF files as well.
    """

    library: Library
    kept: list[Kept]
    stock: Stock
    fingerprint: str
    drafts: bool = False
    register: permanence.Register = field(default_factory=permanence.Register)
    gone: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""
    papers: bool = False

    @property
    def has_packs(self) -> bool:
        """Whether there is any workshop to be printed."""
        return bool(self.renderer(self.library.languages[0]).packs)

    @cached_property
    def collection(self) -> Collection:
        """The cases that are published."""
        with validate.uncollected():
            return self.stock.collection(self.library, self.kept, self.drafts)

    @cached_property
    def shown(self) -> list[Kept]:
        """What was read of the cases that are published; needs no case to be made of it."""
        return [kept for kept in self.kept if model.is_shown(model.state(self.library, kept.state), self.drafts)]

    @cached_property
    def assets(self) -> Mapping[str, tuple[str, bytes]]:
        """Stylesheet, scripts and pictures."""
        return static.collect()

    @cached_property
    def asset_names(self) -> dict[str, str]:
        """Published names of the assets."""
        return {name: published for name, (published, _) in self.assets.items()}

    @cached_property
    def _renderers(self) -> dict[str, Renderer]:
        languages = self.library.languages
        return {lang: Renderer(self.collection, lang, gone=self.gone, related=self._related) for lang in languages}

    @cached_property
    def _related(self) -> Index:
        return Index(self.collection)

    def prepare(self) -> None:
        """Work out what every language needs, before each is given to a process of its own.

        What was read is let go of: whoever publishes it as it is was begun before.
        """
        with validate.uncollected():
            for case in self.collection.cases:
                self._related.of(case.id)
        self.kept.clear()
        self.stock.forget()

    def renderer(self, lang: str) -> Renderer:
        """Return the renderer of a language."""
        renderer = self._renderers[lang]
        renderer.pdf = self.papers
        renderer.site_url = self.site_url and f"{self.site_url.rstrip('/')}/{self.below(lang)}"
        return renderer

    def below(self, lang: str) -> str:
        """Return the folder of a language below the site's root, ``en/`` or nothing."""
        return "" if lang == self.library.languages[0] else f"{lang}/"

    def data_dir(self, lang: str) -> str:
        """Return the folder of a language's data files; a new one whenever the content changes."""
        return data_dir(self.fingerprint, lang)

    def pages(self, lang: str, files: bool = False) -> Iterator[Page]:
        """Yield every page that is made from data, in one language.

        Args:
            lang: the language.
            files: whether pages will be opened as files.
        """
        for pages_of in PAGES.values():
            yield from pages_of(self.renderer(lang), self.asset_names, self.below(lang), files)


def data_dir(fingerprint: str, lang: str) -> str:
    """Return the folder of a language's data files in the edition of this name."""
    return f"assets/data/{fingerprint}/{lang}/"


def load(  # noqa: PLR0913
    root: Path, schemas: str, cases: str, docs: str, drafts: bool, *, stock: Stock | None = None
) -> Edition:
    """Read and check everything.

    Args:
        root: folder that the others are relative to.
        schemas: folder of the schemas.
        cases: folder of the cases.
        docs: folder of the hand-written pages.
        drafts: whether drafts are shown.
        stock: what was read before; files that are as they were are not read again.

    Raises:
        Refused: there is an error somewhere.
    """
    stock = stock or Stock()
    try:
        library = stock.library(root / schemas)
    except SchemaError as error:
        lines = [f"{each.file}: {each.code} {each.details.get('reason', '')}" for each in error.problems]
        raise Refused(lines) from None
    with validate.uncollected():
        errors, kept = stock.read(validate.case_files([root / cases]), root, progress.bar("检查 / checked"))
        if errors:
            raise Refused([_line(library, each) for each in errors])
    fingerprint = _fingerprint(library, kept, root / docs, drafts)
    register, gone = _register(root / permanence.NAME), _gone(root / addresses.NAME)
    return Edition(library, kept, stock, fingerprint, drafts, register, gone)


def _fingerprint(library: Library, kept: list[Kept], docs: Path, drafts: bool) -> str:
    """Return a short name for everything that data files are made from, this program included."""
    digest = hashlib.sha256(str(drafts).encode())
    for each in kept:
        digest.update(f"\0{each.case}\0".encode() + each.digest)
    for folder in (library.root, docs, PACKAGE):
        for path in sorted(folder.rglob("*")):
            if path.suffix in MATTERS:
                digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _register(path: Path) -> permanence.Register:
    if not path.exists():
        return permanence.Register()
    try:
        return permanence.read(path.read_text(encoding="utf-8"))
    except permanence.Unreadable as error:
        raise Refused([str(error)]) from None


def _gone(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        return addresses.gone(addresses.read(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise Refused([f"{path.name}: {error}"]) from None


def _line(library: Library, problem: Problem) -> str:
    words = " / ".join(report.message(library, problem, lang) for lang in library.languages)
    return f"{problem.file}:{problem.span.line}:{problem.span.column} {problem.code} {words}"
