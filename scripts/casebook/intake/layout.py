"""Which sheets and columns an office file has: every field of the schemas, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from casebook.kinds.composite import State
from casebook.kinds.texts import UNCONFIRMED
from casebook.schema import FROM_QUESTION, Field, Library

#: One record: column key → text as it stands in the file.
Line: TypeAlias = dict[str, str]

#: The records of each sheet.
Grid: TypeAlias = dict[str, list[Line]]

#: Columns that say where a record belongs: its question, what is said to it, the record it is a part of.
QUESTION, STATE, OWNER = "?question", "?state", "?of"


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        key: its stable name, unseen or small in the file.
        label: its name for people.
        help: what to write, may be empty.
        path: the way from the record to the value.
        item: the field, ``None`` for a column that says where the record belongs.
        choices: texts to choose from.
        required: whether a record without it is incomplete.
    """

    key: str
    label: str
    help: str = ""
    path: tuple[str, ...] = ()
    item: Field | None = None
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def several(self) -> bool:
        """Whether it may hold more than one of its choices."""
        return self.item is not None and self.item.kind in ("terms", "refs")

    @property
    def generated(self) -> bool:
        """Whether a command writes it, and people need not see it."""
        return self.item is not None and bool(self.item.extra.get("generated"))


@dataclass(frozen=True)
class Sheet:
    """Records of one sort.

    Attributes:
        name: its stable name.
        title: its name for people.
        help: what to write in it, may be empty.
        columns: in order.
        upright: whether it holds one record only, written from top to bottom.
    """

    name: str
    title: str
    help: str
    columns: tuple[Column, ...]
    upright: bool = False


@dataclass(frozen=True)
class Layout:
    """All sheets, in the order of a case file.

    Attributes:
        header: the case itself.
        answers: one record an answer.
        lists: the records of a case, by the name of their field.
        entries: those that stand in other records, by the name of that sheet.
    """

    library: Library
    header: Sheet
    answers: Sheet
    container: Field
    lists: dict[str, tuple[Field, Sheet]] = field(default_factory=dict)
    entries: dict[str, tuple[Field, Sheet]] = field(default_factory=dict)

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets, the header first."""
        below = [sheet for _, sheet in (*self.lists.values(), *self.entries.values())]
        return [self.header, *below, self.answers]


#: How a choice is written: its name, and its id in full-width brackets.
def choice(label: str, id: str) -> str:
    """Return a choice for people that names its id as well."""
    return f"{label}（{id}）"


def layout(library: Library) -> Layout:
    """Return the sheets that the schemas ask for."""
    lang = library.languages[0]
    fields = library.case.fields
    container = next(item for item in fields if item.kind == "answers")
    inside = tuple(item for item in fields if item.kind not in ("answers", "records"))
    header = Sheet("case", "案例", "", tuple(columns(library, inside)), upright=True)
    states = tuple(choice(library.info["states"][state.value][lang], state.value) for state in State)
    questions = tuple(choice(item.labels[lang], name) for name, item in library.questions.items())
    lead = (
        Column(QUESTION, "问题", "一个问题有几条回答就写几行；空着表示和上一行同一个问题。", choices=questions),
        Column(STATE, "情况", "写了内容就不用选。没有人报道过，选“没有报道”。", choices=states),
    )
    answers = Sheet(
        container.name,
        container.labels[lang],
        _help(library, container),
        (*lead, *columns(library, library.answer.fields)),
    )
    found = Layout(library, header, answers, container)
    for item in (item for item in fields if item.kind == "records"):
        table = library.tables[item.extra["table"]]
        own = tuple(part for part in table.fields if part.kind != "entries")
        sheet = Sheet(item.name, item.labels[lang], _help(library, item), tuple(columns(library, own)))
        found.lists[item.name] = (item, sheet)
        for part in (part for part in table.fields if part.kind == "entries"):
            key = table.fields[0]
            of = Column(OWNER, key.labels[lang], "空着表示和上一行相同。")
            inner = columns(library, library.tables[part.extra["table"]].fields)
            sheet = Sheet(f"{item.name}.{part.name}", part.labels[lang], _help(library, part), (of, *inner))
            found.entries[item.name] = (part, sheet)
    return found


def columns(library: Library, fields: tuple[Field, ...], before: tuple[str, ...] = ()) -> Iterator[Column]:
    """Yield the columns of a record's fields; a text has one a language."""
    lang = library.languages[0]
    for item in fields:
        path = (*before, item.name)
        if item.kind == "object":
            yield from columns(library, item.fields, path)
        elif item.kind in ("text", "name"):
            for each, words in library.info["languages"].items():
                own = (each,) if item.extra.get("inline") else (*path, each)
                needed = item.required
                label = f"{item.labels[lang]}（{words[lang]}）"
                yield Column(".".join((*path, each)), label, _help(library, item), own, item, required=needed)
            if item.kind == "name":
                label = f"{item.labels[lang]}（待核）"
                text = "名称没有来源能证实，写 true。"
                yield Column(".".join((*path, UNCONFIRMED)), label, text, (*path, UNCONFIRMED), item, ("true",))
        else:
            choices = terms(library, item.vocabulary)
            yield Column(".".join(path), item.labels[lang], _help(library, item), path, item, choices, item.required)


def begun(layout: Layout, sheet: Sheet) -> Line:
    """Return what an empty record begins with: terms that nearly always hold."""
    found = {}
    for column in sheet.columns:
        start = str(column.item.extra.get("start", "")) if column.item else ""
        id = layout.library.languages[0] if start == "page" else start
        found[column.key] = next((text for text in column.choices if id and text.endswith(f"（{id}）")), "")
    return found


def terms(library: Library, vocabulary: str | None) -> tuple[str, ...]:
    """Return the terms of a vocabulary as choices."""
    if vocabulary is None or vocabulary == FROM_QUESTION:
        return ()
    lang = library.languages[0]
    return tuple(choice(term.labels[lang], term.id) for term in library.vocabularies[vocabulary].terms.values())


def _help(library: Library, item: Field) -> str:
    words = item.extra.get("help") or {}
    return str(words.get(library.languages[0], ""))
