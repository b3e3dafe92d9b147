"""The trade's words, defined in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from casebook.schema import Vocabulary, walk
from casebook.views.reading import Reader


@dataclass(frozen=True)
class Entry:
    """A word with its name in the other languages, other words for it, and where its definition comes from."""

    id: str
    label: str
    others: tuple[tuple[str, str], ...]
    definition: str
    synonyms: tuple[str, ...]
    caution: str
    source: str


@dataclass(frozen=True)
class Section:
    """A vocabulary as a section of the glossary."""

    id: str
    label: str
    entries: tuple[Entry, ...]


def sections(reader: Reader) -> tuple[Section, ...]:
    """Return the glossary, and after it the vocabularies that define what cases are sorted by."""
    library = reader.library
    fields = (*walk(library.case.fields), *library.questions.values(), *walk(library.answer.fields))
    named = (str(library.info.get("glossary")), *(str(item.vocabulary) for item in fields if item.vocabulary))
    found = (library.vocabularies[name] for name in dict.fromkeys(named) if name in library.vocabularies)
    return tuple(
        Section(each.name, reader.words(each.labels), _entries(reader, each))
        for each in found
        if any(term.definition for term in each.terms.values()) and not _hierarchical(each)
    )


def glossary(reader: Reader) -> tuple[Entry, ...]:
    """Return the entries of the vocabulary that the library names as its glossary."""
    vocabulary = reader.library.vocabularies.get(str(reader.library.info.get("glossary")))
    return () if vocabulary is None else _entries(reader, vocabulary)


def in_place(reader: Reader) -> dict[str, Any]:
    """Return what explains the trade's words where they stand in a text.

    ``entries`` are id, name and meaning; ``words`` lead to their number. A name with another in brackets
    gives two words. Words that readers of this language use every day are left out.
    """
    vocabulary = reader.library.vocabularies.get(str(reader.library.info.get("glossary")))
    terms = vocabulary.terms.values() if vocabulary else ()
    shown = [term for term in terms if reader.lang not in term.extra.get("everyday", ()) and term.definition]
    words = {
        word: number
        for number, term in enumerate(shown)
        for word in re.split(r"[（）()]", reader.words(term.labels))
        if len(word.strip()) > 1
    }
    return {
        "vocabulary": vocabulary.name if vocabulary else "",
        "entries": [[term.id, reader.words(term.labels), reader.words(term.definition)] for term in shown],
        "words": words,
    }


def _hierarchical(vocabulary: Vocabulary) -> bool:
    """Whether it is a gazetteer rather than a list of words to explain."""
    return any("parent" in term.extra for term in vocabulary.terms.values())


def _entries(reader: Reader, vocabulary: Vocabulary) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            id=term.id,
            label=reader.words(term.labels),
            others=tuple((lang, label) for lang, label in term.labels.items() if lang != reader.lang),
            definition=reader.words(term.definition),
            synonyms=term.synonyms.get(reader.lang, ()),
            caution=reader.words(term.extra.get("caution")),
            source=reader.words(term.extra.get("source")),
        )
        for term in vocabulary.terms.values()
    )
