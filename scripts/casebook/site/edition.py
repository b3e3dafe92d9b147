"""One edition of the library: what is published, checked as a whole, and written out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from casebook import addresses, model, permanence, progress, report, validate
from casebook.intake import office
from casebook.intake.layout import layout
from casebook.library import open_library
from casebook.problem import Problem
from casebook.schema import Library, SchemaError
from casebook.site import packs, pages, pdf, spreadsheet, static, stock
from casebook.site.pages import Page
from casebook.site.render import Renderer
from casebook.site.shell import Shell
from casebook.site.stock import Kept
from casebook.views import feeds, package, share, sitemap

#: Shells of pages made from data, named after the folder of the pages unless they say another: their layout, the
#: scripts they need, the picture that stands for them (see :mod:`casebook.views.share`).
SECTIONS: dict[str, dict[str, Any]] = {
    "cases": {"scripts": ["gloss.js", "share.js"], "picture": "cases"},
    "withdrawn": {"folder": "cases", "unlisted": True, "picture": "cases"},
    "approaches": {"scripts": ["gloss.js"], "picture": "approaches"},
    "kit": {"picture": "approaches"},
    "list": {},
    "embed": {"layout": "bare", "unlisted": True, "scripts": ["answers.js", "embed.js"]},
    "embed/cases": {"layout": "bare", "unlisted": True, "picture": "cases"},
    "workshop": {"layout": "sheets"},
    "own": {"folder": "workshop", "layout": "sheets", "scripts": ["answers.js", "vendor/qr.min.js", "pack.js"]},
    "project": {"folder": "workshop", "layout": "bare", "scripts": ["answers.js", "vendor/qr.min.js", "project.js"]},
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


@dataclass(frozen=True)
class Job:
    """Where one language is written to.

    Attributes:
        site_dir: root of this language.
        lang: its code.
        lang_dir: its folder below the whole site, ``en/`` or nothing.
        files: whether pages will be opened as files.
        site_url: address of this language's root, may be empty.
    """

    site_dir: Path
    lang: str
    lang_dir: str
    files: bool
    site_url: str


@dataclass
class Edition:
    """The library and its cases, ready to be shown.

    Attributes:
        library: the schemas.
        kept: what was read of each case, those that are not published included.
        collection: the cases that are published.
        fingerprint: changes with anything that the data files are made from.
        register: every address ever published.
        gone: addresses of sources that open no more, and the day that was found.
        site_url: address of the site's root, empty where it is not known.
        guides: hand-written pages by language, to be searched.
        papers: whether the packs of workshops are made PDF files as well.
    """

    library: Library
    kept: list[Kept]
    collection: model.Collection
    fingerprint: str
    register: permanence.Register = field(default_factory=permanence.Register)
    gone: Mapping[str, str] = field(default_factory=dict)
    site_url: str = ""
    guides: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    papers: bool = False

    @property
    def has_packs(self) -> bool:
        """Whether there is any workshop to be printed."""
        return bool(self.renderer(self.library.languages[0]).packs)

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
        return {lang: Renderer(self.collection, lang, gone=self.gone) for lang in self.library.languages}

    def renderer(self, lang: str) -> Renderer:
        """Return the renderer of a language."""
        renderer = self._renderers[lang]
        renderer.pdf = self.papers
        below = "" if lang == self.library.languages[0] else f"{lang}/"
        renderer.site_url = self.site_url and f"{self.site_url.rstrip('/')}/{below}"
        return renderer

    def data_dir(self, lang: str) -> str:
        """Return the folder of a language's data files; a new one whenever the content changes."""
        return f"assets/data/{self.fingerprint}/{lang}/"

    def remember(self, lang: str, url: str, title: str, text: str) -> None:
        """Note a hand-written page, to be searched."""
        self.guides.setdefault(lang, []).append({"url": url, "title": title, "text": text})

    def write(self, job: Job, shells: Mapping[str, Shell]) -> None:
        """Write the pages made from data, and what scripts read, in one language."""
        renderer = self.renderer(job.lang)
        show = progress.bar("网页 / pages") if not job.lang_dir else None
        total = len(self.collection.cases)  # whose pages come first, and are nearly all
        for number, page in enumerate(self.pages(job), 1):
            folder, name = page.path.rstrip("/").rsplit("/", 1)
            body = permanence.with_old_names(self.register, page.path, page.body)
            values = {"heading": page.heading, "description": page.description, "body": body, "path": name}
            _write(job.site_dir / page.path / "index.html", shells[page.shell or folder].fill(values))
            if show and number <= total:
                show(number, total)
        for old, html in permanence.pages(self.register):
            if not (page_file := job.site_dir / old / "index.html").exists():
                _write(page_file, html)
        self.write_kits(job)
        site = job.site_dir if not job.lang_dir else job.site_dir.parent
        for name, value in pages.data_files(renderer, self.guides.get(job.lang, []), job.files):
            _write(site / self.data_dir(job.lang) / f"{name}.js", pages.put(name, value))

    def write_kits(self, job: Job) -> None:
        """Write the papers of the copy kits in one language, beside their pages."""
        renderer = self.renderer(job.lang)
        for view in renderer.approaches if "kit" in self.library.tools else ():
            for name, content in renderer.papers(view):
                (job.site_dir / "kit" / view.term.id / name).write_bytes(content)

    def pages(self, job: Job) -> Iterator[Page]:
        """Yield every page that is made from data, in one language."""
        renderer = self.renderer(job.lang)
        for make in (pages.case_pages, pages.approach_pages, pages.kit_pages, pages.list_pages, pages.embed_pages):
            yield from make(renderer, self.asset_names, job.lang_dir, job.files)
        yield from packs.tool_pages(renderer, self.asset_names, job.lang_dir, job.files)
        yield from packs.pack_pages(renderer, self.asset_names, job.lang_dir, job.files, job.site_url)

    def write_pictures(self, site_dir: Path) -> None:
        """Write the pictures that stand for pages where their address is shared; one set serves all languages."""
        approach = self.collection.library.case.by_role["approach"]
        terms = self.library.vocabularies[str(approach.vocabulary)].terms.values()
        groups = (
            (f"approaches/{term.id}", [case for case in self.collection.cases if term in (case.role("approach") or ())])
            for term in terms
        )
        for name, content in share.pictures(self.collection, groups):
            target = site_dir / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def write_papers(self, site_dir: Path, site_url: str) -> None:
        """Write the packs of workshops as PDF files, in all languages."""
        found = []
        for number, lang in enumerate(self.library.languages):
            below = f"{lang}/" if number else ""
            for paper in packs.papers(self.renderer(lang), site_url and site_url + below):
                found.append(packs.Paper(below + paper.path, paper.html))
        pdf.write(found, site_dir)

    def write_data(self, site_dir: Path, site_url: str, files: bool = False) -> None:
        """Write the data package, and what tells other programs of it.

        Where pages are opened as files there are the tables alone: no program asks there.
        """
        shown = {case.id for case in self.collection.cases}
        readings = [kept for kept in self.kept if kept.case in shown]
        for name, content in package.tables(self.library, readings):
            _write(site_dir / "data" / name, content)
        if not files:
            for kept in readings:
                _write(site_dir / "data" / "cases" / f"{kept.case}.json", kept.data)
            for name, content in feeds.files(self.collection, site_url):
                _write(site_dir / name, content)
        # Blank templates, for those who would rather fill in a workbook or a document.
        for name in office.FORMATS:
            office.form(name).write(layout(self.library), None, site_dir / "data" / f"blank.{name}")
        # The form corrects a case in its own words and order; one text serves all languages.
        for kept in readings:
            name = f"../yaml/{kept.case}"
            _write(site_dir / self.data_dir("yaml") / f"{kept.case}.js", pages.put(name, kept.text))

    def write_workbook(self, site_dir: Path) -> None:
        """Write all cases as a workbook, where they are not too many for one."""
        if len(self.collection.cases) <= spreadsheet.MOST:
            path = site_dir / spreadsheet.PATH
            path.parent.mkdir(parents=True, exist_ok=True)
            spreadsheet.write({lang: self.renderer(lang) for lang in self.library.languages}, path)

    def write_sitemap(self, site_dir: Path, site_url: str) -> None:
        """List every page that was written, those made from data too; nothing where the address is not known."""
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (site_dir / name).unlink(missing_ok=True)
        if site_url:
            found = (path.parent.relative_to(site_dir).as_posix() for path in site_dir.rglob("index.html"))
            paths = ("" if path == "." else f"{path}/" for path in found if "embed" not in path.split("/"))
            for name, content in sitemap.files(site_url, paths):
                _write(site_dir / name, content)


