"""Stylesheets and scripts stay within the oldest browsers that decision 0018 names.

A list of what came later, not a proof: it names features that are easily written by habit. Each that is used
all the same stands under ``EXTRA`` with what happens where it is missing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

#: The oldest browsers: WeChat's on Android in 2021 was Chromium 86, iPhones had Safari 14.1.
CHROMIUM, SAFARI = 86.0, 14.1
NEVER = 999.0

#: What it looks like, and the first Chromium and Safari that have it.
STYLE: dict[str, tuple[str, float, float]] = {
    ":has()": (r":has\(", 105, 15.4),
    ":is()": (r":is\(", 88, 14),
    ":where()": (r":where\(", 88, 14),
    ":focus-visible": (r":focus-visible", 86, 15.4),
    ":user-invalid": (r":user-(in)?valid", 119, 16.5),
    "::backdrop": (r"::backdrop", 37, 15.4),
    "::details-content": (r"::details-content", 131, 18.4),
    "container queries": (r"@container|container-type", 105, 16),
    "layers": (r"@layer", 99, 15.4),
    "nesting": (r"(?m)^\s*&", 112, 16.5),
    "media ranges": (r"@media[^{]*[<>]", 104, 16.4),
    "inset": (r"[;{\s]inset\s*:", 87, 14.1),
    "aspect-ratio": (r"[;{\s]aspect-ratio\s*:", 88, 15),
    "logical shorthands": (r"[;{\s](margin|padding)-(inline|block)\s*:", 87, 14.1),
    "new viewport units": (r"\d[dsl]v[hwib]\b", 108, 15.4),
    "color-mix()": (r"color-mix\(", 111, 16.2),
    "oklch()": (r"okl(ch|ab)\(", 111, 15.4),
    "light-dark()": (r"light-dark\(", 123, 17.5),
    "accent-color": (r"accent-color", 93, 15.4),
    "text-wrap": (r"text-wrap", 114, 17.5),
    "text-autospace": (r"text-autospace", 140, 18.4),
    "text-spacing-trim": (r"text-spacing-trim", 123, NEVER),
    "content-visibility": (r"content-visibility", 85, 18),
    "forced-colors": (r"forced-color", 89, NEVER),
    "overscroll-behavior": (r"overscroll-behavior", 63, 16),
    "scrollbar-width": (r"scrollbar-width", 121, 18.2),
    "scrollbar-gutter": (r"scrollbar-gutter", 94, 18.2),
    "text-decoration-thickness": (r"text-decoration-thickness", 89, 12.1),
    "text-underline-offset": (r"text-underline-offset", 87, 12.1),
    "named pages": (r"[;{\s]page\s*:", 85, NEVER),
    "unprefixed mask": (r"[;{\s]mask(-image)?\s*:", 120, 15.4),
    "unprefixed appearance": (r"[;{\s]appearance\s*:", 84, 15.4),
    "unprefixed print-color-adjust": (r"[;{\s]print-color-adjust\s*:", NEVER, 15.4),
    "single transforms": (r"[;{\s](translate|rotate|scale)\s*:", 104, 14.1),
}

SCRIPT: dict[str, tuple[str, float, float]] = {
    "lookbehind": (r"\(\?<[=!]", 62, 16.4),
    "private members": (r"(this|self)\.#\w|(?m:^\s+#\w+\s*[=(;])", 84, 15),
    "static blocks": (r"static\s*\{", 94, 16.4),
    "Array.at": (r"\.at\(", 92, 15.4),
    "findLast": (r"\.findLast", 97, 15.4),
    "toSorted and the like": (r"\.to(Sorted|Reversed|Spliced)\(", 110, 16),
    "groupBy": (r"\.groupBy\(", 117, 17.4),
    "Object.hasOwn": (r"\.hasOwn\(", 93, 15.4),
    "structuredClone": (r"structuredClone\(", 98, 15.4),
    "crypto.randomUUID": (r"randomUUID", 92, 15.4),
    "Intl.Segmenter": (r"Intl\.Segmenter", 87, 14.1),
    "URLSearchParams.size": (r"[qQ]uery\.size", 113, 17),
    "AbortSignal.timeout": (r"AbortSignal\.timeout", 103, 16),
    "Promise.withResolvers": (r"withResolvers", 119, 17.4),
    "set methods": (r"\.(isSubsetOf|symmetricDifference)\(", 122, 17),
    "dialog.showModal": (r"\.showModal", 37, 15.4),
    "popover": (r"\.(show|hide|toggle)Popover", 114, 17),
    "inert": (r"\.inert\b", 102, 15.5),
    "requestIdleCallback": (r"requestIdleCallback", 47, NEVER),
    "view transitions": (r"startViewTransition", 111, 18),
    "navigation API": (r"window\.navigation", 102, NEVER),
    "checkVisibility": (r"checkVisibility", 105, 17.4),
}

#: What is used all the same, and what a browser without it does.
EXTRA = {
    ":focus-visible": "the rule that hides the outline is dropped, so the outline always shows",
    "::backdrop": "the page behind the filters is not dimmed",
    "::details-content": "a script opens the quotes before printing",
    "accent-color": "checkboxes have the system's colour",
    "text-wrap": "headings break as they come",
    "text-autospace": "no thin space between Chinese and Latin",
    "text-spacing-trim": "brackets keep their full width",
    "content-visibility": "part of the rule for ::details-content",
    "forced-colors": "the system's colours are used without our help",
    "overscroll-behavior": "the page scrolls on at the end of a list",
    "scrollbar-width": "a thin scrollbar may show; -webkit- rules hide it elsewhere",
    "text-decoration-thickness": "the usual underline",
    "text-underline-offset": "the usual underline",
    "named pages": "a comparison is printed upright unless the reader turns the paper",
    "unprefixed mask": "the prefixed property stands before it",
    "unprefixed appearance": "the prefixed property stands before it",
    "unprefixed print-color-adjust": "the prefixed property stands before it",
    "lookbehind": "the YAML library builds it at run time, and does without where that fails",
    "dialog.showModal": "the filters open in place; the script asks first",
    "requestIdleCallback": "a timer instead; the script asks first",
}


@pytest.fixture(scope="module")
def texts(site: Path) -> dict[str, list[tuple[str, str]]]:
    """Published stylesheets and scripts, data files and remarks left out."""
    found: dict[str, list[tuple[str, str]]] = {"css": [], "js": []}
    for kind, texts in found.items():
        for path in sorted((site / "assets").rglob(f"*.{kind}")):
            if "data" not in path.relative_to(site).parts:
                text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
                texts.append((path.name, re.sub(r"(?m)(^|\s)//.*$", "", text) if kind == "js" else text))
    return found


def used(texts: list[tuple[str, str]], features: dict[str, tuple[str, float, float]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, (pattern, chromium, safari) in features.items():
        if chromium > CHROMIUM or safari > SAFARI:
            where = [file for file, text in texts if re.search(pattern, text)]
            if where:
                found[name] = where
    return found


@pytest.mark.parametrize(("kind", "features"), [("css", STYLE), ("js", SCRIPT)])
def test_nothing_newer_without_something_to_fall_back_on(
    texts: dict[str, list[tuple[str, str]]], kind: str, features: dict[str, tuple[str, float, float]]
) -> None:
    assert texts[kind]
    assert {name: where for name, where in used(texts[kind], features).items() if name not in EXTRA} == {}


def test_nothing_is_excused_that_is_not_used(texts: dict[str, list[tuple[str, str]]]) -> None:
    found = {**used(texts["css"], STYLE), **used(texts["js"], SCRIPT)}
    assert set(EXTRA) - set(found) == set()
