"""The files of the index: small, complete, the same every time."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casebook import model, source, synth, tables
from casebook.schema import Library
from casebook.views import search
from casebook.views.reading import Reader
from casebook.views.search.postings import DIGITS
from support import ROOT

DIGEST = """
import hashlib, json, sys
from pathlib import Path
from casebook import model, tables
from casebook.library import open_library
from casebook.source import read
from casebook.views import search
from casebook.views.reading import Reader
library = open_library(Path("schemas"))
files = sorted(Path("cases").glob("*.yaml"))[:12]
cases = model.build(library, [tables.flatten(read(path, path.name), library) for path in files], drafts=True)
guides = [{"url": "guides/x/", "title": "指南", "text": "怎么开会\\n怎么记账"}]
value = [list(search.files(Reader(library, lang), cases, guides)) for lang in library.languages]
print(hashlib.sha256(json.dumps(value).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def files(library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("made-up")
    synth.write(library, 400, folder)
    readings = [tables.flatten(source.read(path, path.name), library) for path in sorted(folder.iterdir())]
    return dict(search.files(Reader(library, "zh"), model.build(library, readings)))


def packed(value: Any) -> int:
    return len(gzip.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6))


def unpack(text: str) -> list[int]:
    numbers, number, shift = [], 0, 0
    for digit in text:
        value = DIGITS.index(digit)
        number |= (value & 31) << shift
        shift += 5
        if value < 32:
            numbers.append(number)
            number = shift = 0
    return [sum(numbers[: place + 1]) for place in range(len(numbers))]


def test_no_file_is_large(files: dict[str, Any]) -> None:
    assert max(packed(value) for name, value in files.items() if name.startswith("search/t-")) < 8_000
    assert max(packed(value) for name, value in files.items() if name.startswith("search/d-")) < 12_000
    assert packed(files["search/base"]) + packed(files["search/words"]) < 25_000


def test_every_term_is_where_it_is_looked_for(files: dict[str, Any]) -> None:
    base = files["search/base"]
    last = ""
    for number, first in enumerate(base["shards"]):
        terms = files[f"search/t-{number}"][::3]
        assert terms[0] == first
        for term in terms:
            assert term.encode("utf-16-be") > last.encode("utf-16-be")
            last = term


def test_postings_name_documents_in_order(files: dict[str, Any]) -> None:
    count = sum(files["search/base"]["kinds"].values())
    assert len(files["search/base"]["lengths"]) == count
    for number in range(len(files["search/base"]["shards"])):
        shard = files[f"search/t-{number}"]
        for documents, counts in zip(shard[1::3], shard[2::3], strict=True):
            found = unpack(documents)
            assert found == sorted(set(found))
            assert 0 <= found[0] <= found[-1] < count
            assert len(counts) <= len(found)


def test_texts_of_every_document(files: dict[str, Any]) -> None:
    base = files["search/base"]
    chunks = [value for name, value in files.items() if name.startswith("search/d-")]
    records = [record for number in range(len(chunks)) for record in files[f"search/d-{number}"]]
    assert len(records) == sum(base["kinds"].values())
    assert [record[0] for record in records[: base["kinds"]["case"]]] == files["search/ids"]
    assert all(len(chunk) == base["chunk"] for chunk in chunks[:-1])


def test_same_cases_same_bytes() -> None:
    digests = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", DIGEST]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_guides_are_found(library: Library, tmp_path: Path) -> None:
    guides = [{"url": "guides/money/", "title": "账怎么记", "text": "每季度把账贴出来。\n\n谁都能查。"}]
    found = dict(search.files(Reader(library, "zh"), model.Collection(library), guides))
    assert found["search/base"]["kinds"] == {
        "case": 0,
        "approach": 13,
        "term": len(library.vocabularies["glossary"].terms),
        "guide": 1,
    }
