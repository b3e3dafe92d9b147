"""Answering browsers while the site is edited."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebook.site.live import Live, Moment

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: Addresses below the site's root that only a preview has.
_SCRIPT, _CHANGES = ".preview/reload.js", ".preview/changes/"
_RELOAD = Path(__file__).with_name("reload.js")

#: Seconds that a browser is kept waiting for a change before it has to ask again.
_PATIENCE = 50.0

_TYPES = {".js": "text/javascript", ".md": "text/plain", ".ics": "text/calendar"}
_BODY = re.compile(r"<body\b[^>]*>")

#: Nothing is worth keeping, it may have changed by the next time.
_FRESH = ("Cache-Control", "no-store")


class App:
    """Answers with what is shown now.

    Args:
        live: what is shown.
        others: answers for files that are not made from data.
        root: way to the site's root, with a slash at both ends.
    """

    def __init__(self, live: Live, others: WSGIApplication, root: str) -> None:
        """Keep these."""
        self._live, self._others, self._root = live, others, root

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer."""
        address = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        path = address.removeprefix(self._root)
        if not address.startswith(self._root):
            return self._others(environ, start_response)
        if path.startswith(_CHANGES):
            start_response("200 OK", [_type("text/event-stream"), _FRESH])
            return self._told(path.removeprefix(_CHANGES))
        name = path + "index.html" if path.endswith("/") or not path else path
        content = _RELOAD.read_bytes() if path == _SCRIPT else self.made(name)
        if content is not None:
            start_response("200 OK", [_type(_kind(name)), _FRESH, ("Content-Length", str(len(content)))])
            return [content]
        if self.made(f"{path}/index.html") is not None:
            start_response("302 Found", [("Location", quote(f"{address}/")), _FRESH])
            return []
        return self._others(environ, start_response)

    def made(self, path: str) -> bytes | None:
        """Return a file as a browser gets it, which goes on to listen for changes; ``None`` where there is none."""
        moment = self._live.now
        content = moment.whole.get(path)
        if isinstance(content, str):
            return (self._listening(content, moment) if path.endswith(".html") else content).encode()
        return content

    def _listening(self, html: str, moment: Moment) -> str:
        if moment.faults:
            html = _BODY.sub(lambda body: body[0] + _notice(moment.faults), html, count=1)
        changes = f"{self._root}{_CHANGES}{moment.number}"
        script = f'<script src="{self._root}{_SCRIPT}" data-changes="{changes}"></script>'
        head, end, tail = html.rpartition("</body>")
        return f"{head}{script}{end}{tail}" if end else html + script

    def _told(self, number: str) -> Iterator[bytes]:
        yield b"retry: 500\n\n"
        if not number.isdecimal() or self._live.has_changed(int(number), _PATIENCE):
            yield b"data: changed\n\n"


def _notice(faults: Iterable[str]) -> str:
    words = "有误，没有更新，下面还是上一次的 / Something is wrong. The page is as it was before"
    lines = "".join(f"<li>{escape(each)}</li>" for each in faults)
    button = '<form method="dialog"><button class="btn">知道了 / Close</button></form>'
    return f'<dialog data-preview aria-label="{words}"><p><b>{words}</b></p><ul>{lines}</ul>{button}</dialog>'


def _kind(path: str) -> str:
    return _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _type(kind: str) -> tuple[str, str]:
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json"))
    return "Content-Type", f"{kind}; charset=utf-8" if is_text else kind
