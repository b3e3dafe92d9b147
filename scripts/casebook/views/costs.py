"""Money: every amount with its basis, brought to a household's month where the inputs exist.

Where one is missing, nothing is assumed: the amount is left as reported and the missing input named.
Currencies are never converted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casebook.kinds.composite import State
from casebook.model import Answer, Case
from casebook.schema import Library, Term
from casebook.views.reading import Reader, grouped

#: Digits kept behind the point of a quotient that never ends; below 1, digits that mean something.
_PLACES = 2


@dataclass(frozen=True)
class Interval:
    """Where a figure may lie; an open end is ``None``. ``fuzzy`` where the source says “about”."""

    low: Fraction | None
    high: Fraction | None
    fuzzy: bool = False

    def divided(self, other: Interval) -> Interval:
        """Return what remains known when one uncertain figure is divided by another."""
        low = None if self.low is None or other.high is None else self.low / other.high
        high = None if self.high is None or not other.low else self.high / other.low
        return Interval(low, high, self.fuzzy or other.fuzzy)


@dataclass(frozen=True)
class Share:
    """The number that a sum is shared among: its words and the claim it comes from."""

    words: str
    anchor: str


@dataclass(frozen=True)
class Sum:
    """An amount brought to a household's month: the steps, and what comes out.

    ``zero`` where nothing had to be worked out: nothing is nothing, whatever it is counted by.
    """

    months: int | None
    share: Share | None
    words: str
    interval: Interval
    zero: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why an amount stays as it is: ``reason`` names the kind of input, ``what`` the input in words."""

    reason: str
    what: str


@dataclass(frozen=True)
class Amount:
    """One amount of money as a case reports it.

    Attributes:
        tone: how its claim is coloured.
        unit: id of the currency, ``basis`` of what it is counted by; nothing where there is no figure.
        interval: the figure as reported.
        result: what it comes to for a household a month, or why that cannot be said.
    """

    case: str
    title: str
    anchor: str
    words: str
    text: str
    tone: str
    unit: str
    basis: str
    interval: Interval | None
    result: Sum | Refusal

    @property
    def sum(self) -> Sum | None:
        """What it comes to, where that can be said."""
        return self.result if isinstance(self.result, Sum) else None


@dataclass(frozen=True)
class Section:
    """One question about money over several cases.

    ``missing`` counts what the refusals name; ``silent`` counts cases in which nobody has reported it.
    """

    id: str
    label: str
    ask: str
    amounts: tuple[Amount, ...]
    silent: int
    asked: int

    @property
    def brought(self) -> int:
        """How many amounts could be brought to a household's month."""
        return sum(amount.sum is not None for amount in self.amounts)

    @property
    def missing(self) -> list[tuple[Refusal, int]]:
        """Inputs that are missing, most often missing first."""
        counts = Counter(amount.result for amount in self.amounts if isinstance(amount.result, Refusal))
        return sorted(counts.items(), key=lambda pair: -pair[1])


def sections(
    reader: Reader, cases: Iterable[Case], known: Mapping[str, Mapping[str, tuple[Amount, ...]]]
) -> tuple[Section, ...]:
    """Return every question about money with the amounts of these cases.

    Args:
        reader: the language.
        cases: the cases.
        known: the amounts of every case, by its id.
    """
    cases = tuple(cases)
    found: dict[str, list[Amount]] = {}
    for case in cases:
        for name, each in known[case.id].items():
            found.setdefault(name, []).extend(each)
    views = []
    for name, question in reader.library.questions.items():
        if question.kind == "money":
            states = Counter(case.answered[name].state for case in cases)
            silent, asked = states[State.NOT_REPORTED], len(cases) - states[State.NOT_APPLICABLE]
            label, ask = reader.words(question.labels), reader.words(question.extra.get("ask"))
            views.append(Section(name, label, ask, tuple(found.get(name, ())), silent, asked))
    return tuple(views)


def amounts(reader: Reader, case: Case) -> dict[str, tuple[Amount, ...]]:
    """Return a case's amounts by question."""
    return {
        name: tuple(_amount(reader, case, name, answer) for answer in answered.answers)
        for name, answered in case.answered.items()
        if answered.question.kind == "money" and answered.answers
    }


