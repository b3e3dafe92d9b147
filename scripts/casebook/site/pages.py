"""Every page that is made from data, and every data file that scripts read, in one language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from casebook.model import Case
from casebook.site.links import Links
from casebook.site.render import PAGE_SIZE, Renderer
from casebook.views import facets, form, gaps, glossary, linked
from casebook.views.case import case_page, withdrawn


@dataclass(frozen=True)
class Page:
    """A page made from data.

    Attributes:
        path: below the language's root, ending in a slash.
        section: the hand-written page it belongs to in the navigation.
        heading: its title.
        description: one sentence for search engines and shared links.
        make: makes the body when it is wanted; whoever asks for one page does not wait for all.
        shell: which of the shells it stands in; that of its folder where nothing is said.
    """

    path: str
    section: str
    heading: str
    description: str
    make: Callable[[], str]
    shell: str = ""

    @property
    def body(self) -> str:
        """HTML."""
        return self.make()


def case_path(case: Case) -> str:
    """Return where a case's page lies."""
    return f"cases/{case.id}/"


def case_pages(renderer: Renderer, assets: dict[str, str], lang_dir: str, files: bool) -> Iterator[Page]:
    """Yield the page of each case, and its card for other sites to show.

    No cards where pages are opened as files: nobody else shows a page of this disk.
    """
    # All lie equally deep, so one set of addresses serves them all.
    links, framed = Links.at("cases/x/", lang_dir, assets, files), Links.at("embed/cases/x/", lang_dir, assets)
    for case in renderer.collection.cases:
        card = renderer.cards[case.id]
        yield Page(case_path(case), "cases", card.title, card.lead, partial(_case, renderer, case, links, files))
        if not files:
            make = partial(_embedded, renderer, case, framed)
            yield Page(f"embed/{case_path(case)}", "cases", card.title, card.lead, make)
    for case in renderer.collection.withdrawn:
        notice = withdrawn(renderer.reader, case)
        heading = renderer.words("case.withdrawn")
        make = partial(renderer, "withdrawn", links, notice=notice)
        yield Page(case_path(case), "cases", heading, notice.reason, make, "withdrawn")
        if not files:
            make = partial(renderer, "withdrawn", framed, notice=notice)
            yield Page(f"embed/{case_path(case)}", "cases", heading, notice.reason, make)


def _case(renderer: Renderer, case: Case, links: Links, files: bool) -> str:
    linking = "" if files else linked.block(linked.case(renderer.reader, case, renderer.site_url))
    return renderer.case(case, links) + linking


def _embedded(renderer: Renderer, case: Case, links: Links) -> str:
    return renderer("embed", links, case=renderer.page(case))


def approach_pages(renderer: Renderer, assets: dict[str, str], lang_dir: str, files: bool) -> Iterator[Page]:
    """Yield the page of each approach, those without a case too."""
    links = Links.at("approaches/x/", lang_dir, assets, files)
    for view in renderer.approaches:
        make = partial(renderer.approach, view, links)
        yield Page(f"approaches/{view.term.id}/", "approaches", view.term.label, view.term.definition, make)


def kit_pages(renderer: Renderer, assets: dict[str, str], lang_dir: str, files: bool) -> Iterator[Page]:
    """Yield the copy kit of each approach, where the library has one."""
    links = Links.at("kit/x/", lang_dir, assets, files)
    for view in renderer.approaches if "kit" in renderer.collection.library.tools else ():
        heading = renderer.words("kit.heading", approach=view.term.label)
        make = partial(renderer.kit, view, links)
        yield Page(f"kit/{view.term.id}/", "approaches", heading, renderer.words("kit.lead"), make)


def embed_pages(renderer: Renderer, assets: dict[str, str], lang_dir: str, files: bool) -> Iterator[Page]:
    """Yield the comparison of any cases, for other sites to show."""
    if not files:
        heading = renderer.words("compare.caption")
        make = partial(renderer, "embed_compare", Links.at("embed/x/", lang_dir, assets))
        yield Page("embed/compare/", "compare", heading, heading, make)


def list_pages(renderer: Renderer, assets: dict[str, str], lang_dir: str, files: bool) -> Iterator[Page]:
    """Yield further pages of the list of cases, where one does not hold them all."""
    cards = list(renderer.cards.values())
    links = Links.at("list/x/", lang_dir, assets, files)
    total = -(-len(cards) // PAGE_SIZE)
    for number in range(1, total + 1) if total > 1 else ():
        heading = renderer.words("cases.page", n=number)
        shown = cards[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        make = partial(renderer, "list", links, cards=shown, number=number, total=total, heading=heading)
        yield Page(f"list/{number}/", "cases", heading, heading, make)


#: Cards in one data file.
CHUNK = 50


def data_files(renderer: Renderer, files: bool) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what scripts read, search and the fit finder aside: each file's name, and what makes its value.

    Args:
        renderer: the language.
        files: whether pages will be opened as files and cannot read one another.
    """
    yield "cards", lambda: {"chunk": CHUNK, **facets.index(renderer.collection, list(renderer.cards.values()))}
    yield "missing", lambda: dict(gaps.missing(renderer.collection))
    # A card's own addresses are seen from pages one folder deep, where lists are.
    links = Links.at("cases/", "", {}, files)
    for number, start in enumerate(range(0, len(renderer.collection.cases), CHUNK)):
        yield f"cards-{number}", partial(_cards, renderer, links, start)
    yield "words", lambda: renderer.script_words
    yield "questions", partial(_questions, renderer)
    yield "gloss", partial(glossary.in_place, renderer.reader)
    yield "form", lambda: {"form": form.description(renderer.reader), "words": renderer.words.for_scripts("form")}
    for case in renderer.collection.cases if files else ():
        yield f"case-{case.id}", partial(_answers, renderer, case, links)


def _cards(renderer: Renderer, links: Links, start: int) -> str:
    return renderer("cards", links, cards=list(renderer.cards.values())[start : start + CHUNK])


def _answers(renderer: Renderer, case: Case, links: Links) -> str:
    return renderer("answers", links, case=case_page(renderer.reader, case))


def _questions(renderer: Renderer) -> list[dict[str, object]]:
    """Return the questions as scripts go through them."""
    words = renderer.reader.words
    return [
        {
            "id": name,
            "label": words(item.labels),
            "ask": words(item.extra.get("ask")),
            "key": bool(item.extra.get("key")),
        }
        for name, item in renderer.collection.library.questions.items()
    ]


def put(name: str, value: Any) -> str:
    """Return a data file: a script that hands its value over, since pages opened as files cannot fetch."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"casebook.put({json.dumps(name)},{text});\n"
