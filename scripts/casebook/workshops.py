"""Ready workshops as the schemas tell them: which cases, what happens when, what is written down.

A library need not have any. Words are kept in all languages; :mod:`casebook.views.pack` puts them into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.problem import Problem, Words
from casebook.schema import Library

#: The tool that holds them.
TOOL = "workshops"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Reading:
    """A case that is read, and the question whose claim participants look up; ``None`` for no question."""

    case: str
    check: str | None


@dataclass(frozen=True)
class Step:
    """What happens for some minutes: ``do`` is for everybody, ``say`` for the trainer alone."""

    minutes: int
    do: Words
    say: Words | None


@dataclass(frozen=True)
class Block:
    """Something to write on: a question with lines, or a table with heads of columns and perhaps of rows."""

    ask: Words | None
    columns: tuple[Words, ...]
    heads: tuple[Words, ...]
    rows: int


@dataclass(frozen=True)
class Worksheet:
    """A page that participants write on."""

    labels: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Workshop:
    """One ready workshop; see ``schemas/workshops.yaml`` for what its parts mean."""

    id: str
    minutes: int
    labels: Words
    aim: Words
    bring: tuple[Words, ...]
    readings: tuple[Reading, ...]
    steps: tuple[Step, ...]
    sheets: tuple[Worksheet, ...]
    notes: tuple[Words, ...]


def workshops(library: Library) -> tuple[Workshop, ...]:
    """Return the workshops of a library whose schemas were found in order."""
    return tuple(_workshop(each) for each in library.tools.get(TOOL, {}).get("workshops", ()))


def problems(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the workshops: a missing word, minutes that do not add up, an unknown question."""
    tool = library.tools.get(TOOL)
    if not tool:
        return
    file = f"{library.root.name}/{library.info['tools'][TOOL]}"
    faults = [*_texts(tool, "", library.languages)]
    seen: set[str] = set()
    for each in tool.get("workshops", ()):
        name = str(each.get("id"))
        faults.extend(f"{name}: {fault}" for fault in _faults(each, library))
        if name in seen:
            faults.append(f"{name}: twice")
        seen.add(name)
    for fault in faults:
        yield Problem("schema-wrong", file, details={"reason": fault})


def _faults(given: Mapping[str, Any], library: Library) -> Iterator[str]:
    missing = [key for key in ("id", "minutes", "labels", "aim", "cases", "steps", "sheets") if not given.get(key)]
    if missing:
        yield ", ".join(missing)
        return
    if not _ID.fullmatch(str(given["id"])):
        yield "id"
    for each in given["cases"]:
        if not _ID.fullmatch(str(each.get("case"))):
            yield f"case {each.get('case')}"
        if each.get("check") not in (None, *library.questions):
            yield f"check {each['check']}"
    lengths = [each.get("minutes") for each in given["steps"]]
    if not all(isinstance(length, int) and length > 0 for length in lengths) or sum(lengths) != given["minutes"]:
        yield f"minutes {given['minutes']}"
    for sheet in given["sheets"]:
        for block in sheet.get("blocks", ()):
            if not _is_block(block):
                yield f"block {block}"


def _is_block(block: Mapping[str, Any]) -> bool:
    table = block.get("table")
    if table is None:
        return "ask" in block and isinstance(block.get("lines"), int)
    return bool(table.get("columns")) and (bool(table.get("heads")) or isinstance(table.get("rows"), int))


def _texts(node: Any, path: str, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield the place of each text that lacks a language."""
    if isinstance(node, list):
        for number, each in enumerate(node, 1):
            yield from _texts(each, f"{path}/{number}", languages)
    elif isinstance(node, dict):
        if languages[0] in node or languages[-1] in node:
            if not all(isinstance(node.get(lang), str) and node[lang].strip() for lang in languages):
                yield f"{path}: {node}"
            return
        for key, each in node.items():
            yield from _texts(each, f"{path}/{key}", languages)


def _workshop(given: Mapping[str, Any]) -> Workshop:
    return Workshop(
        id=given["id"],
        minutes=given["minutes"],
        labels=given["labels"],
        aim=given["aim"],
        bring=tuple(given.get("bring", ())),
        readings=tuple(Reading(each["case"], each.get("check")) for each in given["cases"]),
        steps=tuple(Step(each["minutes"], each["do"], each.get("say")) for each in given["steps"]),
        sheets=tuple(Worksheet(each["labels"], tuple(map(_block, each["blocks"]))) for each in given["sheets"]),
        notes=tuple(given.get("notes", ())),
    )


def _block(given: Mapping[str, Any]) -> Block:
    table = given.get("table", {})
    heads = tuple(table.get("heads", ()))
    rows = len(heads) or table.get("rows") or given["lines"]
    return Block(given.get("ask"), tuple(table.get("columns", ())), heads, rows)
