"""The trade's words, defined in both languages."""

from __future__ import annotations

from dataclasses import dataclass

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


def glossary(reader: Reader) -> tuple[Entry, ...]:
    """Return the entries of the vocabulary that the library names as its glossary."""
    vocabulary = reader.library.vocabularies.get(str(reader.library.info.get("glossary")))
    if vocabulary is None:
        return ()
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
