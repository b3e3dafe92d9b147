"""Cases that have something in common, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import nsmallest

from casebook.model import Case, Collection
from casebook.schema import Term, walk

#: A term that most cases share tells nothing; only so many are looked at for each.
_LOOK_AT = 200
_SHOWN = 4


class Index:
    """Which cases carry which header terms, the same in all languages.

    Args:
        collection: the cases.
    """

    def __init__(self, collection: Collection) -> None:
        """Go once through all cases."""
        self._near: dict[str, list[tuple[str, tuple[Term, ...]]]] = {}
        self._terms: dict[str, list[Term]] = {}
        self._cases: dict[Term, list[str]] = defaultdict(list)
        for case in collection.cases:
            self._terms[case.id] = self._of(case)
            for term in self._terms[case.id]:
                self._cases[term].append(case.id)

    def _of(self, case: Case) -> list[Term]:
        terms: list[Term] = []
        for item in walk(case.header.table.fields):
            if item.facet and item.kind == "terms":
                terms.extend(case.header.values.get(item.name) or ())
        return terms

    def of(self, id: str) -> list[tuple[str, tuple[Term, ...]]]:
        """Return ids of the cases that share most terms with this one, rare ones first, each with the terms shared."""
        if id not in self._near:
            self._near[id] = [(other, self._shared(id, other)) for other in self._nearest(id)]
        return self._near[id]

    def _nearest(self, id: str) -> Iterator[str]:
        weights: dict[str, float] = {}
        for term in self._terms[id]:
            weight = 1 / len(self._cases[term])
            for other in self._cases[term][:_LOOK_AT]:
                weights[other] = weights.get(other, 0) - weight
        weights.pop(id, None)
        yield from (other for _, other in nsmallest(_SHOWN, zip(weights.values(), weights, strict=True)))

    def _shared(self, one: str, other: str) -> tuple[Term, ...]:
        return tuple(term for term in self._terms[one] if term in self._terms[other])
