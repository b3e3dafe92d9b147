"""One function an engine: from documents to a folder that a browser can search."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import corpus

from casebook.model import Collection
from casebook.site.pages import put
from casebook.views import search
from casebook.views.reading import Reader
from casebook.views.search import tokens

HERE = Path(__file__).parent
ASSETS = corpus.ROOT / "scripts" / "casebook" / "site" / "assets"
PARTS = ("patience", "names", "sounds", "plan", "postings", "rank", "find", "show")


@dataclass(frozen=True)
class Job:
    """What to build, where, and where the peers' packages are."""

    collection: Collection
    lang: str
    folder: Path
    packages: Path

    @property
    def documents(self) -> list[dict[str, str]]:
        """The cases as plain texts."""
        return corpus.documents(self.collection, self.lang)


def _shell(folder: Path, scripts: list[Path], engine: str) -> None:
    """Write the page, and the scripts it loads in this order."""
    names = []
    for script in [*scripts, HERE / "engines" / f"{engine}.js"]:
        name = f"{len(names)}-{script.name}"
        shutil.copy(script, folder / name)
        names.append(name)
    tags = "".join(f'<script src="{name}" defer></script>' for name in names)
    page = f'<!doctype html><html><head><meta charset="utf-8"><title>{engine}</title>{tags}</head><body></body></html>'
    (folder / "index.html").write_text(page, encoding="utf-8")


def casebook(job: Job) -> float:
    """Build the project's own index."""
    start = time.perf_counter()
    for name, value in search.files(Reader(job.collection.library, job.lang), job.collection):
        path = job.folder / f"{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(put(name, value), encoding="utf-8")
    took = time.perf_counter() - start
    parts = [ASSETS / "search" / f"{part}.js" for part in PARTS]
    vendor = ASSETS / "vendor" / "minisearch.min.js"
    base = HERE / "engines" / "base.js"
    _shell(job.folder, [base, vendor, ASSETS / "tokens.js", *parts, ASSETS / "search.js"], "casebook")
    return took


def _in_browser(job: Job, engine: str, package: Path) -> float:
    """Write the documents; the index is made in the browser."""
    documents = job.documents
    start = time.perf_counter()
    corpus.write_json(job.folder / "documents.json", documents)
    corpus.write_json(job.folder / "simplified.json", corpus.simplified())
    took = time.perf_counter() - start
    _shell(job.folder, [package, ASSETS / "tokens.js", HERE / "engines" / "bigrams.js"], engine)
    return took


def minisearch(job: Job) -> float:
    """MiniSearch, index in the browser."""
    return _in_browser(job, "minisearch", ASSETS / "vendor" / "minisearch.min.js")


def flexsearch(job: Job) -> float:
    """FlexSearch, index in the browser."""
    return _in_browser(job, "flexsearch", job.packages / "flexsearch" / "dist" / "flexsearch.bundle.min.js")


def _pagefind(job: Job, documents: list[dict[str, str]], engine: str) -> float:
    for document in documents:
        (job.folder / f"{document['id']}.html").write_text(corpus.page(document, job.lang), encoding="utf-8")
    command = [str(job.packages / ".bin" / "pagefind"), "--site", str(job.folder), "--quiet"]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    took = time.perf_counter() - start
    for document in documents:
        (job.folder / f"{document['id']}.html").unlink()
    _shell(job.folder, [ASSETS / "tokens.js"], engine)
    return took


def pagefind(job: Job) -> float:
    """Pagefind as it comes."""
    return _pagefind(job, job.documents, "pagefind")


def pagefind_bigrams(job: Job) -> float:
    """Pagefind over texts cut into pairs."""
    cut = [
        {name: text if name == "id" else " ".join(tokens.cut(text)) for name, text in each.items()}
        for each in job.documents
    ]
    corpus.write_json(job.folder / "simplified.json", corpus.simplified())
    return _pagefind(job, cut, "pagefind-bigrams")


def material(job: Job) -> float:
    """Material's own search: MkDocs builds the pages and the index."""
    source = job.folder.with_name(f"{job.folder.name}-source")
    shutil.rmtree(source, ignore_errors=True)
    (source / "docs").mkdir(parents=True)
    for each in job.documents:
        lines = (f"# {each['title']}", each["place"], *each["text"].split("\n"), each["words"], each["sounds"])
        body = "\n\n".join(lines)
        (source / "docs" / f"{each['id']}.md").write_text(body, encoding="utf-8")
    (source / "docs" / "index.md").write_text("# index\n", encoding="utf-8")
    langs = "[zh, en]" if job.lang == "zh" else "[en]"
    config = (
        f"site_name: x\ntheme: {{name: material, font: false, language: {job.lang}}}\n"
        f"plugins: [{{search: {{lang: {langs}}}}}]\n"
    )
    (source / "mkdocs.yml").write_text(config, encoding="utf-8")
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(source / "mkdocs.yml"), "-d", str(job.folder)]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "true"})  # noqa: S603
    return time.perf_counter() - start


BUILDERS: dict[str, Callable[[Job], float]] = {
    "casebook": casebook,
    "minisearch": minisearch,
    "flexsearch": flexsearch,
    "pagefind": pagefind,
    "pagefind-bigrams": pagefind_bigrams,
    "material": material,
}
