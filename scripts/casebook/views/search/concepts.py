"""What people mean, whatever they call it: the terms of the vocabularies with all their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set

from casebook.schema import Library, Term
from casebook.views.search import tokens

#: Mark of a term's own token in the index.
CONCEPT = "#"

#: What vocabularies say of a term that people say, too.
_SPOKEN = ("short", "tile")
_BRACKETS = re.compile(r"[（）()]")


class Concepts:
    """Numbers every term that cases are described by, and the glossary's.

    Args:
        library: the schemas.
    """

    def __init__(self, library: Library) -> None:
        """Take the vocabularies of the header's lists of terms, of the questions, and the glossary."""
        header = [str(item.vocabulary) for item in library.case.fields if item.kind == "terms"]
        asked = [str(item.vocabulary) for item in library.questions.values()]
        names = dict.fromkeys((*header, *asked, str(library.info.get("glossary"))))
        vocabularies = [library.vocabularies[name] for name in names if name in library.vocabularies]
        self.terms = [term for each in vocabularies for term in each.terms.values()]
        self._numbers = {id(term): number for number, term in enumerate(self.terms)}
        self._mentions = self._watched(library)

    def number(self, term: Term) -> int | None:
        """Return a term's number, ``None`` for one that is no concept."""
        return self._numbers.get(id(term))

    def _watched(self, library: Library) -> dict[str, list[tuple[int, frozenset[str]]]]:
        """Prepare to notice the glossary's terms in texts; cases are not sorted under it, but they use its words.

        Each name is kept under the one of its tokens that the fewest other names have.
        """
        glossary = library.vocabularies.get(str(library.info.get("glossary")))
        terms = glossary.terms.values() if glossary else ()
        cut = [(self._numbers[id(term)], frozenset(tokens.cut(name))) for term in terms for name in self.names(term)]
        common = Counter(token for _, own in cut for token in own)
        watched: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for number, own in cut:
            if own:
                watched.setdefault(min(own, key=lambda token: (common[token], token)), []).append((number, own))
        return watched

    def mentioned(self, text: Set[str]) -> set[int]:
        """Return the numbers of the glossary's terms of which a text has a name, given the text's tokens."""
        found = (entry for token in self._mentions.keys() & text for entry in self._mentions[token])
        return {number for number, own in found if own <= text}

    def names(self, term: Term) -> list[str]:
        """Return everything a term is called, in every language, normalised; the most usual first."""
        found = (tokens.normalise(name).strip() for name in _names(term))
        return [name for name in dict.fromkeys(found) if name]


def _names(term: Term) -> Iterator[str]:
    for label in (*term.labels.values(), *(text for key in _SPOKEN for text in term.extra.get(key, {}).values())):
        yield from _BRACKETS.split(label)
    for words in term.synonyms.values():
        yield from words
