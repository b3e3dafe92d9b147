"""Problems as a SARIF 2.1.0 log, the form that code hosts and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from casebook.problem import Problem, Span, Words

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(problems: list[Problem], rules: Mapping[str, Words], words: Callable[[Problem], str]) -> dict[str, Any]:
    """Return the log of one run.

    Args:
        problems: what was found.
        rules: what each code means, by language.
        words: gives the sentence for a problem.
    """
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "casebook",
        "rules": [{"id": code, "shortDescription": {"text": " / ".join(rules[code].values())}} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), words(problem)) for problem in problems],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(problem: Problem, rule: int, words: str) -> dict[str, Any]:
    artifact = {"uri": quote(problem.file)}
    region = _region(problem.span)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": str(problem.severity),
        "message": {"text": words},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"casebook/v1": _fingerprint(problem)},
    }
    if problem.fix is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": problem.fix}}
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}]}]
    return result


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fingerprint(problem: Problem) -> str:
    """Return what stays the same when lines move: the code, the file, the way and the facts."""
    facts = repr((problem.code, problem.file, problem.path, sorted(problem.details.items(), key=lambda item: item[0])))
    return hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]
