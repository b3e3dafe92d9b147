"""Words of one language: terms, names and amounts as readers see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casebook.model import Answer
from casebook.problem import Words
from casebook.schema import Library, Term
from casebook.values import Name, Record


@dataclass(frozen=True)
class TermRef:
    """A term for readers.

    Attributes:
        id: the term's id.
        label: its name; ``short`` is a briefer one where the vocabulary has it.
        definition: what it means, may be empty.
        facet: the field that cases can be filtered by it, ``None`` where they cannot.
        tone: how its claim is coloured, for kinds of claim.
    """

    id: str
    label: str
    short: str
    definition: str = ""
    facet: str | None = None
    tone: str | None = None


@dataclass(frozen=True, eq=False)
class Reader:
    """Puts values into the words of one language.

    Args:
        library: the schemas.
        lang: language code.
    """

    library: Library
    lang: str
    #: Every term asked for so far: the same few are asked for on every page.
    _refs: dict[tuple[Term, str | None], TermRef] = field(default_factory=dict, repr=False)

    def words(self, words: Words | None) -> str:
        """Return a text in this language; a draft's other language rather than nothing."""
        if not words:
            return ""
        return words.get(self.lang) or next(iter(words.values()))

    def term(self, term: Term, facet: str | None = None) -> TermRef:
        """Return a term in this language."""
        found = self._refs.get((term, facet))
        if found is None:
            label = self.words(term.labels)
            short = self.words(term.extra.get("short")) or label
            found = TermRef(term.id, label, short, self.words(term.definition), facet, term.extra.get("tone"))
            self._refs[term, facet] = found
        return found

    def terms(self, terms: tuple[Term, ...] | None, facet: str | None = None) -> tuple[TermRef, ...]:
        """Return several terms in this language."""
        return tuple(self.term(term, facet) for term in terms or ())

    def state(self, state: str) -> str:
        """Return the words for what a case says to a question."""
        return self.words(self.library.info["states"][state])

    def state_ref(self, state: str, facet: str | None = None) -> TermRef:
        """Return a state as something cases can be counted and filtered by."""
        label = self.state(state)
        return TermRef(state, label, label, facet=facet)

    def name(self, name: Name) -> str:
        """Return a name, marked where it is unconfirmed."""
        return self.words(name.words) + (str(self._typography["unconfirmed"]) if name.unconfirmed else "")

    def place(self, place: Record) -> tuple[str, ...]:
        """Return the parts of a place from the largest to the smallest.

        Parents of a coded area come from its vocabulary.
        """
        parts: list[str] = []
        for item in place.table.fields:
            value = place.values.get(item.name)
            if isinstance(value, Name):
                parts.append(self.name(value))
            elif isinstance(value, Term):
                parts.extend(self.words(term.labels) for term in self.lineage(str(item.vocabulary), value))
        return tuple(parts)

    def where(self, place: Record) -> str:
        """Return a place as one line, in the order of this language."""
        parts = self.place(place)
        ordered = parts if self._typography["place_order"] == "down" else parts[::-1]
        return str(self._typography["place_join"]).join(ordered)

    @property
    def _typography(self) -> Mapping[str, str]:
        typography: Mapping[str, str] = self.library.info["typography"][self.lang]
        return typography

    def lineage(self, vocabulary: str, term: Term) -> list[Term]:
        """Return a term's parents, outermost first, and the term itself."""
        terms = self.library.vocabularies[vocabulary].terms
        line = [term]
        while (parent := terms.get(str(line[0].extra.get("parent")))) is not None:
            line.insert(0, parent)
        return line

    def amount(self, answer: Answer) -> str | None:
        """Return an answer's figure with its precision, unit and basis, or its date; ``None`` without either."""
        value = answer.role("value")
        if value is None:
            date = answer.role("date")
            return None if date is None else str(date)
        figure = grouped(value)
        if (upper := answer.role("upper")) is not None:
            figure += f"–{grouped(upper)}"
        unit, bound, basis = (answer.role(role) for role in ("unit", "bound", "basis"))
        if unit is not None:
            figure = self._with_unit(figure, unit, one=value == "1" and upper is None)
        if bound is not None:
            figure = self.words(bound.extra.get("prefix")) + figure + self.words(bound.extra.get("suffix"))
        if basis is None or value == "0":  # nothing is nothing, whatever it is counted by
            return figure
        return figure + self.words(basis.extra.get("suffix"))

    def _with_unit(self, figure: str, unit: Term, one: bool) -> str:
        suffix: Mapping[str, str] | None = unit.extra.get("one" if one else "suffix")
        return f"{unit.extra.get('symbol', '')}{figure}{self.words(suffix)}"


def grouped(number: str) -> str:
    """Return a decimal number with its thousands set apart: ``12000.5`` → ``12,000.5``."""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}"
