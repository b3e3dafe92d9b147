"""The reviewer's card as Markdown, safe to post: what others wrote cannot become markup, a link or a mention."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator

from casebook.card import CaseChange, Change
from casebook.card.similar import Likeness
from casebook.checks.private_data import masked
from casebook.problem import Problem
from casebook.report import message, path_words, visible, way_words
from casebook.schema import Library

#: Characters that a code host accepts in one comment, and that one value may take.
MAX_CARD, MAX_VALUE = 60_000, 400

_TOKENS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SIGNS = re.compile(r"""[\\`*_{}\[\]()+.!|~:/"'=-]""")

_WORDS = {
    "zh": {
        "title": "审核卡",
        "nothing": "没有案例改动。",
        "added": "新案例",
        "removed": "删除了案例：网址要留着，请改成撤回",
        "changes": "改了什么",
        "silenced": "从有回答变成没有报道",
        "unsourced": "没有摘句支持的话",
        "private": "可能涉及个人隐私",
        "similar": "可能是同一个案例",
        "problems": "检查：{errors} 个错误，{warnings} 个提醒",
        "place": "同一个地方",
        "source": "同一个来源",
        "text": "文字有 {text}% 相同",
        "only format": "只改了排版，内容没有变。",
        "cut": "太长，后面的没有列出。",
        "empty": "（无）",
        "and": "，",
        "colon": "：",
    },
    "en": {
        "title": "Reviewer's card",
        "nothing": "No case has changed.",
        "added": "New case",
        "removed": "The case is gone. Its address must stay: mark it as withdrawn instead",
        "changes": "What it says now",
        "silenced": "Answered before, not reported now",
        "unsourced": "Claims without a quote",
        "private": "May be private",
        "similar": "May be the same case",
        "problems": "Checked: errors {errors}, warnings {warnings}",
        "place": "the same place",
        "source": "the same source",
        "text": "{text}% of the text in common",
        "only format": "Layout only; it says the same as before.",
        "cut": "Too long; the rest is left out.",
        "empty": "(nothing)",
        "and": ", ",
        "colon": ": ",
    },
}


def card(changes: list[CaseChange], library: Library) -> str:
    """Return the card in every language, the first one open and the others folded."""
    parts: list[str] = []
    for lang in library.languages:
        words = _WORDS[lang]
        body = "\n".join(_body(changes, library, lang)) or words["nothing"]
        limit = MAX_CARD // len(library.languages)
        if len(body) > limit:
            body = body[: body.rfind("\n", 0, limit)] + f"\n\n{words['cut']}"
        if parts:
            parts.append(f"<details><summary>{words['title']}</summary>\n\n{body}\n\n</details>")
        else:
            parts.append(f"## {words['title']}\n\n{body}")
    return "\n\n".join(parts) + "\n"


def _body(changes: list[CaseChange], library: Library, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    for case in changes:
        yield f"### {safe(case.title[lang])} (`{re.sub('[^A-Za-z0-9_.-]', '?', case.id)}`)\n"
        if case.removed:
            yield f"- **{words['removed']}**\n"
            continue
        if case.added:
            yield f"- **{words['added']}**"
        yield f"- {words['problems'].format(errors=case.errors, warnings=case.warnings)}"
        yield from _list(words["similar"], (_likeness(each, lang) for each in case.similar))
        yield from _list(words["private"], (_problem(each, library, lang) for each in case.private))
        yield from _list(words["silenced"], (safe(each[lang]) for each in case.silenced))
        yield from _list(words["unsourced"], (safe(way_words(each, lang)) for each in case.unsourced))
        yield from _list(words["changes"], (_change(each, lang) for each in case.changes))
        if not (case.added or case.changes):
            yield f"- {words['only format']}"
        yield ""


def _list(heading: str, entries: Iterator[str]) -> Iterator[str]:
    lines = [f"  - {entry}" for entry in entries]
    if lines:
        yield f"- {heading} ({len(lines)})"
        yield from lines


def _likeness(each: Likeness, lang: str) -> str:
    words = _WORDS[lang]
    reasons = [words[name] for name in ("place", "source") if getattr(each, name)]
    reasons.append(words["text"].format(text=each.text))
    return f"`{re.sub('[^A-Za-z0-9_.-]', '?', each.id)}`{words['colon']}{words['and'].join(reasons)}"


def _problem(problem: Problem, library: Library, lang: str) -> str:
    where = safe(path_words(problem, lang))
    line = f"{problem.span.line}{_WORDS[lang]['colon']}"
    return line + (f"{where}{_WORDS[lang]['colon']}" if where else "") + safe(message(library, problem, lang))


def _change(change: Change, lang: str) -> str:
    words = _WORDS[lang]
    where = safe(way_words(change.path, lang))
    if change.before is None or change.after is None:
        value = change.after if change.before is None else change.before
        shown = safe(value or "") or words["empty"]
        return f"{where}{words['colon']}" + (f"<ins>{shown}</ins>" if change.before is None else f"<del>{shown}</del>")
    return f"{where}{words['colon']}{_difference(change.before, change.after)}"


def _difference(before: str, after: str) -> str:
    """Return both texts as one, with what went and what came marked; one beside the other where little is left."""
    old, new = (_TOKENS.findall(visible(masked(text[:MAX_VALUE]))) for text in (before, after))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        return f"<del>{safe(before)}</del> <ins>{safe(after)}</ins>"
    parts = []
    for kind, first, last, start, end in matcher.get_opcodes():
        gone, come = _entities("".join(old[first:last])), _entities("".join(new[start:end]))
        if kind == "equal":
            parts.append(come)
        else:
            parts.append((f"<del>{gone}</del>" if gone else "") + (f"<ins>{come}</ins>" if come else ""))
    return "".join(parts)


def safe(text: str) -> str:
    """Return others' text as Markdown that shows just that text: short, visible, nothing private."""
    shown = text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"
    return _entities(visible(masked(shown)))


def _entities(text: str) -> str:
    """Write every sign that Markdown or a code host could act upon in another way."""
    text = html.escape(text.replace("@", "＠").replace("#", "＃"), quote=False)
    return re.sub(r"&(?!amp;|lt;|gt;)|" + _SIGNS.pattern, lambda found: f"&#{ord(found.group())};", text)
