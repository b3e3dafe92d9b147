"""What went wrong and what those that stopped share, from claims alone: counted, linked, nothing concluded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Answered, Case, Collection
from casebook.schema import Library, walk
from casebook.views.claims import ClaimView, QuestionView, question_view
from casebook.views.reading import Reader

#: What is shared by fewer cases than this tells nothing.
_LEAST = 2
_SHOWN = 12


@dataclass(frozen=True)
class Told:
    """A case and some of its claims."""

    id: str
    title: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class Stopped:
    """A case that struggled, stopped or was handed over: what is said of that, and what else went wrong."""

    id: str
    title: str
    standing: tuple[ClaimView, ...]
    risks: tuple[ClaimView, ...]


@dataclass(frozen=True)
class Shared:
    """Something that several cases have in common, and how many of all cases have it too.

    ``cases`` are id, title and the anchor that bears it out.
    """

    field: str
    label: str
    silent: bool
    count: int
    of: int
    all_count: int
    all_of: int
    cases: tuple[tuple[str, str, str], ...]


def tells_how(case: Case) -> bool:
    """Whether it is said how the case went about it."""
    return any(each.question.kind == "steps" and each.answers for each in case.answered.values())


def steps(reader: Reader, cases: Iterable[Case]) -> tuple[tuple[Told, QuestionView], ...]:
    """Return how cases went about it, step by step, those that say."""
    return tuple(
        (Told(case.id, reader.words(case.role("heading")), view.claims), view)
        for case in cases
        for answered in case.answered.values()
        if answered.question.kind == "steps" and answered.answers
        for view in (question_view(reader, answered),)
    )


def risks(reader: Reader, cases: Iterable[Case]) -> Iterator[Told]:
    """Yield what is said to have gone wrong or to be open still, case by case, stopped ones left out."""
    for case in cases:
        if not has_stopped(case) and (claims := _claims(reader, case, "risk")):
            yield Told(case.id, reader.words(case.role("heading")), claims)


def stopped(reader: Reader, cases: Iterable[Case]) -> tuple[Stopped, ...]:
    """Return the cases that struggled, stopped or were handed over."""
    return tuple(
        Stopped(
            case.id,
            reader.words(case.role("heading")),
            _claims(reader, case, "standing"),
            _claims(reader, case, "risk"),
        )
        for case in cases
        if has_stopped(case)
    )


def has_stopped(case: Case) -> bool:
    """Whether a claim says that it struggled, stopped or was handed over."""
    answered = _by_role(case, "standing")
    terms = (term for answer in answered.answers for term in answer.role("terms") or ()) if answered else ()
    return any(term.extra.get("warns") for term in terms)


def shared(reader: Reader, collection: Collection) -> tuple[Shared, ...]:
    """Return what the stopped cases have in common, most often shared first, beside its share of all cases.

    A small number of cases proves nothing; the share of all cases is there to see it by.
    """
    library = reader.library
    few = [case for case in collection.cases if has_stopped(case)]
    every: dict[tuple[str, str], int] = defaultdict(int)
    named: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    chosen = set(few)
    for case in collection.cases:
        for field, term, anchor in _traits(library, case):
            every[field, term] += 1
            if case in chosen:
                named[field, term].append((case.id, reader.words(case.role("heading")), anchor))
    found = [
        Shared(
            *_words(reader, *key),
            silent=key[1] == State.NOT_REPORTED,
            count=len(cases),
            of=len(few),
            all_count=every[key],
            all_of=len(collection.cases),
            cases=tuple(cases[:_SHOWN]),
        )
        for key, cases in named.items()
        if len(cases) >= max(_LEAST, len(few) / 4)
    ]
    return tuple(sorted(found, key=lambda each: (-each.count, each.field, each.label)))


def _traits(library: Library, case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield what a case can be sorted by: field, term or “not reported”, anchor on its page."""
    for item in walk(library.case.fields):
        if item.facet and item.kind == "terms":
            yield from ((item.name, term.id, "") for term in case.header.values.get(item.name) or ())
    for name, answered in case.answered.items():
        if not answered.question.facet or answered.question.role == "standing":
            continue
        if answered.state is State.NOT_REPORTED:
            yield name, answered.state.value, "unknown"
        seen: set[str] = set()
        for answer in answered.answers:
            for term in answer.role("terms") or ():
                if term.id not in seen:
                    seen.add(term.id)
                    yield name, term.id, f"{name}-{answer.serial}"


def _words(reader: Reader, field: str, term: str) -> tuple[str, str]:
    header = {item.name: item for item in walk(reader.library.case.fields)}
    item = header.get(field) or reader.library.questions[field]
    if term == State.NOT_REPORTED:
        return reader.words(item.labels), reader.state(term)
    return reader.words(item.labels), reader.words(reader.library.term(str(item.vocabulary), term).labels)


def _claims(reader: Reader, case: Case, role: str) -> tuple[ClaimView, ...]:
    answered = _by_role(case, role)
    return question_view(reader, answered).claims if answered else ()


def _by_role(case: Case, role: str) -> Answered | None:
    return next((each for each in case.answered.values() if each.question.role == role), None)