def load(root: Path, schemas: str, cases: str, docs: str, drafts: bool) -> Edition:
    """Read and check everything.

    Args:
        root: folder that the others are relative to.
        schemas: folder of the schemas.
        cases: folder of the cases.
        docs: folder of the hand-written pages.
        drafts: whether drafts are shown.

    Raises:
        Refused: there is an error somewhere.
    """
    try:
        library = open_library(root / schemas)
    except SchemaError as error:
        lines = [f"{each.file}: {each.code} {each.details.get('reason', '')}" for each in error.problems]
        raise Refused(lines) from None
    errors, kept = stock.read(validate.case_files([root / cases]), library, root, progress.bar("检查 / checked"))
    if errors:
        raise Refused([_line(library, each) for each in errors])
    collection = model.build(library, kept, drafts)
    fingerprint = _fingerprint(library, kept, root / docs, drafts)
    register, gone = _register(root / permanence.NAME), _gone(root / addresses.NAME)
    return Edition(library, kept, collection, fingerprint, register, gone)


def _fingerprint(library: Library, kept: list[Kept], docs: Path, drafts: bool) -> str:
    """Return a short name for everything that data files are made from, this program included."""
    digest = hashlib.sha256(str(drafts).encode())
    for each in kept:
        digest.update(each.text.encode())
    for folder in (library.root, docs, PACKAGE):
        for path in sorted(folder.rglob("*")):
            if path.suffix in MATTERS:
                digest.update(path.read_bytes())
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


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
