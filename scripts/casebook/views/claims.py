"""Answers as readers see them: each claim with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from casebook.kinds import QUESTION_KINDS
from casebook.kinds.composite import State
from casebook.model import Answer, Answered, Quote
from casebook.schema import Field
from casebook.values import Record
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class SourceView:
    """A source: what it is called, who published it when, how it was read.

    ``archive`` is the address of a copy. ``facts`` are its terms with the field each stands in; ``cautions`` those
    that weaken what it carries.
    """

    id: str
    title: str
    lang: str
    publisher: str
    date: str | None
    date_is_update: bool
    url: str | None
    archive: str | None
    facts: tuple[tuple[str, TermRef], ...]
    cautions: tuple[TermRef, ...]
    note: str
    fragments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class QuoteView:
    """A fragment in the language of its source."""

    fragment: str
    lang: str
    source: SourceView


@dataclass(frozen=True)
class ClaimView:
    """One claim.

    Attributes:
        anchor: name of its place on the case's page, the same for ever.
        amount: its figure or date, formatted.
        says: the kind of claim.
        speaker: whose words they are.
    """

    anchor: str
    amount: str | None
    text: str
    terms: tuple[TermRef, ...]
    says: TermRef
    speaker: str
    quotes: tuple[QuoteView, ...]
    note: str


@dataclass(frozen=True)
class Block:
    """Claims that stand together; ``conflict`` where they contradict one another, ``ours`` where all are inferences."""

    claims: tuple[ClaimView, ...]
    conflict: bool
    ours: bool


@dataclass(frozen=True)
class QuestionView:
    """A question and what the case says to it."""

    id: str
    label: str
    ask: str
    group: str
    key: bool
    ordered: bool
    money: bool
    state: str
    state_words: str
    blocks: tuple[Block, ...]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims, whichever block they stand in."""
        return tuple(claim for block in self.blocks for claim in block.claims)

    @property
    def answered(self) -> bool:
        """Whether the case has any answer to it."""
        return self.state == State.ANSWERED


def question_view(reader: Reader, answered: Answered) -> QuestionView:
    """Return a question with its claims, alternatives side by side."""
    question = answered.question
    asked = _asked(reader, question, answered.state)
    if not answered.answers:
        return asked
    blocks = []
    for label, group in groupby(answered.answers, key=lambda answer: answer.role("conflict")):
        claims = tuple(claim_view(reader, question.name, question.facet, answer) for answer in group)
        ours = all(claim.says.tone == "ours" for claim in claims)
        blocks.append(Block(claims, conflict=label is not None, ours=ours))
    return replace(asked, blocks=tuple(blocks))


@lru_cache(maxsize=256)  # the same for all cases
def _asked(reader: Reader, question: Field, state: State) -> QuestionView:
    """Return a question without what anybody says to it."""
    return QuestionView(
        id=question.name,
        label=reader.words(question.labels),
        ask=reader.words(question.extra.get("ask")),
        group=str(question.extra.get("group")),
        key=bool(question.extra.get("key")),
        ordered=QUESTION_KINDS[question.kind],
        money=question.kind == "money",
        state=state.value,
        state_words=reader.state(state.value),
        blocks=(),
    )


def claim_view(reader: Reader, question: str, facet: bool, answer: Answer) -> ClaimView:
    """Return one claim."""
    return ClaimView(
        anchor=f"{question}-{answer.serial}",
        amount=reader.amount(answer),
        text=reader.words(answer.role("statement")),
        terms=reader.terms(answer.role("terms"), question if facet else None),
        says=reader.term(answer.role("says")),
        speaker=reader.words(answer.role("speaker")),
        quotes=tuple(quote_view(reader, quote) for quote in answer.quotes),
        note=reader.words(answer.role("note")),
    )


def quote_view(reader: Reader, quote: Quote) -> QuoteView:
    """Return a fragment with its source."""
    return QuoteView(quote.fragment, quote.source.role("language").id, source_view(reader, quote.source))


def quoted(reader: Reader, source: Record, quotes: Iterable[Quote]) -> SourceView:
    """Return a source with the fragments that are its own."""
    fragments = tuple((quote.id, quote.fragment) for quote in quotes if quote.source is source)
    return replace(source_view(reader, source), fragments=fragments)


@lru_cache(maxsize=256)  # the quotes of a case come from a few sources, again and again
def source_view(reader: Reader, source: Record) -> SourceView:
    """Return a source."""
    table = source.table
    terms = [
        (item, source.values[item.name]) for item in table.fields if item.kind == "term" and item.name in source.values
    ]
    published = source.role("published")
    return SourceView(
        id=source.values[table.fields[0].name],
        title=source.role("heading"),
        lang=source.role("language").id,
        publisher=source.role("publisher"),
        date=published or source.role("updated"),
        date_is_update=published is None,
        url=source.role("address"),
        archive=source.role("archive"),
        facts=tuple((reader.words(item.labels), reader.term(term)) for item, term in terms),
        cautions=tuple(reader.term(term) for _, term in terms if term.extra.get("flag")),
        note=reader.words(source.role("note")),
    )