def _amount(reader: Reader, case: Case, question: str, answer: Answer) -> Amount:
    unit, basis = answer.role("unit"), answer.role("basis")
    interval = _interval(answer)
    return Amount(
        case=case.id,
        title=reader.words(case.role("heading")),
        anchor=f"{question}-{answer.serial}",
        words=reader.amount(answer) or "",
        text=reader.words(answer.role("statement")),
        tone=answer.role("says").extra.get("tone") or "plain",
        unit=unit.id if unit and interval else "",
        basis=basis.id if basis and interval else "",
        interval=interval,
        result=_result(reader, case, interval, unit, basis),
    )


def _result(
    reader: Reader, case: Case, interval: Interval | None, unit: Term | None, basis: Term | None
) -> Sum | Refusal:
    if interval is None or unit is None:
        return Refusal("figure", "")
    if interval == Interval(Fraction(0), Fraction(0)):
        return Sum(None, None, _words(reader, interval, unit), interval, zero=True)
    rule = basis.extra.get("household_month") if basis else None
    if rule is None or "missing" in rule:
        return Refusal("input", reader.words(rule["missing"]) if rule else "")
    share = None
    if months := rule.get("months"):
        interval = interval.divided(Interval(Fraction(months), Fraction(months)))
    if counted := rule.get("share"):
        found = _shared(reader, case, counted)
        if isinstance(found, Refusal):
            return found
        share, number = found
        interval = interval.divided(number)
    if interval.low is None and interval.high is None:
        return Refusal("open", "")
    return Sum(months, share, _words(reader, interval, unit), interval)


def _shared(reader: Reader, case: Case, unit: str) -> tuple[Share, Interval] | Refusal:
    """Return how many units the case reports, where it reports one number and no other."""
    questions = [item for item in reader.library.questions.values() if item.extra.get("unit") == unit]
    label = reader.words(questions[0].labels) if questions else ""
    found = [
        (Share(reader.amount(answer) or "", f"{item.name}-{answer.serial}"), interval)
        for item in questions
        for answer in case.answered[item.name].answers
        if (interval := _interval(answer)) is not None
    ]
    if len(found) != 1:
        return Refusal("several" if found else "unreported", label)
    return found[0]


def _interval(answer: Answer) -> Interval | None:
    value, upper, bound = (answer.role(role) for role in ("value", "upper", "bound"))
    if value is None:
        return None
    reach = bound.extra.get("reach") if bound else None
    low, high = Fraction(value), Fraction(upper or value)
    return Interval(None if reach == "down" else low, None if reach == "up" else high, reach == "around")


def _words(reader: Reader, interval: Interval, unit: Term) -> str:
    """Return an amount for a household a month, in the words of the vocabularies."""
    reach = "around" if interval.fuzzy else "up" if interval.high is None else "down" if interval.low is None else ""
    ends = [end for end in (interval.low, interval.high) if end is not None]
    figures = [figure(end) for end in dict.fromkeys(ends)]
    rounded = not interval.fuzzy and any(mark for mark, _ in figures)
    digits = "–".join(number for _, number in figures)
    suffix = reader.words(_target(reader.library).extra.get("suffix"))
    return f"{_prefix(reader, reach)}{'≈' if rounded else ''}{unit.extra.get('symbol', '')}{digits}{suffix}"


def figure(number: Fraction) -> tuple[bool, str]:
    """Return whether a number had to be rounded, and its digits."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    if Fraction(exact) == number:
        return False, grouped(f"{exact.normalize():f}")
    places = _PLACES if exact >= 1 else _PLACES - exact.adjusted() - 1
    return True, grouped(f"{exact:.{places}f}")


def _target(library: Library) -> Term:
    """Return the basis that amounts are brought to: the one that needs no step."""
    bases = library.vocabularies[str(library.answer.by_role["basis"].vocabulary)].terms.values()
    return next(term for term in bases if term.extra.get("household_month") == {})


def _prefix(reader: Reader, reach: str) -> str:
    bounds = reader.library.vocabularies[str(reader.library.answer.by_role["bound"].vocabulary)].terms.values()
    return next((reader.words(term.extra.get("prefix")) for term in bounds if term.extra.get("reach") == reach), "")
