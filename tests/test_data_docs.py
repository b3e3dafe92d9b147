"""What the page of data says can be done is done: its code runs on the site as built, and a release is one archive."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import pytest
import yaml

from casebook.model import Collection
from support import ROOT, casebook


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_code_draws_the_gaps(site: Path, tmp_path: Path, lang: str) -> None:
    """As a newcomer would run it, beside the folder of the tables."""
    page = (ROOT / "docs" / lang / "data.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(code.splitlines()) <= 12
    (tmp_path / "data").symlink_to(site / "data")
    (tmp_path / "gaps.py").write_text(f"{code}\nprint(states.to_json())\n", encoding="utf-8")
    quiet = {**os.environ, "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "gaps.py"], cwd=tmp_path, env=quiet, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "gaps.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "gaps.png").stat().st_size > 10_000
    drawn = json.loads(done.stdout)
    with (site / "data/answers.csv").open(encoding="utf-8", newline="") as file:
        silent = {(row["case"], row["question"]) for row in csv.DictReader(file) if row["state"] == "not_reported"}
    assert sum(drawn["not_reported"].values()) == len(silent)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "release.zip"
    done = casebook("export", "--archive", path)
    assert done.returncode == 0, done.stderr
    return path


def test_a_release_holds_what_a_repository_asks_for(archive: Path, tmp_path: Path, collection: Collection) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert folder.name == f"{collection.library.info['name']}-{citation['version']}"
    for name in ("README.md", "LICENSE-CONTENT.md", "schemas/library.yaml", "data/cases.xlsx", "data/index.json"):
        assert (folder / name).is_file(), name
    assert {path.stem for path in (folder / "cases").iterdir()} == {case.id for case in collection.cases}
    assert frictionless.validate(str(folder / "data/datapackage.json")).valid
    zenodo = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))
    assert zenodo["upload_type"] == "dataset"
    assert zenodo["license"] == "cc-by-4.0"
    assert all(zenodo[name] for name in ("title", "description", "creators", "version"))
    codemeta = json.loads((folder / "codemeta.json").read_text(encoding="utf-8"))
    assert codemeta["author"][0]["name"] == zenodo["creators"][0]["name"]


def test_drafts_stay_out_of_a_release(archive: Path) -> None:
    drafts = [path.name for path in (ROOT / "cases").glob("*.yaml") if "state: draft" in path.read_text("utf-8")]
    with zipfile.ZipFile(archive) as packed:
        names = {Path(name).name for name in packed.namelist()}
    assert not names & set(drafts)


def test_the_same_content_gives_the_same_archive(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    assert casebook("export", "--archive", again).returncode == 0
    assert again.read_bytes() == archive.read_bytes()
