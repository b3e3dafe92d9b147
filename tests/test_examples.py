"""Every problem has example files, found by themselves, and is reported where they say.

An example under ``examples/invalid/<code>/`` begins with ``# expect CODE LINE:COLUMN-LINE:COLUMN``
and, where one mistake makes for more than one problem, with ``# and CODE`` for the others.
Examples that git, an editor or Windows would not keep as they are (encodings, links, large files)
are made here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook import validate
from casebook.library import open_library
from casebook.model import build
from casebook.problem import Problem
from casebook.schema import Library, SchemaError
from support import EXAMPLES, ROOT, SCHEMAS

INVALID = sorted((EXAMPLES / "invalid").rglob("*.yaml"))
VALID = sorted((EXAMPLES / "valid").glob("*.yaml"))
EXPECT = re.compile(r"# expect (\S+) (\d+):(\d+)-(\d+):(\d+)")
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")

Place = tuple[int, int, int, int]
WHOLE, START = (1, 1, 1, 1), (1, 1, 1, 2)


def check(library: Library, *files: Path, originals: Path | None = None) -> list[Problem]:
    return validate.validate(list(files), library, ROOT, originals=originals).problems


def places(problems: list[Problem]) -> list[tuple[str, Place]]:
    spans = ((problem.code, problem.span) for problem in problems)
    return [(code, (span.line, span.column, span.end_line, span.end_column)) for code, span in spans]


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_is_reported_where_it_is(path: Path, library: Library) -> None:
    first, *others = path.read_text(encoding="utf-8").split("\n")
    expected = EXPECT.fullmatch(first)
    assert expected, "an example begins with what is expected"
    code, *numbers = expected.groups()
    also = {line.removeprefix("# and ") for line in others if line.startswith("# and ")}
    found = places(check(library, path))
    assert path.parent.name == code
    assert (code, tuple(map(int, numbers))) in found
    assert {each for each, _ in found} == {code} | also


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_examples_have_no_errors(path: Path, library: Library) -> None:
    assert not validate.validate([path], library, ROOT).errors


def test_words_of_yaml_stay_words(library: Library) -> None:
    """What other readers of YAML take for truth values, numbers and times is the text that was written."""
    checked = validate.validate([EXAMPLES / "valid" / "words-of-yaml.yaml"], library, ROOT)
    (case,) = build(library, checked.rows).cases
    assert case.role("lead") == {"zh": "no", "en": "yes"}
    assert case.sources[0].role("heading") == "2024-01-22"
    assert case.sources[0].role("publisher") == "1_000"
    assert next(iter(case.quotes.values())).fragment == "0x1F"


# -- examples that are made ------------------------------------------------------------------


def _write(folder: Path, data: bytes, name: str = "plain.yaml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _symlink(folder: Path) -> Path:
    path = folder / "plain.yaml"
    path.symlink_to(EXAMPLES / "valid" / "plain.yaml")
    return path


def _folder(folder: Path) -> Path:
    path = folder / "plain.yaml"
    path.mkdir()
    return path


def _unreadable(folder: Path) -> Path:
    return folder / "gone.yaml"


def _reserved(folder: Path) -> Path:
    return _write(folder, PLAIN.replace("id: plain", "id: con").encode(), "con.yaml")


MADE: dict[str, list[tuple[Callable[[Path], Path], Place]]] = {
    "symlink": [(_symlink, WHOLE)],
    "not-a-file": [(_folder, WHOLE)],
    "unreadable": [(_unreadable, WHOLE)],
    "too-large": [(lambda folder: _write(folder, PLAIN.encode() + b"#" * 10_000_000), WHOLE)],
    "not-text": [
        (lambda folder: _write(folder, b"PK\x03\x04" + bytes(range(256)) * 20), START),
        (lambda folder: _write(folder, b"\x00" * 1000), START),
    ],
    "not-utf8": [
        (lambda folder: _write(folder, PLAIN.encode("gbk")), START),
        (lambda folder: _write(folder, PLAIN.encode("utf-16")), START),
        (lambda folder: _write(folder, PLAIN.encode("utf-16-le")), START),
        (lambda folder: _write(folder, PLAIN.encode("utf-16-be")), START),
        (lambda folder: _write(folder, PLAIN.encode("big5", "ignore")), START),
    ],
    "byte-order-mark": [(lambda folder: _write(folder, PLAIN.encode("utf-8-sig")), START)],
    "line-ends": [
        (lambda folder: _write(folder, PLAIN.replace("\n", "\r\n").encode()), (1, 10, 1, 11)),
        (lambda folder: _write(folder, PLAIN.replace("\n", "\r").encode()), (1, 10, 1, 11)),
    ],
    "too-many-parts": [
        (
            lambda folder: _write(folder, PLAIN.replace("[sanitation]", f"[{'a, ' * 20_000}a]").encode()),
            (10, 1, 10, 9),
        )
    ],
    "reserved-id": [(_reserved, (1, 5, 1, 8))],
}
#: Those whose example is a whole folder have a test of their own below.
OF_FOLDERS = {"not-read", "id-clash", "quote-not-in-source", "schema-missing", "schema-wrong"}


@pytest.mark.parametrize(
    ("code", "make", "place"), [(code, make, place) for code, each in MADE.items() for make, place in each]
)
def test_made_example(code: str, make: Callable[[Path], Path], place: Place, library: Library, tmp_path: Path) -> None:
    found = places(check(library, make(tmp_path)))
    assert (code, place) in found
    assert {each for each, _ in found} == {code}, "the rest of the file is read all the same"


def test_a_stray_byte_is_placed_and_the_rest_is_read(library: Library, tmp_path: Path) -> None:
    at = PLAIN.encode().index("样板日报".encode())
    data = PLAIN.encode()[:at] + b"\xff" + PLAIN.encode()[at:]
    found = places(check(library, _write(tmp_path, data.replace(b"grade: B", b"grade: Z"))))
    assert [code for code, _ in found] == ["garbled", "not-utf8", "unknown-term"]
    assert found[1][1] == (35, 16, 35, 17)


def test_files_that_are_passed_over_are_named(tmp_path: Path) -> None:
    for name in ("a.yaml.txt", "b.YAML", "c.yaml~", "d.yaml", "notes.md"):
        _write(tmp_path, b"", name)
    (tmp_path / "inside").mkdir()
    _write(tmp_path / "inside", b"", "e.yaml")
    found = validate.passed_over([tmp_path], tmp_path)
    assert {problem.code for problem in found} == {"not-read"}
    assert [problem.file for problem in found] == ["a.yaml.txt", "b.YAML", "c.yaml~", "inside/e.yaml"]


def test_names_that_differ_in_case_only(library: Library, tmp_path: Path) -> None:
    one = _write(tmp_path, PLAIN.encode())
    (tmp_path / "other").mkdir()
    two = _write(tmp_path / "other", PLAIN.replace("id: plain", "id: PLAIN").encode(), "PLAIN.yaml")
    found = check(library, one, two)
    assert {problem.code for problem in found} == {"id-clash", "bad-form"}
    assert next(problem for problem in found if problem.code == "id-clash").details["other"] == one.as_posix()


@pytest.mark.parametrize("name", ["s1.txt", "plain/s1.txt"])
def test_quotes_are_held_against_the_source(name: str, library: Library, tmp_path: Path) -> None:
    original = tmp_path / "originals" / name
    original.parent.mkdir(parents=True)
    path = _write(tmp_path, PLAIN.encode())
    original.write_text("前文。社区把保洁交给一家\n  环卫公司。后文。", encoding="utf-8")
    assert not check(library, path, originals=tmp_path / "originals")
    original.write_text("前文。社区把保洁交给了一家环卫公司。后文。", encoding="utf-8")
    (problem,) = check(library, path, originals=tmp_path / "originals")
    assert problem.code == "quote-not-in-source"
    assert (problem.span.line, problem.span.column) == (42, 11)
    assert problem.details["near"] == "给了一家环卫公司"


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("answer.yaml", None, None, "schema-missing"),
        ("answer.yaml", "en: Statement", "fr: Énoncé", "schema-wrong"),
        ("answer.yaml", "kind: refs", "kind: reference", "schema-wrong"),
        ("answer.yaml", "type: integer", "type: whole", "schema-wrong"),
    ],
)
def test_schemas_are_checked_too(file: str, old: str | None, new: str, code: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    path = folder / file
    if old is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        open_library(folder)
    assert code in {problem.code for problem in caught.value.problems}


def test_a_folder_without_schemas_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as caught:
        open_library(tmp_path)
    assert [(problem.code, problem.details) for problem in caught.value.problems] == [
        ("schema-missing", {"reason": "没有这个文件 / no such file"})
    ]


def test_every_problem_has_an_example(library: Library) -> None:
    shown = {path.parent.name for path in INVALID} | set(MADE) | OF_FOLDERS
    assert shown == set(library.messages)
