"""Whether an address that was published once can vanish unnoticed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from casebook import permanence
from support import EXAMPLES, casebook
from test_second_library import prepare
from test_second_library import run as build

CASE = sorted((EXAMPLES / "valid").glob("*.yaml"))[0]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with one published case and its register."""
    (tmp_path / "cases").mkdir()
    text = CASE.read_text(encoding="utf-8").replace("state: draft", "state: published")
    (tmp_path / "cases" / CASE.name).write_text(text, encoding="utf-8")
    assert run(tmp_path, "--write").returncode == 0
    return tmp_path


def run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return casebook("permanence", "--cases", folder / "cases", "--register", folder / permanence.NAME, *more)


def register(folder: Path) -> str:
    return (folder / permanence.NAME).read_text(encoding="utf-8")


def rename(folder: Path, new: str) -> None:
    old = folder / "cases" / CASE.name
    text = old.read_text(encoding="utf-8").replace(f"id: {CASE.stem}", f"id: {new}", 1)
    old.unlink()
    (folder / "cases" / f"{new}.yaml").write_text(text, encoding="utf-8")


def test_pages_claims_and_data_are_registered_once(library: Path) -> None:
    first = register(library)
    assert f"cases/{CASE.stem}/\n" in first
    assert f"cases/{CASE.stem}/#" in first
    assert f"data/cases/{CASE.stem}.json\n" in first
    assert "data/answers.csv\n" in first
    assert run(library, "--write").returncode == 0
    assert register(library) == first


def test_a_renamed_case_fails_until_it_says_where_it_went(library: Path) -> None:
    rename(library, "moved-house")
    done = run(library, "--write")
    assert done.returncode == 1
    assert f"cases/{CASE.stem}/" in done.stderr
    assert "moved-house" not in register(library)
    path = library / permanence.NAME
    text = path.read_text(encoding="utf-8")
    text = text.replace(f"cases/{CASE.stem}/\n", f"cases/{CASE.stem}/ -> cases/moved-house/\n")
    data = f"data/cases/{CASE.stem}.json"
    path.write_text(text.replace(f"{data}\n", f"{data} -> data/cases/moved-house.json\n"), encoding="utf-8")
    done = run(library, "--write")
    assert done.returncode == 0, done.stderr
    assert f"cases/{CASE.stem}/ -> cases/moved-house/\n" in register(library)


def test_a_withdrawn_case_keeps_its_page_and_may_lose_the_rest(library: Path) -> None:
    path = library / "cases" / CASE.name
    path.write_text(path.read_text(encoding="utf-8").replace("state: published", "state: withdrawn"), encoding="utf-8")
    done = run(library)
    assert done.returncode == 0, done.stderr


def test_a_deleted_case_fails(library: Path) -> None:
    shutil.move(library / "cases" / CASE.name, library / "elsewhere.yaml")
    assert run(library).returncode == 1


@pytest.mark.parametrize("line", ["a b", "a/ -> ", "https://example.org/ -> x", '"><script>', "a/ -> <b>"])
def test_what_is_no_address_is_refused(line: str) -> None:
    with pytest.raises(permanence.Unreadable):
        permanence.read(line)


def test_a_circle_leads_nowhere(library: Path) -> None:
    with (library / permanence.NAME).open("a", encoding="utf-8") as file:
        file.write("cases/a/ -> cases/b/\ncases/b/ -> cases/a/\n")
    assert run(library).returncode == 1


def test_old_addresses_lead_on() -> None:
    known = permanence.read("cases/old/ -> cases/new/\ncases/new/#was-1 -> cases/new/#is-1\nx/ -> gone: 因为 <b>\n")
    pages = dict(permanence.pages(known))
    assert list(pages) == ["cases/old/", "x/"]
    assert 'content="0; url=../../cases/new/"' in pages["cases/old/"]
    assert "因为 &lt;b&gt;" in pages["x/"]
    body = permanence.with_old_names(known, "cases/new/", '<div class="claim" id="is-1">x</div>')
    assert body.startswith('<span id="was-1"></span>')
    assert permanence.read(permanence.written(known, ())) == known


