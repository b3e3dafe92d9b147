"""Problems → words: for a terminal, for programs, for GitHub."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from casebook.checks.private_data import masked
from casebook.problem import Detail, Nth, Problem, Severity, Step
from casebook.report import sarif
from casebook.schema import Library
from casebook.source.decoding import UNSEEN

#: Problems, the text of each file by name, the languages to use → what is printed.
Reporter: TypeAlias = Callable[[Library, list[Problem], Mapping[str, str], tuple[str, ...]], str]

_TITLES = {
    "zh": {"error": "错误", "warning": "提醒", "hint": "建议", "colon": "："},
    "en": {"error": "error", "warning": "warning", "hint": "hint", "colon": ": "},
}

#: Columns of a terminal that an excerpt may take, and characters of others' text that a message may.
_EXCERPT, _QUOTED = 100, 60


def message(library: Library, problem: Problem, lang: str) -> str:
    """Return what is wrong, in words."""
    return _filled(library.messages.get(problem.code, {}).get(lang, problem.code), problem.details, lang)


def hint(library: Library, problem: Problem, lang: str) -> str:
    """Return what to do about it, or nothing."""
    for each in library.messages.get(problem.code, {}).get("hints", ()):
        if all(problem.details.get(name) is not None for name in each.get("needs", ())):
            return _filled(each[lang], problem.details, lang)
    return ""


def path_words(problem: Problem, lang: str) -> str:
    """Return the way to the place in words: “第 2 个来源的网址”, “Sources 2 › Address”."""
    return way_words(problem.path, lang)


def way_words(path: tuple[Step, ...], lang: str) -> str:
    """Return a way through a case in words."""
    steps = [_step(step, lang) for step in path]
    if lang != "zh":
        return " › ".join(steps)
    words = ""
    for step, text in zip(path, steps, strict=True):
        words += text if isinstance(step, str) or not words else f"的{text}"
    return words


def _step(step: Step, lang: str) -> str:
    if isinstance(step, str):
        return f"“{_quoted(step)}”"
    if not isinstance(step, Nth):
        return step[lang]
    if lang == "zh":
        return f"“{step.labels[lang]}”第 {step.number} 条" if step.answer else f"第 {step.number} 个{step.labels[lang]}"
    return f"{step.labels[lang]} {step.number}"


def _filled(template: str, details: Mapping[str, Detail], lang: str) -> str:
    words = {name: _quoted(value[lang] if isinstance(value, Mapping) else value) for name, value in details.items()}
    return template.format_map(defaultdict(lambda: "…", words))


def _quoted(value: str | int | None) -> str | int | None:
    """Return others' text in a form that a message can hold: short, visible, nothing private."""
    if not isinstance(value, str):
        return value
    text = visible(masked(value[: 4 * _QUOTED]))
    return text if len(text) <= _QUOTED or ", " in text else f"{text[:_QUOTED]}…"


def visible(text: str) -> str:
    """Return the text with a sign in place of each character that could turn or hide the line it is printed on."""
    return UNSEEN.sub("\ufffd", text.replace("\n", "⏎").replace("\t", " "))


