"""Hostile files are refused in bounded time and memory, with words."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook import fix, report, source, validate
from casebook.library import open_library
from casebook.rows import MAX_PROBLEMS
from casebook.source import MAX_BYTES
from support import EXAMPLES, ROOT, SCHEMAS, casebook

LIBRARY = open_library(SCHEMAS)
PLAIN = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")

#: Far more than any of these needs, also on a slow and busy machine; without limits they take minutes or hours.
SECONDS, MEGABYTES = 60, 400

KB = MAX_BYTES // 1024 - 8


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12)]
    return PLAIN + "\n".join(lines) + "\n"


def _into(old: str, new: str) -> str:
    assert old in PLAIN
    return PLAIN.replace(old, new)


HOSTILE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "10 MB": (lambda: PLAIN + "#" * 10_000_000, "too-large"),
    "alias bomb": (_bomb, "alias"),
    "alias bomb with a slip": (lambda: _bomb() + "zz：x\n", "alias"),
    "alias of itself": (lambda: _into("record: snapshot", "record: &a [*a, {zz：x}]"), "alias"),
    "brackets": (lambda: _into("record: snapshot", f"record: {'[' * 100_000}"), "too-deep"),
    "braces": (lambda: _into("record: snapshot", f"record: {'{a: ' * 100_000}"), "too-deep"),
    "dashes": (lambda: _into("record: snapshot", f"record:\n  {'- ' * 100_000}a"), "too-deep"),
    "question marks": (lambda: _into("record: snapshot", f"record:\n  {'? ' * 100_000}a"), "too-deep"),
    "deep but closed": (lambda: _into("record: snapshot", f"record: {'[' * 500}{']' * 500}"), "too-deep"),
    "keys": (lambda: PLAIN + "\n".join(f"key{at}: x" for at in range(30_000)), "too-many-parts"),
    "unknown keys": (lambda: PLAIN + "\n".join(f"recrd{at}: x" for at in range(9_000)), "too-many-problems"),
    "unknown questions": (
        lambda: _into("answers:\n", "answers:\n" + "\n".join(f"  costs{at}: x" for at in range(9_000)) + "\n"),
        "too-many-problems",
    ),
    "references": (lambda: _into("quote: q1", f"quote: [{', '.join(f'q{at}' for at in range(9_000))}]"), "too-many"),
    "terms": (lambda: _into("[sanitation]", f"[{', '.join(f'sanitatio{at}' for at in range(9_000))}]"), "too-many"),
    "answers": (lambda: _into("steps: not reported", "steps:\n" + "    - {zh: 甲}\n" * 4_000), "too-many"),
    "one long word": (lambda: _into("样板日报", "a" * KB * 1000), "too-long"),
    "one long text": (lambda: _into("一家公司包了全部保洁。", "王某1岁" * KB * 60), "too-many-problems"),
    "one long id": (lambda: _into("id: s1", f"id: {'a-' * KB * 400}"), "bad-form"),
    "one long number": (lambda: _into("published: 2024-01-22", f"published: {'1' * KB * 900}"), "bad-date"),
    "digits and blanks": (lambda: _into("样板日报", "1 " * KB * 450), "too-long"),
    "signs of a mail address": (lambda: _into("样板日报", "a@" * KB * 450), "too-long"),
    "half a tag": (lambda: _into("样板日报", '"' + "< " * KB * 400 + '"'), "too-long"),
    "syntax errors": (lambda: PLAIN + "a: b: c\n" * 40_000, "colon-in-text"),
    "quotation marks": (lambda: PLAIN + 'a: "b\n' * 40_000, "open-quote"),
    "full-width colons": (lambda: PLAIN + "".join(f"a{at}：b\n" for at in range(9_000)), "fullwidth"),
    "tabs": (lambda: PLAIN + "a:\n" + "\tb: c\n" * 40_000, "tab-indent"),
    "blank lines": (lambda: PLAIN + "\n" * KB * 1000, ""),
    "comments": (lambda: PLAIN + "# 说明\n" * KB * 80, ""),
    "unseen characters": (lambda: PLAIN + "# \u200b\n" * KB * 100, "unsafe-character"),
    "carriage returns": (lambda: PLAIN.encode() + b"\r" * KB * 1000, "line-ends"),
    "zeros": (lambda: b"\0" * KB * 1000, "not-text"),
    "random bytes": (lambda: bytes(range(256)) * KB * 4, "not-text"),
    "documents": (lambda: PLAIN + "---\n" * 100_000, "several-documents"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str, tmp_path: Path) -> None:
    make, code = HOSTILE[name]
    made = make()
    path = tmp_path / "plain.yaml"
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    tracemalloc.start()
    started = time.monotonic()
    try:
        checked = validate.validate([path], LIBRARY, tmp_path)
        texts = {rows.document.file: rows.document.text for rows in checked.rows}
        for reporter in report.FORMATS.values():
            reporter(LIBRARY, checked.problems, texts, ("zh", "en"))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.monotonic() - started < SECONDS
    assert most < MEGABYTES * 1_000_000
    assert len(checked.problems) <= MAX_PROBLEMS + 20
    assert (code in {problem.code for problem in checked.problems}) if code else not checked.problems


@pytest.mark.parametrize("name", ["alias bomb", "keys", "syntax errors", "full-width colons", "blank lines"])
def test_fixing_is_bounded_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text(str(HOSTILE[name][0]()), encoding="utf-8")
    started = time.monotonic()
    fix.fix(source.read(path, path.name), LIBRARY)
    assert time.monotonic() - started < 4 * SECONDS


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "null.yaml").symlink_to("/dev/zero")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    checked = validate.validate(validate.case_files([tmp_path]), LIBRARY, tmp_path)
    assert [(problem.file, problem.code) for problem in checked.problems] == [
        ("loop.yaml", "symlink"),
        ("null.yaml", "symlink"),
        ("pipe.yaml", "not-a-file"),
    ]


def test_a_link_is_called_by_its_own_name(tmp_path: Path) -> None:
    link = tmp_path / "plain.yaml"
    link.symlink_to(ROOT / "README.md")
    done = casebook("check", "--lang", "en", link)
    assert done.returncode == 1
    assert "README" not in done.stdout


def test_ids_of_sources_lead_nowhere(tmp_path: Path) -> None:
    """A source's id names a file only where it is an id."""
    (tmp_path / "secret.txt").write_text("交给一家环卫公司", encoding="utf-8")
    (tmp_path / "originals").mkdir()
    path = tmp_path / "plain.yaml"
    path.write_text(PLAIN.replace("id: s1", "id: ../secret"), encoding="utf-8")
    (rows,) = validate.validate([path], LIBRARY, tmp_path, originals=tmp_path / "originals").rows
    assert rows.originals == {}