@pytest.mark.parametrize(
    "address",
    [
        "data/answers.csv#value",
        "data/vocabularies.csv#approach.volunteer_network",
        "questions/#households",
        "approaches/volunteer_network/",
        "kit/volunteer_network/",
        "workshop/fees/",
        "guides/first-month/",
        "data/openapi.json",
        "feed.xml",
    ],
)
def test_whatever_others_may_rely_on_is_registered(library: Path, address: str) -> None:
    assert address in permanence.read(register(library)).addresses


def test_what_cannot_be_kept_says_why(library: Path) -> None:
    """A column, a term, a page by hand: gone without a word it fails, with a reason it does not."""
    path = library / permanence.NAME
    lost = ["data/answers.csv#colour", "data/vocabularies.csv#approach.magic", "guides/gone/", "guides/gone/#part"]
    path.write_text(register(library) + "".join(f"{address}\n" for address in lost), encoding="utf-8")
    done = run(library)
    assert done.returncode == 1
    assert [line.rpartition(" ")[2] for line in done.stderr.splitlines()[: len(lost)]] == sorted(lost)
    text = register(library)
    for address in lost[:3]:  # a part of a page that is gone needs no reason of its own
        text = text.replace(f"{address}\n", f"{address} -> gone: 写错了，不再有 / a mistake\n")
    path.write_text(text, encoding="utf-8")
    done = run(library, "--write")
    assert done.returncode == 0, done.stderr
    assert "guides/gone/ -> gone: 写错了，不再有 / a mistake\n" in register(library)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The second library with a case that was withdrawn, one that moved, and a register of what there was."""
    folder = prepare(tmp_path_factory.mktemp("kept"))
    first = folder / "cases/first-lift.yaml"
    text = first.read_text(encoding="utf-8")
    note = "note: {zh: 当事人要求撤下。, en: Taken down on request.}"
    gone = text.replace("id: first-lift", "id: bad-lift").replace("state: published", f"state: withdrawn, {note}")
    (folder / "cases/bad-lift.yaml").write_text(gone, encoding="utf-8")
    promised = [
        "cases/bad-lift/",
        "cases/bad-lift/#shaft_place-1",
        "cases/first-lift/#shaft_place-1",
        "cases/old-lift/ -> cases/first-lift/",
        "cases/old-lift/#drive-1",
        "cases/first-lift/#drive-7 -> cases/first-lift/",
        "cases/first-lift/#drive-8 -> cases/first-lift/#shaft_place-1",
        "cases/first-lift/#drive-9 -> gone: 说错了 / wrong",
        "data/cases/bad-lift.json",
        "data/old.csv -> gone: 不再有 / no more",
        "guides/ -> gone: 没写完 / never finished",
        "cases/lost-lift/",
        "cases/first-lift/#lost-1",
        "data/lost.csv",
    ]
    (folder / permanence.NAME).write_text("".join(f"{line}\n" for line in promised), encoding="utf-8")
    done = build(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 1
    kept = "".join(f"{line}\n" for line in promised if "lost" not in line)
    (folder / permanence.NAME).write_text(kept, encoding="utf-8")
    assert build(folder, "build", "--site-dir", folder / "site").returncode == 0
    return folder / "site", done


def test_the_build_itself_keeps_every_promise(site: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    lines = [line for line in site[1].stderr.splitlines() if line.startswith("WARNING")]
    assert len(lines) == 3, site[1].stderr
    for lost in ("cases/lost-lift/", "#lost-1", "data/lost.csv"):
        assert any(lost in line for line in lines)


@pytest.mark.parametrize(("lang", "reason"), [("", "当事人要求撤下"), ("en/", "Taken down on request")])
def test_a_withdrawn_case_leaves_a_page_that_says_so_and_why(
    site: tuple[Path, subprocess.CompletedProcess[str]], lang: str, reason: str
) -> None:
    folder = site[0]
    text = (folder / f"{lang}cases/bad-lift/index.html").read_text(encoding="utf-8")
    assert reason in text
    assert "shaft_place" not in text
    assert not (folder / "data/cases/bad-lift.json").exists()
    assert "bad-lift" not in (folder / "data/answers.csv").read_text(encoding="utf-8")
    assert json.loads((folder / "data/index.json").read_text(encoding="utf-8"))["withdrawn"] == ["bad-lift"]
    assert "first-lift" in (folder / f"{lang}cases/old-lift/index.html").read_text(encoding="utf-8")
    assert "never finished" in (folder / f"{lang}guides/index.html").read_text(encoding="utf-8")
