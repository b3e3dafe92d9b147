"""Case files of every older version become files of today, and nothing else in them changes."""

from __future__ import annotations

import dataclasses
import difflib
import shutil
from pathlib import Path

import pytest

from casebook import migrations, source, validate
from casebook.schema import Library, SchemaError
from casebook.source import Document
from support import CASES, EXAMPLES, SCHEMAS, casebook

VERSIONS = EXAMPLES / "versions"
FROZEN = sorted(VERSIONS.glob("*/*.yaml"))
OLDEST = VERSIONS / "0" / "first-design.yaml"


def migrated(library: Library, path: Path, text: str | None = None) -> migrations.Migrated:
    raw = path.read_bytes() if text is None else text.encode()
    return migrations.migrate(source.parse(Document(path, path.name), raw), migrations.versions(library))


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.relative_to(VERSIONS).as_posix())
def test_a_frozen_copy_of_every_version_is_a_case_of_today(library: Library, path: Path) -> None:
    done = migrated(library, path)
    document = source.parse(Document(path, path.name), done.after.encode())
    assert not validate.judge([document], library).errors
    assert [version.number for version in done.versions] == list(
        range(int(path.parent.name) + 1, int(library.info["version"]) + 1)
    )


def test_there_is_a_copy_of_every_version(library: Library) -> None:
    assert {path.parent.name for path in FROZEN} == set(map(str, range(int(library.info["version"]) + 1)))


def test_the_first_design_becomes_the_first_version(library: Library) -> None:
    done = migrated(library, OLDEST)
    assert done.after == (VERSIONS / "1" / OLDEST.name).read_text(encoding="utf-8")
    changed = [line for line in difflib.ndiff(done.before.splitlines(), done.after.splitlines()) if line[0] == "-"]
    assert len(changed) == 4, "comments, quotes and line ends stay"


def test_it_is_done_once(library: Library) -> None:
    done = migrated(library, OLDEST)
    again = migrated(library, OLDEST, done.after)
    assert (again.after, again.versions) == (done.after, ())


@pytest.mark.parametrize("text", ["", "a: [", "- x\n", "answers: none\nsources: none\n", "answers:\n  x:\n"])
def test_what_is_no_case_is_left_alone(library: Library, text: str) -> None:
    done = migrated(library, OLDEST, text)
    assert done.before == text
    assert "who_delivers" not in done.after


def test_a_file_with_both_names_is_left_to_its_author(library: Library) -> None:
    text = OLDEST.read_text(encoding="utf-8").replace(
        "  people: not reported\n", "  people: not reported\n  delivered_by: not reported\n"
    )
    assert "who_delivers:" in migrated(library, OLDEST, text).after


def test_the_library_s_own_cases_are_of_today() -> None:
    done = casebook("migrate", CASES)
    assert done.returncode == 0, done.stdout


def test_the_command_shows_first_and_writes_on_demand(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLDEST, tmp_path))
    done = casebook("migrate", path)
    assert done.returncode == 1
    assert "+  delivered_by:" in done.stdout
    assert path.read_bytes() == OLDEST.read_bytes()
    assert casebook("migrate", "--write", path).returncode == 0
    assert casebook("check", path).returncode == 0
    assert casebook("migrate", path).returncode == 0
    assert casebook("migrate", tmp_path / "nowhere").returncode == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- to: 1", "- to: 2"),
        ("{rename: who_delivers, to: delivered_by, at: answers}", "{rename: who_delivers, at: answers}"),
        ("{rename: who_delivers, to: delivered_by, at: answers}", "{enchant: who_delivers, at: answers}"),
        ("versions:", "versions: ["),
    ],
)
def test_a_wrong_list_is_refused(tmp_path: Path, old: str, new: str) -> None:
    folder = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    path = folder / "migrations.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    done = casebook("--schemas", folder, "migrate", OLDEST)
    assert done.returncode == 2
    assert "schemas/migrations.yaml" in done.stderr


def test_a_new_version_needs_its_steps(library: Library) -> None:
    later = dataclasses.replace(library, info={**library.info, "version": 2})
    with pytest.raises(SchemaError):
        migrations.versions(later)
