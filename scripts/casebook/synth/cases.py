"""One made-up case after another, each filled in field by field."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from casebook.kinds.composite import WRITTEN, State
from casebook.problem import Words
from casebook.schema import Field, Library, Term
from casebook.synth import layout
from casebook.synth.wording import Wording

#: What the id of every made-up case begins with.
PREFIX = "synth"

_UNANSWERED = {state: word for word, state in WRITTEN.items()}


class Cases:
    """Makes cases by their number; case 7 of a seed is the same however many are made.

    Args:
        library: the schemas.
        seed: another seed gives other cases.
    """

    def __init__(self, library: Library, seed: int = 0) -> None:
        """Collect what is the same for all cases."""
        self._library = library
        self._seed = seed
        self._wording = Wording(library)
        self._choices = {name: _leaves(vocabulary.terms) for name, vocabulary in library.vocabularies.items()}

    def id(self, number: int) -> str:
        """Return the id of a case."""
        return f"{PREFIX}-{number:06d}"

    def case(self, number: int) -> tuple[str, str]:
        """Return the id and the file's text of a case."""
        random = Random(f"{self._seed}/{number}")  # noqa: S311 -- the same numbers every time are the purpose
        return self.id(number), layout.text(_Case(self, random, number).header())

    @property
    def library(self) -> Library:
        """The schemas."""
        return self._library

    @property
    def wording(self) -> Wording:
        """The maker of texts."""
        return self._wording

    def terms(self, vocabulary: str) -> list[Term]:
        """Return the terms a case can choose from: no area that has parts of its own."""
        return self._choices[vocabulary]


def _leaves(terms: Any) -> list[Term]:
    parents = {term.extra.get("parent") for term in terms.values()}
    return [term for term in terms.values() if term.id not in parents]


