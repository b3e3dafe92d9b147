"""What search looks through: one document for each case, approach, word of the glossary, and guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.model import Answer, Case, Collection
from casebook.schema import Term
from casebook.values import Name, Record
from casebook.views.reading import Reader
from casebook.views.search.concepts import Concepts

#: Kinds of document, in the order of the index.
KINDS = ("case", "approach", "term", "guide")


class Part(NamedTuple):
    """A text that a snippet can be taken from.

    ``question`` and ``serial`` name the claim it is or belongs to, ``concepts`` the terms that claim is sorted under.
    """

    text: str
    weight: int
    question: int = -1
    serial: str = ""
    concepts: tuple[int, ...] = ()


@dataclass(slots=True)
class Document:
    """One thing to be found.

    Attributes:
        kind: one of :data:`KINDS`.
        id: unique within its kind.
        url: below the language's root.
        title: as shown; so is ``place``.
        parts: its texts.
        names: other texts it is found by, each with its weight.
        spoken: names it is found by in pinyin.
        concepts: terms it is about, each with its weight.
    """

    kind: str
    id: str
    url: str
    title: str
    place: str = ""
    parts: list[Part] = field(default_factory=list)
    names: list[tuple[int, str]] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    concepts: dict[int, int] = field(default_factory=dict)


#: What a word counts for in a name, in a text, in a note.
TITLE, OTHER_TITLE, PLACE, OTHER_PLACE, LEAD, TEXT, LABEL, NOTE = 12, 6, 8, 6, 3, 2, 2, 1

#: What a term counts for: the first of a list, another of the header, one that an answer is sorted under, one whose
#: name occurs somewhere.
MAIN, ABOUT, MENTIONED, IN_PASSING = 16, 10, 6, 4

#: Kinds of document that words of the glossary are looked for in.
MENTIONING = ("case", "guide")


class Documents:
    """Makes the documents of one language.

    Args:
        reader: the language.
        concepts: the terms, numbered.
    """

    def __init__(self, reader: Reader, concepts: Concepts) -> None:
        """Note the order of the questions."""
        self.reader = reader
        self.concepts = concepts
        self.questions = {name: number for number, name in enumerate(reader.library.questions)}
        parts = reader.library.answer.by_role
        self._statement, self._note, self._terms = (parts[role].name for role in ("statement", "note", "terms"))

    def all(self, collection: Collection, guides: Sequence[Mapping[str, str]]) -> Iterator[Document]:
        """Yield every document, kind by kind."""
        for case in collection.cases:
            yield self.case(case)
        library = self.reader.library
        approaches = str(library.case.by_role["approach"].vocabulary)
        for term in library.vocabularies[approaches].terms.values():
            yield self.term(term, "approach", f"approaches/{term.id}/")
        glossary = str(library.info.get("glossary"))
        for term in library.vocabularies[glossary].terms.values() if glossary in library.vocabularies else ():
            yield self.term(term, "term", f"glossary/#{glossary}-{term.id}")
        for guide in guides:
            yield self.guide(guide)

    def case(self, case: Case) -> Document:
        """Return a case: its names, its lead, and each of its claims."""
        words = self.reader.words
        heading, place = case.role("heading"), case.role("place")
        document = Document("case", case.id, f"cases/{case.id}/", words(heading), self.reader.where(place))
        document.parts.append(Part(words(case.role("lead")), LEAD))
        for item in case.header.table.fields:
            if item.kind == "terms":
                main = MAIN if item.role == "approach" else ABOUT
                for rank, term in enumerate(case.header.values.get(item.name) or ()):
                    self._about(document, term, ABOUT if rank else main)
        for name, answered in case.answered.items():
            for answer in answered.answers:
                self._claim(document, self.questions[name], answer)
        for source in case.sources:
            document.parts.append(Part(f"{source.role('heading')} {source.role('publisher')}", NOTE))
        self._title(document, heading)
        for names in self._places(place):
            self._name(document, names, PLACE, OTHER_PLACE)
        return document

    def _claim(self, document: Document, question: int, answer: Answer) -> None:
        """Add one claim, what is said about it, and what it quotes."""
        words, values = self.reader.words, answer.parts.values
        terms = values.get(self._terms) or ()
        numbers = tuple(number for term in terms if (number := self.concepts.number(term)) is not None)
        document.parts.append(Part(words(values[self._statement]), TEXT, question, answer.serial, numbers))
        if note := words(values.get(self._note)):
            document.parts.append(Part(note, NOTE, question, answer.serial))
        for quote in answer.quotes:
            document.parts.append(Part(quote.fragment, NOTE, question, answer.serial))
        for term in terms:
            self._about(document, term, MENTIONED)

    def term(self, term: Term, kind: str, url: str) -> Document:
        """Return an approach or a word of the glossary with its other names."""
        words = self.reader.words
        document = Document(kind, term.id, url, words(term.labels))
        caution = words(term.extra.get("caution"))
        document.parts.extend(Part(text, LEAD) for text in (words(term.definition), caution) if text)
        self._title(document, term.labels)
        for lang, names in term.synonyms.items():
            document.names.append((PLACE if lang == self.reader.lang else OTHER_PLACE, "\n".join(names)))
        document.spoken.extend(name for names in term.synonyms.values() for name in names)
        number = self.concepts.number(term)
        if number is not None:
            document.concepts[number] = MAIN
        return document

    def guide(self, guide: Mapping[str, str]) -> Document:
        """Return a hand-written page, paragraph by paragraph."""
        document = Document("guide", guide["url"], guide["url"], guide["title"])
        document.parts.extend(Part(text, TEXT) for line in guide["text"].splitlines() if (text := line.strip()))
        self._title(document, {self.reader.lang: guide["title"]})
        return document

    def _title(self, document: Document, words: Mapping[str, str]) -> None:
        self._name(document, words, TITLE, OTHER_TITLE)

    def _name(self, document: Document, words: Mapping[str, str], own: int, other: int) -> None:
        """Make a document found by a name, in this language and in the others."""
        for lang, text in words.items():
            document.names.append((own if lang == self.reader.lang else other, text))
            document.spoken.append(text)

    def _about(self, document: Document, term: Term, weight: int) -> None:
        """Make a document found by whatever a term is called."""
        number = self.concepts.number(term)
        if number is not None and document.concepts.get(number, 0) < weight:
            document.concepts[number] = weight
            label = self.reader.words(term.labels)
            document.names.append((LABEL, label))
            if weight > MENTIONED:
                document.spoken.append(label if self.reader.lang == "zh" else next(iter(term.labels.values())))

    def _places(self, place: Record) -> Iterator[Mapping[str, str]]:
        """Yield every name of a place, those of the larger places it lies in included."""
        for item in place.table.fields:
            value = place.values.get(item.name)
            if isinstance(value, Name):
                yield value.words
            elif isinstance(value, Term):
                for term in self.reader.lineage(str(item.vocabulary), value):
                    yield term.labels
                    for lang, names in term.synonyms.items():
                        yield from ({lang: name} for name in names)
