"""Views → pieces of HTML, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

import jinja2

from casebook import kitfiles
from casebook.model import Case, Collection
from casebook.schema import Term
from casebook.site.links import Links
from casebook.site.templating import environment
from casebook.site.words import Words
from casebook.views import approaches as approach_views
from casebook.views import case as case_view
from casebook.views import (
    codes,
    compare,
    costs,
    digest,
    documentation,
    facets,
    fit,
    gaps,
    glossary,
    kit,
    lessons,
    linked,
    pack,
    plots,
    tiles,
)
from casebook.views.facets import Card
from casebook.views.fit import Need
from casebook.views.reading import Reader
from casebook.views.related import Index

#: Cards on one page of a list; a phone can hold as many.
PAGE_SIZE = 100

#: Cases whose steps an approach shows, and its copy kit; cases of which it tells what went wrong, or that stopped.
STEPS, KIT_STEPS, RISKS = 12, 6, 30


#: Macros that every template is given, by their name there.
_MACROS = {"m": "macros", "sharing": "share"}


class _Amounts(dict[str, dict[str, tuple[costs.Amount, ...]]]):
    """Amounts of cases, worked out when they are first asked for: one page alone does not need them all."""

    def __init__(self, reader: Reader, cases: Iterable[Case]) -> None:
        super().__init__()
        self._reader, self._cases = reader, {case.id: case for case in cases}

    def __missing__(self, id: str) -> dict[str, tuple[costs.Amount, ...]]:
        found = self[id] = costs.amounts(self._reader, self._cases[id])
        return found


class Renderer:
    """Renders what a collection has to show, in one language.

    Args:
        collection: the cases that are published.
        lang: language code.
        pdf: whether the packs of workshops are there as PDF files too.
        gone: addresses of sources that open no more, and the day that was found.
        related: what cases have in common, where that has been worked out for another language.
    """

    def __init__(
        self,
        collection: Collection,
        lang: str,
        pdf: bool = False,
        gone: Mapping[str, str] | None = None,
        related: Index | None = None,
    ) -> None:
        """Prepare the templates of this language."""
        self.collection = collection
        self.related = related or Index(collection)
        self.pdf, self.gone = pdf, gone or {}
        self.site_url = ""  # of this language's root, where it is known
        self.reader = Reader(collection.library, lang)
        self._page: case_view.CasePage | None = None
        self._name = self.reader.words(collection.library.info["title"])
        self._environment = environment(lang, collection.library.info["search_sample"][lang])
        self.words: Words = self._environment.filters["t"]
        self._templates: dict[str, jinja2.Template] = {}
        self._shared: dict[tuple[Any, ...], dict[str, Any]] = {}

    def __call__(self, template: str, links: Links, **values: Any) -> str:
        """Render one template for the page that ``links`` are seen from."""
        return self._template(template).render(self._given(links), **values)

    def _template(self, name: str) -> jinja2.Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(f"{name}.html")
        return self._templates[name]

    def _given(self, links: Links) -> dict[str, Any]:
        """Return what all templates are given; pages at one place share it, tens of thousands of cases."""
        place = links.root, links.top, links.files, self.pdf
        if place in self._shared:
            return self._shared[place]
        given = {
            "t": self.words,
            "say": self.reader.state,
            "url": links.url,
            "asset": links.asset,
            "lang": self.reader.lang,
            "tools": self.collection.library.tools,
            "pdf": self.pdf,
            "library_name": self._name,
            "gone": self.gone,
        }
        macros = {name: self._template(file).make_module(given) for name, file in _MACROS.items()}
        self._shared[place] = {**given, **macros}
        return self._shared[place]

    @cached_property
    def script_words(self) -> dict[str, str]:
        """Words that scripts put on a page."""
        states = self.collection.library.info["states"]
        return {**self.words.for_scripts(), **{state: self.reader.state(state) for state in states}}

    @cached_property
    def cards(self) -> dict[str, Card]:
        """A card for each case, by id."""
        return facets.cards(self.reader, self.collection)

    @cached_property
    def approaches(self) -> tuple[approach_views.ApproachView, ...]:
        """Every approach of the vocabulary."""
        return approach_views.approaches(self.reader, self.collection, self.cards)

    @cached_property
    def packs(self) -> tuple[pack.Pack, ...]:
        """The ready workshops, where the library has any."""
        return pack.packs(self.reader, self.collection)

    @cached_property
    def gaps(self) -> gaps.Gaps:
        """What nobody has reported."""
        return gaps.gaps(self.reader, self.collection)

    @cached_property
    def fit(self) -> dict[str, Any]:
        """The rules of the fit finder and what cases say they needed; none of either where there is no such tool."""
        if "fit" not in self.collection.library.tools:
            return {"rules": [], "cases": []}
        return fit.data(self.reader, self.collection)

    def money(self, cases: Iterable[Case]) -> list[tuple[costs.Section, tuple[plots.Plot, ...]]]:
        """Return the questions about money of these cases, each with its pictures."""
        return [(part, plots.plots(self.reader, part)) for part in costs.sections(self.reader, cases, self.amounts)]

    @cached_property
    def amounts(self) -> _Amounts:
        """The amounts of money of each case, by its id and the question."""
        return _Amounts(self.reader, self.collection.cases)

    def page(self, case: Case) -> case_view.CasePage:
        """Return what a case's page shows; the last one is kept, since its card for other sites is made next."""
        if self._page is None or self._page.id != case.id:
            self._page = case_view.case_page(self.reader, case)
        return self._page

    def case(self, case: Case, links: Links) -> str:
        """Return the body of a case's page."""
        page = self.page(case)
        near = [(self.cards[id], self.reader.terms(reasons)) for id, reasons in self.related.of(case.id)]
        needs, untold = self.needs(case)
        return self("case", links, case=page, related=near, sums=self.amounts[case.id], needs=needs, untold=untold)

    def needs(self, case: Case) -> tuple[tuple[Need, ...], bool]:
        """Return what a case says it needed, and whether some of that is not told."""
        return self._needs([case]), any(each["untold"] for each in self._fit_cases([case]))

    def approach(self, view: approach_views.ApproachView, links: Links) -> str:
        """Return the body of an approach's page."""
        page = self._approach_pages[view.term.id]
        telling = [case for case in page.cases if lessons.tells_how(case)]
        stopped = [case for case in page.cases if lessons.has_stopped(case)]
        return self(
            "approach",
            links,
            approach=view.term,
            cards=[self.cards[case.id] for case in page.cases],
            tables=page.tables,
            needs=self._approach_needs[view.term.id],
            silent=sum(case["untold"] for case in self._fit_cases(page.cases)),
            steps=lessons.steps(self.reader, telling[:STEPS]),
            telling=len(telling),
            digest=digest.digest(self.reader, self.collection, view.term.id),
            money=self.money(page.cases) if page.cases else [],
            risks=[*islice(lessons.risks(self.reader, page.cases), RISKS)],
            stopped=lessons.stopped(self.reader, stopped[:RISKS]),
        )

    def kit(self, view: approach_views.ApproachView, links: Links) -> str:
        """Return the body of an approach's copy kit."""
        page = self._approach_pages[view.term.id]
        telling = [case for case in page.cases if lessons.tells_how(case)]
        return self(
            "kit",
            links,
            kit=kit.kit(self.reader, self._approach(view), page.cases, self._approach_needs[view.term.id]),
            approach=view.term,
            steps=lessons.steps(self.reader, telling[:KIT_STEPS]),
        )

    def papers(self, view: approach_views.ApproachView) -> Iterator[tuple[str, bytes]]:
        """Yield the files of an approach's copy kit: name and content."""
        needs = self._approach_needs[view.term.id]
        term = self._approach(view)
        for paper in self.collection.library.tools["kit"]["papers"]:
            blocks = kit.blocks(self.reader, term, paper, needs)
            yield f"{paper['id']}.docx", kitfiles.paper(view.term.label, self.words("site.code"), blocks)

    @cached_property
    def _approach_pages(self) -> dict[str, approach_views.ApproachPage]:
        return {
            view.term.id: approach_views.approach_page(self.reader, self.collection, view) for view in self.approaches
        }

    @cached_property
    def _approach_needs(self) -> dict[str, tuple[Need, ...]]:
        return {id: self._needs(page.cases) for id, page in self._approach_pages.items()}

    def _approach(self, view: approach_views.ApproachView) -> Term:
        vocabulary = str(self.collection.library.case.by_role["approach"].vocabulary)
        return self.collection.library.term(vocabulary, view.term.id)

    @cached_property
    def _fit_by_id(self) -> dict[str, dict[str, Any]]:
        return {case["id"]: case for case in self.fit["cases"]}

    def _fit_cases(self, cases: Iterable[Case]) -> list[dict[str, Any]]:
        return [self._fit_by_id[case.id] for case in cases if case.id in self._fit_by_id]

    def _needs(self, cases: Iterable[Case]) -> tuple[Need, ...]:
        return fit.needs({**self.fit, "cases": self._fit_cases(cases)})

    @cached_property
    def fragments(self) -> dict[str, Callable[[Links], str]]:
        """The pieces that hand-written pages ask for by name, each for the page that links are seen from."""
        return {
            "dataset": lambda _: linked.block(linked.dataset(self.reader, len(self.collection.cases), self.site_url)),
            "tiles": lambda at: self("tiles", at, tiles=tiles.tiles(self.reader, self.collection)),
            "glance": lambda at: self("glance", at, rows=[each for each in self.approaches if each.cards]),
            "known": lambda at: self("known", at, rows=self.gaps.key),
            "cases": self._cases,
            "costs": lambda at: self("costs", at, parts=self.money(self.collection.cases), most=PAGE_SIZE),
            "compare": self._compare,
            "approaches": self._approaches,
            "fit": self._fit,
            "gaps": lambda at: self("gaps", at, gaps=self.gaps),
            "glossary": lambda at: self("glossary", at, groups=glossary.sections(self.reader)),
            "form": lambda at: self("form", at),
            "codes": lambda at: self("codes", at, groups=codes.groups(self.reader)),
            "questions": lambda at: self("questions", at, doc=documentation.documentation(self.reader)),
            "workshops": lambda at: self("workshops", at, packs=self.packs),
        }

    def _compare(self, links: Links) -> str:
        view = compare.comparison(self.reader, self.collection)
        return self("compare", links, view=view, approaches=[each for each in self.approaches if each.cards])

    def _approaches(self, links: Links) -> str:
        return self(
            "approaches",
            links,
            matrix=approach_views.matrix(self.reader, self.approaches),
            stopped=lessons.stopped(self.reader, self.collection.cases),
            told=digest.stopped(self.reader, self.collection),
            shared=lessons.shared(self.reader, self.collection),
        )

    def _fit(self, links: Links) -> str:
        silent = sum(case["untold"] for case in self.fit["cases"])
        needs = fit.needs(self.fit)
        return self(
            "fit", links, asks=fit.asks(self.reader), needs=needs, silent=silent, total=len(self.collection.cases)
        )

    def _cases(self, links: Links) -> str:
        view = facets.case_list(self.reader, self.collection, self.cards)
        return self("cases", links, view=view, gaps=self.gaps, shown=PAGE_SIZE)
