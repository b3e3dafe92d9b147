"""The questions and fields, explained from the schemas: the reference that contributors read."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.schema import FROM_QUESTION, Field
from casebook.views.reading import Reader, TermRef


@dataclass(frozen=True)
class FieldDoc:
    """A field or question for those who fill it in."""

    id: str
    label: str
    kind: str
    ask: str
    help: str
    sample: str
    required: bool
    core: bool
    vocabulary: str
    terms: tuple[TermRef, ...]
    limits: tuple[str, ...]
    parts: tuple[FieldDoc, ...]


@dataclass(frozen=True)
class GroupDoc:
    """Fields under one heading."""

    id: str
    label: str
    fields: tuple[FieldDoc, ...]


@dataclass(frozen=True)
class Documentation:
    """All questions by group, the header, the parts of an answer, and the tables a case refers to."""

    questions: tuple[GroupDoc, ...]
    header: tuple[FieldDoc, ...]
    answer: tuple[FieldDoc, ...]
    tables: tuple[GroupDoc, ...]


def documentation(reader: Reader) -> Documentation:
    """Return the reference in one language."""
    library = reader.library
    questions = [(str(item.extra.get("group")), field_doc(reader, item)) for item in library.questions.values()]
    return Documentation(
        questions=tuple(
            GroupDoc(group.id, reader.words(group.labels), tuple(doc for name, doc in questions if name == group.id))
            for group in library.groups
        ),
        header=tuple(field_doc(reader, item) for item in library.case.fields),
        answer=tuple(field_doc(reader, item) for item in library.answer.fields),
        tables=tuple(
            GroupDoc(name, _label_of(reader, name), tuple(field_doc(reader, item) for item in table.fields))
            for name, table in library.tables.items()
        ),
    )


def field_doc(reader: Reader, item: Field) -> FieldDoc:
    """Return one field with its parts."""
    extra = item.extra
    named = item.vocabulary not in (None, FROM_QUESTION)
    vocabulary = reader.library.vocabularies[str(item.vocabulary)] if named else None
    sample = extra.get("sample", "")
    return FieldDoc(
        id=item.name,
        label=reader.words(item.labels),
        kind=item.kind,
        ask=reader.words(extra.get("ask")),
        help=reader.words(extra.get("help")),
        sample=sample if isinstance(sample, str) else reader.words(sample),
        required=item.required,
        core=bool(extra.get("core")),
        vocabulary=reader.words(vocabulary.labels) if vocabulary else "",
        terms=reader.terms(tuple(vocabulary.terms.values())) if vocabulary else (),
        limits=tuple(extra.get("for", ())),
        parts=tuple(field_doc(reader, part) for part in item.fields),
    )


def _label_of(reader: Reader, table: str) -> str:
    tables = (reader.library.case, *reader.library.tables.values())
    owners = (item for each in tables for item in each.fields if item.extra.get("table") == table)
    return reader.words(next(owners).labels)
