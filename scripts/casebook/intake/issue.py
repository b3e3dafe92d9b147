"""An issue that was written with the form → what stands in the sheets, and the answer to its writer.

Whatever an issue holds was written by a stranger: it becomes text in quotes in a file whose name is
the issue's number, and in an answer it is shown as text, never as markup, a link or a mention.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casebook.card.markdown import safe
from casebook.intake.filled import state_of
from casebook.intake.issueform import CONSENT, SILENCE, Ask, asked, choices
from casebook.intake.layout import OWNER, QUESTION, STATE, Column, Grid, Layout, Line
from casebook.intake.reading import Incoming
from casebook.kinds.composite import State
from casebook.problem import Severity
from casebook.schema import Library

#: GitHub sends events of some kilobytes and takes answers of 65,536 characters.
MAX_BYTES, MAX_ANSWER = 1_000_000, 60_000

#: What GitHub writes where nothing was written.
_NOTHING = "_No response_"

_ID = re.compile(r"（([^（）]+)）")
_BULLET = re.compile(r"(?:[-*+]|\d{1,2}[.、)）])\s+")
_SPEAKER = re.compile(r"(?:——|—|--)\s*")
_TICKED = re.compile(r"- \[[xX]\] ")

_TAKEN = """\
由 #{number} 里填的表生成，检查通过，还是草稿。 / Made from the form in #{number}; it passes the checks and is a draft.

编辑接着做 / What an editor does next:

- [ ] 拿每句话和原文核对 / read every claim against its source
- [ ] 数值、单位、归类照原文补上，表里只有文字 / add figures, units and terms; the form holds words only
- [ ] 补另一种语言 / add the other language
- [ ] 给文件和编号起个说得清的名字，发布以后不能再改 / give file and id a telling name; it cannot change once published

#{number} 以后再改，这里不会跟着变。 / Later changes to #{number} do not come here.

Closes #{number}
"""
_REFUSED = """\
谢谢！还差几处，草稿没有生成。点第一条右上角的“…”→ Edit，改好保存，会自动再来一遍。
留空的题，来源里确实都没有说的，把“留空的题”那一格的 `[ ]` 改成 `[x]`。

Thank you! Some places need mending before a draft can be made. Press “…” → Edit at the top; saving tries again.
Where the source is silent on all that you left blank, turn the `[ ]` below “Questions left blank” into `[x]`.
"""
NOT_FROM_FORM = (
    "不是用“补充一个案例”这张表写的，没有处理。",
    "This was not written with the form “Add a case”, and nothing was done.",
)


class NotFromForm(Exception):
    """There is no issue that was written with the form; the message says so."""

    def __init__(self) -> None:
        """Take the words."""
        super().__init__(" / ".join(NOT_FROM_FORM))


@dataclass(frozen=True)
class Issue:
    """An issue: its number, the day it was written, its text."""

    number: int
    day: str
    body: str

    @property
    def name(self) -> str:
        """Id of the case until an editor gives it a better one."""
        return f"issue-{self.number}"


@dataclass
class _Claim:
    said: str = ""
    speaker: str = ""
    quotes: list[str] = field(default_factory=list)


def read(path: Path) -> Issue:
    """Read the file that GitHub writes for an event.

    Raises:
        NotFromForm: it is no event of an issue.
    """
    try:
        with path.open("rb") as file:
            issue = json.loads(file.read(MAX_BYTES))["issue"]
        number, day, body = issue["number"], str(issue["created_at"])[:10], issue["body"] or ""
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise NotFromForm from error
    if type(number) is not int or number < 1 or not isinstance(body, str):
        raise NotFromForm
    return Issue(number, day, body.replace("\r\n", "\n"))


def grid(layout: Layout, issue: Issue) -> Grid:
    """Return what the issue says, sheet by sheet.

    Raises:
        NotFromForm: not one heading of the form is in it.
    """
    library = layout.library
    asks = asked(layout)
    given = _given(issue.body, [*(ask.label for ask in asks if ask.column), SILENCE, *_questions(asks), CONSENT])
    if not given:
        raise NotFromForm
    values = [(ask, _value(library, ask, given.get(ask.label, ""))) for ask in asks]
    original = next((value for ask, value in values if ask.item.role == "original"), "")
    lang = original if original in library.languages else library.languages[0]
    found: Grid = {}
    for sheet in (layout.header, *(sheet for _, sheet in layout.lists.values())):
        found[sheet.name] = [{column.key: _start(column, lang, issue.day) for column in sheet.columns}]
        found[sheet.name][0][sheet.columns[0].key] = issue.name if sheet is layout.header else "s1"
    for ask, value in values:
        if ask.column and value:
            found[ask.sheet][0][_key(ask, ask.column, lang)] = value
    silent = bool(_TICKED.search(given.get(SILENCE, "")))
    quotes: dict[str, str] = {}
    answers = found[layout.answers.name] = []
    for ask, value in values:
        if not ask.column:
            answers.extend({QUESTION: ask.item.name, **line} for line in _lines(layout, value, lang, silent, quotes))
    for _, sheet in layout.entries.values():
        _, own, text = sheet.columns
        found[sheet.name] = [{OWNER: "", own.key: id, text.key: words} for words, id in quotes.items()]
    return found


def _questions(asks: list[Ask]) -> Iterator[str]:
    return (ask.label for ask in asks if not ask.column)


def _given(body: str, headings: list[str]) -> dict[str, str]:
    """Return what stands below each heading. They come in order, so that one in a text is only text."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    last = -1
    for line in body.split("\n"):
        heading = line.removeprefix("### ").strip() if line.startswith("### ") else ""
        if heading in headings[last + 1 :]:
            last = headings.index(heading)
            here = found[heading] = []
        else:
            here.append(line)
    texts = {heading: "\n".join(lines).strip() for heading, lines in found.items()}
    return {heading: "" if text == _NOTHING else text for heading, text in texts.items()}


