"""All cases as a workbook for people: a sheet of cases and one of claims in each language, and the vocabularies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter

from casebook.kinds.composite import State
from casebook.model import Case
from casebook.site.render import Renderer
from casebook.views.claims import ClaimView, QuestionView, question_view

#: Where the workbook lies below the site.
PATH = "data/cases.xlsx"
#: Cases of which a workbook is made; one of more takes an office PC minutes to open, and the tables are there.
MOST = 300

#: No clock goes into a file.
_MADE = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
#: A text is nothing but text, whatever sign it begins with.
_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_BODY = {"text_wrap": True, "valign": "top"}
_HEAD = {**_BODY, "bold": True, "font_color": "#FFFFFF", "bg_color": "#0B5F55"}

#: A heading and how wide its column is, in characters.
Column: TypeAlias = tuple[str, int]


def write(renderers: Mapping[str, Renderer], path: Path) -> None:
    """Write the workbook; the same cases give the same bytes.

    Args:
        renderers: by language, the first language first.
        path: the file.
    """
    every = list(renderers.values())
    with xlsxwriter.Workbook(path, _TEXT) as book:
        book.set_properties({"created": _MADE})
        about = book.add_worksheet(" ".join(each.words("book.about") for each in every))
        about.set_column(0, 0, 100, book.add_format(_BODY))
        about.write_column(0, 0, [line for each in every for line in _about(each)])
        for each in every:
            _sheet(book, each.words("book.cases"), _case_columns(each), _cases(each))
            _sheet(book, each.words("book.claims"), _claim_columns(each), _claims(each))
        columns = [(each.words(f"book.{name}"), 28) for name in ("vocabulary", "term") for each in every]
        columns += [(each.words("book.definition"), 60) for each in every]
        title = " ".join(each.words("book.terms") for each in every)
        _sheet(book, title, [("id", 24), *columns], _terms(every))


def _about(renderer: Renderer) -> Iterator[str]:
    info, words = renderer.collection.library.info, renderer.words
    yield renderer.reader.words(info["title"])
    yield renderer.reader.words(info["description"])
    yield words("book.lead", n=len(renderer.collection.cases))
    yield words("book.not_reported", state=renderer.reader.state(State.NOT_REPORTED.value))
    yield words("book.licence", licence=info["license"]["name"])
    yield ""


def _id(renderer: Renderer) -> Column:
    return renderer.reader.words(renderer.collection.library.case.fields[0].labels), 24


def _label(renderer: Renderer, role: str) -> str:
    """Return what the schemas call the field with a role: of the header, of an answer, of a source."""
    library = renderer.collection.library
    tables = (library.case, library.answer, *library.tables.values())
    return next(renderer.reader.words(table.by_role[role].labels) for table in tables if role in table.by_role)


def _case_columns(renderer: Renderer) -> list[Column]:
    library, words = renderer.collection.library, renderer.words
    given = [("heading", 36), ("lead", 60), ("place", 28), ("approach", 24)]
    columns = [_id(renderer), *((_label(renderer, role), width) for role, width in given)]
    columns += [(_label(renderer, "evidence"), 24), (_label(renderer, "checked"), 12), (words("book.answered"), 10)]
    return columns + [(renderer.reader.words(item.labels), 40) for item in library.questions.values()]


def _cases(renderer: Renderer) -> Iterator[list[str]]:
    reader, words = renderer.reader, renderer.words
    for case in renderer.collection.cases:
        card = renderer.cards[case.id]
        answers = [_said(renderer, question_view(reader, answered)) for answered in case.answered.values()]
        approaches = words("punctuation.list").join(term.label for term in reader.terms(case.role("approach")))
        answered = f"{card.answered}/{card.total}"
        yield [
            *(case.id, card.title, card.lead, card.place, approaches, card.evidence.label, card.checked, answered),
            *answers,
        ]


def _said(renderer: Renderer, question: QuestionView) -> str:
    """Return an answer as text, and in words that there is none."""
    lines = (f"{claim.amount} · {claim.text}" if claim.amount else claim.text for claim in question.claims)
    return "\n".join(lines) or renderer.reader.state(question.state)


def _claim_columns(renderer: Renderer) -> list[Column]:
    words = renderer.words
    own = [_id(renderer), (_label(renderer, "heading"), 30), (words("book.question"), 20), (words("book.answer"), 60)]
    own += [(words("book.amount"), 16), (words("book.sorted"), 24)]
    own += [(_label(renderer, "says"), 16), (_label(renderer, "speaker"), 24), (words("book.quotes"), 50)]
    own += [(words("book.sources"), 50), (words("book.addresses"), 40), (_label(renderer, "note"), 40)]
    return [*own, (words("book.place"), 40)]


def _claims(renderer: Renderer) -> Iterator[list[str]]:
    for case in renderer.collection.cases:
        for answered in case.answered.values():
            question = question_view(renderer.reader, answered)
            start = [case.id, renderer.cards[case.id].title, question.label]
            for claim in question.claims:
                yield [*start, *_claim(renderer, case, claim)]
            if not question.claims:
                yield [*start, renderer.reader.state(question.state)]


def _claim(renderer: Renderer, case: Case, claim: ClaimView) -> list[str]:
    sources = {quote.source.id: quote.source for quote in claim.quotes}.values()
    named = (" · ".join(filter(None, (each.title, each.publisher, each.date))) for each in sources)
    addresses = (address for each in sources for address in (each.url, each.archive) if address)
    return [
        claim.text,
        claim.amount or "",
        renderer.words("punctuation.list").join(term.label for term in claim.terms),
        claim.says.label,
        claim.speaker,
        "\n".join(quote.fragment for quote in claim.quotes),
        "\n".join(named),
        "\n".join(addresses),
        claim.note,
        f"{renderer.site_url}cases/{case.id}/#{claim.anchor}",
    ]


def _terms(renderers: list[Renderer]) -> Iterator[list[str]]:
    for vocabulary in renderers[0].collection.library.vocabularies.values():
        for term in vocabulary.terms.values():
            names = [each.reader.words(words) for words in (vocabulary.labels, term.labels) for each in renderers]
            yield [f"{vocabulary.name}.{term.id}", *names, *(each.reader.words(term.definition) for each in renderers)]


def _sheet(book: Any, title: str, columns: list[Column], rows: Iterable[list[str]]) -> None:
    """Write a sheet with a heading that stays in sight and can be filtered by."""
    page, head, body = book.add_worksheet(title), book.add_format(_HEAD), book.add_format(_BODY)
    page.freeze_panes(1, 1)
    for number, (label, width) in enumerate(columns):
        page.set_column(number, number, width, body)
        page.write_string(0, number, label, head)
    last = 0
    for last, row in enumerate(rows, 1):
        page.write_row(last, 0, row, body)
    page.autofilter(0, 0, last, len(columns) - 1)
