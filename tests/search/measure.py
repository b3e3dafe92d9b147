"""The queries, and how well an answer meets what they expect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

QUERIES = Path(__file__).with_name("queries.yaml")

#: Results that count.
FIRST = 5


@dataclass(frozen=True)
class Expectation:
    """A query and what it should find among pages of one kind: one of these, or all of them."""

    sort: str
    lang: str
    query: str
    kind: str
    wanted: tuple[str, ...]
    all: bool

    def recall(self, found: Sequence[str]) -> float:
        """Return how much of what is wanted is among the first."""
        hits = [id for id in self.wanted if id in found[:FIRST]]
        return len(hits) / len(self.wanted) if self.all else float(bool(hits))

    def reciprocal_rank(self, found: Sequence[str]) -> float:
        """Return 1 for a wanted page in the first place, ½ in the second …"""
        return next((1 / rank for rank, id in enumerate(found, 1) if id in self.wanted), 0.0)


def expectations() -> list[Expectation]:
    """Return what is expected, one entry for each query and kind of page."""
    found = []
    for sort, queries in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["queries"].items():
        for each in queries:
            for key in ("any", "all"):
                if key in each:
                    found.append(Expectation(sort, each["lang"], each["q"], "case", tuple(each[key]), key == "all"))
            for kind in ("approach", "term"):
                if kind in each:
                    found.append(Expectation(sort, each["lang"], each["q"], kind, (each[kind],), all=False))
    return found


@dataclass(frozen=True)
class Score:
    """Means over some expectations."""

    count: int
    recall: float
    rank: float


def score(expected: Iterable[Expectation], answer: Callable[[Expectation], Sequence[str]]) -> Mapping[str, Score]:
    """Return a score for each sort of query, and one under ``all``."""
    sums: dict[str, list[float]] = {}
    for each in expected:
        found = answer(each)
        for sort in (each.sort, "all"):
            total = sums.setdefault(sort, [0, 0, 0])
            total[0] += 1
            total[1] += each.recall(found)
            total[2] += each.reciprocal_rank(found)
    return {sort: Score(int(n), recall / n, rank / n) for sort, (n, recall, rank) in sums.items()}


def table(scores: Mapping[str, Score]) -> str:
    """Return scores as lines of text."""
    return "\n".join(f"{name:12} {each.count:4} {each.recall:.3f} {each.rank:.3f}" for name, each in scores.items())


def missed(expected: Iterable[Expectation], answer: Callable[[Expectation], Sequence[str]]) -> list[Any]:
    """Return the queries whose first results lack something."""
    return [
        (each.sort, each.query, each.wanted[:3], answer(each)[:FIRST])
        for each in expected
        if each.recall(answer(each)) < 1
    ]
