"""Another subject needs other schemas, cases and pages, and no change to the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support import ROOT, SCHEMAS, casebook

OWN = ROOT / "tests" / "second_library"
#: What says how claims are written down, whatever they are about.
SHARED = ["answer.yaml", "source.yaml", "quote.yaml", "messages.yaml"]
SHARED_TERMS = [
    "basis",
    "bound",
    "evidence",
    "extent",
    "grade",
    "language",
    "record",
    "review_state",
    "says",
    "translation",
]
OFFICE = {".xlsx", ".docx"}
#: Words of the first subject that no page or script of the second may hold.
FOREIGN = re.compile(r"小区|无人管|物业|业主|compounds?\b|unmanaged|Yangmeitang|杨梅塘", re.IGNORECASE)
#: The check for private data knows how Chinese writes addresses and calls people, whatever a library is about.
PRIVATE = {("form.js", "小区"), ("form.js", "业主")}


def prepare(folder: Path) -> Path:
    """Lay the second library out as its keeper would: its own files, and those that every library shares."""
    shutil.copytree(OWN, folder, dirs_exist_ok=True)
    for name in SHARED:
        shutil.copy(SCHEMAS / name, folder / "schemas")
    for name in SHARED_TERMS:
        shutil.copy(SCHEMAS / "vocabularies" / f"{name}.yaml", folder / "schemas/vocabularies")
    return folder


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return casebook("--schemas", folder / "schemas", *command, "--config", folder / "mkdocs.yml")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = prepare(tmp_path_factory.mktemp("second"))
    done = run(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def words(path: Path) -> str:
    """Return the text of a file, that of an office file without its packing."""
    if path.suffix not in OFFICE:
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def test_it_is_a_library_of_its_own(site: Path) -> None:
    page = (site / "cases/first-lift/index.html").read_text(encoding="utf-8")
    assert "井道立在楼梯间外面" in page
    assert "旧楼加装电梯案例库" in page
    assert (site / "en/cases/first-lift/index.html").is_file()


def test_no_word_of_the_first_subject_is_in_it(site: Path) -> None:
    found = {
        f"{path.relative_to(site)}: {hit[0]}"
        for path in site.rglob("*")
        if path.suffix in {".html", ".json", ".csv", ".xml", ".txt", *OFFICE} or "data" in path.parts
        if path.is_file()
        for hit in FOREIGN.finditer(words(path))
        if (path.name, hit[0]) not in PRIVATE
    }
    assert not found, "\n".join(sorted(found))


def test_tools_that_it_does_not_have_leave_no_trace(site: Path) -> None:
    assert not (site / "kit").exists()
    assert not list(site.rglob("fit.js"))
    for page in ("cases/first-lift", "approaches/outside_shaft", "."):
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert not re.search(r'href="[^"]*(kit|fit)/', text), page


def test_it_goes_on_a_stick_too(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "second")
    done = run(folder, "export", "--offline", tmp_path / "stick")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_guide_does_what_it_says(tmp_path: Path, lang: str) -> None:
    """Its commands, run as they are written, in a folder beside this project."""
    page = (ROOT / "docs" / lang / "guides/another-library.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    (tmp_path / "casebook").symlink_to(ROOT)
    here = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-e"], input=commands, cwd=tmp_path, env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "井道" in (tmp_path / "lifts/site/cases/first-lift/index.html").read_text(encoding="utf-8")
    assert "cases/first-lift/\n" in (tmp_path / "lifts/permanent.txt").read_text(encoding="utf-8")
