"""Amounts as pictures: a dot an amount on a shared scale.

Positions are per cent of the width, so that text keeps its size on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from casebook.schema import Term
from casebook.views.costs import Amount, Interval, Section, figure
from casebook.views.reading import Reader, grouped

#: Where the scale begins and ends, in per cent, so that no dot is cut.
_LEFT, _WIDTH = 3.0, 92.0
#: Dots in one picture; a longer list is read as a table.
_MOST = 40
#: Pictures of one question; those of most amounts.
_PICTURES = 6
#: Width of a name, in Chinese characters, that a phone has room for.
_NAME = 20
#: From this ratio of largest to smallest on, distances would hide the small ones.
_LOG_FROM = 100


#: An amount, its words, and where it lies on the scale.
_Known: TypeAlias = tuple[Amount, str, Interval]


@dataclass(frozen=True)
class Dot:
    """An amount in the picture: from ``x`` to ``to`` where it is a range; open ends point on."""

    amount: Amount
    name: str
    words: str
    figure: str
    x: float
    to: float | None
    up: bool
    down: bool
    y: int


@dataclass(frozen=True)
class Plot:
    """A picture: what its figures are counted by, the marks of the scale, the dots from small to large.

    ``total`` counts the amounts; a picture that cannot hold them all shows some of each size.
    """

    label: str
    ticks: tuple[tuple[float, str], ...]
    dots: tuple[Dot, ...]
    total: int
    height: int
    log: bool


def plots(reader: Reader, section: Section) -> tuple[Plot, ...]:
    """Return the pictures of one question.

    First what could be brought to a household's month, then what stays as reported, basis by basis.
    Currencies stay apart, one amount alone is no picture, and of many pictures those of most amounts are kept.
    """
    library = reader.library
    brought: dict[str, list[_Known]] = {}
    rest: dict[tuple[str, str], list[_Known]] = {}
    for amount in section.amounts:
        if amount.sum is not None:
            brought.setdefault(amount.unit, []).append((amount, amount.sum.words, amount.sum.interval))
        elif amount.interval is not None:
            rest.setdefault((amount.unit, amount.basis), []).append((amount, amount.words, amount.interval))
    units = library.vocabularies[str(library.answer.by_role["unit"].vocabulary)].terms
    bases = library.vocabularies[str(library.answer.by_role["basis"].vocabulary)].terms
    target = next(term for term in bases.values() if term.extra.get("household_month") == {})
    brought_to = [
        _plot(f"{reader.words(units[unit].labels)} · {reader.words(target.labels)}", each, units[unit])
        for unit, each in brought.items()
        if len(each) > 1
    ]
    found = [
        _plot(f"{reader.words(units[unit].labels)} · {reader.words(bases[basis].labels)}", each, units[unit])
        for (unit, basis), each in rest.items()
        if len(each) > 1 and not bases[basis].extra.get("loose")
    ]
    return tuple([*brought_to, *sorted(found, key=lambda plot: -plot.total)][:_PICTURES])


def _plot(label: str, amounts: Iterable[_Known], unit: Term) -> Plot:
    every = sorted(amounts, key=lambda each: (_point(each[2]), each[0].case, each[0].anchor))
    shown = _spread(every)
    ends = [float(end) for _, _, each in shown for end in (each.low, each.high) if end is not None]
    low, high = min(ends), max(ends)
    log = low > 0 and high / low > _LOG_FROM
    symbol = unit.extra.get("symbol", "")
    marks = _powers(low, high) if log else _steps(high)
    first, last = (marks[0], marks[-1]) if marks[-1] > marks[0] else (0.0, 1.0)

    def place(value: Fraction | float) -> float:
        at, start, end = float(value), first, last
        if log:
            at, start, end = math.log10(at), math.log10(first), math.log10(last)
        return round(_LEFT + _WIDTH * (at - start) / (end - start), 2)

    dots = tuple(
        Dot(
            amount=amount,
            name=_short(amount.title),
            words=words,
            figure=symbol + "–".join(dict.fromkeys(figure(end)[1] for end in (each.low, each.high) if end is not None)),
            x=place(_point(each)),
            to=place(each.high) if each.high is not None and each.low is not None and each.high != each.low else None,
            up=each.high is None,
            down=each.low is None,
            y=44 * number + 60,
        )
        for number, (amount, words, each) in enumerate(shown)
    )
    every_other = len(marks) > 3
    ticks = tuple(
        (place(mark), "" if every_other and number % 2 else symbol + grouped(f"{Decimal(f'{mark:.10g}'):f}"))
        for number, mark in enumerate(marks)
    )
    return Plot(label, ticks, dots, len(every), 44 * len(dots) + 40, log)


def _spread(every: list[_Known]) -> list[_Known]:
    """Return as many as a picture can hold, evenly from the smallest to the largest."""
    if len(every) <= _MOST:
        return every
    return [every[round(number * (len(every) - 1) / (_MOST - 1))] for number in range(_MOST)]


def _short(title: str) -> str:
    """Return as much of a title as a phone has room for; Latin letters are half as wide."""
    width = 0.0
    for number, letter in enumerate(title):
        width += 1 if letter > "\u2fff" else 0.55
        if width > _NAME:
            return f"{title[: number - 1].rstrip()}…"
    return title


def _point(interval: Interval) -> Fraction:
    """Return the end of an interval that is known; the lower one where both are."""
    known = interval.high if interval.low is None else interval.low
    return known if known is not None else Fraction(0)


def _steps(high: float) -> list[float]:
    """Return round marks from nothing to just above ``high``, four or five of them."""
    if high <= 0:
        return [0.0, 1.0]
    power = 10 ** math.floor(math.log10(high))
    step = next(power * each for each in (0.25, 0.5, 1, 2.5) if power * each * 4 >= high)
    return [float(f"{step * number:.10g}") for number in range(math.ceil(high / step - 1e-9) + 1)]


def _powers(low: float, high: float) -> list[float]:
    """Return the powers of ten around a range."""
    return [10.0**n for n in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
