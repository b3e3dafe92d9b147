"""A JSON Schema of a case file, for completion, hover help and a first check in editors.

It says of the schemas what JSON Schema can say. Editors read YAML 1.2, in which an unquoted
``430204`` is a number, so that texts may be numbers or truth values here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from casebook.kinds.composite import MAX_ENTRIES, WRITTEN
from casebook.kinds.texts import UNCONFIRMED
from casebook.problem import Words
from casebook.schema import Field, Library, Term

Schema: TypeAlias = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_YEAR: Schema = {"type": "integer", "minimum": 1700, "maximum": 2999}
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_NUMBER = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$"
_ADDRESS = r"""^https?://[^\s<>"'`\\/@]+([/?#][^\s<>"'`\\]*)?$"""


def json_schema(library: Library) -> Schema:
    """Return the schema of one case file, descriptions in every language."""
    writer = _Writer(library)
    case = writer.group(library.case.fields)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": " / ".join(library.info["title"][lang] for lang in library.languages),
        **case,
        "allOf": [writer.completeness()],
        "definitions": writer.definitions,
    }


class _Writer:
    """Turns fields into schemas; what stands in many places is written once and pointed to."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.definitions: dict[str, Schema] = {}
        self._by_kind: Mapping[str, Callable[[Field], Schema]] = {
            "identifier": self._line,
            "line": self._line,
            "fragment": self._line,
            "url": lambda item: {**self._line(item), "type": "string", "pattern": _ADDRESS},
            "date": lambda _: {"anyOf": [_YEAR, {"type": "string", "pattern": _DATE}]},
            "number": self._number,
            "term": lambda item: self._term(str(item.vocabulary)),
            "terms": lambda item: self._terms(item, str(item.vocabulary)),
            "refs": lambda _: {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
            "text": self._texts,
            "name": self._texts,
            "object": lambda item: self.group(item.fields),
            "records": self._records,
            "entries": self._entries,
            "answers": lambda _: self._answers(),
        }

    def group(self, fields: Iterable[Field]) -> Schema:
        """Return the schema of a record."""
        fields = tuple(fields)
        properties = {item.name: self._described(item, self._by_kind[item.kind](item)) for item in fields}
        required = [item.name for item in fields if item.required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def completeness(self) -> Schema:
        """Return what every case, and what every full record must answer."""
        library = self.library
        record = library.case.by_role["completeness"]
        answers = next(item.name for item in library.case.fields if item.kind == "answers")
        terms = library.vocabularies[str(record.vocabulary)].terms.values()
        partial = [term.id for term in terms if term.extra.get("core_only")]

        def needs(names: Iterable[str]) -> Schema:
            return {"properties": {answers: {"required": [name for name in library.questions if name in names]}}}

        return {
            "if": {"properties": {record.name: {"enum": partial}}, "required": [record.name]},
            "then": needs(library.core),
            "else": needs(library.questions),
        }

    def _described(self, item: Field, schema: Schema) -> Schema:
        """Return the schema with what editors show beside it."""
        schema = {"allOf": [schema]} if "$ref" in schema else schema
        lines = [self._both(item.extra[key], "\n") for key in ("ask", "help") if key in item.extra]
        sample = item.extra.get("sample")
        described = {"title": self._both(item.labels), **schema}
        if lines:
            described["description"] = "\n".join(lines)
        if isinstance(sample, str):
            described["examples"] = [sample]
        return described

    def _both(self, words: Words, between: str = " / ") -> str:
        return between.join(dict.fromkeys(words[lang] for lang in self.library.languages if words.get(lang)))

    def _line(self, item: Field) -> Schema:
        limits = {key: item.constraints[key] for key in ("maxLength",) if key in item.constraints}
        pattern = item.constraints.get("pattern")
        return {**_TEXT, **limits, **({"pattern": f"^(?:{pattern})$"} if pattern else {})}

    def _number(self, item: Field) -> Schema:
        limits = {key: item.constraints[key] for key in ("minimum", "maximum") if key in item.constraints}
        whole = item.extra.get("type") == "integer"
        number = {"type": "integer" if whole else "number", **limits}
        return {"anyOf": [number, {"type": "string", "pattern": "^[1-9][0-9]*$" if whole else _NUMBER}]}

    def _term(self, name: str) -> Schema:
        """Point to a vocabulary, its terms explained."""
        vocabulary = self.library.vocabularies[name]
        terms = vocabulary.terms.values()
        schema = {
            "title": self._both(vocabulary.labels),
            "enum": [term.id for term in terms],
            "markdownEnumDescriptions": [self._explained(term) for term in terms],
        }
        return self._once(f"vocabulary-{name}", schema)

    def _explained(self, term: Term) -> str:
        return "  \n".join(filter(None, (self._both(term.labels), self._both(term.definition, "  \n"))))

    def _terms(self, item: Field, vocabulary: str) -> Schema:
        limit = {"maxItems": item.constraints["maxLength"]} if "maxLength" in item.constraints else {}
        return {"type": "array", "items": self._term(vocabulary), "minItems": 1, "uniqueItems": True, **limit}

    def _languages(self, item: Field) -> dict[str, Schema]:
        limits = {key: item.constraints[key] for key in ("maxLength",) if key in item.constraints}
        names = self.library.info["languages"]
        return {
            lang: {**_TEXT, **limits, "title": f"{self._both(item.labels)} · {self._both(names[lang])}"}
            for lang in self.library.languages
        }

    def _texts(self, item: Field) -> Schema:
        properties = self._languages(item)
        if item.kind == "name":
            properties[UNCONFIRMED] = {"enum": [True, "true"]}
        return {"type": "object", "properties": properties, "minProperties": 1, "additionalProperties": False}

    def _records(self, item: Field) -> Schema:
        table = self.library.tables[item.extra["table"]]
        return {"type": "array", "items": self.group(table.fields), "minItems": 1, "maxItems": MAX_ENTRIES}

    def _entries(self, item: Field) -> Schema:
        key, value = self.library.tables[item.extra["table"]].fields
        return {
            "type": "object",
            "propertyNames": {"pattern": self._line(key)["pattern"]},
            "additionalProperties": self._described(value, self._line(value)),
            "minProperties": 1,
            "maxProperties": MAX_ENTRIES,
        }

    def _answers(self) -> Schema:
        questions = {name: self._described(each, self._question(each)) for name, each in self.library.questions.items()}
        return {"type": "object", "properties": questions, "additionalProperties": False}

    def _question(self, question: Field) -> Schema:
        """Return what may stand under a question: one of the states, or answers of its kind."""
        properties: dict[str, Schema] = {}
        required = []
        for part in self.library.answer.fields:
            if not part.allows(question.kind):
                continue
            if part.extra.get("inline"):
                properties |= {lang: self._once(f"answer-{lang}", each) for lang, each in self._languages(part).items()}
                continue
            if part.required:
                required.append(part.name)
            if part.kind == "terms":
                vocabulary = str(self.library.vocabulary_of(part, question))
                properties[part.name] = self._once(f"{part.name}-{vocabulary}", self._terms(part, vocabulary), part)
            else:
                properties[part.name] = self._once(f"answer-{part.name}", self._by_kind[part.kind](part), part)
        answer = {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
            "allOf": [self._once("claims", {"allOf": self._needs()}), *self._amounts(question)],
        }
        answers = {"type": "array", "items": answer, "minItems": 1, "maxItems": MAX_ENTRIES}
        return {"anyOf": [{"enum": list(WRITTEN)}, answers]}

    def _once(self, name: str, schema: Schema, item: Field | None = None) -> Schema:
        """Point to a schema that stands in many places and is written in one."""
        self.definitions.setdefault(name, self._described(item, schema) if item else schema)
        return {"$ref": f"#/definitions/{name}"}

    def _needs(self) -> list[Schema]:
        """Return what each kind of claim must carry."""
        roles = self.library.answer.by_role
        says = roles["says"]
        return [
            {
                "if": {"properties": {says.name: {"const": term.id}}, "required": [says.name]},
                "then": {"required": [roles[role].name for role in term.extra["needs"]]},
            }
            for term in self.library.vocabularies[str(says.vocabulary)].terms.values()
            if term.extra.get("needs")
        ]

    def _amounts(self, question: Field) -> list[Schema]:
        """Return what an amount must carry where the question does not say it."""
        roles = self.library.answer.by_role
        needed = [
            roles[role].name
            for role in ("unit", "basis")
            if roles[role].allows(question.kind) and not question.extra.get(roles[role].name)
        ]
        return (
            [{"dependencies": {roles["value"].name: needed}}] if needed and roles["value"].allows(question.kind) else []
        )
