"""Build, open and question every engine; see README.md."""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import shutil
import socketserver
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import corpus
from builders import BUILDERS, Job
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(corpus.ROOT / "tests"))
from searching import Expectation, expectations, published, score
from support import chromium

RESULTS = corpus.ROOT / "benchmarks" / "results" / "search.json"
SLOWER = 4

#: Queries that are timed: a name, a word for something called otherwise, a question.
TIMED = {
    "zh": ["云山水", "保洁外包", "物业公司突然走了，电梯停了怎么办？"],
    "en": ["Yunshan", "outsourced cleaning", "our property company walked out, what now"],
}
SECOND = {"zh": "垃圾没人清", "en": "nobody sweeps the stairs"}

#: Material's page is asked as its reader would ask it.
MATERIAL = """async (text) => {
  const input = document.querySelector("[data-md-component=search-query]");
  document.querySelector("[data-md-toggle=search]").checked = true;
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("keyup", {bubbles: true}));
  const meta = document.querySelector(".md-search-result__meta");
  for (let i = 0; i < 3000; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (window.asked === text && meta.dataset.done === text) break;
    const links = document.querySelectorAll(".md-search-result__item > .md-search-result__link");
    const state = links.length + meta.textContent;
    if (i > 15 && state === window.seen && !/Initial|初始/.test(meta.textContent)) break;
    window.seen = state;
  }
  const links = document.querySelectorAll(".md-search-result__item > .md-search-result__link");
  return [...links].slice(0, 8).map((link) => new URL(link.href).pathname.split("/").filter(Boolean).pop());
}"""
ASK = "(text) => window.ask(text)"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves compressed, as any web host does, and counts what it sends beside the page itself."""

    protocol_version = "HTTP/1.1"
    sent = 0
    counting = ""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        if self.path != "/" and self.counting in self.path:
            _Handler.sent += len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives its address."""
    with _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def question(engine: str) -> str:
    """Return the script that asks an engine."""
    return MATERIAL if engine == "material" else ASK


@contextmanager
def opened(browser: Browser, address: str, slower: int) -> Iterator[Page]:
    """Open a page with an empty cache, on a slow processor."""
    context = browser.new_context()
    page = context.new_page()
    _Handler.sent = 0
    page.goto(address, wait_until="load")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    yield page
    context.close()


def timed(browser: Browser, engine: str, address: str, queries: list[str], second: str) -> dict[str, float]:
    """Return bytes and times of each query as the first of a visit, and of another one after it."""
    cold, warm, weights = [], [], []
    for query in queries:
        with opened(browser, address, SLOWER) as page:
            start = time.perf_counter()
            page.evaluate(question(engine), query)
            cold.append(time.perf_counter() - start)
            page.wait_for_timeout(100)
            weights.append(_Handler.sent)
            start = time.perf_counter()
            page.evaluate(question(engine), second)
            warm.append(time.perf_counter() - start)
    return {
        "bytes": statistics.median(weights),
        "bytes_most": max(weights),
        "cold": statistics.median(cold),
        "warm": statistics.median(warm),
    }


def judged(
    browser: Browser, engine: str, address: str, lang: str, shown: set[str]
) -> dict[str, tuple[int, float, float]]:
    """Return count, recall and rank by sort of query."""
    wanted = [each for each in published(expectations(), shown) if each.kind == "case" and each.lang == lang]
    with opened(browser, address, 1) as page:

        def answer(each: Expectation) -> list[str]:
            found: list[str] = page.evaluate(question(engine), each.query)
            return found

        return {sort: (each.count, each.recall, each.rank) for sort, each in score(wanted, answer).items()}


def weight(folder: Path) -> dict[str, int]:
    """Return the size of an index, as it lies and as it travels."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    if (folder / "search" / "search_index.json").exists():
        files = [folder / "search" / "search_index.json"]
    return {
        "files": len(files),
        "size": sum(path.stat().st_size for path in files),
        "packed": sum(len(gzip.compress(path.read_bytes(), 6)) for path in files),
    }


def measure(arguments: argparse.Namespace, browser: Browser, work: Path) -> Iterator[dict[str, Any]]:
    """Yield a record for each engine, size and language."""
    library = corpus.library()
    for size in ["real", *arguments.sizes]:
        collection = corpus.real(library) if size == "real" else corpus.made_up(library, size, work / f"synth-{size}")
        for lang in library.languages if size == "real" else library.languages[:1]:
            for engine in arguments.engines:
                if size != "real" and size > arguments.most.get(engine, size):
                    continue
                folder = work / f"{engine}-{size}-{lang}"
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                record: dict[str, Any] = {
                    "engine": engine,
                    "cases": len(collection.cases),
                    "real": size == "real",
                    "lang": lang,
                }
                record["build"] = BUILDERS[engine](Job(collection, lang, folder, arguments.packages))
                record |= weight(folder)
                # Material's page brings its theme along; only what search needs counts.
                _Handler.counting = "search" if engine == "material" else ""
                with served(folder) as address:
                    # An index made in the browser takes a minute and does not depend on the query.
                    slow = engine in arguments.most and len(collection.cases) >= 1000
                    queries = TIMED[lang][:1] if slow else TIMED[lang] * arguments.rounds
                    record |= timed(browser, engine, address, queries, SECOND[lang])
                    if size == "real":
                        record["found"] = judged(browser, engine, address, lang, {case.id for case in collection.cases})
                shutil.rmtree(folder)
                yield record


def table(records: list[dict[str, Any]]) -> str:
    """Return the records as a Markdown table."""
    lines = [
        "| engine | cases | recall@5 | MRR | first result KB | cold s | warm s | index MB (gz) | files | build s |"
    ]
    lines.append("|---|---|---|---|---|---|---|---|---|---|")
    for each in sorted(records, key=lambda each: (each["lang"], each["cases"], each["engine"])):
        found = each.get("found", {}).get("all")
        recall, rank = (f"{found[1]:.3f}", f"{found[2]:.3f}") if found else ("", "")
        lines.append(
            f"| {each['engine']} ({each['lang']}) | {each['cases']:,} "
            f"| {recall} | {rank} | {each['bytes'] / 1024:,.0f} "
            f"(most {each['bytes_most'] / 1024:,.0f}) | {each['cold']:.2f} | {each['warm']:.2f} "
            f"| {each['size'] / 1e6:.1f} ({each['packed'] / 1e6:.1f}) | {each['files']:,} | {each['build']:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Run what is asked for and keep earlier records of anything else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="node_modules with the peers")
    parser.add_argument("--sizes", type=int, nargs="*", default=[20, 1000, 10000])
    parser.add_argument("--engines", nargs="*", default=list(BUILDERS), choices=list(BUILDERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--table", action="store_true", help="print what was measured")
    arguments = parser.parse_args()
    # Engines whose whole index is made in the browser, or that build for minutes, stop earlier.
    arguments.most = {"material": 1000, "minisearch": 1000, "flexsearch": 1000}
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    if not arguments.table:
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for record in measure(arguments, browser, Path(work)):
                same = ("engine", "cases", "lang")
                known = [each for each in known if any(each[key] != record[key] for key in same)] + [record]
                RESULTS.parent.mkdir(parents=True, exist_ok=True)
                RESULTS.write_text(json.dumps(known, indent=1), encoding="utf-8")
                print(table([record]).splitlines()[-1], flush=True)
            browser.close()
    print(table(known))


if __name__ == "__main__":
    main()
