"""Every problem has words in both languages, an entry in the reference, and code that reports it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from string import Formatter

import pytest

from casebook import source
from casebook.schema import Library
from casebook.views.codes import ABOUT, codes, groups
from casebook.views.reading import Reader
from support import ROOT, SCHEMAS, casebook

PACKAGE = ROOT / "scripts" / "casebook"
KEYS = {"about", "severity", "draft", "absence", "hints", "meaning", "wrong", "right"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_words_are_there_in_every_language(library: Library) -> None:
    for code, words in library.messages.items():
        assert re.fullmatch(r"[a-z][a-z0-9-]*", code)
        assert words["about"] in ABOUT, code
        assert not set(words) - KEYS - set(library.languages), code
        for lang in library.languages:
            assert words[lang].strip(), code
            assert words["meaning"][lang].strip(), code
            assert all(hint[lang].strip() for hint in words.get("hints", ())), code
        assert words["wrong"].strip(), code
        assert words["right"].strip(), code
        assert words["wrong"] != words["right"], code


def test_languages_say_the_same(library: Library) -> None:
    """Chinese is in Chinese, English is not, and both quote the same facts."""
    for code, words in library.messages.items():
        for each in (words, words["meaning"], *words.get("hints", ())):
            assert CHINESE.search(each["zh"]), code
            assert not CHINESE.search(each["en"]), code
            assert fields(each["zh"]) == fields(each["en"]), code


def test_hints_end_with_one_that_always_fits(library: Library) -> None:
    for code, words in library.messages.items():
        assert all(hint.get("needs") for hint in words.get("hints", ())[:-1]), code


def test_chinese_uses_full_width_punctuation(library: Library) -> None:
    """Half-width commas, semicolons and question marks do not stand between Chinese characters."""
    wrong = re.compile("[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]")
    for code, words in library.messages.items():
        for each in (words, words["meaning"], *words.get("hints", ())):
            assert not wrong.search(each["zh"]), code


def test_words_serve_any_subject() -> None:
    """Another library takes these words as they are."""
    text = (SCHEMAS / "messages.yaml").read_text(encoding="utf-8")
    assert not re.search("小区|无人管|物业|业主|compound|unmanaged|杨梅塘|yangmeitang", text, re.IGNORECASE)


def test_code_and_words_fit(library: Library) -> None:
    """Every code that has words is reported somewhere, and the other way round."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    named = set(re.findall(r'"([a-z][a-z0-9-]*)"', text)) | {
        f"expected-{shape}" for shape in ("scalar", "list", "mapping")
    }
    assert not set(library.messages) - named
    makers = "problem|at|at_cell|_drop|Problem|Fault|Finding|Remedy"
    calls = rf'(?:{makers})\(\s*(?:[a-z_.]+(?:\([a-z]+\))?, )*"([a-z]+-[a-z-]+)"'
    assert not set(re.findall(calls, text)) - set(library.messages)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reference_has_an_entry_for_each(lang: str, library: Library) -> None:
    entries = codes(Reader(library, lang))
    assert [entry.code for entry in entries] == list(library.messages)
    assert not any("{" in text for entry in entries for text in (entry.message, *entry.hints))
    assert {entry.code for group in groups(Reader(library, lang)) for entry in group.codes} == set(library.messages)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reference_is_published(lang: str, library: Library, site: Path) -> None:
    """Every code can be linked to, and stands beside its words, what is wrong and what is right."""
    page = (site / ("" if lang == "zh" else lang) / "checks" / "index.html").read_text(encoding="utf-8")
    for entry in codes(Reader(library, lang)):
        part = page.split(f'<h3 id="{entry.code}">')[1].split("<h3")[0]
        for text in (entry.message, entry.meaning, entry.wrong, entry.right):
            assert html.escape(text, quote=False) in part.replace("&#34;", '"').replace("&#39;", "'"), entry.code


def test_command_explains_each(library: Library) -> None:
    done = casebook("explain")
    assert done.returncode == 0
    assert all(f"\n{code}: " in f"\n{done.stdout}" for code in library.messages)
    for lang in ("zh", "en"):
        done = casebook("explain", "no-colon", "--lang", lang)
        words = library.messages["no-colon"]
        assert all(
            text in done.stdout for text in (words[lang], words["meaning"][lang], words["wrong"], words["right"])
        )
    done = casebook("explain", "no-colons")
    assert done.returncode == 2
    assert "no-colon" in done.stderr.split("→")[1]


def test_nothing_is_lost_in_reading_the_words() -> None:
    """A comma or a hash inside braces would cut a text short without a word."""
    path = Path(SCHEMAS / "messages.yaml")
    assert not source.read(path, path.name).problems
