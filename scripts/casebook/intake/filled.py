"""What stands in the sheets → a case, as YAML; and a case → what stands in the sheets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from casebook.intake.layout import OWNER, QUESTION, STATE, Column, Grid, Layout, Line, choice
from casebook.kinds.base import as_written
from casebook.kinds.composite import SPOKEN, WRITTEN, State
from casebook.kinds.guess import half_width
from casebook.schema import Field, Library, Term

#: A case as nested data; a text that is written without quotation marks is a :class:`Bare`.
Data: TypeAlias = Any

#: The way to a value in a case.
Path: TypeAlias = tuple[str | int, ...]

#: Which record of which sheet a part of a case came from.
Origins: TypeAlias = dict[Path, tuple[str, int]]

_ID = re.compile(r".*[（(]([^（()）]+)[）)]\s*", re.DOTALL)
_BETWEEN, _WITHIN = re.compile(r"[；;\n]+"), re.compile(r"[，、,]+")
#: Kinds that programs read.
_SIGNS = ("number", "date", "url", "identifier")

_BARE = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
#: Characters that may stand in JSON as they are, but not in YAML.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class Bare(str):
    """A number or date, which needs no quotation marks."""

    __slots__ = ()


def case(layout: Layout, grid: Grid) -> tuple[dict[str, Data], Origins]:
    """Return the case that the sheets hold, and where its records came from."""
    origins: Origins = {(): (layout.header.name, 0), (layout.container.name,): (layout.answers.name, 0)}
    origins |= {(name,): (sheet.name, 0) for name, (_, sheet) in layout.lists.items()}
    lines = grid.get(layout.header.name) or [{}]
    data = _record(layout.library, layout.header.columns, lines[0])
    data[layout.container.name] = _answers(layout, grid, origins)
    for name, (_, sheet) in layout.lists.items():
        records: list[Data] = []
        for at, line in enumerate(grid.get(sheet.name, ())):
            if any(line.values()):
                origins[name, len(records)] = (sheet.name, at)
                records.append(_record(layout.library, sheet.columns, line))
        if records:
            data[name] = records
        if name in layout.entries:
            _entries(layout, grid, name, records, origins)
    names = [item.name for item in layout.library.case.fields]
    return {name: data[name] for name in sorted(data, key=names.index)}, origins


def _answers(layout: Layout, grid: Grid, origins: Origins) -> dict[str, Data]:
    library, container = layout.library, layout.container.name
    labels = {word: name for name, item in library.questions.items() for word in (*item.labels.values(), name)}
    found: dict[str, Data] = {}
    question = ""
    for at, line in enumerate(grid.get(layout.answers.name, ())):
        named = line.get(QUESTION, "").strip()
        question = _id(named, labels) if named else question
        asked = library.questions.get(question)
        record = _record(library, layout.answers.columns, line, asked.vocabulary if asked else None)
        state = state_of(library, line.get(STATE, ""))
        if record or state == State.ANSWERED:
            answers = found.get(question)
            if not isinstance(answers, list):
                answers = found[question] = []
            origins[container, question, len(answers)] = (layout.answers.name, at)
            origins.setdefault((container, question), (layout.answers.name, at))
            answers.append(record)
        elif state:
            origins[container, question] = (layout.answers.name, at)
            found.setdefault(question, next((text for text, each in WRITTEN.items() if each == state), state))
        elif named:
            origins.setdefault((container, question), (layout.answers.name, at))
    order = list(library.questions)
    return dict(sorted(found.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order)))


def _entries(layout: Layout, grid: Grid, name: str, records: list[Data], origins: Origins) -> None:
    item, sheet = layout.entries[name]
    key = layout.library.tables[layout.lists[name][0].extra["table"]].fields[0].name
    places = {record.get(key, ""): at for at, record in enumerate(records)}
    _, own, text = sheet.columns
    owner = next(iter(places), "")
    for at, line in enumerate(grid.get(sheet.name, ())):
        owner = line.get(OWNER, "").strip() or owner
        if not (line.get(own.key) or line.get(text.key)):
            continue
        if owner not in places:  # a record that is not there: what it lacks is then reported
            places[owner] = len(records)
            origins[name, places[owner]] = (sheet.name, at)
            records.append({key: owner})
        number = places[owner]
        entries = records[number].setdefault(item.name, {})
        id = line.get(own.key, "").strip()
        if id in entries:  # YAML would take it for one; the same number twice is the reader's to see
            id = f"{id} {at + 1}"
        entries[id] = line.get(text.key, "").strip()
        origins[name, number, item.name, id] = (sheet.name, at)


def _record(
    library: Library, columns: tuple[Column, ...], line: Line, vocabulary: str | None = None
) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for column in columns:
        text = line.get(column.key, "").strip()
        if column.item is None or not text:
            continue
        into = data
        for step in column.path[:-1]:
            into = into.setdefault(step, {})
        into[column.path[-1]] = _value(library, column, text, vocabulary)
    return data


def _value(library: Library, column: Column, text: str, vocabulary: str | None) -> Data:
    item = column.item
    if item is None or item.kind in ("text", "name"):
        return Bare(text) if text == "true" and column.choices else text
    if column.several:
        words = list(_words(text, _names(library, item, vocabulary)))
        return words[0] if item.kind == "refs" and len(words) == 1 else words
    if item.kind == "term":
        return _id(text, _names(library, item, None))
    if item.kind in _SIGNS:  # a Chinese keyboard gives full-width digits and signs; what they mean is plain
        text = half_width(text)
    return Bare(text) if item.kind in ("number", "date") and _BARE.fullmatch(text) else text


def _words(text: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids of several terms; the name of a term may hold a comma itself."""
    for part in _BETWEEN.split(text):
        if (id := _id(part, names)) in names:
            yield id
        else:
            yield from (_id(word, names) for word in _WITHIN.split(part) if word.strip())


