"""What many tests share: the library as it stands, and its site, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import model, validate
from casebook.library import open_library
from casebook.model import Collection
from casebook.schema import Library
from support import CASES, ROOT, SCHEMAS, casebook


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
