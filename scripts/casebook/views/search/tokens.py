"""How text is cut for search. The twin of ``site/assets/tokens.js``: both cut alike, and a test says so.

Chinese has no spaces, and a dictionary does not know 何家坳 or 铜塘湾: a run of Chinese characters becomes
its pairs of neighbours. Words of other scripts stay whole; English ones lose their endings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from operator import add

from opencc.opencc import OpenCC

_CJK = "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"

#: Any word · 279,040 · 99.4 · any other number. Where none can begin, nothing is tried; the plain letters come first
#: because they are read fastest.
_LETTER = rf"[^\W_{_CJK}]"
_WORDS = re.compile(
    rf"(?={_LETTER})(?:[a-z]+{_LETTER}*|[0-9]+(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)+|{_LETTER}+)"
)
#: A run of Chinese (or Japanese) characters.
_RUNS = re.compile(f"[{_CJK}]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z]+")


@cache
def simplified() -> Mapping[int, str]:
    """Return the simplified form of every traditional character, as ``str.translate`` takes it."""
    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    forms: list[str] = OpenCC("t2s").convert("\n".join(characters)).split("\n")  # type: ignore[no-untyped-call]
    return {ord(one): other for one, other in zip(characters, forms, strict=True) if one != other}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, simplified()))}]")


def normalise(text: str) -> str:
    """Return one spelling for the same letters: full-width forms, accents, capitals, traditional characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
        if _traditional().search(text):
            text = text.translate(simplified())
    return text.lower()


def runs(plain: str) -> list[str]:
    """Return the runs of Chinese characters of a normalised text."""
    return _RUNS.findall(plain)


def cut(text: str, ends: bool = False) -> list[str]:
    """Return the tokens of a text to be indexed, words first.

    With ``ends`` the last character of a run of Chinese is kept as well: with it, every character begins
    some token, and a query of one character finds it by prefix. That is for names; texts are too long for it.
    """
    plain = normalise(text)
    tokens = list(map(_MEMO.__getitem__, _WORDS.findall(plain)))
    for run in _RUNS.findall(plain):
        tokens.extend(map(add, run, run[1:]))
        if ends or len(run) == 1:
            tokens.append(run[-1])
    return tokens


@lru_cache(maxsize=1 << 16)
def cut_name(text: str) -> tuple[str, ...]:
    """Return the tokens of a name; the same names come again and again."""
    return tuple(cut(text, ends=True))


def word(run: str) -> str:
    """Return the token of a word or number: no thousands separators, no English endings."""
    if _WORD.fullmatch(run):
        return stem(run)
    return run.replace(",", "")


class _Memo(dict[str, str]):
    """The token of every word met so far."""

    def __missing__(self, run: str) -> str:
        self[run] = token = word(run)
        return token


_MEMO = _Memo()
_ENDINGS = (("ing", 3), ("ed", 3), ("ment", 3), ("ion", 4), ("er", 4), ("or", 4), ("al", 4), ("ly", 4))
_SIBILANT = ("sses", "shes", "ches", "xes", "zes")
_VOWEL = re.compile("[aeiouy]")


def stem(word: str) -> str:
    """Return an English word without its endings: cleaners, cleaning, cleaned → clean.

    Rough on purpose: the same for a text and a query is all it has to be.
    """
    if len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(_SIBILANT):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = _strip(_strip(word))
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 5:
        word = re.sub("i[sz](at)?$", "i", word)
    if len(word) > 3:
        if word.endswith("y"):
            word = word[:-1] + "i"
        elif word[-1] == word[-2]:
            word = word[:-1]
    return word


def _strip(word: str) -> str:
    for ending, least in _ENDINGS:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= least and _VOWEL.search(rest):
            return rest
    return word
