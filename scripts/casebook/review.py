"""What editors should look at: what waits, what has grown old, what is weak. Nothing here is an error.

Age is told by dates in the cases and the day it is asked. Links are judged by the record that
``casebook links`` keeps; nothing goes out from here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from casebook.addresses import GONE, UNKNOWN, Found
from casebook.checks import quotes_sealed, translation
from casebook.kinds.composite import State
from casebook.model import Case, Collection
from casebook.problem import Words
from casebook.rows import Rows
from casebook.schema import Library
from casebook.views.case import since

#: What a point may be about, the weightiest first.
KINDS = ("waiting", "links", "quotes", "translation", "standing", "checked", "evidence", "unsourced", "unseen")


@dataclass(frozen=True)
class Point:
    """One thing to look at.

    Attributes:
        kind: one of :data:`KINDS`.
        case: id of the case.
        date: since when it has been so, empty where nobody knows.
        what: what it is about, by language: a state, a grade, a question; may be empty.
        address: of a link.
    """

    kind: str
    case: str
    date: str = ""
    what: Words = field(default_factory=dict)
    address: str = ""


def points(
    collection: Collection, readings: list[Rows], known: Mapping[str, Found], day: datetime.date, days: int
) -> list[Point]:
    """Return everything worth a look, the weightiest kind first; within a kind the oldest first.

    Args:
        collection: the cases, drafts included.
        readings: the rows that they were built from.
        known: what is known of each address.
        day: today.
        days: after how many days somebody should ask again.
    """
    library = collection.library
    rows = {each.case: each for each in readings}
    due = (day - datetime.timedelta(days=days)).isoformat()
    found: list[Point] = []
    for case in collection.cases:
        found += _waiting(case)
        found += _links(case, known)
        found += _quotes(case, rows[case.id], library)
        found += _translation(case, rows[case.id], library)
        found += _old(case, due)
        found += _weak(case, library)
    return sorted(found, key=lambda point: (KINDS.index(point.kind), point.date, point.case))


def _waiting(case: Case) -> Iterator[Point]:
    state = case.role("state")
    if state.extra.get("waits"):
        yield Point("waiting", case.id, case.role("checked"), state.labels)


def _links(case: Case, known: Mapping[str, Found]) -> Iterator[Point]:
    """Sources that open no more and have no copy that does, and those of which nobody can tell."""
    for source in case.sources:
        given = [urldefrag(address)[0] for role in ("address", "archive") if (address := source.role(role))]
        found = [known[address] for address in given if address in known and known[address].status != UNKNOWN]
        if found and all(each.status == GONE for each in found):
            yield Point("links", case.id, found[0].checked, address=given[0])
        elif given and not found:
            yield Point("unseen", case.id, address=given[0])


def _quotes(case: Case, rows: Rows, library: Library) -> Iterator[Point]:
    """Quotes that were read against their source and changed since."""
    if any(quotes_sealed.check(rows, library)):
        yield Point("quotes", case.id, case.role("checked"))


def _translation(case: Case, rows: Rows, library: Library) -> Iterator[Point]:
    """A translation that nobody has confirmed, or that was confirmed against another original."""
    if translation.original(rows, library) and case.role("confirmed") != translation.fingerprint(rows, library):
        yield Point("translation", case.id, case.role("checked"))


def _old(case: Case, due: str) -> Iterator[Point]:
    """What was last said to go on, or last read against its sources, before a day."""
    standing = next((each for each in case.answered.values() if each.question.role == "standing"), None)
    if standing and standing.state is State.ANSWERED:
        terms = (term for answer in standing.answers for term in answer.role("terms") or ())
        said = since(case) or ""
        if said < due and not any(term.extra.get("over") for term in terms):
            yield Point("standing", case.id, said, standing.question.labels)
    if case.role("checked") < due:
        yield Point("checked", case.id, case.role("checked"))


def _weak(case: Case, library: Library) -> Iterator[Point]:
    """The weakest grade of evidence, and questions with a claim that no quote bears out."""
    evidence = case.role("evidence")
    item = library.case.by_role.get("evidence")
    if item and evidence.id == next(iter(library.vocabularies[str(item.vocabulary)].terms)):
        yield Point("evidence", case.id, case.role("checked"), evidence.labels)
    for answered in case.answered.values():
        if any(not answer.quotes for answer in answered.answers):
            yield Point("unsourced", case.id, what=answered.question.labels)
