"""What a library is made of: tables, questions, vocabularies, messages – read from ``schemas/``.

The schemas are Frictionless Table Schemas with own properties (``kind``, ``role``,
``labels`` …). Code asks for kinds and roles, never for a field by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from casebook import source
from casebook.problem import Problem, Words


class SchemaError(Exception):
    """The schemas themselves are wrong; ``problems`` says how and where."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the first one is the message."""
        super().__init__(f"{problems[0].file}: {problems[0].code} {dict(problems[0].details)}")
        self.problems = problems


@dataclass(frozen=True, eq=False)
class Term:
    """One entry of a vocabulary.

    Attributes:
        id: stable ASCII name.
        labels: what readers see, by language.
        definition: what it means, by language; may be empty.
        synonyms: other words people use, by language.
        extra: what else the vocabulary's file says of it (``parent``, ``suffix``, ``tone`` …).
    """

    id: str
    labels: Words
    definition: Words = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A closed list of terms, in the order that pages show them."""

    name: str
    labels: Words
    terms: Mapping[str, Term]


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a table, or one question.

    Attributes:
        name: its key in a case file.
        kind: how it behaves, see :mod:`casebook.kinds`.
        labels: its name for readers.
        role: what the views use it for, where they do.
        fields: its parts, for a kind that has parts.
        extra: every other property of its descriptor (``help``, ``vocabulary``, ``facet`` …).
    """

    name: str
    kind: str
    labels: Words
    role: str | None = None
    fields: tuple[Field, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def constraints(self) -> Mapping[str, Any]:
        """Frictionless constraints as the schema gives them."""
        constraints: Mapping[str, Any] = self.extra.get("constraints", {})
        return constraints

    @property
    def required(self) -> bool:
        """Whether a record without it is incomplete."""
        return bool(self.constraints.get("required"))

    @property
    def vocabulary(self) -> str | None:
        """Name of the vocabulary its value is taken from."""
        return self.extra.get("vocabulary")

    @property
    def facet(self) -> bool:
        """Whether cases can be filtered by it."""
        return bool(self.extra.get("facet"))

    def allows(self, kind: str) -> bool:
        """Whether an answer to a question of ``kind`` may have this part."""
        kinds = self.extra.get("for")
        return kinds is None or kind in kinds


@dataclass(frozen=True, eq=False)
class Table:
    """The fields of one kind of record."""

    name: str
    fields: tuple[Field, ...]

    @cached_property
    def by_role(self) -> Mapping[str, Field]:
        """Fields that have a role, parts of fields included."""
        return {item.role: item for item in walk(self.fields) if item.role}

    @cached_property
    def own(self) -> frozenset[str]:
        """Names of the fields, parts of fields left out."""
        return frozenset(item.name for item in self.fields)

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Role → name of the flat column (or of the columns' common beginning) that holds the field."""
        return dict(_columns(self.fields, ""))


@dataclass(frozen=True, eq=False)
class Library:
    """Everything under ``schemas/``.

    Attributes:
        root: the folder that was read.
        info: ``library.yaml``: name, title, description, licence, languages.
        case: the header of a case.
        tables: the tables a case refers to, by name (source, quote …).
        answer: the parts of one answer.
        groups: groups of questions, in order.
        questions: every question, in order.
        vocabularies: by name.
        messages: words of every problem, by code.
        tools: data of the reader's tools (fit finder, copy kit), by name.
    """

    root: Path
    info: Mapping[str, Any]
    case: Table
    tables: Mapping[str, Table]
    answer: Table
    groups: tuple[Term, ...]
    questions: Mapping[str, Field]
    vocabularies: Mapping[str, Vocabulary]
    messages: Mapping[str, Mapping[str, Any]]
    tools: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Language codes; the first is the one at the site's root."""
        return tuple(self.info["languages"])

    @cached_property
    def core(self) -> frozenset[str]:
        """Names of the questions that every record answers."""
        return frozenset(name for name, item in self.questions.items() if item.extra.get("core"))

    def term(self, vocabulary: str, id: str) -> Term:
        """Return a term that is known to exist."""
        return self.vocabularies[vocabulary].terms[id]

    def vocabulary_of(self, part: Field, question: Field) -> str | None:
        """Return the vocabulary of an answer's part: its own, or the question's."""
        return question.vocabulary if part.vocabulary == FROM_QUESTION else part.vocabulary


#: In an answer's part: the vocabulary is the one its question names.
FROM_QUESTION = "from question"


def walk(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Yield fields and the parts of fields, outermost first."""
    for item in fields:
        yield item
        yield from walk(item.fields)


def _columns(fields: tuple[Field, ...], prefix: str) -> Iterator[tuple[str, str]]:
    for item in fields:
        name = f"{prefix}{item.name}"
        if item.role:
            yield item.role, name
        yield from _columns(item.fields, f"{name}_")


def load(root: Path) -> Library:
    """Read and check ``schemas/``.

    Raises:
        SchemaError: with every problem found.
    """
    reader = _Reader(root)
    info = reader.data("library.yaml")
    if reader.problems and not info:  # it names all the others
        raise SchemaError(reader.problems)
    case = reader.table("case", info.get("case"))
    answer = reader.table("answer", info.get("answer"))
    tables: dict[str, Table] = {}
    pending = [case]
    while pending:
        for item in walk(pending.pop().fields):
            name = item.extra.get("table")
            if name and name not in tables:
                tables[name] = reader.table(name, f"{name}.yaml")
                pending.append(tables[name])
    questions_file = str(info.get("questions"))
    questions = reader.table("questions", questions_file)
    groups = tuple(Term(g["name"], g["labels"]) for g in reader.data(questions_file).get("groups", ()))
    vocabularies = {path.stem: reader.vocabulary(path.name) for path in sorted((root / "vocabularies").glob("*.yaml"))}
    messages = reader.data(str(info.get("messages"))).get("messages", {})
    named = {item.name: item for item in questions.fields}
    tools = {name: reader.data(file) for name, file in info.get("tools", {}).items()}
    library = Library(root, info, case, tables, answer, groups, named, vocabularies, messages, tools)
    reader.problems.extend(_inconsistencies(library))
    if reader.problems:
        raise SchemaError(reader.problems)
    return library


class _Reader:
    """Reads the files of one folder and collects what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def data(self, name: str) -> dict[str, Any]:
        path = self.root / name
        file = f"{self.root.name}/{name}"
        if not path.is_file():
            self.problems.append(Problem("schema-missing", file, details={"reason": "没有这个文件 / no such file"}))
            return {}
        document = source.read(path, file)
        self.problems.extend(document.problems)
        value = source.plain(document.root) if document.root else {}
        return value if isinstance(value, dict) else {}

    def table(self, name: str, file: str | None) -> Table:
        import frictionless  # takes longer to load than all else, and a site that nothing has changed needs no schema

        descriptor = self.data(str(file))
        if descriptor:
            try:
                frictionless.Schema.from_descriptor(descriptor)
            except frictionless.FrictionlessException as error:
                notes = [reason.note for reason in error.reasons] or [error.error.note]
                self._wrong(str(file), "; ".join(notes))
        return Table(name, self._fields(descriptor.get("fields", ()), str(file)))

    def _fields(self, descriptors: list[dict[str, Any]], file: str) -> tuple[Field, ...]:
        fields = []
        for each in descriptors:
            extra = dict(each)
            name, kind = str(extra.pop("name", "")), str(extra.pop("kind", ""))
            labels, role = extra.pop("labels", None), extra.pop("role", None)
            if not labels:
                self._wrong(file, f"{name}: labels")
                labels = {}
            parts = self._fields(extra.pop("fields", ()), file)
            fields.append(Field(name, kind, labels, role, parts, extra))
        return tuple(fields)

    def vocabulary(self, name: str) -> Vocabulary:
        descriptor = self.data(f"vocabularies/{name}")
        terms = {}
        for each in descriptor.get("terms", ()):
            extra = dict(each)
            term = Term(
                id=str(extra.pop("id")),
                labels=extra.pop("labels", {}),
                definition=extra.pop("definition", {}),
                synonyms={lang: tuple(words) for lang, words in extra.pop("synonyms", {}).items()},
                extra=extra,
            )
            if term.id in terms:
                self._wrong(f"vocabularies/{name}", f"{term.id}: twice")
            terms[term.id] = term
        return Vocabulary(Path(name).stem, descriptor.get("labels", {}), terms)

    def _wrong(self, file: str, reason: str) -> None:
        self.problems.append(Problem("schema-wrong", f"{self.root.name}/{file}", details={"reason": reason}))


def _inconsistencies(library: Library) -> Iterator[Problem]:
    """Whatever one schema says that another does not bear out, and every text missing in a language."""

    def wrong(file: str, reason: str) -> Problem:
        return Problem("schema-wrong", f"{library.root.name}/{file}", details={"reason": reason})

    every: list[tuple[str, Field]] = [("questions.yaml", item) for item in library.questions.values()]
    for table in (library.case, library.answer, *library.tables.values()):
        every.extend((f"{table.name}.yaml", item) for item in walk(table.fields))
    for file, item in every:
        if item.vocabulary not in (None, FROM_QUESTION) and item.vocabulary not in library.vocabularies:
            yield wrong(file, f"{item.name}: vocabulary {item.vocabulary}")
        for key in ("labels", "help", "ask"):
            words = item.labels if key == "labels" else item.extra.get(key)
            if words is not None and not all(words.get(lang) for lang in library.languages):
                yield wrong(file, f"{item.name}: {key}")
    known = {group.id for group in library.groups}
    for item in library.questions.values():
        if item.extra.get("group") not in known:
            yield wrong("questions.yaml", f"{item.name}: group {item.extra.get('group')}")
    for vocabulary in library.vocabularies.values():
        for term in vocabulary.terms.values():
            if not all(term.labels.get(lang) for lang in library.languages):
                yield wrong(f"vocabularies/{vocabulary.name}.yaml", f"{term.id}: labels")
