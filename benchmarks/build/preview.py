"""How long from saving a case until a page that is open in a browser shows it, while the site is previewed.

    python benchmarks/build/preview.py CASES [--times 7]

A copy of the folder is served and changed. Seen means: the page has loaded itself again with all it needs, shows the
new title where it shows titles, and says that it has finished its work where it says so.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from support import ROOT, chromium

#: What shows on each page that its work is done, ``TITLE`` being the new title.
PAGES = {
    "cases/{id}/": "h1:has-text('TITLE')",
    "en/cases/{id}/": "h1:has-text('TITLE')",
    "cases/": "html[data-ready=true] .card:has-text('TITLE')",
    "": "h1",
}


@contextmanager
def served(cases: Path) -> Iterator[str]:
    """Preview a folder of cases; gives the address when the first page is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "casebook", "preview", "--cases", str(cases), "--address", at]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet) as server:  # noqa: S603
        try:
            while True:
                try:
                    urllib.request.urlopen(f"http://{at}/").close()
                    break
                except urllib.error.URLError:
                    if server.poll() is not None:
                        raise
                    time.sleep(0.02)
            yield f"http://{at}/"
        finally:
            server.terminate()


def retitled(case: Path, title: str) -> None:
    """Save a case with another title in both languages."""
    text = case.read_text(encoding="utf-8")
    for old in yaml.load(text, yaml.BaseLoader)["title"].values():  # noqa: S506 -- words alone
        text = text.replace(old, title, 1)
    case.write_text(text, encoding="utf-8")


def seconds(page: Page, case: Path, sign: str, title: str) -> float:
    """Change a case and wait until an open page shows it."""
    old = page.locator("script[data-changes]").get_attribute("data-changes")
    begun = time.perf_counter()
    retitled(case, title)
    page.wait_for_selector(f'script[data-changes]:not([data-changes="{old}"])', state="attached")
    page.wait_for_selector(sign.replace("TITLE", title), state="attached")
    page.wait_for_load_state("load")
    return time.perf_counter() - begun


def first(page: Page, at: str) -> str:
    """Return the case that the list begins with."""
    page.goto(f"{at}cases/")
    address = page.locator("html[data-ready=true] .card a[href*='cases/']").first.get_attribute("href") or ""
    page.close()
    return address.rstrip("/").rpartition("/")[2]


def measured(cases: Path, times: int) -> dict[str, Any]:
    """Return the seconds until the first page and, for each page, from each change until it is seen."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = Path(shutil.copytree(cases, Path(folder) / "cases"))
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        begun = time.perf_counter()
        with served(copy) as at:
            started = time.perf_counter() - begun
            case = copy / f"{first(browser.new_page(), at)}.yaml"
            seen: dict[str, list[float]] = {}
            for path, sign in PAGES.items():
                page = browser.new_page()
                page.goto(at + path.format(id=case.stem))
                titles = (f"Title {len(seen)}.{number}" for number in range(times))
                seen[path] = [seconds(page, case, sign, title) for title in titles]
                page.close()
        browser.close()
        return {"cases": len(list(copy.glob("*.yaml"))), "started": started, "seen": seen}


def main() -> None:
    """Print what was measured as JSON, the median of each page first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--times", type=int, default=7)
    arguments = parser.parse_args()
    found = measured(arguments.cases, arguments.times)
    median = {path: round(statistics.median(each), 3) for path, each in found["seen"].items()}
    print(json.dumps({"median": median, **found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
