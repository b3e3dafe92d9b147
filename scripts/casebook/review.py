"""What editors should look at: what waits, what has grown old, what is weak. Nothing here is an error.

Age is told by dates in the cases and the day it is asked. Links are judged by the record that
``casebook links`` keeps; nothing goes out from here.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from casebook.checks import translation
from casebook.kinds.composite import State
from casebook.model import Case, Collection
from casebook.problem import Words
from casebook.rows import Rows
from casebook.schema import Library
from casebook.views.case import since

#: Name of the record of links, beside the folder of the cases.
LINKS = "links.json"

#: What a point may be about, the weightiest first.
KINDS = ("waiting", "links", "translation", "standing", "checked", "evidence", "unsourced", "unseen")

#: What is known of an address: when it was looked at, and what was found.
Record: TypeAlias = Mapping[str, Mapping[str, Any]]


class Unreadable(Exception):
    """The record of links is none; the message names it."""


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


def links(path: Path) -> Record:
    """Read the record of links; there may be none yet.

    Raises:
        Unreadable: the file holds something else.
    """
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unreadable(path.name) from error
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise Unreadable(path.name)
    return found


def points(collection: Collection, readings: list[Rows], known: Record, day: datetime.date, days: int) -> list[Point]:
    """Return everything worth a look, the weightiest kind first; within a kind the oldest first.

    Args:
        collection: the cases, drafts included.
        readings: the rows that they were built from.
        known: the record of links.
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
        found += _translation(case, rows[case.id], library)
        found += _old(case, due)
        found += _weak(case, library)
    return sorted(found, key=lambda point: (KINDS.index(point.kind), point.date, point.case))


def _waiting(case: Case) -> Iterator[Point]:
    state = case.role("state")
    if state.extra.get("waits"):
        yield Point("waiting", case.id, case.role("checked"), state.labels)


def _links(case: Case, known: Record) -> Iterator[Point]:
    """Addresses that did not answer when last looked at, and those that nobody has looked at."""
    addresses = {address for source in case.sources if (address := source.role("address"))}
    for address in sorted(addresses):
        if address not in known:
            yield Point("unseen", case.id, address=address)
        elif known[address].get("status") != "ok":
            yield Point("links", case.id, str(known[address].get("checked", "")), address=address)


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