def _value(library: Library, ask: Ask, text: str) -> str:
    """Return a text as the sheets take it: of terms their ids."""
    if not ask.column or not ask.item.vocabulary:
        return text
    known = choices(library, ask.item)
    if ask.item.kind == "terms":
        ids = [id for id in _ID.findall(text) if id in known.values()]
        return "；".join(ids) or text
    return known.get(text, text)


def _key(ask: Ask, column: Column, lang: str) -> str:
    """Return the column of a value; a text stands in that of the language it is written in."""
    return f"{column.key.rpartition('.')[0]}.{lang}" if ask.item.kind in ("text", "name") else column.key


def _start(column: Column, lang: str, day: str) -> str:
    start = str(column.item.extra.get("start", "")) if column.item else ""
    return {"page": lang, "today": day}.get(start, start)


def _lines(layout: Layout, text: str, lang: str, silent: bool, quotes: dict[str, str]) -> Iterator[Line]:
    """Yield the rows of one question; quotes that are new get the next number."""
    library = layout.library
    if not text:
        if silent:
            yield {STATE: State.NOT_REPORTED}
        return
    state = state_of(library, text)
    if state in (State.NOT_REPORTED, State.NOT_APPLICABLE):
        yield {STATE: state}
        return
    part = library.answer.by_role
    statement, speaker = (f"{part[role].name}.{lang}" for role in ("statement", "speaker"))
    for claim in _claims(text):
        cited = [quotes.setdefault(words, f"q{len(quotes) + 1}") for words in claim.quotes]
        yield {
            statement: claim.said,
            speaker: claim.speaker,
            part["says"].name: _says(library, bool(claim.quotes), bool(claim.speaker)),
            part["citation"].name: "；".join(cited),
        }


def _claims(text: str) -> list[_Claim]:
    """Take answers apart: a line each, below it its quotes and who says so."""
    found: list[_Claim] = []
    for line in map(str.strip, text.split("\n")):
        if not line:
            continue
        said_by = _SPEAKER.match(line)
        if not found or not (line.startswith(">") or said_by):
            found.append(_Claim())
        if line.startswith(">"):
            found[-1].quotes.append(line.lstrip("> "))
        elif said_by:
            found[-1].speaker = line[said_by.end() :]
        else:
            bullet = _BULLET.match(line)
            found[-1].said = line[bullet.end() :] if bullet else line
    return found


def _says(library: Library, quoted: bool, spoken: bool) -> str:
    """Return the kind of claim that asks for all that is there; what it asks for beyond that is then missed."""
    given = {role for role, there in (("citation", quoted), ("speaker", spoken)) if there}
    terms = library.vocabularies[str(library.answer.by_role["says"].vocabulary)].terms.values()
    return next((term.id for term in terms if given <= set(term.extra.get("needs", ()))), "")


def answer(issue: Issue, incoming: Incoming) -> str:
    """Return what the writer, or the reviewer of the draft, is told, as Markdown."""
    words = (_TAKEN if incoming.accepted else _REFUSED).format(number=issue.number)
    notes = [note for note in incoming.notes if incoming.accepted or note.severity is Severity.ERROR]
    lines: list[str] = []
    for note in notes:
        line = "- " + "<br>".join(safe(text) for text in note.words.values())
        if sum(map(len, lines)) + len(line) > MAX_ANSWER:
            lines.append("- …")
            break
        lines.append(line)
    listed = "\n".join(lines)
    if incoming.accepted and notes:
        listed = f"<details><summary>提醒 / Reminders ({len(notes)})</summary>\n\n{listed}\n\n</details>"
    return f"{words}\n{listed}".rstrip() + "\n"