def _names(library: Library, item: Field, vocabulary: str | None) -> dict[str, str]:
    """Return the id of each term by its names, in the field's vocabulary or its question's."""
    terms = _vocabulary(library, item, vocabulary)
    return {word: id for id, term in terms.items() for word in (*term.labels.values(), id)}


def _vocabulary(library: Library, item: Field, other: str | None) -> Mapping[str, Term]:
    found = library.vocabularies.get(item.vocabulary or "") or library.vocabularies.get(other or "")
    return found.terms if found and item.kind in ("term", "terms") else {}


def _id(text: str, labels: Mapping[str, str]) -> str:
    """Return what a text stands for: an id, a name, or a name with its id in brackets."""
    text = text.strip()
    if text in labels:
        return labels[text]
    bracketed = _ID.fullmatch(text)
    return labels.get(bracketed[1].strip(), bracketed[1].strip()) if bracketed else text


def state_of(library: Library, text: str) -> str:
    """Return the state that a text names, as people say it too; any other text as it is."""
    text = text.strip()
    if not text:
        return ""
    labels = {word: state for state, words in library.info["states"].items() for word in (*words.values(), state)}
    labels |= {word: WRITTEN[written].value for word, written in SPOKEN.items()}
    labels |= {written: state.value for written, state in WRITTEN.items()}
    return labels.get(half_width(text).rstrip(".")) or _id(text, labels)


def grid(layout: Layout, data: Data) -> Grid:
    """Return what the sheets hold of a case, which has passed every check."""
    library = layout.library
    found: Grid = {layout.header.name: [_line(library, layout.header.columns, data)]}
    answers = found.setdefault(layout.answers.name, [])
    lang = library.languages[0]
    for name, said in data.get(layout.container.name, {}).items():
        asked = {QUESTION: choice(library.questions[name].labels[lang], name)}
        if isinstance(said, list):
            vocabulary = library.questions[name].vocabulary
            state = State.ANSWERED.value
            asked[STATE] = choice(library.info["states"][state][lang], state)
            answers.extend(asked | _line(library, layout.answers.columns, each, vocabulary) for each in said)
        else:
            state = WRITTEN[said].value
            answers.append(asked | {STATE: choice(library.info["states"][state][lang], state)})
    for name, (item, sheet) in layout.lists.items():
        key = library.tables[item.extra["table"]].fields[0].name
        found[sheet.name] = [_line(library, sheet.columns, each) for each in data.get(name, ())]
        if name in layout.entries:
            part, inner = layout.entries[name]
            _, own, text = inner.columns
            found[inner.name] = [
                {OWNER: each[key], own.key: id, text.key: words}
                for each in data.get(name, ())
                for id, words in each.get(part.name, {}).items()
            ]
    return found


def _line(library: Library, columns: tuple[Column, ...], data: Data, vocabulary: str | None = None) -> Line:
    line: Line = {}
    for column in columns:
        value: Data = data if column.item else None
        for step in column.path:
            value = value.get(step) if isinstance(value, dict) else None
        if column.item is None or value is None:
            continue
        values = value if isinstance(value, list) else [value]
        line[column.key] = "；".join(_named(library, column.item, str(each), vocabulary) for each in values)
    return line


def _named(library: Library, item: Field, text: str, vocabulary: str | None) -> str:
    terms = _vocabulary(library, item, vocabulary)
    return choice(terms[text].labels[library.languages[0]], text) if text in terms else text


def as_yaml(data: Data) -> str:
    """Return a case as YAML, a line a value."""
    return "\n".join(_lines(data, "")) + "\n"


def _lines(data: dict[str, Data], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = f"{indent}{_quoted(key)}:"
        if isinstance(value, dict):
            yield name if value else f"{name} {{}}"
            yield from _lines(value, f"{indent}  ")
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield f"{name} [{', '.join(map(_quoted, value))}]"
        elif isinstance(value, list):
            yield name
            for each in value:
                lines = list(_lines(each, f"{indent}    ")) or [f"{indent}    {{}}"]
                yield f"{indent}  - {lines[0].lstrip()}"
                yield from lines[1:]
        else:
            yield f"{name} {_quoted(value)}"


def _quoted(text: str) -> str:
    if isinstance(text, Bare):
        return str(text)
    if text in WRITTEN:
        return text
    quoted = as_written(text) if text else json.dumps(text)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
