"""While the site is served: what it depends on, and what is done after a change, which is no more than it asks for."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from casebook.site import stamp
from casebook.site.edition import Refused
from casebook.site.live import Live
from casebook.site.serving import App
from casebook.site.stock import Stock
from casebook.site.watching import Watchers

log = logging.getLogger("mkdocs.plugins.casebook")


class Preview:
    """A preview, from its start to its end.

    Attributes:
        live: what browsers are shown.
        stock: what was read of the cases.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.live, self.stock = Live(), Stock()
        self._paths: tuple[Sequence[Path], Sequence[Path]] | None = None
        self._seen = ("", "", "")
        self._built = ""

    def depend(self, cases: Sequence[Path], pages: Sequence[Path]) -> list[str]:
        """Note files and folders before they are read; return all that is to be watched.

        Args:
            cases: those that are read for the cases alone.
            pages: those that MkDocs makes pages from, too.
        """
        if self._paths is None:
            self._paths = cases, pages
            self._seen = self._look()
            self._built = self._seen[1]
        elif self._paths != (cases, pages):
            _restart()  # MkDocs goes on watching what it watched at first
        return [str(path) for path in (*cases, *pages, stamp.PACKAGE)]

    def attach(self, server: Any, build: Callable[[], None], read: Callable[[], None]) -> None:
        """Have a server of MkDocs answer with what is shown now.

        Args:
            server: the server, before it starts.
            build: has MkDocs build all pages again.
            read: reads the cases again and shows them in the pages as they are.
        """
        # What was read stays, nearly all of it, to the end: looking through it for waste again and again takes longer
        # than making a page.
        gc.collect()
        gc.freeze()
        app = App(self.live, server.serve_request, server.mount_path)
        server.set_app(app)
        server.error_handler = lambda code: app.made("404.html") if code == 404 else None
        server.request_queue_size = 64  # a browser asks for all that a page needs at once
        server.build_delay = 0.05  # what is saved in several steps is saved within less
        server.observer = Watchers(server.observer)
        server.builder = lambda: self._renew(build, read)
        logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)  # it tells of changes that are none
        log.info("打开 / open: %s", server.url)

    def _renew(self, build: Callable[[], None], read: Callable[[], None]) -> None:
        """Do what a change asks for: nothing where files say what they said before. Failures are told, not raised."""
        seen, before = self._look(), self._seen
        if seen == before:
            return
        self._seen = seen
        _, pages, program = seen
        if program != before[2]:
            _restart()
        try:
            if pages == self._built:
                read()
            else:
                self._built = ""  # until all went well
                build()
                self._built = pages
            log.info("已更新 / updated")
        except Exception as error:
            if not isinstance(error, SystemExit):  # whoever stops for a reason has said it
                log.exception("没有生成，仍显示上一次的 / not built, the last good site stays")
            refused = error.__cause__
            self.live.refuse(refused.lines if isinstance(refused, Refused) else [str(error)])

    def _look(self) -> tuple[str, str, str]:
        """Return names for what cases, pages and the program are made of as they are now."""
        cases, pages = self._paths or ((), ())
        return stamp.name(*cases), stamp.name(*pages), stamp.name(stamp.PACKAGE)


def _restart() -> NoReturn:
    """Start the program anew, for what it has in memory of itself and its settings is no longer so."""
    if os.name == "posix":
        log.warning("程序或设置变了，重新启动 / the program or its settings have changed, starting anew")
        atexit.register(os.execv, sys.executable, [sys.executable, *sys.orig_argv[1:]])
    else:
        log.warning("程序或设置变了，请重新运行 / the program or its settings have changed: run it again")
    raise KeyboardInterrupt  # MkDocs then tidies up
