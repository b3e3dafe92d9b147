"""Whatever a file holds: no traceback, no hang, every place inside the file, exit codes right.

``CASEBOOK_HYPOTHESIS=nightly`` looks at more than 20,000 examples, ``ci`` (the default) at some 200.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook import cli, fix, model, report, source, validate
from casebook.library import open_library
from casebook.problem import WHOLE_FILE, Severity
from casebook.source import Document
from support import CASES, EXAMPLES, SCHEMAS

LIBRARY = open_library(SCHEMAS)
FILES = [*sorted(CASES.glob("*.yaml")), *sorted((EXAMPLES / "valid").glob("*.yaml"))]
TEXTS = [path.read_text(encoding="utf-8") for path in FILES]
CONTRACT = jsonschema.Draft7Validator(json.loads((SCHEMAS / "problems.schema.json").read_text(encoding="utf-8")))

#: Examples for each of the six tests below.
EXAMPLE_COUNTS = {"ci": 35, "nightly": 3_600}
PROFILE = os.environ.get("CASEBOOK_HYPOTHESIS", "ci")
fuzzed = settings(
    max_examples=EXAMPLE_COUNTS[PROFILE],
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=PROFILE == "ci",
)
#: Seconds that no example may take, on a slow and busy machine.
SECONDS = 60

TOKENS = [
    "id", "zh", "en", "answers", "sources", "quote", "says", "not reported", "not applicable", "true", "no",
    "010", "~", "2024-01-22", "12:30", "1_000", "中文", "全角", "：", "，", "、", "“", "”", "　", "－", "｛",
    "］", ":", ": ", ",", ", ", "-", "- ", "? ", "[", "]", "{", "}", "'", '"', "|", "|-\n", ">", "&a ", "*a",
    "!t ", "!!int ", "#", " # ", "%", "@", "`", "\\", "\\u202e", "\n", "\n", "\n  ", "\n    ", "\n- ", "\t",
    "\r\n", "\r", "---\n", "...\n", "\x00", "\x1b", "\x85", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffd",
    "𠮷", "<b>", "javascript:", "13812345678", "张大妈", "84岁", "{key}", "{}", "%s", "${x}", "../..",
    "::error::", "<<: ", "=", "!unread", "0x1F", ".inf", "1e999", "-0", "９",
]  # fmt: skip
KEYS = sorted(
    {item.name for table in (LIBRARY.case, LIBRARY.answer, *LIBRARY.tables.values()) for item in table.fields}
    | set(LIBRARY.questions)
    | {"zh", "en", "unconfirmed", "", "中文", "x y", "a: b"}
)


def examine(data: bytes) -> None:
    """Hold everything that is said about a file against what must always hold."""
    started = time.monotonic()
    document = source.parse(Document(Path("fuzz.yaml"), "fuzz.yaml"), data)
    checked = validate.judge([document], LIBRARY)
    lines = document.lines or [""]
    assert document.root or checked.errors, "what was not read is never taken for right"
    for problem in checked.problems:
        assert problem.code in LIBRARY.messages
        span = problem.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert (span.line, span.column) < (span.end_line, span.end_column) or span == WHOLE_FILE
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
        for lang in LIBRARY.languages:
            assert report.message(LIBRARY, problem, lang).strip()
    for name, reporter in report.FORMATS.items():
        shown = reporter(LIBRARY, checked.problems, {document.file: document.text}, LIBRARY.languages)
        if name == "json":
            CONTRACT.validate(json.loads(shown))
    if not checked.errors:
        model.build(LIBRARY, checked.rows, drafts=True)
    if len(data) % 4 == 0:  # takes longer than all the rest
        examine_fix(document)
    assert time.monotonic() - started < SECONDS


def examine_fix(document: Document) -> None:
    """Whatever there was to put in order, nothing is left to do the second time."""
    once = fix.fix(document, LIBRARY)
    again = fix.fix(source.parse(Document(Path("fuzz.yaml"), "fuzz.yaml"), once.after.encode()), LIBRARY)
    assert once.refused or not again.changed
    list(once.diff())


@fuzzed
@given(st.one_of(st.binary(max_size=600), st.text(max_size=400).map(str.encode)))
def test_bytes(data: bytes) -> None:
    examine(data)


@fuzzed
@given(st.lists(st.sampled_from(TOKENS), max_size=60), st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig"]))
def test_pieces_of_yaml(tokens: list[str], encoding: str) -> None:
    examine("".join(tokens).encode(encoding))


SCALARS = st.one_of(
    st.sampled_from(TOKENS), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.none(), st.dates()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@fuzzed
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=12), st.booleans())
def test_structures(value: dict[str, Any], flow: bool) -> None:
    examine(yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, sort_keys=False).encode())


@fuzzed
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), VALUES)
def test_cases_with_another_value(text: str, chance: random.Random, value: Any) -> None:
    """Put something else in place of one part of a real case."""
    case = yaml.load(text, yaml.BaseLoader)  # noqa: S506 -- makes nothing but texts
    place: Any = case
    while True:
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if not (isinstance(place[key], dict | list) and place[key]) or chance.random() < 0.15:
            break
        place = place[key]
    place[key] = value
    examine(yaml.safe_dump(case, allow_unicode=True, sort_keys=False).encode())


def _lose(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _repeat(lines: list[str], chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def _swap(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice([" ", "  ", "\t", "　", "- "]) + lines[at] if chance.random() < 0.5 else lines[at][1:]


def _insert(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    column = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:column] + chance.choice(TOKENS) + lines[at][column:]


def _cut(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]


def _widen(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    wide = str.maketrans({":": "：", ",": "，", "-": "－", '"': "“", "{": "｛", "}": "｝", " ": "　", "0": "０"})
    lines[at] = lines[at].translate(wide)


CHANGES: list[Callable[[list[str], random.Random], None]] = [_lose, _repeat, _swap, _indent, _insert, _cut, _widen]


def mutated(text: str, chance: random.Random, times: int) -> str:
    lines = text.split("\n")
    for _ in range(times):
        chance.choice(CHANGES)(lines, chance)
        lines = lines or [""]
    return "\n".join(lines)


@fuzzed
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.integers(1, 12))
def test_real_cases_that_were_damaged(text: str, chance: random.Random, times: int) -> None:
    encoding = chance.choice(["utf-8"] * 6 + ["gb18030", "utf-16", "utf-8-sig"])
    examine(mutated(text, chance, times).encode(encoding))


@fuzzed
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.integers(0, 4))
def test_exit_codes(text: str, chance: random.Random, times: int) -> None:
    folder = EXAMPLES.parent / "nowhere"
    document = source.parse(Document(folder / "x.yaml", "x.yaml"), mutated(text, chance, times).encode())
    errors = any(each.severity is Severity.ERROR for each in validate.judge([document], LIBRARY).problems)
    command = ["check", "--format", chance.choice(sorted(report.FORMATS)), str(CASES)]
    with (
        mock.patch("casebook.commands.check.open_library", lambda _: LIBRARY),
        mock.patch("casebook.validate.case_files", lambda _: [folder / "x.yaml"]),
        mock.patch("casebook.source.read", lambda *_: document),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        assert cli.main(command) == int(errors)


def test_profiles() -> None:
    tests = [test_bytes, test_pieces_of_yaml, test_structures, test_cases_with_another_value]
    tests += [test_real_cases_that_were_damaged, test_exit_codes]
    assert len(tests) * EXAMPLE_COUNTS["nightly"] >= 20_000
    assert 150 <= len(tests) * EXAMPLE_COUNTS["ci"] <= 250
    with pytest.raises(KeyError):
        EXAMPLE_COUNTS["weekly"]
