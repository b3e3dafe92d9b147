"""Names as they are typed without Chinese characters: hejiaao, he jia ao, hja."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from casebook.views.search import tokens

#: Marks of pinyin and of initials, so that they are never taken for words.
SOUND, INITIALS = "~", "^"


@lru_cache(maxsize=1 << 16)
def cut(name: str) -> tuple[str, ...]:
    """Return the pinyin tokens of a name.

    Syllables and pairs of neighbours, written together, find it from any of its characters on; the initials
    of a whole run find it from its beginning.
    """
    return tuple(token for run in tokens.runs(tokens.normalise(name)) for token in _tokens(run))


@lru_cache(maxsize=1 << 16)
def spelt(run: str) -> tuple[str, ...]:
    """Return the syllable of each character, the one it has in this word: 重庆 chong, 重点 zhong."""
    ends = range(len(run) + 1)
    known = any(run[start:end] in PHRASES_DICT for start in ends for end in ends[start + 2 :])
    found = lazy_pinyin(run) if known else [sound for character in run for sound in _sound(character)]
    return tuple(found) if len(found) == len(run) and all(map(str.isascii, found)) else ()


@cache
def _sound(character: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(character))


def _tokens(run: str) -> Iterator[str]:
    sounds = spelt(run)
    for sound in sounds:
        yield SOUND + sound
    for one, other in pairwise(sounds):
        yield SOUND + one + other
    if len(sounds) > 1:
        yield INITIALS + "".join(each[0] for each in sounds)
