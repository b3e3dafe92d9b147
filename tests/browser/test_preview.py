"""Editing with the site open: what is saved is seen, without a hand on the browser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support import CASES, ROOT

pytestmark = pytest.mark.browser


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A case, and the address of the site that is served while it is edited."""
    (tmp_path / "cases").mkdir()
    case = Path(shutil.copy(CASES / "hetang-backstop.yaml", tmp_path / "cases"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "casebook", "preview", "--cases", str(case.parent), "--address", at]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://{at}/")
            yield case, f"http://{at}/"
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 -- this machine's own address
                return
        except urllib.error.URLError:
            time.sleep(0.5)
    raise TimeoutError(address)


@pytest.mark.parametrize("lang", ["", "en/"])
def test_what_is_saved_is_seen(edited: tuple[Path, str], browser: Browser, lang: str) -> None:
    case, address = edited
    page = browser.new_page()
    page.goto(f"{address}{lang}cases/hetang-backstop/")
    heading = page.locator("h1")
    expect(heading).not_to_contain_text("4711")
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace('title: {zh: "', 'title: {zh: "4711').replace('", en: "', '", en: "4711', 1), "utf-8")
    expect(heading).to_contain_text("4711", timeout=60_000)
    page.close()
