"""MkDocs' side of the site: hand-written pages, the theme, the two languages."""

from __future__ import annotations

import gc
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import urljoin

import jinja2
import mkdocs.commands.build
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from casebook import addresses, permanence
from casebook.site import byhand, contents, edition, pdf, running, shell, theming, writing
from casebook.site.beside import Beside
from casebook.site.preview import Preview
from casebook.site.shell import Frame, Shell

log = logging.getLogger("mkdocs.plugins.casebook")

_FOLDER_LINK = re.compile(r'href="((?:[\w.-]+/)+)(["?#])')
#: What a page says of things that an edition opened as files does not hold.
_ONLINE = re.compile(r"<!-- online -->.*?<!-- /online -->", re.DOTALL)


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
    """Builds one language; the first one has the others built as well."""

    #: Options that differ from the configuration.
    changes: Mapping[str, Any] = MappingProxyType({})
    #: Given by the first language to the others, so that everything is read and checked once.
    shared: edition.Edition | None = None
    lang: str
    #: Root of the whole site.
    site: Path
    #: There while pages are served; they are then made when they are asked for.
    preview: Preview | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note what MkDocs was started for; only a whole site can be searched and held together."""
        if dirty:
            raise Abort("不能用 --dirty / --dirty would leave out what has not changed")
        self.preview = Preview() if command == "serve" else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check everything before MkDocs empties the folder of the last good site."""
        self.config.update(self.changes)
        self.root = Path(config.config_file_path or ".").resolve().parent
        self.site_url = config.site_url or ""
        if not self.shared:
            self.site = Path(config.site_dir)
            if self.preview:
                self._watch(config, self.preview)
        self.edition = self.shared or self._load()
        library = self.edition.library
        self.lang = self.config.lang or library.languages[0]
        self.frame = Frame()
        config.theme.dirs.insert(0, str(theming.FOLDER))
        config.site_name = library.info["title"][self.lang]
        config.site_description = library.info["description"][self.lang]
        config.theme["language"] = self.lang
        config.docs_dir = str(self.root / self.config.docs / self.lang)
        return config

    def _load(self) -> edition.Edition:
        given = self.config
        stock = self.preview.stock if self.preview else None
        try:
            found = edition.load(self.root, given.schemas, given.cases, given.docs, given.drafts, stock=stock)
        except edition.Refused as refused:
            for line in refused.lines:
                log.error(line)  # noqa: TRY400 -- the reader made a mistake in a case, not in the program
            raise Abort(str(refused)) from refused
        found.site_url = self.site_url
        if self.preview:
            self._set_papers(found)
        return found

    def _set_papers(self, found: edition.Edition) -> None:
        """See whether the packs of workshops can be made papers; this makes cases of what was read."""
        if found.has_packs and self.config.papers:
            lacking = pdf.lacking()
            found.papers = lacking is None
            if lacking:
                log.info(lacking)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave the theme's own assets out, no page uses them; begin what can be done beside the pages."""
        for file in [file for file in files if file.src_uri.startswith("assets/")]:
            files.remove(file)
        self.others = [*self._beside(config)] if self._first and not self.preview else []
        return files

    def _beside(self, config: MkDocsConfig) -> Iterator[Beside]:
        # Not before: MkDocs has only now emptied the folder that the others lie in.
        site = Path(config.site_dir)
        yield Beside(writing.write_shared, self.edition, self.config.files, site)
        self._set_papers(self.edition)
        self.edition.prepare()
        gc.freeze()  # what was read lives to the end, and looking through it again and again is dear
        for lang in self.edition.library.languages[1:]:
            yield Beside(running.build_language, config, lang, self._other(), self)
        shelves = [contents.workbook(self.edition), contents.papers(self.edition)]
        if not self.config.files:
            shelves.append(contents.news(self.edition))
            if config.site_url:  # a shared link needs a whole address
                shelves.append(contents.pictures(self.edition))
        yield from (Beside(writing.write, shelf.files(), site) for shelf in shelves)

    def _other(self) -> CasebookPlugin:
        """Return a plugin for a further language."""
        other = CasebookPlugin()
        other.shared, other.preview, other.site = self.edition, self.preview, self.site
        return other

    def on_page_markdown(self, markdown: str, page: Page, **_: Any) -> str:
        """Keep the words of hand-written pages for search; leave out what is only there with a network."""
        markdown = _ONLINE.sub("", markdown) if self.config.files else markdown
        title = str(page.meta.get("title") or page.title or "")
        self.frame.guides.append({"url": page.url, "title": title, "text": markdown})
        return markdown

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
        values["scripts"] = theming.scripts(page.meta)
        return context

    def on_template_context(self, context: TemplateContext, /, **_: Any) -> TemplateContext:
        """Do the same for the page for missing pages, which is shown at addresses of any depth."""
        cast("dict[str, Any]", context).update(self._context("", None), **theming.anywhere(self.edition))
        return context

    def on_post_template(self, output: str, /, *, template_name: str, **_: Any) -> str:
        """Do with the page for missing pages as with the others."""
        return self._done(template_name, output) if template_name.endswith(".html") else output

    def on_post_page(self, output: str, /, *, page: Page, **_: Any) -> str:
        """Put views where a page asks for them and lead links on; when serving, this waits until somebody asks."""
        return self._done(page.file.dest_uri, output)

    def _done(self, path: str, html: str) -> str:
        if self.preview:
            self.frame.pages[path] = html
            return html
        return self._as_file(byhand.filled(html, self.edition, self.lang, path, self.config.files))

    def _as_file(self, html: str) -> str:
        """Name the page in a folder where pages are opened as files, which show no page for a folder."""
        return _FOLDER_LINK.sub(r'href="\1index.html\2', html) if self.config.files else html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the pages made from data and the data itself, and wait for the other languages."""
        self.frame.shells = {section: self._shell(section, config) for section in shell.SECTIONS}
        if self.preview:
            self._settle(Path(config.site_dir))
            if self._first:
                self.preview.live.show(self.edition, {self.lang: self.frame, **self._other_frames(config)})
            return
        folder, files = Path(config.site_dir), self.config.files
        (folder / "sitemap.xml").unlink(missing_ok=True)  # there will be one of all languages, or none
        (folder / "sitemap.xml.gz").unlink(missing_ok=True)
        if files or not self._first:  # a server has one, a folder has none
            (folder / "404.html").unlink(missing_ok=True)
        self._settle(folder)
        writing.write_language(self.edition, self.lang, self.frame, files, self.site)
        if self._first:
            done = [other.finished() for other in self.others]
            if not all(done):
                raise Abort("another language could not be built")
            writing.write_site_map(self.edition, self.site)
            for line in writing.faults(self.edition, files, self.site):
                log.warning(line)  # a strict build then fails

    def _settle(self, folder: Path) -> None:
        """Move what MkDocs wrote in a further language to where others may already be writing."""
        if not self._first:
            shutil.copytree(folder, self.site / self.lang, dirs_exist_ok=True)

    def _other_frames(self, config: MkDocsConfig) -> dict[str, Frame]:
        """Have MkDocs make its part of the pages of the other languages."""
        found = {}
        for lang in self.edition.library.languages[1:]:
            other = self._other()
            running.build_language(config, lang, other, self)
            found[lang] = other.frame
        return found

    def _watch(self, config: MkDocsConfig, preview: Preview) -> None:
        """Say what the preview depends on, before anything is read."""
        cases = [self.root / name for name in (self.config.cases, permanence.NAME, addresses.NAME)]
        own = [str(self.root / self.config.schemas), str(self.root / self.config.docs)]
        pages = [*config.watch, *own, config.config_file_path, config.theme.custom_dir]
        found = preview.depend([path for path in cases if path.exists()], [Path(path) for path in pages if path])
        config.watch.extend(found)

    def on_serve(self, server: LiveReloadServer, /, *, builder: Any, **_: Any) -> LiveReloadServer:
        """Answer with what is shown now, and do no more after a change than it asks for."""
        if self.preview:
            self.preview.attach(server, builder, self._read)
        return server

    def _read(self) -> None:
        """Show the cases as they are now in the pages as they are."""
        self.edition = self._load()
        if self.preview:
            self.preview.live.show(self.edition, self.preview.live.now.whole.frames)

    @property
    def _first(self) -> bool:
        return self.lang == self.edition.library.languages[0]

    def _context(self, path: str, twin: str | None) -> dict[str, Any]:
        given = theming.context(self.edition, self.lang, path, twin, self.config.files)
        return {**given, "settings": dict(self.config.contribute)}

    def _shell(self, section: str, config: MkDocsConfig) -> Shell:
        """Render the theme once around a page that has marks instead of content."""
        given = {"folder": section, **shell.SECTIONS[section]}
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
        return Shell.cut(self._as_file(html))
