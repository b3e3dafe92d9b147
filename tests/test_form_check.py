"""The form's checks and those of ``casebook check`` say the same, in the same words; so do the texts it writes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casebook import report
from casebook.library import open_library
from casebook.problem import Problem
from casebook.schema import Field
from casebook.site.words import Words
from casebook.validate import validate
from casebook.views.form import description
from casebook.views.reading import Reader

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = open_library(ROOT / "schemas")
FORM = description(Reader(LIBRARY, "zh"))
WORDS = Words("zh", {}).for_scripts("form")
CASES = sorted((ROOT / "cases").glob("*.yaml"))
EXAMPLES = sorted((ROOT / "tests" / "examples").rglob("*.yaml"))

#: What a form cannot do: it has no file, and makes the shape itself.
OUT_OF_REACH = {
    # of files and their YAML
    *("symlink", "not-a-file", "unreadable", "not-read", "too-large", "not-text", "not-utf8", "byte-order-mark"),
    *("line-ends", "garbled", "empty-file", "not-a-mapping", "several-documents", "syntax", "colon-in-text"),
    *("open-quote", "text-after-quote", "open-bracket", "bad-escape", "no-colon", "cannot-start", "bad-indent"),
    *("tab-indent", "wide-space", "missing-space", "comma-in-braces", "alias", "tag", "odd-key", "duplicate-key"),
    *("too-deep", "too-many-problems", "folded-text", "text-after-hash", "id-not-file-name", "id-clash"),
    *("schema-missing", "schema-wrong", "quote-not-in-source"),
    # of shape
    *("unknown-key", "unknown-question", "misplaced-key", "dash-missing", "expected-scalar", "expected-list"),
    *("expected-mapping", "nothing-written", "not-an-answer", "flag-not-true", "fullwidth", "too-many-parts"),
    # of what only `casebook fix` writes
    "translation-stale",
    "quotes-changed",
}

#: Code, place in words, and message with its weight.
Found = set[tuple[str, str, str]]


class Node:
    """The form's scripts, running outside a browser."""

    def __init__(self) -> None:
        script = ROOT / "tests" / "form" / "agree.js"
        self.process = subprocess.Popen(
            ["node", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.send({"form": FORM, "words": WORDS})

    def send(self, value: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()

    def ask(self, **request: Any) -> dict[str, Any]:
        self.send(request)
        assert self.process.stdout
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    if shutil.which("node") is None:
        pytest.skip("needs node")
    started = Node()
    yield started
    assert started.process.stdin
    started.process.stdin.close()
    started.process.wait(timeout=10)


def by_casebook(path: Path) -> tuple[Found, set[str]]:
    problems: list[Problem] = validate([path], LIBRARY, path.parent).problems
    found = {
        (each.code, _where(each.code, report.path_words(each, "zh")), f"{each.severity}: {message}")
        for each in problems
        if each.code not in OUT_OF_REACH and (each.path or not each.code.startswith("private-"))  # not in comments
        for message in [report.message(LIBRARY, each, "zh")]
    }
    return found, {each.code for each in problems}


def by_form(problems: list[dict[str, Any]]) -> Found:
    return {
        (each["code"], _where(each["code"], each["where"]), f"{each['severity']}: {each['message']}")
        for each in problems
    }


def _where(code: str, words: str) -> str:
    """The place; characters that nobody sees are looked for in the file, whatever they stand in."""
    return "" if code == "unsafe-character" else words


def test_every_code_is_either_in_reach_or_out_of_it(node: Node) -> None:
    script = "".join(
        (ROOT / "scripts/casebook/site/assets" / name).read_text(encoding="utf-8")
        for name in ("form-read.js", "form-rules.js", "form-private.js")
    )
    unknown = [code for code in LIBRARY.messages if code not in OUT_OF_REACH and f'"{code}"' not in script]
    assert unknown == []


@pytest.mark.parametrize("path", [*CASES, *EXAMPLES], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_files_get_the_same_problems(node: Node, path: Path) -> None:
    expected, codes = by_casebook(path)
    if codes & OUT_OF_REACH - {"id-not-file-name"}:
        pytest.skip("a form cannot do this")
    answer = node.ask(text=path.read_text(encoding="utf-8"))
    assert by_form(answer["problems"]) == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_that_nobody_changed_is_written_as_it_was(node: Node, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    answer = node.ask(plain=node.ask(text=text)["plain"], base=text)
    assert answer["text"] == text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_written_anew_says_the_same(node: Node, path: Path, tmp_path: Path) -> None:
    answer = node.ask(plain=node.ask(text=path.read_text(encoding="utf-8"))["plain"])
    written = tmp_path / path.name
    written.write_text(answer["text"], encoding="utf-8")
    assert yaml.safe_load(answer["text"]) == yaml.safe_load(path.read_text(encoding="utf-8"))
    assert by_casebook(written)[0] == by_casebook(path)[0]


def test_a_correction_changes_nothing_else(node: Node) -> None:
    path = ROOT / "cases" / "hejiaao-1133.yaml"
    text = path.read_text(encoding="utf-8")
    plain = node.ask(text=text)["plain"]
    question = next(name for name, said in plain["answers"].items() if said == "not reported")
    plain["answers"][question] = [{"zh": "约 300 户。", "en": "Some 300.", "says": "inference"}]
    before, after = text.splitlines(), node.ask(plain=plain, base=text)["text"].splitlines()
    gone = [line for line in before if line not in after]
    assert gone == [f"  {question}: not reported"]
    assert len(after) == len(before) + 3


# -- forms that nobody would think of ------------------------------------

TEXTS = st.one_of(
    st.sampled_from(["", " ", "一句话", "no", "yes", "010", "12:30", "2024-01", "~", "null", "- a", "a: b", "# x"]),
    st.sampled_from(["<b>粗</b>", "零\u200b宽", "两\n行", "  前后空  ", "两段\n\n第二段", "&amp;", "%", "!x", "&x"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=40),
    st.sampled_from(["找张大妈", "13812345678", "a@example.org", "3 栋 501 室", "84 岁的王奶奶", "Aunt Li, 84"]),
    st.text(alphabet="长文", min_size=80, max_size=140),
)  # fmt: skip
NUMBERS = st.sampled_from(["", "0", "57", "0.5", "-3", "010", "1,200", "１２", "abc", "7.50"])
DATES = st.sampled_from(["", "2024", "2024-01", "2024-01-22", "2024-02-30", "去年", "2999", "0000"])
IDS = st.sampled_from(["", "a-case", "A Case", "x" * 70, "2024"])
ADDRESSES = st.sampled_from(["", "https://example.org/a", "example.org", "javascript:alert(1)", "http://a b"])
QUOTES = st.sampled_from(["q1", "q2", "q3"])


def words(flag: bool) -> st.SearchStrategy[Any]:
    keys: dict[str, Any] = dict.fromkeys(LIBRARY.languages, TEXTS)
    return st.fixed_dictionaries({}, optional={**keys, "unconfirmed": st.just("true")} if flag else keys)


def ids_of(vocabulary: str | None) -> st.SearchStrategy[str]:
    terms = LIBRARY.vocabularies[str(vocabulary)].terms
    return st.sampled_from([*list(terms)[:6], "nonsense"])


def value_of(item: Field, question: Field | None = None) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    vocabulary = LIBRARY.vocabulary_of(item, question) if question else item.vocabulary
    simple = {"number": NUMBERS, "date": DATES, "identifier": IDS, "url": ADDRESSES, "line": TEXTS, "fragment": TEXTS}
    if item.role == "serial":
        return st.sampled_from(["", "1", "2", "7", "1000"])
    if item.kind in simple:
        return simple[item.kind]
    if item.kind == "term":
        return ids_of(vocabulary)
    if item.kind == "terms":
        return st.lists(ids_of(vocabulary), max_size=5)
    if item.kind in ("text", "name"):
        return words(item.kind == "name")
    if item.kind == "refs":
        return st.lists(QUOTES, max_size=2, unique=True)
    if item.kind == "entries":
        return st.dictionaries(QUOTES, TEXTS, max_size=2)
    if item.kind == "records":
        fields = LIBRARY.tables[item.extra["table"]].fields
        # The form gives the ids, so none is missing.
        entries = st.tuples(st.sampled_from(["s1", "s2"]), record(fields[1:]))
        return st.lists(entries.map(lambda pair: {fields[0].name: pair[0], **pair[1]}), max_size=2)
    if item.kind == "object":
        return record(item.fields)
    return answers()


def record(fields: tuple[Field, ...], question: Field | None = None) -> st.SearchStrategy[dict[str, Any]]:
    optional: dict[str, Any] = {}
    for item in fields:
        if item.role == "confirmed":
            continue  # only `casebook fix` writes it
        if item.extra.get("inline"):
            optional.update(dict.fromkeys(LIBRARY.languages, TEXTS))
        else:
            optional[item.name] = value_of(item, question)
    return st.fixed_dictionaries({}, optional=optional)


def answers() -> st.SearchStrategy[dict[str, Any]]:
    optional = {}
    for name, question in LIBRARY.questions.items():
        parts = tuple(part for part in LIBRARY.answer.fields if part.allows(question.kind))
        rows = st.lists(record(parts, question), max_size=2)
        optional[name] = st.one_of(st.just("not reported"), st.just("not applicable"), rows)
    return st.fixed_dictionaries({}, optional=optional)


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate),
)
@given(plain=record(LIBRARY.case.fields))
def test_forms_made_at_random_get_the_same_problems(node: Node, tmp_path: Path, plain: dict[str, Any]) -> None:
    answer = node.ask(plain=plain)
    path = tmp_path / "a-case.yaml"
    path.write_text(answer["text"], encoding="utf-8")
    expected, codes = by_casebook(path)
    # Whatever was typed, what is written can be read; only letters that look like a wrong encoding may be said to.
    assert not codes & OUT_OF_REACH - {"id-not-file-name", "garbled"}, answer["text"]
    assert by_form(answer["problems"]) == expected, answer["text"]
    # What was written reads back as what was checked.
    assert node.ask(text=answer["text"])["plain"] == answer["plain"]
