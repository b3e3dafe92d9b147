"""The form, described: screens, fields, vocabularies and the words of every check, as plain data for scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casebook.checks import private_data
from casebook.kinds.base import MAX_TEXT
from casebook.kinds.composite import MAX_ENTRIES, WRITTEN
from casebook.kinds.lists import MAX_TERMS
from casebook.schema import Field, Term, walk
from casebook.views.reading import Reader

#: Properties of a field that the form takes over as they are.
_TAKEN = ("for", "to", "table", "most", "past", "inline", "start", "core")
#: Properties of a term that the checks or the preview go by.
_TERM_TAKEN = ("needs", "draft", "core_only", "tone", "symbol", "parent")
#: Properties of a term that are words.
_TERM_WORDS = ("prefix", "suffix", "one")

Data = dict[str, Any]


def description(reader: Reader) -> Data:
    """Return all that the form and its checks need to know, in one language."""
    library = reader.library
    return {
        "lang": reader.lang,
        "languages": {lang: reader.words(words) for lang, words in library.info["languages"].items()},
        "limits": {"text": MAX_TEXT, "entries": MAX_ENTRIES, "terms": MAX_TERMS},
        "private": _private(),
        "written": {state.value: written for written, state in WRITTEN.items()},
        "states": {state: reader.words(words) for state, words in library.info["states"].items()},
        "screens": list(_screens(reader)),
        "case": [_field(reader, item) for item in library.case.fields],
        "answer": [_field(reader, item) for item in library.answer.fields],
        "tables": {
            name: [_field(reader, item) for item in table.fields] for name, table in sorted(library.tables.items())
        },
        "questions": [_question(reader, item) for item in library.questions.values()],
        "vocabularies": {name: _vocabulary(reader, name) for name in sorted(set(_used(reader)))},
        "messages": {code: _message(reader, words) for code, words in library.messages.items()},
    }


def _screens(reader: Reader) -> Iterator[Data]:
    """One screen a group: where it was read, the header, each group of questions, what closes the record."""
    fields = reader.library.case.fields
    answers = next(at for at, item in enumerate(fields) if item.kind == "answers")
    for item in fields:
        if item.kind == "records":
            yield {"id": item.name, "label": reader.words(item.labels), "fields": [item.name]}
    yield {"id": "about", "fields": [item.name for item in fields[:answers] if item.kind != "records"]}
    for group in reader.library.groups:
        names = [name for name, item in reader.library.questions.items() if item.extra.get("group") == group.id]
        yield {"id": group.id, "label": reader.words(group.labels), "questions": names}
    yield {"id": "send", "fields": [item.name for item in fields[answers + 1 :] if item.kind != "records"]}


def _field(reader: Reader, item: Field) -> Data:
    constraints = {name: value for name, value in item.constraints.items() if name != "required"}
    sample = item.extra.get("sample", "")
    data: Data = {
        "name": item.name,
        "kind": item.kind,
        "role": item.role,
        "label": reader.words(item.labels),
        "help": reader.words(item.extra.get("help")),
        "sample": sample if isinstance(sample, str) else reader.words(sample),
        "required": item.required,
        "vocabulary": item.vocabulary,
        "constraints": constraints,
        "fields": [_field(reader, part) for part in item.fields],
    }
    data.update({name: item.extra[name] for name in _TAKEN if name in item.extra})
    data["whole"] = item.extra.get("type") == "integer"
    return {name: value for name, value in data.items() if value}


def _question(reader: Reader, item: Field) -> Data:
    """A question as a field, with its words and the parts of an answer that it implies."""
    parts = {part.name: item.extra[part.name] for part in reader.library.answer.fields if part.name in item.extra}
    return {**_field(reader, item), "ask": reader.words(item.extra.get("ask")), "implied": parts}


def _used(reader: Reader) -> Iterator[str]:
    """Names of the vocabularies that some field takes its terms from."""
    library = reader.library
    tables = (library.case, library.answer, *library.tables.values())
    for item in walk((*library.questions.values(), *(item for table in tables for item in table.fields))):
        if item.vocabulary in library.vocabularies:
            yield str(item.vocabulary)


def _vocabulary(reader: Reader, name: str) -> Data:
    vocabulary = reader.library.vocabularies[name]
    return {
        "label": reader.words(vocabulary.labels),
        "terms": [_term(reader, term) for term in vocabulary.terms.values()],
    }


def _term(reader: Reader, term: Term) -> Data:
    data: Data = {
        "id": term.id,
        "label": reader.words(term.labels),
        "definition": reader.words(term.definition),
        "synonyms": [word for words in term.synonyms.values() for word in words],
    }
    data.update({name: term.extra[name] for name in _TERM_TAKEN if name in term.extra})
    data.update({name: reader.words(term.extra[name]) for name in _TERM_WORDS if name in term.extra})
    return {name: value for name, value in data.items() if value}


def _private() -> Data:
    """What the search for persons goes by: patterns as text, words as lists, distances."""
    found: Data = {}
    for name, value in vars(private_data).items():
        key = name.strip("_").lower()
        if isinstance(value, re.Pattern):
            found[key] = value.pattern
        elif isinstance(value, (tuple, frozenset)) and name.isupper():
            found[key] = sorted(value) if isinstance(value, frozenset) else list(value)
        elif isinstance(value, int) and name.isupper():
            found[key] = value
    return found


def _message(reader: Reader, words: Any) -> Data:
    hints = [{"needs": each.get("needs", []), "text": reader.words(each)} for each in words.get("hints", ())]
    data: Data = {"text": reader.words(words), "hints": hints}
    return {**data, **{name: words[name] for name in ("severity", "draft") if name in words}}
