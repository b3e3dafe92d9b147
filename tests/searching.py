"""What people search for, how well an answer meets it, and Node to answer without a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "search"
QUERIES, FRESH = FOLDER / "queries.yaml", FOLDER / "fresh.yaml"

#: Asks several things in one language: [{q, kind, limit}] → what is found.
Ask = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]

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


def published(expected: Iterable[Expectation], cases: Collection[str]) -> list[Expectation]:
    """Return what can be expected while some cases are kept back as drafts."""
    found = []
    for each in expected:
        wanted = tuple(id for id in each.wanted if each.kind != "case" or id in cases)
        if wanted:
            found.append(replace(each, wanted=wanted))
    return found


def expectations(file: Path = QUERIES) -> list[Expectation]:
    """Return what is expected, one entry for each query and kind of page."""
    found = []
    for sort, queries in yaml.safe_load(file.read_text(encoding="utf-8"))["queries"].items():
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


def node(script: str, *arguments: str | Path, given: Any) -> Any:
    """Run a script of the folder in Node; both ways JSON."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("no Node on this machine")
    done = subprocess.run(
        [program, str(FOLDER / script), *map(str, arguments)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
