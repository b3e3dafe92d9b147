"""A preview shows what a build would write, and every change of anything that matters."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from casebook.site.stock import Stock
from casebook.site.watching import Watchers
from previewing import Preview, previewed, project, replace
from support import CASES, SCHEMAS

CASE, OTHER, THIRD = "hetang-backstop", "hejiaao-1133", "nanjing-lanqi-6"

#: What a page of a preview has and the same page of a site has not.
_LISTENING = re.compile(rb'<script src="/\.preview/reload\.js" data-changes="[^"]*"></script>')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path, CASE, OTHER, THIRD)


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    with previewed(root) as running:
        yield running


def title(case: Path) -> str:
    found = re.search(r'^title: \{zh: "(.*?)"', case.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_a_preview_is_what_a_build_would_write(tmp_path: Path) -> None:
    root = project(tmp_path)
    with previewed(root) as running:
        replace(root / "mkdocs.yml", 'site_url: ""', f"site_url: {running.address}")
        command = [sys.executable, "-m", "casebook", "build", "--site-dir", "out"]
        environment = {**os.environ, "PYTHONPATH": str(root.parent / "program")}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        out = root / "out"
        files = [path for path in sorted(out.rglob("*")) if path.is_file()]
        assert len(files) > 800
        other = [
            name
            for path in files
            if _LISTENING.sub(b"", running.bytes(name := path.relative_to(out).as_posix())) != path.read_bytes()
        ]
        assert other == []


def test_a_changed_case_is_seen_wherever_it_is_shown(root: Path, preview: Preview) -> None:
    case = root / "cases" / f"{CASE}.yaml"
    preview.after(lambda: replace(case, title(case), "四七一一号"))
    preview.after(lambda: replace(case, 'en: "', 'en: "No. 4711 '))
    for path in (f"cases/{CASE}/", "cases/", f"embed/cases/{CASE}/", "feed.xml", f"data/cases/{CASE}.json"):
        assert "四七一一号" in preview.get(path), path
        assert path.endswith(".json") or "No. 4711" in preview.get(f"en/{path}"), path
    assert "四七一一号" in preview.get("data/cases.csv")
    assert "四七一一号" in preview.data("cards-0")
    assert "4711" in preview.data("search/v-0", "en") + preview.data("search/d-0", "en")


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    files = [Path(shutil.copy(CASES / f"{name}.yaml", tmp_path / "cases")) for name in (CASE, OTHER, THIRD)]
    stock = Stock()
    library = stock.library(SCHEMAS)
    counts: list[int] = []

    def read() -> list[bytes]:
        counts.clear()
        errors, kept = stock.read(files, tmp_path, lambda _, total: counts.append(total))
        assert errors == []
        return [each.text for each in kept]

    before = read()
    assert counts == [3]
    assert read() == before
    assert counts == []
    was = files[1].stat()
    old = title(files[1])
    replace(files[1], old, "乙" + old[1:])
    os.utime(files[1], ns=(was.st_atime_ns, was.st_mtime_ns))
    assert files[1].stat().st_size == was.st_size
    assert read() != before, "neither time nor size tells of a change"
    assert counts == [1]
    first = stock.collection(library, stock.read(files, tmp_path)[1], False).cases
    replace(files[1], "乙", "丙")
    second = stock.collection(library, stock.read(files, tmp_path)[1], False).cases
    assert [one is two for one, two in zip(first, second, strict=True)] == [True, False, True]
    stock.library(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    read()
    assert counts == [3], "other schemas, so everything is read again"


def test_a_wrong_case_changes_nothing_and_says_why(root: Path, preview: Preview) -> None:
    case = root / "cases" / f"{CASE}.yaml"
    good, before = case.read_text(encoding="utf-8"), title(case)
    preview.after(
        lambda: case.write_text(
            good.replace(before, "新的题目").replace("state: published", "state: publisched"), "utf-8"
        )
    )
    for path in (f"cases/{CASE}/", f"en/cases/{CASE}/"):
        page = preview.get(path)
        assert "新的题目" not in page
        assert f"cases/{CASE}.yaml:" in page, "the page says what is wrong"
    assert f"cases/{CASE}.yaml:" in preview.log.read_text(encoding="utf-8")
    preview.after(lambda: case.write_text(good, "utf-8"))
    assert "<dialog data-preview" not in preview.get(f"cases/{CASE}/"), "nothing is wrong any more"
    preview.after(lambda: case.write_text(good.replace(before, "新的题目"), "utf-8"))
    assert "新的题目" in preview.get(f"cases/{CASE}/")


def test_cases_come_and_go(root: Path, preview: Preview) -> None:
    cases = root / "cases"
    preview.after(lambda: shutil.copy(CASES / "zhuzhou-songyi.yaml", cases))
    assert title(cases / "zhuzhou-songyi.yaml") in preview.get("cases/zhuzhou-songyi/")
    assert 'cases/zhuzhou-songyi/"' in preview.get("cases/")
    preview.after(lambda: (cases / "zhuzhou-songyi.yaml").rename(cases / "songyi.yaml"))
    assert title(cases / "songyi.yaml") in preview.get("cases/zhuzhou-songyi/"), "its id is still the old one"
    preview.after(lambda: replace(cases / "songyi.yaml", "id: zhuzhou-songyi", "id: songyi"))
    assert title(cases / "songyi.yaml") in preview.get("cases/songyi/")
    missing = preview.get("nowhere/")
    assert preview.get("cases/zhuzhou-songyi/") == missing
    preview.after((cases / "songyi.yaml").unlink)
    assert preview.get("cases/songyi/") == preview.get("nowhere/")
    assert "songyi" not in preview.get("cases/") + preview.data("cards") + preview.get("data/index.json")


def test_schemas_pages_and_settings_are_seen(root: Path, preview: Preview) -> None:
    page = f"cases/{CASE}/"
    preview.after(lambda: replace(root / "schemas" / "questions.yaml", "zh: 小区情况", "zh: 改过的问题"))
    assert "改过的问题" in preview.get(page)
    payers = root / "schemas" / "vocabularies" / "payer.yaml"
    preview.after(lambda: replace(payers, "zh: 区级以上财政,", "zh: 改过的词条,"))
    assert "改过的词条" in preview.get(page)
    about = root / "docs" / "en" / "about.md"
    preview.after(lambda: about.write_text(about.read_text("utf-8") + f"\nZephyr [there](case:{CASE}).\n", "utf-8"))
    assert f'Zephyr <a href="../cases/{CASE}/"' in preview.get("en/about/")
    assert "zephyr" in preview.data("search/v-0", "en") + "".join(
        preview.data(f"search/v-{number}", "en") for number in range(1, 4)
    )
    preview.after(lambda: replace(root / "mkdocs.yml", 'mail: ""', 'mail: "anna@example.org"'))
    assert "anna@example.org" in preview.get(page)
    moved = f"cases/formerly/ -> {page}\n"
    register = root / "permanent.txt"
    preview.after(lambda: register.write_text(register.read_text("utf-8") + moved, "utf-8"))
    assert f"url=../../{page}" in preview.get("cases/formerly/")


def test_a_page_that_cannot_be_built_leaves_the_last_one(root: Path, preview: Preview) -> None:
    config = root / "mkdocs.yml"
    good = config.read_text(encoding="utf-8")
    about = preview.get("about/")
    preview.after(lambda: config.write_text(good + "\nnonsense: [\n", encoding="utf-8"))
    assert "mkdocs.yml" in preview.get("about/"), "the page says what is wrong"
    assert about[about.index("<article") : about.index("</article>")] in preview.get("about/")
    case = root / "cases" / f"{CASE}.yaml"
    preview.after(lambda: config.write_text(good, encoding="utf-8"))
    assert preview.get("about/").count("mkdocs.yml") == about.count("mkdocs.yml"), "nothing is wrong any more"
    preview.after(lambda: replace(case, title(case), "四七一一号"))
    assert "四七一一号" in preview.get(f"cases/{CASE}/")


def test_the_program_is_seen(root: Path, preview: Preview) -> None:
    site = root.parent / "program" / "casebook" / "site"
    page = f"cases/{CASE}/"
    preview.after(lambda: replace(site / "templates" / "case.html", '<div class="case"', '<div class="case other"'))
    assert 'class="case other"' in preview.get(page)
    preview.after(lambda: replace(site / "words.yaml", "全部案例", "改过的词"))
    assert "改过的词" in preview.get(page)
    preview.after(lambda: (site / "assets" / "css" / "99-new.css").write_text(".zephyr{}", encoding="utf-8"))
    style = re.search(r'href="[./]*(assets/casebook\.\w+\.css)"', preview.get(page))
    assert style
    assert ".zephyr" in preview.get(style[1])
    preview.after(lambda: replace(site / "pages.py", 'return f"cases/{case.id}/"', 'return f"cases/{case.id}-x/"'))
    assert "<h1" in preview.get(f"cases/{CASE}-x/")
    assert preview.get(page) == preview.get("nowhere/")


def test_mkdocs_serves_the_same(root: Path) -> None:
    case = root / "cases" / f"{CASE}.yaml"
    with previewed(root, "mkdocs", "serve", "-a") as preview:
        preview.after(lambda: replace(case, title(case), "四七一一号"))
        assert "四七一一号" in preview.get(f"cases/{CASE}/")
        words = root.parent / "program" / "casebook" / "site" / "words.yaml"
        preview.after(lambda: replace(words, "全部案例", "改过的词"))
        assert "改过的词" in preview.get(f"cases/{CASE}/")


def test_a_part_of_the_site_is_never_built(root: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--dirty"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "--dirty" in done.stdout + done.stderr
    assert not (root / "site").exists()


def test_cases_from_elsewhere_stay_when_pages_are_built_again(root: Path) -> None:
    other = root.parent / "elsewhere"
    other.mkdir()
    case = (root / "cases" / f"{OTHER}.yaml").rename(other / f"{OTHER}.yaml")
    with previewed(root, "casebook", "preview", "--cases", str(other), "--address") as preview:
        about = root / "docs" / "zh" / "about.md"
        preview.after(lambda: about.write_text(about.read_text("utf-8") + "\nZephyr\n", "utf-8"))
        assert "Zephyr" in preview.get("about/")
        preview.after(lambda: replace(case, title(case), "四七一一号"))
        assert "四七一一号" in preview.get(f"cases/{OTHER}/")
        assert preview.get(f"cases/{CASE}/") == preview.get("nowhere/")


def test_what_changes_before_anybody_watches_is_looked_at(tmp_path: Path) -> None:
    seen = threading.Event()
    handler = FileSystemEventHandler()
    handler.on_any_event = lambda _: seen.set()  # type: ignore[method-assign]
    watchers = Watchers(PollingObserver())
    watchers.schedule(handler, str(tmp_path), recursive=True)
    assert not seen.is_set()
    watchers.start()
    try:
        assert seen.is_set()
        seen.clear()
        (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
        assert seen.wait(60)
    finally:
        watchers.stop()
        watchers.join()
