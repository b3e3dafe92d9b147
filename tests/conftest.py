"""What many tests share: the library as it stands, and its site, built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook import model, validate
from casebook.library import open_library
from casebook.model import Collection
from casebook.schema import Library

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schemas"
CASES = ROOT / "cases"
EXAMPLES = Path(__file__).parent / "examples"

#: Facts that the cases were written from; not part of the repository.
DOMAIN = ROOT.parent / "shared" / "domain"


def casebook(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as its user would."""
    command = [sys.executable, "-m", "casebook", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def chromium() -> str | None:
    """Return where a browser is, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CASEBOOK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def library() -> Library:
    return open_library(SCHEMAS)


@pytest.fixture(scope="session")
def collection(library: Library) -> Collection:
    """The cases as they stand, those with errors left out."""
    checked = validate.validate(validate.case_files([CASES]), library, ROOT)
    wrong = {problem.file for problem in checked.errors}
    return model.build(library, [rows for rows in checked.rows if rows.document.file not in wrong])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the cases as they stand."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = casebook("build", "--site-dir", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
