"""Problems → words: for a terminal, for programs, for GitHub."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from casebook.problem import Detail, Problem, Severity, Step
from casebook.schema import Library

#: Problems, the text of each file by name, the languages to use → what is printed.
Reporter: TypeAlias = Callable[["Library", list[Problem], Mapping[str, str], tuple[str, ...]], str]

_TITLES = {
    "zh": {"error": "错误", "warning": "提醒", "hint": "建议", "at": "位置"},
    "en": {"error": "error", "warning": "warning", "hint": "hint", "at": "at"},
}


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
    """Return the way to the place in words: “第 2 个来源的网址”, “sources 2 › Address”."""
    return (" › " if lang == "en" else "的").join(_step(step, lang) for step in problem.path)


def _step(step: Step, lang: str) -> str:
    if isinstance(step, int):
        return f"第 {step} 条" if lang == "zh" else f"no. {step}"
    return step if isinstance(step, str) else step[lang]


def _filled(template: str, details: Mapping[str, Detail], lang: str) -> str:
    words = {key: value[lang] if isinstance(value, Mapping) else value for key, value in details.items()}
    return template.format_map(words)


def as_text(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """One block a problem: heading, words, the line with a mark under the place, hint."""
    blocks = [_block(library, problem, texts.get(problem.file, ""), langs) for problem in problems]
    return "\n".join([*blocks, summary(problems, langs)])


def summary(problems: list[Problem], langs: tuple[str, ...]) -> str:
    """Return the closing line."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    words = {
        "zh": f"{errors} 个错误，{warnings} 个提醒" if problems else "没有发现问题",
        "en": f"{errors} errors, {warnings} warnings" if problems else "no problems found",
    }
    return " · ".join(words[lang] for lang in langs)


def _block(library: Library, problem: Problem, text: str, langs: tuple[str, ...]) -> str:
    span = problem.span
    heading = "/".join(_TITLES[lang][problem.severity] for lang in langs)
    lines = [f"{heading}[{problem.code}] {problem.file}:{span.line}:{span.column}"]
    for lang in langs:
        where = path_words(problem, lang)
        lines.append(f"  {where + ('：' if lang == 'zh' else ': ') if where else ''}{message(library, problem, lang)}")
    source = text.splitlines()[span.line - 1 : span.line]
    if source:
        end = span.end_column if span.end_line == span.line else len(source[0]) + 1
        marked = source[0][span.column - 1 : max(end - 1, span.column)]
        gutter = " " * len(str(span.line))
        lines.append(f"  {span.line} | {source[0]}")
        lines.append(f"  {gutter} | {' ' * _width(source[0][: span.column - 1])}{'^' * max(_width(marked), 1)}")
    for lang in langs:
        if advice := hint(library, problem, lang):
            lines.append(f"  {_TITLES[lang]['hint']}{'：' if lang == 'zh' else ': '}{advice}")
    return "\n".join(lines) + "\n"


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
        "path": path_words(problem, "zh"),
    }
    for lang in library.languages:
        data[f"message_{lang}"] = message(library, problem, lang)
        data[f"hint_{lang}"] = hint(library, problem, lang)
    return data


def as_json(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """``{"problems": […]}``, a contract that programs may rely on."""
    return json.dumps({"problems": [as_dict(library, each) for each in problems]}, ensure_ascii=False, indent=1)


def as_github(library: Library, problems: list[Problem], texts: Mapping[str, str], langs: tuple[str, ...]) -> str:
    """One workflow command a problem, shown on the line of the pull request."""
    return "\n".join(_command(library, problem, langs) for problem in problems)


def _command(library: Library, problem: Problem, langs: tuple[str, ...]) -> str:
    words = " / ".join(f"{message(library, problem, lang)} {hint(library, problem, lang)}".strip() for lang in langs)
    place = f"file={_escaped(problem.file, ':,')},line={problem.span.line},col={problem.span.column}"
    return f"::{problem.severity} {place},title={problem.code}::{_escaped(words)}"


def _escaped(text: str, more: str = "") -> str:
    """Percent-encode what would end or forge a workflow command."""
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


FORMATS: dict[str, Reporter] = {"text": as_text, "json": as_json, "github": as_github}
