"""What a phone fetches for each page of a built site: the page alone, and with all it loads by itself, in kilobytes.

    python benchmarks/build/weigh.py SITE…

Both are counted compressed as a server would send them, and as they are.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from support import chromium

#: Pages that might grow with the number of cases.
PAGES = ("", "cases/", "cases/?approach=bundled_sanitation", "compare/", "approaches/", "gaps/", "fit/", "costs/")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def weigh(browser: Browser, site: Path) -> Iterator[dict[str, object]]:
    """Yield the weight of each page: of the page alone, and of everything until it says that it is ready."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        first = [f"{folder}/{next((site / folder).iterdir()).name}/" for folder in ("cases", "kit")]
        largest = max((site / "approaches").glob("*/index.html"), key=lambda path: path.stat().st_size)
        for path in (*PAGES, f"approaches/{largest.parent.name}/", *first):
            bodies: dict[str, bytes] = {}
            context = browser.new_context(viewport={"width": 360, "height": 780})
            page = context.new_page()
            page.on("response", lambda answer, bodies=bodies: bodies.update({answer.url: answer.body()}))
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.wait_for_load_state("networkidle")
            context.close()
            page_itself = next(iter(bodies.values()))
            yield {
                "page": path,
                "html": len(page_itself),
                "html_gz": len(gzip.compress(page_itself)),
                "all": sum(map(len, bodies.values())),
                "all_gz": sum(len(gzip.compress(body)) for body in bodies.values()),
            }
        server.shutdown()


def main() -> None:
    """Print a line for each page of each site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for site in arguments.sites:
            for row in weigh(browser, site):
                if arguments.json:
                    print(json.dumps({"site": site.name, **row}))
                    continue
                kilobytes = (f"{int(str(row[name])) / 1000:8.1f}" for name in ("html", "html_gz", "all", "all_gz"))
                print(f"{site.name:>8} {row['page']!s:40}", *kilobytes)
        browser.close()


if __name__ == "__main__":
    main()
