"""A blank case to fill in, with the questions and help as comments."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.schema import Field, Library


def blank_case(library: Library) -> str:
    """Return a YAML file in which every question is still ``not reported``."""
    lines: list[str] = []
    for item in library.case.fields:
        lines.extend(_field(library, item, ""))
    return "\n".join(lines) + "\n"


def _both(words: dict[str, str] | None) -> str:
    return " / ".join(words.values()) if words else ""


def _comment(library: Library, item: Field, indent: str) -> Iterator[str]:
    yield f"{indent}# {_both(dict(item.labels))}"
    for lang in library.languages:
        for words in (item.extra.get("ask"), item.extra.get("help")):
            if words:
                yield f"{indent}#   {words[lang]}"
    vocabulary = library.vocabularies.get(str(item.vocabulary))
    if vocabulary and len(vocabulary.terms) <= 24:
        for term in vocabulary.terms.values():
            yield f"{indent}#     {term.id} – {_both(dict(term.labels))}"


def _field(library: Library, item: Field, indent: str) -> Iterator[str]:
    """Lines of one field: required ones open, the others as a comment to uncomment."""
    yield from _comment(library, item, indent)
    off = "" if item.required else "# "
    if item.kind == "answers":
        yield f"{indent}{item.name}:"
        yield from _answers(library, f"{indent}  ")
    elif item.kind == "records":
        yield f"{indent}{item.name}:"
        fields = library.tables[item.extra["table"]].fields
        for number, part in enumerate(fields):
            body = list(_field(library, part, ""))
            for line in body:
                lead = "- " if number == 0 and not line.startswith("#") else "  "
                yield f"{indent}  {lead}{line}"
    elif item.kind == "object":
        yield f"{indent}{off}{item.name}:"
        for part in item.fields:
            yield from _field(library, part, f"{indent}  ")
    else:
        yield f"{indent}{off}{item.name}: {_blank(library, item)}"


def _blank(library: Library, item: Field) -> str:
    if item.kind in ("text", "name"):
        return "{" + ", ".join(f'{lang}: ""' for lang in library.languages) + "}"
    if item.kind in ("terms", "refs"):
        return "[]"
    return "{}" if item.kind == "entries" else '""'


def _answers(library: Library, indent: str) -> Iterator[str]:
    for group in library.groups:
        yield f"{indent}# == {_both(dict(group.labels))} =="
        for question in library.questions.values():
            if question.extra.get("group") != group.id:
                continue
            yield from _comment(library, question, indent)
            parts = (part for part in library.answer.fields if part.allows(question.kind))
            names = (", ".join(library.languages) if part.extra.get("inline") else part.name for part in parts)
            yield f"{indent}#   - {', '.join(names)}"
            yield f"{indent}{question.name}: not reported"
