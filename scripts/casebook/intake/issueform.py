"""The questions as an issue form of GitHub: one source, and for each question a field to write in.

Texts are in one language, which the form asks for. A statement stands on a line of its own; below it
its quote, behind ``>``, and who says so, behind ``——``. What the schemas fill in is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from casebook.intake.layout import Column, Layout, Sheet, choice
from casebook.kinds.texts import UNCONFIRMED
from casebook.schema import Field, Library

#: Where the form lies in a repository, and the label that it gives to an issue.
PATH, LABEL = ".github/ISSUE_TEMPLATE/case.yml", "case"

#: Headings of what is asked of the issue as a whole: that blanks mean silence, that nobody is named.
SILENCE, CONSENT = "留空的题 / Questions left blank", "交出之前 / Before you send it"

#: Texts that may be longer get several lines.
_LONG = 150

_HEAD = {
    "name": "补充一个案例 / Add a case",
    "description": "回答几个问题，机器写成草稿，编辑来核对 / Answer some questions; editors check the draft",
    "title": "[案例 / case] ",
    "labels": [LABEL],
}
_INTRO = """\
只写你知道的，不知道的留空。手机上填，用网站里的表更方便，不要账号，填到哪存到哪。

**怎么回答**：一行一条，用自己的话写。下一行以 `>` 开头，照抄一小段原文（最多 {han} 个汉字或 {words} 个外文词）。
来源写明是谁说的，再起一行，以 `——` 开头写职务，不写姓名。有几条就接着写几条。

Write what you know and leave the rest blank. On a phone the form on the site is easier; it needs no account.

**How to answer**: one answer a line, in your own words. On the line below, behind `>`, a few words of the source as
printed (at most {han} Chinese characters or {words} words). Where it names a speaker, one more line behind `——` with
the role, never the name. More answers follow in the same way.