class _Case:
    """One case in the making."""

    def __init__(self, cases: Cases, random: Random, number: int) -> None:
        self.cases = cases
        self.random = random
        self.id = cases.id(number)
        self.library = cases.library
        self.name = cases.wording.own_name(number)
        self.cited: list[str] = []
        self.approach_vocabulary = str(self.library.case.by_role["approach"].vocabulary)
        self.approaches = self.choose(self.approach_vocabulary)

    def header(self) -> dict[str, Any]:
        """Return the whole case; answers come before the sources whose quotes they cite."""
        return self.record(self.library.case.fields, {self.library.case.fields[0].name: self.id})

    def record(self, fields: tuple[Field, ...], known: dict[str, Any]) -> dict[str, Any]:
        """Return the parts of a record; texts are never left out, so that they can say what this is."""
        result = dict(known)
        for item in fields:
            if item.name in result or item.extra.get("generated"):
                continue
            if item.required or item.kind == "text" or self.random.random() < 0.7:
                result[item.name] = self.value(item)
        return result

    def value(self, item: Field) -> Any:
        """Return a value by the field's kind."""
        makers: dict[str, Callable[[Field], Any]] = {
            "text": self.text, "name": self.place_name, "object": lambda item: self.record(item.fields, {}),
            "term": lambda item: self.term(item).id, "terms": self.several, "answers": lambda _: self.answers(),
            "records": self.records, "entries": lambda _: self.quotes(), "date": self.date,
            "url": lambda _: f"https://example.invalid/{self.id}",
        }  # fmt: skip
        return makers.get(item.kind, self.line)(item)

    # -- values ----------------------------------------------------------------

    def text(self, item: Field) -> Words:
        """Return sentences; the heading is a place and what is done there, and says that it is made up."""
        wording = self.cases.wording
        if item.role == "heading":
            approach = self.library.term(self.approach_vocabulary, self.approaches[0])
            colon = {"zh": "："}
            words: Words = {
                lang: name + colon.get(lang, ": ") + approach.labels[lang] for lang, name in self.name.items()
            }
        else:
            words = wording.sentences(self.random, 2, self.name)
        limit = int(item.constraints.get("maxLength", 400))
        return {lang: text[:limit].strip() for lang, text in wording.mark(words).items()}

    def place_name(self, item: Field) -> dict[str, Any]:
        """Return the name of a place, unconfirmed now and then."""
        name = self.name if self.random.random() < 0.3 else self.cases.wording.name(self.random)
        words: dict[str, Any] = {
            lang: name[lang] + ("" if lang == "zh" else " ") + _kind(item.labels[lang]) for lang in name
        }
        return words | ({"unconfirmed": True} if self.random.random() < 0.1 else {})

    def term(self, item: Field) -> Term:
        """Return a term; a state of review is one that nothing is said about, so that the case is shown."""
        terms = self.cases.terms(str(item.vocabulary))
        if item.role == "state":
            terms = [term for term in terms if not term.extra] or terms
        return self.random.choice(terms)

    def several(self, item: Field) -> list[str]:
        """Return one to three terms."""
        return self.approaches if item.role == "approach" else self.choose(str(item.vocabulary))

    def choose(self, vocabulary: str) -> list[str]:
        """Return one to three terms of a vocabulary, the first ones more often, as in life."""
        terms = self.cases.terms(vocabulary)
        weights = [1 / (rank + 2) for rank in range(len(terms))]
        drawn = self.random.choices(terms, weights, k=self.random.choice((1, 1, 2, 3)))
        return list(dict.fromkeys(term.id for term in drawn))

    def date(self, item: Field) -> str:
        """Return a past date, more or less precise; a field that must lie in the past has a day."""
        year, month, day = self.random.randint(1980, 2023), self.random.randint(1, 12), self.random.randint(1, 28)
        full = f"{year}-{month:02d}-{day:02d}"
        return full if item.extra.get("past") else full[: self.random.choice((4, 7, 10))]

    def line(self, item: Field) -> str:
        """Return a line of text, or an identifier."""
        if item.kind == "identifier":
            return f"s{self.random.randint(1000, 9999)}"
        return self.cases.wording.mark(self.name)[self.library.languages[0]]

    # -- sources ---------------------------------------------------------------

    def records(self, item: Field) -> list[dict[str, Any]]:
        """Return one record; it holds every quote that answers cite."""
        return [self.record(self.library.tables[item.extra["table"]].fields, {})]

    def quotes(self) -> dict[str, str]:
        """Return the quotes cited so far."""
        lang = self.library.languages[0]
        return {id: self.cases.wording.fragment(self.random, lang)[:28] for id in self.cited}

    # -- answers ---------------------------------------------------------------

    def answers(self) -> dict[str, Any]:
        """Return something for every question: core questions are answered more often."""
        return {name: self.question(item) for name, item in self.library.questions.items()}

    def question(self, question: Field) -> Any:
        """Return answers, or the words for none."""
        if self.random.random() > (0.7 if question.name in self.library.core else 0.25):
            return _UNANSWERED[State.NOT_REPORTED if self.random.random() < 0.9 else State.NOT_APPLICABLE]
        return [self.answer(question) for _ in range(self.random.choice((1, 1, 1, 1, 2, 3)))]

    def answer(self, question: Field) -> dict[str, Any]:
        """Return one answer with what its kind of claim needs."""
        table = self.library.answer
        says = self.term(table.by_role["says"])
        needs = set(says.extra.get("needs", ()))
        result: dict[str, Any] = {}
        for item in table.fields:
            if not item.allows(question.kind):
                continue
            if item.role == "statement":
                result |= self.cases.wording.sentences(self.random, self.random.choice((1, 1, 1, 2)), self.name)
            elif item.role == "says":
                result[item.name] = says.id
            elif item.role == "terms":
                result[item.name] = self.choose(str(question.vocabulary))
            elif item.role == "citation" and item.role in needs:
                result[item.name] = self.cite()
            elif item.role == "speaker" and item.role in needs:
                result[item.name] = item.extra.get("sample", item.labels)
            elif item.role == "date":
                result[item.name] = self.date(item)
            elif item.role == "note" and self.random.random() < 0.15:
                result[item.name] = self.cases.wording.sentences(self.random, 1, self.name)
        return result | self.amount(question)

    def amount(self, question: Field) -> dict[str, Any]:
        """Return a figure with all it needs, for questions that ask for one."""
        parts = {role: item for role, item in self.library.answer.by_role.items() if item.allows(question.kind)}
        if "value" not in parts:
            return {}
        value = self.random.choice((0.3, 0.5, 8, 15, 30, 57, 99.4, 120, 364, 1200, 48000, 1600000))
        result: dict[str, Any] = {parts["value"].name: value}
        if self.random.random() < 0.2:
            result[parts["upper"].name] = value * 2
        elif self.random.random() < 0.3:
            result[parts["bound"].name] = self.term(parts["bound"]).id
        for role in ("unit", "basis"):
            if role in parts:
                implied = question.extra.get(parts[role].name)
                result[parts[role].name] = implied or self.term(parts[role]).id
        return result

    def cite(self) -> str:
        """Return the id of a quote, a new one or one that is there already."""
        if not self.cited or self.random.random() < 0.8:
            self.cited.append(f"q{len(self.cited) + 1}")
            return self.cited[-1]
        return self.random.choice(self.cited[-3:])


def _kind(label: str) -> str:
    """Return the word that tells what a name names: the field's label without what stands in brackets."""
    return label.partition("（")[0]
