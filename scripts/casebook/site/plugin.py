"""MkDocs' side of the site: hand-written pages, the theme, the two languages. No other module imports mkdocs."""

from __future__ import annotations

import logging
import re
from itertools import islice
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import jinja2
import mkdocs.commands.build
import mkdocs.commands.serve
import mkdocs.config
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from casebook import permanence
from casebook.site import edition, health, pdf, shell
from casebook.site.beside import Beside
from casebook.site.links import Links
from casebook.site.shell import Shell

__all__ = ["Abort", "CasebookPlugin", "build", "serve"]

log = logging.getLogger("mkdocs.plugins.casebook")

_VIEW = re.compile(r"<!--\s*view:\s*(\w+)\s*-->")
_CASE_LINK = re.compile(r'href="case:([a-z0-9-]+)(#[^"]*)?"')
_FOLDER_LINK = re.compile(r'href="((?:[\w.-]+/)+)(["?#])')
_SITE_LINK = re.compile(r'href="site:([^"]*)"')
#: What a page says of things that an edition opened as files does not hold.
_ONLINE = re.compile(r"<!-- online -->.*?<!-- /online -->", re.DOTALL)
#: Scripts of every page, in the order they are loaded.
FRAME_SCRIPTS = ("base.js", "frame.js", "suggest.js")
THEME = Path(__file__).with_name("theme")


class PluginConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options in ``mkdocs.yml``."""

    cases = options.Type(str, default="cases")
    schemas = options.Type(str, default="schemas")
    docs = options.Type(str, default="docs")
    drafts = options.Type(bool, default=False)
    files = options.Type(bool, default=False)
    papers = options.Type(bool, default=False)
    contribute = options.Type(dict, default={})
    lang = options.Optional(options.Type(str))


class CasebookPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Builds one language; the first one has the others built at the same time."""

    #: Given by the first language to the others, so that everything is read and checked once.
    shared: edition.Edition | None = None
    lang: str
    #: Whether pages are served while they are edited; MkDocs then puts a script into each.
    serving = False

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Note what MkDocs was started for."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything before MkDocs empties the folder of the last good site."""
        root = Path(config.config_file_path or ".").resolve().parent
        self.edition = self.shared or self._load(root)
        library = self.edition.library
        self.lang = self.config.lang or library.languages[0]
        if self._first:
            self.edition.site_url = config.site_url or ""
        config.theme.dirs.insert(0, str(THEME))
        config.site_name = library.info["title"][self.lang]
        config.site_description = library.info["description"][self.lang]
        config.theme["language"] = self.lang
        config.docs_dir = str(root / self.config.docs / self.lang)
        config.watch.extend(str(root / name) for name in (self.config.cases, self.config.schemas, self.config.docs))
        return config

    def _load(self, root: Path) -> edition.Edition:
        try:
            given = self.config
            found = edition.load(root, given.schemas, given.cases, given.docs, given.drafts)
        except edition.Refused as refused:
            for line in refused.lines:
                log.error(line)  # noqa: TRY400 -- the reader made a mistake in a case, not in the program
            raise Abort(str(refused)) from None
        if given.papers and found.has_packs:
            lacking = pdf.lacking()
            found.papers = lacking is None
            if lacking:
                log.info(lacking)
        return found

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Publish our assets beside the pages of the first language; the theme's own stay out, no page uses them."""
        for file in [file for file in files if file.src_uri.startswith("assets/")]:
            files.remove(file)
        if self._first:
            for name, content in self.edition.assets.values():
                files.append(File.generated(config, f"assets/{name}", content=content))
            # Not before: MkDocs has only now emptied the folder that the others lie in.
            languages = self.edition.library.languages[1:]
            self.others = [Beside(_build_language, config, lang, self) for lang in languages]
            if not self.serving:
                self.others.append(Beside(self.edition.write_workbook, Path(config.site_dir)))
            if config.site_url and not (self.serving or self.config.files):  # a shared link needs a whole address
                self.others.append(Beside(self.edition.write_pictures, Path(config.site_dir)))
            if self.edition.papers:
                self.others.append(Beside(self.edition.write_papers, Path(config.site_dir), config.site_url or ""))
        return files

    def on_page_markdown(self, markdown: str, page: Page, **_: Any) -> str:
        """Keep the words of hand-written pages for search; leave out what is only there with a network."""
        markdown = _ONLINE.sub("", markdown) if self.config.files else markdown
        self.edition.remember(self.lang, page.url, str(page.meta.get("title") or page.title or ""), markdown)
        return markdown

    def on_page_content(self, html: str, page: Page, **_: Any) -> str:
        """Put views where a page asks for them; lead ``case:`` links to cases, ``site:`` links to the site's root."""
        links = self._links(page.url)
        renderer = self.edition.renderer(self.lang)

        def view(found: re.Match[str]) -> str:
            if found[1] in renderer.fragments:
                return renderer.fragments[found[1]](links)
            log.warning("%s: no view “%s”", page.file.src_uri, found[1])
            return ""

        def case(found: re.Match[str]) -> str:
            if found[1] not in renderer.cards:
                log.warning("%s: no case “%s”", page.file.src_uri, found[1])
            return f'href="{links.url(f"cases/{found[1]}/")}{found[2] or ""}" data-case="{found[1]}"'

        html = _SITE_LINK.sub(lambda found: f'href="{links.top}{found[1]}"', html)
        return _CASE_LINK.sub(case, _VIEW.sub(view, html))

    def on_env(self, env: jinja2.Environment, /, *, files: Files, **_: Any) -> jinja2.Environment:
        """Keep what the pages made from data are rendered with."""
        self.env, self.files = env, files
        return env

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Keep the navigation."""
        self.nav = nav
        return nav

    @event_priority(-50)
    def on_page_context(self, context: TemplateContext, /, *, page: Page, **_: Any) -> TemplateContext:
        """Give the theme its words and addresses."""
        values = cast("dict[str, Any]", context)
        values.update(self._context(page.url, page.url))
        values["twin_url"] = urljoin(page.canonical_url, values["other_url"]) if page.canonical_url else None
        own = page.meta.get("scripts", [])
        if page.meta.get("layout") == "bare":  # nothing to search with, and often nothing to do at all
            values["scripts"] = [*FRAME_SCRIPTS[:2], *own] if own else []
        else:
            values["scripts"] += own
        return context

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Do the same for pages without Markdown, of which there is the one for missing pages."""
        values = cast("dict[str, Any]", context)
        values.update(self._context("", None))
        if template_name == "404.html":
            # It is shown at addresses of any depth.
            site = urlsplit(config.site_url or "").path or "/"
            at = Links(site, site, self.edition.asset_names, self.config.files)
            values.update(url=at.url, asset=at.asset, root=site, top=site)
        return context

    def on_post_page(self, output: str, /, **_: Any) -> str:
        """Name the page in a folder where pages are opened as files, which show no page for a folder."""
        return _FOLDER_LINK.sub(r'href="\1index.html\2', output) if self.config.files else output

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the pages made from data and the data itself, and wait for the other languages."""
        shells = {section: self._shell(section, config) for section in edition.SECTIONS}
        job = edition.Job(Path(config.site_dir), self.lang, self._lang_dir, self.config.files, config.site_url or "")
        self.edition.write(job, shells)
        if self.config.files or not self._first:  # a server has one of each, a folder has none
            for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):
                (job.site_dir / name).unlink(missing_ok=True)
        if self._first:
            self.edition.write_data(Path(config.site_dir), config.site_url or "", self.config.files)
            done = [other.finished() for other in self.others]
            if not all(done):
                raise Abort("another language could not be built")
            self.edition.write_sitemap(Path(config.site_dir), config.site_url or "")
            if not self.serving:
                self._hold_together(config)

    def _hold_together(self, config: MkDocsConfig) -> None:
        """Say what does not hold in the site as a whole; a strict build then fails."""
        way = urlsplit(config.site_url or "").path or "/"
        others = self.edition.library.languages[1:]
        # An edition opened as files lacks what only programs ask for, and nobody links to it.
        promised = () if self.config.files else permanence.places(self.edition.register, self.edition.collection)
        found = health.faults(Path(config.site_dir), others, way, self.config.files, promised)
        for line in islice(found, health.MOST):
            log.warning(line)

    @property
    def _first(self) -> bool:
        return self.lang == self.edition.library.languages[0]

    @property
    def _lang_dir(self) -> str:
        return "" if self._first else f"{self.lang}/"

    def _links(self, path: str) -> Links:
        return Links.at(path, self._lang_dir, self.edition.asset_names, self.config.files)

    def _context(self, path: str, twin: str | None) -> dict[str, Any]:
        links = self._links(path)
        renderer = self.edition.renderer(self.lang)
        other = next(lang for lang in self.edition.library.languages if lang != self.lang)
        there = "" if other == self.edition.library.languages[0] else f"{other}/"
        return {
            "t": renderer.words,
            "url": links.url,
            "asset": links.asset,
            "root": links.root or "./",
            "top": links.top or "./",
            "data_dir": self.edition.data_dir(self.lang),
            "lang_dir": self._lang_dir,
            "other_url": None if twin is None else Links(links.top + there, "", {}, self.config.files).url(twin),
            "scripts": [*FRAME_SCRIPTS],
            "settings": dict(self.config.contribute),
            "files_mode": self.config.files,
            "serving": self.serving,
        }

    def _shell(self, section: str, config: MkDocsConfig) -> Shell:
        """Render the theme once around a page that has marks instead of content."""
        given = {"folder": section, **edition.SECTIONS[section]}
        file = File.generated(config, f"{given['folder']}/x.md", content="")
        page = Page(None, file, config)
        page.title = shell.mark("heading")
        page.content = shell.mark("body")
        page.meta = {"layout": "wide", "description": shell.mark("description"), **given}
        if "picture" in given:
            page.meta["picture"] = f"{given['picture']}/{shell.mark('path')}"
        template = self.env.get_template("main.html")
        context = mkdocs.commands.build.get_context(self.nav, self.files, config, page)
        html = template.render(self.on_page_context(context, page=page)).replace(
            page.url, f"{given['folder']}/{shell.mark('path')}/"
        )
        return Shell.cut(self.on_post_page(html))


def _build_language(first: MkDocsConfig, lang: str, plugin: CasebookPlugin) -> None:
    # Without plugins: MkDocs would hand us the first language's own, which is at work.
    config = mkdocs.config.load_config(first.config_file_path, site_dir=str(Path(first.site_dir) / lang), plugins=[])
    own = CasebookPlugin()
    own.load_config({**plugin.config, "lang": lang})
    own.shared, own.serving = plugin.edition, plugin.serving
    for name, other in first.plugins.items():
        config.plugins[name] = own if other is plugin else other
    if first.site_url:
        config.site_url = f"{first.site_url.rstrip('/')}/{lang}/"
    config.strict = first.strict
    try:
        mkdocs.commands.build.build(config)
    except Abort as stop:  # it has said why; a trace of calls would say no more
        raise SystemExit(stop.exit_code) from None


def build(config_file: Path, site_dir: Path | None = None, **changes: Any) -> None:
    """Run MkDocs.

    Args:
        config_file: ``mkdocs.yml``.
        site_dir: folder to write, that of the configuration by default.
        changes: options of this plugin that differ from the configuration.

    Raises:
        Abort: something is wrong with a case, a schema or a page.
    """
    config = _load(config_file, site_dir, changes)
    # Pages written by hand name cases of the library; with other cases in their place they lead nowhere.
    config.strict = "cases" not in changes
    mkdocs.commands.build.build(config)


def serve(config_file: Path, address: str, **changes: Any) -> None:
    """Serve the site and build it anew whenever a file changes."""
    own = _load(config_file, None, changes).plugins["casebook"].config
    host, _, port = address.rpartition(":")
    mkdocs.commands.serve.serve(
        str(config_file), dev_addr=f"{host or '127.0.0.1'}:{port}", plugins={"casebook": dict(own)}
    )


def _load(config_file: Path, site_dir: Path | None, changes: dict[str, Any]) -> MkDocsConfig:
    given = {"site_dir": str(site_dir)} if site_dir else {}
    config = mkdocs.config.load_config(str(config_file), **given)
    config.plugins["casebook"].config.update(changes)
    return config