```
{statement}
> {quote}
—— {speaker}
```
"""
_QUOTE = "原文的几个字 / a few words as printed"
_SILENCE = "来源里都没有说，记作“没有报道” / The source is silent on them: take them for “not reported”"
_EXAMPLE = {"zh": "例如：", "en": "For example: "}
_CONSENTS = (
    "这里没有普通居民的姓名、年龄、住址、电话 / No private person's name, age, address or telephone number here",
    "我写的可以按 {license} 公开 / What I write may be published under {license}",
)


@dataclass(frozen=True)
class Ask:
    """One field of the form.

    Attributes:
        id: its name in the form.
        label: its heading, in the form and then in the issue.
        item: what it asks for.
        sheet: the sheet that the answer goes into.
        column: the column that it fills; ``None`` for a question, whose answers are rows.
    """

    id: str
    label: str
    item: Field
    sheet: str
    column: Column | None = None


def asked(layout: Layout) -> list[Ask]:
    """Return what the form asks, in order."""
    found = list(_asks(layout, layout.header, _header(layout), ""))
    for name, (item, sheet) in layout.lists.items():
        if name in layout.entries:  # what was read; its entries stand with the answers that they bear out
            own = (each for each in sheet.columns[1:] if each.item and _by_hand(each.item))
            found += _asks(layout, sheet, own, _both(layout.library, item.labels) + " · ")
    sheet = layout.answers
    for name, question in layout.library.questions.items():
        found.append(Ask(f"{sheet.name}-{name}", _both(layout.library, question.labels), question, sheet.name))
    return found


def _header(layout: Layout) -> Iterator[Column]:
    """Yield what must be said and does not begin with a value, and what the place is called."""
    lang, place = layout.library.languages[0], layout.library.case.by_role.get("place")
    for column in layout.header.columns[1:]:
        item = column.item
        if item is None or column.path[-1] == UNCONFIRMED:
            continue
        if item.kind in ("text", "name"):
            where = place is not None and column.path[0] == place.name
            if (item.required or where) and column.path[-1] == lang:
                yield column
        elif item.required and ("start" not in item.extra or item.role in ("original", "completeness")):
            yield column


def _by_hand(item: Field) -> bool:
    """Whether it is a fact about a source, which people fill in themselves."""
    return item.kind not in ("text", "name") and not item.extra.get("generated")


def _asks(layout: Layout, sheet: Sheet, columns: Iterator[Column], before: str) -> Iterator[Ask]:
    for column in columns:
        if column.item:
            path = column.path[:-1] if column.item.kind in ("text", "name") else column.path
            label = before + _both(layout.library, column.item.labels)
            yield Ask("-".join((sheet.name, *path)), label, column.item, sheet.name, column)


def choices(library: Library, item: Field) -> dict[str, str]:
    """Return the choices of a field: what the form shows → the id of the term."""
    terms = library.vocabularies[str(item.vocabulary)].terms
    ids = library.languages if item.role == "original" else tuple(terms)
    return {choice(" · ".join(dict.fromkeys(terms[id].labels.values())), id): id for id in ids}


def form(layout: Layout) -> str:
    """Return the issue form as YAML."""
    library = layout.library
    asks = asked(layout)
    body = [_markdown(_intro(layout))]
    body += [_field(library, each) for each in asks if each.column]
    body.append(_boxes("silence", SILENCE, [{"label": _SILENCE}]))
    for group in library.groups:
        body.append(_markdown(f"## {_both(library, group.labels)}"))
        own = (each for each in asks if not each.column and each.item.extra.get("group") == group.id)
        body += [_field(library, each) for each in own]
    license = str(library.info["license"]["name"])
    consents = [{"label": words.format(license=license), "required": True} for words in _CONSENTS]
    body.append(_boxes("consent", CONSENT, consents))
    text = yaml.dump({**_HEAD, "body": body}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return f"# casebook template issue -o {PATH}\n{text}"


def _intro(layout: Layout) -> str:
    library = layout.library
    lang = library.languages[0]
    limits = next(
        item.extra["most"] for table in library.tables.values() for item in table.fields if item.role == "fragment"
    )
    said = next(item.extra["sample"][lang] for item in library.questions.values() if "sample" in item.extra)
    speaker = library.answer.by_role["speaker"].extra["sample"][lang]
    return _INTRO.format(**limits, statement=said, quote=_QUOTE, speaker=speaker)


def _field(library: Library, ask: Ask) -> dict[str, Any]:
    item = ask.item
    attributes: dict[str, Any] = {"label": ask.label}
    if advice := _advice(library, item):
        attributes["description"] = advice
    long = ask.column is None or (item.kind == "text" and item.constraints.get("maxLength", 0) > _LONG)
    kind = "textarea" if long else "input"
    if item.vocabulary and ask.column:
        kind = "dropdown"
        listed = choices(library, item)
        attributes["options"] = list(listed)
        start = item.extra.get("start")
        if item.kind == "terms":
            attributes["multiple"] = True
        elif start:
            attributes["default"] = list(listed.values()).index(library.languages[0] if start == "page" else start)
    found: dict[str, Any] = {"type": kind, "id": ask.id, "attributes": attributes}
    # A part of something may be unlisted as yet; the check says so, and an editor adds it.
    needed = (
        ask.column is not None and item.required and "." not in ask.column.key.removesuffix(f".{library.languages[0]}")
    )
    return {**found, "validations": {"required": True}} if needed else found


def _advice(library: Library, item: Field) -> str:
    """How it is asked, what to write, and an example, a line a language."""
    lines = []
    for lang in library.languages:
        words = [(item.extra.get(key) or {}).get(lang, "") for key in ("ask", "help")]
        sample = item.extra.get("sample") or ""
        shown = sample if isinstance(sample, str) else sample[lang]
        words.append(_EXAMPLE[lang] + shown if shown else "")
        lines.append(" ".join(filter(None, words)))
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _both(library: Library, words: Mapping[str, str]) -> str:
    return " / ".join(words[lang] for lang in library.languages)


def _markdown(text: str) -> dict[str, Any]:
    return {"type": "markdown", "attributes": {"value": text}}


def _boxes(id: str, label: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "checkboxes", "id": id, "attributes": {"label": label, "options": options}}


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
