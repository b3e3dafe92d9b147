"""What search looks through: one document for each case, approach and word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from casebook.model import Case, Collection
from casebook.schema import Term
from casebook.values import Name, Record, Value
from casebook.views.approaches import approaches
from casebook.views.glossary import glossary
from casebook.views.reading import Reader

#: ``id``, ``kind``, ``url`` from the language's root, ``title``, ``place``, ``text``, ``words``.
SearchDocument: TypeAlias = dict[str, str]


def documents(reader: Reader, collection: Collection) -> list[SearchDocument]:
    """Return all documents in one language; synonyms of both languages are searched."""
    found = [_case(reader, case) for case in collection.cases]
    for view in approaches(reader, collection):
        term = view.term
        words = " ".join(_synonyms(reader, "approach", term.id))
        found.append(_document(term.id, "approach", f"approaches/{term.id}/", term.label, term.definition, words))
    for entry in glossary(reader):
        words = " ".join((*entry.synonyms, *(label for _, label in entry.others)))
        found.append(_document(entry.id, "term", f"glossary/#{entry.id}", entry.label, entry.definition, words))
    return found


def _document(id: str, kind: str, url: str, title: str, text: str, words: str, place: str = "") -> SearchDocument:
    return {"id": id, "kind": kind, "url": url, "title": title, "place": place, "text": text, "words": words}


def _synonyms(reader: Reader, role: str, id: str) -> Iterator[str]:
    vocabulary = reader.library.vocabularies[str(reader.library.case.by_role[role].vocabulary)]
    yield from _names(vocabulary.terms[id])


def _names(term: Term) -> Iterator[str]:
    """Everything a term is called, in every language."""
    yield from term.labels.values()
    for words in term.synonyms.values():
        yield from words


def _case(reader: Reader, case: Case) -> SearchDocument:
    answers = [answer for answered in case.answered.values() for answer in answered.answers]
    texts = [reader.words(case.role("lead")), *(reader.words(answer.role("statement")) for answer in answers)]
    values: list[Value] = [*case.header.values.values(), *(answer.role("terms") for answer in answers)]
    words = dict.fromkeys(name for value in values for term in _terms(value) for name in _names(term))
    place = case.role("place")
    names = [name for value in place.values.values() if isinstance(value, Name) for name in value.words.values()]
    area = reader.place(place)
    title = reader.words(case.role("heading"))
    where = " ".join(dict.fromkeys((*area, *names)))
    return _document(case.id, "case", f"cases/{case.id}/", title, "\n".join(texts), " ".join(words), where)


def _terms(value: Value) -> Iterator[Term]:
    if isinstance(value, Term):
        yield value
    elif isinstance(value, tuple):
        yield from value
    elif isinstance(value, Record):
        for inner in value.values.values():
            yield from _terms(inner)
