"""What was probably meant by a word that is not known here."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping

from casebook.problem import Words
from casebook.schema import Field, Library

#: Signs that a Chinese keyboard gives where the half-width one is meant.
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord("\u3000"): " ",
    ord("。"): ".",
    ord("、"): ",",
    ord("—"): "-",
    ord("–"): "-",
    ord("−"): "-",
    ord("“"): None,
    ord("”"): None,
    ord("‘"): None,
    ord("’"): None,
}

#: Longer words are no slips of the finger.
_MAX_LENGTH = 60


def half_width(text: str) -> str:
    """Return the text with full-width signs made half-width, and without Chinese quotation marks."""
    return text.strip() if text.isascii() else text.translate(_WIDE).strip()


def guess(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant."""
    return _closest(word, tuple(known)) if len(word) <= _MAX_LENGTH else None


@functools.lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    close = difflib.get_close_matches(word.lower().replace(" ", "_"), known, n=1, cutoff=0.6)
    return close[0] if close else None


def guess_key(word: str, known: Mapping[str, Words]) -> tuple[str | None, str | None]:
    """Return the key that was probably meant, and the same where there can be no doubt: its label was written."""
    plain = half_width(word)
    sure = [name for name, labels in known.items() if plain == name or plain in labels.values()]
    if len(sure) == 1:
        return sure[0], sure[0]
    return guess(plain, known), None


def keys(fields: Iterable[Field]) -> dict[str, Words]:
    """Return the labels of fields by name."""
    return {item.name: item.labels for item in fields}


def guess_term(library: Library, vocabulary: str, word: str) -> tuple[str | None, str | None]:
    """Return the term that was probably meant, and the same where there can be no doubt: its label was written."""
    plain = half_width(word)
    exact, loose = _terms_by_word(library, vocabulary)
    if plain in exact:
        return exact[plain], exact[plain]
    return loose.get(plain) or guess(plain, library.vocabularies[vocabulary].terms), None


@functools.lru_cache(maxsize=256)
def _terms_by_word(library: Library, vocabulary: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return terms by label, and by synonym; a label that several terms share is left out."""
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    shared: set[str] = set()
    for term in library.vocabularies[vocabulary].terms.values():
        for label in {*term.labels.values(), term.id}:
            if exact.setdefault(label, term.id) != term.id:
                shared.add(label)
        for words in term.synonyms.values():
            loose.update(dict.fromkeys(words, term.id))
    return {label: id for label, id in exact.items() if label not in shared}, loose