def as_text(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """One block a problem: heading, words, the line with a mark under the place, hint."""
    lines: dict[str, list[str]] = {}
    blocks = []
    for problem in problems:
        if problem.file not in lines:
            lines = {problem.file: texts.get(problem.file, "").split("\n")}
        blocks.append("\n".join(_block(library, problem, lines[problem.file], langs)) + "\n")
    return "\n".join([*blocks, summary(problems, langs), *_more(problems, langs)])


def summary(problems: list[Problem], langs: tuple[str, ...]) -> str:
    """Return the closing line."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    words = {
        "zh": f"{errors} 个错误，{warnings} 个提醒" if problems else "没有发现问题",
        "en": f"{_number(errors, 'error')}, {_number(warnings, 'warning')}" if problems else "no problems found",
    }
    return " · ".join(words[lang] for lang in langs)


def _more(problems: list[Problem], langs: tuple[str, ...]) -> Iterator[str]:
    """Yield where to read more, with a code that is in sight."""
    if problems:
        code = problems[-1].code
        words = {"zh": f"详细说明：casebook explain {code}", "en": f"to read more: casebook explain {code}"}
        yield " · ".join(words[lang] for lang in langs)


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _block(library: Library, problem: Problem, lines: list[str], langs: tuple[str, ...]) -> Iterator[str]:
    span = problem.span
    heading = "/".join(_TITLES[lang][problem.severity] for lang in langs)
    yield f"{heading}[{problem.code}] {visible(problem.file)}:{span.line}:{span.column}"
    for lang in langs:
        where = path_words(problem, lang)
        yield f"  {where + _TITLES[lang]['colon'] if where else ''}{message(library, problem, lang)}"
    if span.line <= len(lines) and lines[span.line - 1].strip():
        yield from _excerpt(problem, lines[span.line - 1])
    for lang in langs:
        if advice := hint(library, problem, lang):
            yield f"  {_TITLES[lang]['hint']}{_TITLES[lang]['colon']}{advice}"


def _excerpt(problem: Problem, line: str) -> Iterator[str]:
    """Yield the line and a mark under the place; of a long line, the part around it."""
    span = problem.span
    start = span.column - 1
    end = max(span.end_column - 1 if span.end_line == span.line else len(line), start + 1)
    first, last = max(start - 4 * _EXCERPT, 0), start + 4 * _EXCERPT
    text = visible(masked(line[first:last]))  # what is private is found whole, and only then cut
    left = start - first
    before, after = _fitting(text[:left][::-1], _EXCERPT // 3)[::-1], _fitting(text[left:], _EXCERPT * 2 // 3)
    more_before, more_after = len(before) < start, start + len(after) < len(line)
    lead = ("…" if more_before else "") + before
    number = str(span.line)
    yield f"  {number} | {lead}{after}{'…' if more_after else ''}"
    yield f"  {' ' * len(number)} | {' ' * _width(lead)}{'^' * max(_width(after[: end - start]), 1)}"


def _fitting(text: str, columns: int) -> str:
    """Return as much of the beginning of a text as fits."""
    widths = itertools.accumulate(_width(char) for char in text)
    return text[: sum(1 for _ in itertools.takewhile(lambda width: width <= columns, widths))]


def _width(text: str) -> int:
    """Columns a terminal needs: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def as_dict(library: Library, problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data, words in every language."""
    span = problem.span
    data: dict[str, Any] = {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "path": path_words(problem, library.languages[0]),
        "fix": public_fix(problem),
    }
    for lang in library.languages:
        data[f"path_{lang}"] = path_words(problem, lang)
        data[f"message_{lang}"] = message(library, problem, lang)
        data[f"hint_{lang}"] = hint(library, problem, lang)
    return data


def public_fix(problem: Problem) -> str | None:
    """Return the fix of a problem, unless it would print something private."""
    return problem.fix if problem.fix is None or masked(problem.fix) == problem.fix else None


def as_json(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """``{"problems": […]}``, a contract that programs may rely on: ``schemas/problems.schema.json``."""
    return json.dumps({"problems": [as_dict(library, each) for each in problems]}, ensure_ascii=False, indent=1)


def as_sarif(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """SARIF 2.1.0, which code hosts and editors read."""

    def words(problem: Problem) -> str:
        return "\n".join(sentence(library, problem, lang) for lang in langs)

    rules = {code: {lang: each.get("meaning", each)[lang] for lang in langs} for code, each in library.messages.items()}
    public = [replace(problem, fix=public_fix(problem)) for problem in problems]
    return json.dumps(sarif.log(public, rules, words), ensure_ascii=False, indent=1)


def as_github(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """One workflow command a problem, shown on the line of the pull request."""
    return "\n".join(_command(library, problem, langs) for problem in problems)


def sentence(library: Library, problem: Problem, lang: str) -> str:
    """Return place, message and hint in one line."""
    where = path_words(problem, lang)
    parts = (f"{where}{_TITLES[lang]['colon']}" if where else "", message(library, problem, lang))
    advice = hint(library, problem, lang)
    stop = "。" if lang == "zh" else ". "
    return "".join(parts) + (f"{stop}{advice}" if advice else "")


def _command(library: Library, problem: Problem, langs: tuple[str, ...]) -> str:
    words = " / ".join(sentence(library, problem, lang) for lang in langs)
    span = problem.span
    place = f"file={_escaped(problem.file, ':,')},line={span.line},col={span.column}"
    if span.end_line == span.line:
        place += f",endColumn={span.end_column}"
    return f"::{problem.severity} {place},title={problem.code}::{_escaped(words)}"


def _escaped(text: str, more: str = "") -> str:
    """Percent-encode what would end or forge a workflow command."""
    return re.sub(f"[%\r\n{more}]", lambda found: f"%{ord(found.group()):02X}", text)


FORMATS: dict[str, Reporter] = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
