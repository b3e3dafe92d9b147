"""Schemas describe, code derives: no field's name in code, and a new field is seen everywhere."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from casebook.kinds import KINDS, QUESTION_KINDS
from casebook.library import open_library
from casebook.schema import Library, walk
from support import CASES, ROOT, SCHEMAS, casebook

PACKAGE = ROOT / "scripts" / "casebook"


def field_names(library: Library) -> set[str]:
    """Names of fields and questions that mean nothing else in code."""
    tables = (library.case, library.answer, *library.tables.values())
    fields = [item for table in tables for item in walk(table.fields)] + list(library.questions.values())
    roles = {item.role for item in fields}
    parts = {part for item in fields for part in ("id", "note", "title", "url", "date", "value", "unit", "text")}
    # The word for an error, and an address of a page.
    words = {"problem", "problems", "approaches"}
    shapes = {"terms", "sources", "source", "quote", "quotes", "place", "answers", "language", "steps", "to", "n", "by"}
    return {item.name for item in fields} - roles - parts - words - shapes - set(KINDS) - set(QUESTION_KINDS)


def test_code_knows_no_field_by_name(library: Library) -> None:
    names = field_names(library)
    assert len(names) > 30
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in names:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.value}")
    assert not found


def test_templates_and_scripts_know_no_question(library: Library) -> None:
    names = [name for name in library.questions if name in field_names(library)]
    pattern = re.compile(r"""["']({})["']""".format("|".join(names)))
    files = [*PACKAGE.rglob("*.html"), *(path for path in PACKAGE.rglob("*.js") if "vendor" not in path.parts)]
    found = [path.name for path in files if pattern.search(path.read_text(encoding="utf-8"))]
    assert not found


QUESTION = """
  - name: noise_level
    type: array
    kind: choice
    vocabulary: noise
    facet: 10
    key: true
    group: results
    labels: {zh: 吵不吵, en: Noise}
    ask: {zh: "晚上吵不吵？", en: "Is it noisy at night?"}
    help: {zh: 听得见多大动静。, en: What can be heard.}
    sample: {zh: 很安静, en: Very quiet}
"""
VOCABULARY = """
name: noise
labels: {zh: 动静, en: Noise}
terms:
  - id: very_quiet
    labels: {zh: 静悄悄, en: Hushed}
    definition: {zh: 听不见什么。, en: Nothing to be heard.}
"""
ANSWER = """
  noise_level:
    - {zh: 夜里听不见吵闹, en: No noise was heard at night, terms: [very_quiet], says: reported, quote: packaged}
"""
HEADER = """
  - name: colour_of_gate
    type: object
    kind: text
    labels: {zh: 门的颜色, en: Colour of the gate}
    help: {zh: 照实写。, en: As it is.}
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site from schemas with one more question and one more header field."""
    root = tmp_path_factory.mktemp("changed")
    shutil.copytree(SCHEMAS, root / "schemas")
    questions = root / "schemas" / "questions.yaml"
    questions.write_text(questions.read_text(encoding="utf-8") + QUESTION, encoding="utf-8")
    (root / "schemas" / "vocabularies" / "noise.yaml").write_text(VOCABULARY, encoding="utf-8")
    header = root / "schemas" / "case.yaml"
    header.write_text(header.read_text(encoding="utf-8") + HEADER, encoding="utf-8")
    (root / "cases").mkdir()
    for name in ("yangmeitang-sanitation", "hetang-backstop"):
        text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
        answer = ANSWER if name.startswith("yangmeitang") else "\n  noise_level: not reported\n"
        text = text.replace("\nsources:\n", f"{answer}sources:\n")
        (root / "cases" / f"{name}.yaml").write_text(text, encoding="utf-8")
    options = ("--cases", root / "cases", "--site-dir", root / "site")
    done = casebook("--schemas", root / "schemas", "build", *options)
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("cases/yangmeitang-sanitation/index.html", ["吵不吵", "夜里听不见吵闹", 'id="noise_level-1"']),
        ("en/cases/yangmeitang-sanitation/index.html", ["No noise was heard at night"]),
        ("cases/index.html", ['name="noise_level"', "静悄悄"]),
        ("compare/index.html", ['data-row="noise_level"']),
        ("gaps/index.html", ["晚上吵不吵？"]),
        ("approaches/bundled_sanitation/index.html", ["夜里听不见吵闹"]),
        ("questions/index.html", ["晚上吵不吵？", "静悄悄"]),
        ("en/glossary/index.html", ["Hushed"]),
        ("data/questions.csv", ["noise_level"]),
        ("data/answers.csv", ["noise_level", "夜里听不见吵闹"]),
        ("data/cases.csv", ["colour_of_gate_zh"]),
        ("data/datapackage.json", ["colour_of_gate_zh"]),
    ],
)
def test_a_new_field_is_seen_everywhere(changed: Path, page: str, words: list[str]) -> None:
    text = (changed / "site" / page).read_text(encoding="utf-8")
    assert [word for word in words if word not in text] == []


def test_a_new_field_is_in_the_template(changed: Path) -> None:
    text = casebook("--schemas", changed / "schemas", "template", "yaml").stdout
    assert "noise_level: not reported" in text
    assert "colour_of_gate" in text


def test_a_kind_no_code_knows_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    header = tmp_path / "schemas" / "case.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace("kind: identifier", "kind: colour", 1), "utf-8")
    done = casebook("--schemas", tmp_path / "schemas", "check")
    assert done.returncode == 2
    assert "colour" in done.stderr


def test_library_opens(library: Library) -> None:
    assert open_library(SCHEMAS).questions.keys() == library.questions.keys()
