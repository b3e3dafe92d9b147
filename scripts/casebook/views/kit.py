"""The copy kit of an approach: what cases needed and did, and what the editors suggest to begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from casebook.model import Case
from casebook.schema import Term
from casebook.views.fit import Need
from casebook.views.reading import Reader

#: Cases named beside a role.
_SHOWN = 6


@dataclass(frozen=True)
class Part:
    """Somebody who takes part, and the cases that say so, each with the anchor of its claim."""

    label: str
    count: int
    cases: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Paper:
    """A file to edit: its name on the site, its label, the name it is saved under."""

    name: str
    label: str
    saved_as: str


@dataclass(frozen=True)
class Kit:
    """What helps to do the same.

    ``roles`` are headings with those who take part; ``weeks`` and ``laws`` are label and text.
    """

    id: str
    label: str
    needs: tuple[Need, ...]
    roles: tuple[tuple[str, tuple[Part, ...]], ...]
    weeks: tuple[tuple[str, str], ...]
    laws: tuple[tuple[str, str], ...]
    laws_note: str
    papers: tuple[Paper, ...]


def kit(reader: Reader, approach: Term, cases: Iterable[Case], needs: tuple[Need, ...]) -> Kit:
    """Return the kit of an approach.

    Args:
        reader: the language.
        approach: the approach.
        cases: those that follow it.
        needs: what they say had to be true first, and who paid.
    """
    tool = reader.library.tools["kit"]
    cases = tuple(cases)
    laws = [law for law in tool["laws"] if approach.id in law.get("for", [approach.id])]
    return Kit(
        id=approach.id,
        label=reader.words(approach.labels),
        needs=needs,
        roles=tuple((label, parts) for label, parts in _roles(reader, tool["roles"], cases) if parts),
        weeks=tuple((reader.words(week["labels"]), filled(reader, approach, week["do"])) for week in tool["weeks"]),
        laws=tuple((reader.words(law["labels"]), reader.words(law["gist"])) for law in laws),
        laws_note=reader.words(tool["laws_note"]),
        papers=tuple(
            Paper(f"{paper['id']}.docx", reader.words(paper["labels"]), filled(reader, approach, paper["file"]))
            for paper in tool["papers"]
        ),
    )


def filled(reader: Reader, approach: Term, words: Mapping[str, str]) -> str:
    """Return a text with the approach's name, definition and first act in their places."""
    act = reader.words(reader.library.tools["kit"]["acts"].get(approach.id))
    text = reader.words(words)
    for place, value in (("approach", reader.words(approach.labels)), ("act", act)):
        text = text.replace(f"{{{place}}}", value)
    return text.replace("{definition}", reader.words(approach.definition)).strip()


def blocks(
    reader: Reader, approach: Term, paper: Mapping[str, Any], needs: tuple[Need, ...]
) -> tuple[tuple[str, Any], ...]:
    """Return a paper as kind and content of its blocks, the words of one language in place."""
    found: list[tuple[str, Any]] = []
    for block in paper["blocks"]:
        ((kind, content),) = block.items()
        if kind == "list":
            found.append((kind, tuple(filled(reader, approach, each) for each in content)))
        elif kind == "needs":
            colon = reader.library.info["typography"][reader.lang]["colon"]
            found.append((kind, tuple(f"{need.rule}{colon}{need.label}" for need in needs) or ("",)))
        elif kind == "table":
            found.append((kind, (content["rows"], tuple(reader.words(each) for each in content["columns"]))))
        else:
            found.append((kind, filled(reader, approach, content)))
    return tuple(found)


def _roles(reader: Reader, questions: list[str], cases: tuple[Case, ...]) -> Iterable[tuple[str, tuple[Part, ...]]]:
    for name in questions:
        question = reader.library.questions[name]
        named: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
        for case in cases:
            for answer in case.answered[name].answers:
                for term in answer.role("terms") or ():
                    if case.id not in named[term.id]:
                        anchor = f"{name}-{answer.serial}"
                        named[term.id][case.id] = case.id, reader.words(case.role("heading")), anchor
        terms = reader.library.vocabularies[str(question.vocabulary)].terms.values()
        yield (
            reader.words(question.labels),
            tuple(
                Part(reader.words(term.labels), len(named[term.id]), tuple(islice(named[term.id].values(), _SHOWN)))
                for term in terms
                if named[term.id]
            ),
        )
