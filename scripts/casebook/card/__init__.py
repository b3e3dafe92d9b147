"""What a reviewer needs to know about a change: what it says in other words, and what to look at twice."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from casebook.card.similar import Likeness, likenesses
from casebook.kinds.composite import State
from casebook.problem import Nth, Problem, Severity, Step, Words
from casebook.rows import ANSWERS, CASES, CITATIONS, TERMS, Row, Rows
from casebook.schema import Library
from casebook.validate import Checked

#: What one record says: column → text as written, and the way to it.
Facts: TypeAlias = dict[str, tuple[str, tuple[Step, ...]]]


@dataclass(frozen=True)
class Change:
    """One value before and after; ``None`` where it was not, or is no longer."""

    path: tuple[Step, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CaseChange:
    """What is new about one case.

    Attributes:
        id: the case.
        title: its title, by language.
        added: whether the case is new.
        removed: whether it is gone.
        changes: every value that is another.
        silenced: questions that had an answer and now say that nobody has reported any.
        unsourced: answers without a quote, as the way to each.
        private: what looks private.
        errors: how many problems stop the build, and ``warnings`` how many do not.
        similar: cases that it is much like.
    """

    id: str
    title: Words
    added: bool = False
    removed: bool = False
    changes: tuple[Change, ...] = ()
    silenced: tuple[Words, ...] = ()
    unsourced: tuple[tuple[Step, ...], ...] = ()
    private: tuple[Problem, ...] = ()
    errors: int = 0
    warnings: int = 0
    similar: tuple[Likeness, ...] = field(default_factory=tuple)


def compare(base: Checked, head: Checked, library: Library) -> list[CaseChange]:
    """Return what each case that is not the same as before has to show, in the order of their ids."""
    before = {rows.case: rows for rows in base.rows}
    after = {rows.case: rows for rows in head.rows}
    problems: Mapping[str, list[Problem]] = defaultdict(list)
    for problem in head.problems:
        problems[problem.file].append(problem)
    touched = [
        id
        for id in sorted(before.keys() | after.keys())
        if id not in before or id not in after or before[id].document.text != after[id].document.text
    ]
    alike = likenesses([id for id in touched if id in after], after, library)
    cards = []
    for id in touched:
        old, new = before.get(id), after.get(id)
        if new is None:
            cards.append(CaseChange(id, _title(before[id], library), removed=True))
            continue
        found = problems[new.document.file]
        errors = sum(problem.severity is Severity.ERROR for problem in found)
        cards.append(
            CaseChange(
                id,
                _title(new, library),
                added=old is None,
                changes=tuple(_changes(old, new, library)) if old else (),
                silenced=tuple(_silenced(old, new, library)) if old else (),
                unsourced=tuple(_unsourced(new, library)),
                private=tuple(problem for problem in found if problem.code.startswith("private-")),
                errors=errors,
                warnings=len(found) - errors,
                similar=alike.get(id, ()),
            )
        )
    return cards


def _title(rows: Rows, library: Library) -> Words:
    column = library.case.columns["heading"]
    cells = next((row.cells for row in rows.of(CASES)), {})
    return {lang: cells.get(f"{column}_{lang}") or rows.case for lang in library.languages}


def _changes(old: Rows, new: Rows, library: Library) -> Iterator[Change]:
    """Compare record with record; answers are matched by what they say, so that one more does not move the others."""
    before, after = _records(old, library), _records(new, library)
    for group in [*after, *(group for group in before if group not in after)]:
        for one, other in _matched(before.get(group, []), after.get(group, [])):
            for column in [*other, *(column for column in one if column not in other)]:
                was, now = one.get(column), other.get(column)
                if (was and was[0]) != (now and now[0]):
                    path = now[1] if now else was[1] if was else ()
                    yield Change(path, was[0] if was else None, now[0] if now else None)


def _records(rows: Rows, library: Library) -> dict[tuple[str, str], list[Facts]]:
    """Return what the case says, by table and by question or id."""
    joined = _joined(rows)
    serial = library.answer.by_role["serial"].name
    records: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    for name, table in rows.tables.items():
        if name in (TERMS, CITATIONS):
            continue
        own = library.tables[name].fields[0].name if name in library.tables else ""
        for row in table:
            facts: Facts = {column: (row.cells[column], row.paths[column]) for column in row.nodes}
            owner = (row.cells["question"], row.cells.get(serial, "")) if name == ANSWERS else None
            if name == CASES:
                facts |= {field: fact for (field, number), fact in joined.items() if number == "0"}
            elif owner and (terms := joined.get(owner)):
                facts["terms"] = terms
            if name == ANSWERS and row.cells["state"] != State.ANSWERED:
                facts["state"] = (row.cells["state"].replace("_", " "), row.path)
            records[name, row.cells.get("question") or row.cells.get(own, "")].append(facts)
    return records


def _joined(rows: Rows) -> dict[tuple[str, str], tuple[str, tuple[Step, ...]]]:
    """Return the terms of each field or answer as one text, by field and number."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows.of(TERMS):
        found[row.cells["field"], row.cells["serial"]].append(row)
    return {
        owner: (", ".join(row.cells["term"] for row in each), _whole(each[0].path)) for owner, each in found.items()
    }


def _whole(path: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the way to a list from the way to one of its entries."""
    return (*path[:-1], path[-1].labels) if isinstance(path[-1], Nth) and not path[-1].answer else path


def _matched(before: list[Facts], after: list[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """Pair records: those that say the same, then those between them in order, then those left over."""

    def said(each: Facts) -> tuple[str, ...]:
        return tuple(text for text, _ in each.values())

    matcher = difflib.SequenceMatcher(None, [said(each) for each in before], [said(each) for each in after], False)
    for _, first, last, start, end in matcher.get_opcodes():
        olds, news = before[first:last], after[start:end]
        for at in range(max(len(olds), len(news))):
            yield olds[at] if at < len(olds) else {}, news[at] if at < len(news) else {}


def _states(rows: Rows) -> dict[str, str]:
    return {row.cells["question"]: row.cells["state"] for row in rows.of(ANSWERS)}


def _silenced(old: Rows, new: Rows, library: Library) -> Iterator[Words]:
    before, after = _states(old), _states(new)
    for name, question in library.questions.items():
        if before.get(name) == State.ANSWERED and after.get(name) != State.ANSWERED:
            yield question.labels


def _unsourced(rows: Rows, library: Library) -> Iterator[tuple[Step, ...]]:
    serial = library.answer.by_role["serial"].name
    cited = {(row.cells["field"], row.cells["serial"]) for row in rows.of(CITATIONS)}
    for row in rows.of(ANSWERS):
        answered = row.cells["state"] == State.ANSWERED
        if answered and (row.cells["question"], row.cells[serial]) not in cited:
            yield row.path
