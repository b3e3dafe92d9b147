"""Views → pieces of HTML, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from casebook.model import Case, Collection
from casebook.site.links import Links
from casebook.site.words import Words
from casebook.views import approaches as approach_views
from casebook.views import case as case_view
from casebook.views import compare, costs, documentation, facets, fit, gaps, glossary, plots, related, tiles
from casebook.views.facets import Card
from casebook.views.reading import Reader

TEMPLATES = Path(__file__).with_name("templates")

#: Cards on one page of a list; a phone can hold as many.
PAGE_SIZE = 100


def environment(folder: Path = TEMPLATES) -> jinja2.Environment:
    """Return the environment of the templates: everything is escaped, a missing name is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Renderer:
    """Renders what a collection has to show, in one language.

    Args:
        collection: the cases that are published.
        lang: language code.
    """

    def __init__(self, collection: Collection, lang: str) -> None:
        """Prepare the templates of this language."""
        self.collection = collection
        self.reader = Reader(collection.library, lang)
        self.words = Words(lang, {"sample": collection.library.info["search_sample"][lang]})
        self._environment = environment()
        self._templates: dict[str, jinja2.Template] = {}

    def __call__(self, template: str, links: Links, **values: Any) -> str:
        """Render one template for the page that ``links`` are seen from."""
        if template not in self._templates:
            self._templates[template] = self._environment.get_template(f"{template}.html")
        given = {"t": self.words, "url": links.url, "asset": links.asset, "lang": self.reader.lang}
        return self._templates[template].render(**given, **values)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """A card for each case, by id."""
        return {case.id: facets.card(self.reader, case) for case in self.collection.cases}

    @cached_property
    def approaches(self) -> tuple[approach_views.ApproachView, ...]:
        """Every approach of the vocabulary."""
        return approach_views.approaches(self.reader, self.collection)

    @cached_property
    def related(self) -> related.Index:
        """What cases have in common."""
        return related.Index(self.reader, self.collection)

    @cached_property
    def gaps(self) -> gaps.Gaps:
        """What nobody has reported."""
        return gaps.gaps(self.reader, self.collection)

    @cached_property
    def fit(self) -> dict[str, Any]:
        """The rules of the fit finder and what cases say they needed."""
        return fit.data(self.reader, self.collection)

    def money(self, cases: Iterable[Case]) -> list[tuple[costs.Section, tuple[plots.Plot, ...]]]:
        """Return the questions about money of these cases, each with its pictures."""
        return [(part, plots.plots(self.reader, part)) for part in costs.sections(self.reader, cases)]

    def case(self, case: Case, links: Links) -> str:
        """Return the body of a case's page."""
        page = case_view.case_page(self.reader, case)
        near = [(self.cards[id], reasons) for id, reasons in self.related.of(case)]
        sums = costs.amounts(self.reader, case)
        return self("case", links, case=page, related=near, sums=sums)

    def approach(self, view: approach_views.ApproachView, links: Links) -> str:
        """Return the body of an approach's page."""
        page = approach_views.approach_page(self.reader, self.collection, view)
        return self("approach", links, approach=view.term, cards=view.cards, rows=page.rows)

    def fragment(self, name: str, links: Links) -> str:
        """Return the piece that a hand-written page asks for by name.

        Raises:
            KeyError: there is no such piece.
        """
        return self._fragments[name](links)

    @cached_property
    def _fragments(self) -> dict[str, Callable[[Links], str]]:
        return {
            "tiles": lambda at: self("tiles", at, tiles=tiles.tiles(self.reader, self.collection)),
            "glance": lambda at: self("glance", at, rows=[each for each in self.approaches if each.cards]),
            "known": lambda at: self("known", at, rows=self.gaps.key),
            "cases": self._cases,
            "costs": lambda at: self("costs", at, parts=self.money(self.collection.cases), most=PAGE_SIZE),
            "compare": lambda at: self("compare", at, view=compare.comparison(self.reader, self.collection)),
            "approaches": lambda at: self("approaches", at, matrix=approach_views.matrix(self.reader, self.approaches)),
            "fit": self._fit,
            "gaps": lambda at: self("gaps", at, gaps=self.gaps),
            "glossary": lambda at: self("glossary", at, groups=glossary.sections(self.reader)),
            "form": lambda at: self("form", at),
            "questions": lambda at: self("questions", at, doc=documentation.documentation(self.reader)),
        }

    def _fit(self, links: Links) -> str:
        silent = sum(case["untold"] for case in self.fit["cases"])
        needs = fit.needs(self.fit)
        return self(
            "fit", links, asks=fit.asks(self.reader), needs=needs, silent=silent, total=len(self.collection.cases)
        )

    def _cases(self, links: Links) -> str:
        view = facets.case_list(self.reader, self.collection)
        return self("cases", links, view=view, shown=PAGE_SIZE)
