"""Which term stands in which document, packed so that a phone fetches only the terms of its query."""

from __future__ import annotations

import math
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from operator import call, sub
from sys import byteorder

from casebook.views.search import pinyin, tokens
from casebook.views.search.concepts import CONCEPT, Concepts
from casebook.views.search.documents import IN_PASSING, MENTIONING, TEXT, Document
from casebook.views.search.stopwords import STOP

#: Digits of packed numbers. The lower five bits of a digit are its value, the sixth says that more follow.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

#: A word counts at most as often as one digit can say.
_MOST = len(DIGITS)

#: How often a word counts → the same at most, beginning with none at all.
_CAPPED = [max(0, min(count, _MOST) - 1) for count in range(1 << 16)]

#: The lowest byte of a place and count → the digit of the count.
_LOWEST = bytes(ord(DIGITS[byte % _MOST]) for byte in range(256))

#: Characters in one file of postings, as a measure of what one word of a query costs to fetch.
SHARD = 8_000

#: Weight of a sound or of initials.
_SPOKEN = 8


class _Notes(dict[str, Callable[[int], None]]):
    """For each term what notes a number down for it; this runs millions of times."""

    def __init__(self, documents: dict[str, array[int]]) -> None:
        super().__init__()
        self._documents = documents

    def __missing__(self, term: str) -> Callable[[int], None]:
        self._documents[term] = array("I")
        self[term] = self._documents[term].append
        return self[term]


class Postings:
    """Collects terms document by document.

    Args:
        concepts: the terms of the vocabularies.
    """

    def __init__(self, concepts: Concepts) -> None:
        """Begin with nothing."""
        self._concepts = concepts
        self._documents: dict[str, array[int]] = {}
        self._note = _Notes(self._documents)
        self._lengths: list[str] = []
        self._total = 0.0

    def add(self, document: Document) -> None:
        """Add the next document."""
        counts: Counter[str] = Counter()
        length = 0
        for weight in sorted({part.weight for part in document.parts}):
            texts = "\n".join([part.text for part in document.parts if part.weight == weight])
            words = tokens.cut(texts)
            length += len(words)
            counts.update(words * weight)
        if document.kind in MENTIONING:
            for number in sorted(self._concepts.mentioned(counts.keys())):
                document.concepts.setdefault(number, IN_PASSING)
        for weight, name in document.names:
            found = tokens.cut_name(name)
            length += len(found)
            for token in found:
                counts[token] += weight
        for name in document.spoken:
            for token in pinyin.cut(name):
                counts[token] = _SPOKEN
        for number, weight in document.concepts.items():
            counts[f"{CONCEPT}{number}"] = weight
        place = len(self._lengths) * _MOST
        self._measure(length)
        # Millions of times: where a term is noted down, and what.
        notes = map(self._note.__getitem__, counts)
        places = map(place.__add__, map(_CAPPED.__getitem__, counts.values()))
        deque(map(call, notes, places), maxlen=0)

    def _measure(self, length: int) -> None:
        """Keep a document's length roughly, in one digit."""
        digit = min(_MOST - 1, max(0, round(8 * math.log2(max(length, 1) / 8))))
        self._lengths.append(DIGITS[digit])
        self._total += 8 * 2 ** (digit / 8)

    @property
    def lengths(self) -> str:
        """The lengths of all documents, a digit each."""
        return "".join(self._lengths)

    @property
    def average(self) -> float:
        """The mean length."""
        return round(self._total / max(len(self._lengths), 1), 2)

    def terms(self) -> list[str]:
        """Every term, in the order in which JavaScript sorts."""
        return sorted((term for term in self._documents if term not in STOP), key=lambda term: term.encode("utf-16-be"))

    def shards(self) -> Iterator[list[str]]:
        """Yield the files: term, documents, counts; and again; neighbours in one file."""
        codes = [_packed(number) for number in range(len(self._lengths) + 1)]
        shard: list[str] = []
        size = 0
        for term in self.terms():
            found = self._documents[term]
            places = [each // _MOST for each in found]
            gaps = map(sub, places[1:], places)
            packed = codes[places[0]] + "".join([codes[gap] for gap in gaps])
            lowest = found.tobytes()[0 if byteorder == "little" else found.itemsize - 1 :: found.itemsize]
            counts = lowest.translate(_LOWEST).decode("ascii").rstrip(DIGITS[TEXT - 1])
            extra = len(term) + len(packed) + len(counts) + 9
            if shard and size + extra > SHARD:
                yield shard
                shard, size = [], 0
            shard += (term, packed, counts)
            size += extra
        if shard:
            yield shard


def _packed(number: int) -> str:
    digits = ""
    while number >= 32:
        digits += DIGITS[32 + number % 32]
        number //= 32
    return digits + DIGITS[number]


def vocabulary(terms: Iterable[str], size: int = SHARD) -> Iterator[list[str]]:
    """Yield the terms that can be misspelt, words and sounds of Latin letters, in pieces for fetching."""
    piece: list[str] = []
    left = size
    for term in terms:
        if term.lstrip(pinyin.SOUND).isascii() and term[-1].isalpha() and len(term) > 3 and term[0] != pinyin.INITIALS:
            left -= len(term) + 3
            if left < 0 and piece:
                yield piece
                piece, left = [], size
            piece.append(term)
    if piece:
        yield piece
