"""A preview as its user runs it: a project of one's own, with a copy of the program that can be changed."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casebook.site import stamp
from support import CASES, ROOT, SCHEMAS

#: Seconds after which something is taken never to come.
_PATIENCE = 120


def project(folder: Path, *cases: str) -> Path:
    """Make a project with these cases, and a copy of the program beside it; all cases where none is named."""
    root = folder / "project"
    for source in (SCHEMAS, ROOT / "docs"):
        shutil.copytree(source, root / source.name)
    for name in ("mkdocs.yml", "permanent.txt"):
        shutil.copy(ROOT / name, root)
    (root / "cases").mkdir()
    for path in CASES.glob("*.yaml"):
        if not cases or path.stem in cases:
            shutil.copy(path, root / "cases")
    shutil.copytree(stamp.PACKAGE, folder / "program" / "casebook", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@dataclass(frozen=True)
class Preview:
    """A preview that runs.

    Attributes:
        address: of its first page.
        log: where it says what it does.
    """

    address: str
    log: Path

    def get(self, path: str = "") -> str:
        """Return what a browser gets, also of a page that says that there is none."""
        return self.bytes(path).decode("utf-8")

    def bytes(self, path: str) -> bytes:
        """Return the same as it is."""
        try:
            with urllib.request.urlopen(self.address + path) as answer:  # noqa: S310 -- this machine's own address
                content: bytes = answer.read()
        except urllib.error.HTTPError as error:
            content = error.read()
        return content

    def data(self, name: str, lang: str = "zh") -> str:
        """Return a data file of the edition that pages are shown from now."""
        folder = re.search(r'data-data="\./([^"]*)zh/"', self.get())
        assert folder
        return self.get(f"{folder[1]}{lang}/{name}.js")

    def moment(self) -> str | None:
        """Return what changes with each change; nothing while nobody answers."""
        try:
            found = re.search(r'data-changes="([^"]*)"', self.get())
        except (OSError, http.client.HTTPException):
            return None
        return found[1] if found else None

    def after(self, change: Callable[[], object]) -> None:
        """Change something and wait until another moment is shown."""
        before = self.moment()
        change()
        self.until(lambda: self.moment() not in (None, before))

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            assert time.monotonic() < end, self.log.read_text(encoding="utf-8")[-2000:]
            time.sleep(0.05)


@contextmanager
def previewed(root: Path, *command: str) -> Iterator[Preview]:
    """Preview a project."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    words = [sys.executable, "-m", *(command or ("casebook", "preview", "--address")), at]
    environment = {**os.environ, "PYTHONPATH": str(root.parent / "program")}
    log = root.parent / "log"
    with (
        log.open("wb") as out,
        subprocess.Popen(words, cwd=root, env=environment, stdout=out, stderr=out) as server,
    ):
        preview = Preview(f"http://{at}/", log)
        try:
            preview.until(lambda: server.poll() is not None or preview.moment() is not None)
            assert server.poll() is None, log.read_text(encoding="utf-8")
            yield preview
        finally:
            server.terminate()


def replace(path: Path, old: str, new: str) -> None:
    """Put words in the place of others, where they stand first."""
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
