"""The same cases for every engine."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook import model, synth, tables
from casebook.library import open_library
from casebook.model import Collection
from casebook.schema import Library
from casebook.source import read
from casebook.validate import case_files
from casebook.views.reading import Reader
from casebook.views.search import pinyin, tokens
from casebook.views.search.concepts import Concepts
from casebook.views.search.documents import Documents

ROOT = Path(__file__).resolve().parents[2]


def real(library: Library) -> Collection:
    """Return the cases of the library."""
    return _collection(library, case_files([ROOT / "cases"]))


def made_up(library: Library, count: int, folder: Path) -> Collection:
    """Return cases that nobody has ever seen."""
    synth.write(library, count, folder)
    return _collection(library, case_files([folder]))


def _collection(library: Library, files: list[Path]) -> Collection:
    return model.build(library, [tables.flatten(read(path, path.name), library) for path in files])


def library() -> Library:
    """Return the schemas."""
    return open_library(ROOT / "schemas")


def documents(collection: Collection, lang: str) -> list[dict[str, str]]:
    """Return the cases as plain texts: id, title, place, text, words, sounds."""
    concepts = Concepts(collection.library)
    maker = Documents(Reader(collection.library, lang), concepts)
    return [_plain(maker, concepts, case) for case in collection.cases]


def _plain(maker: Documents, concepts: Concepts, case: Any) -> dict[str, str]:
    document = maker.case(case)
    names = [name for number in document.concepts for name in concepts.names(concepts.terms[number])]
    return {
        "id": document.id,
        "title": document.title,
        "place": " ".join(dict.fromkeys(text for _, text in document.names)),
        "text": "\n".join(part.text for part in document.parts),
        "words": " ".join(dict.fromkeys(names)),
        "sounds": " ".join(dict.fromkeys(_sounds(document.spoken))),
    }


def _sounds(names: list[str]) -> Iterator[str]:
    for name in names:
        for run in tokens.runs(tokens.normalise(name)):
            syllables = pinyin.spelt(run)
            yield from ("".join(syllables), *syllables)


def page(document: dict[str, str], lang: str) -> str:
    """Return a document as a page for engines that read pages."""
    shown = {name: html.escape(text) for name, text in document.items()}
    body = "".join(f"<p>{line}</p>" for line in shown["text"].split("\n"))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{shown["title"]}</title></head><body>'
        f"<main data-pagefind-body><h1>{shown['title']}</h1><p>{shown['place']}</p>{body}"
        f"<p>{shown['words']}</p><p>{shown['sounds']}</p></main></body></html>"
    )


def simplified() -> str:
    """Return the traditional characters, each followed by its simplified form."""
    return "".join(chr(one) + other for one, other in tokens.simplified().items())


def write_json(path: Path, value: Any) -> None:
    """Write a value as compact JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
