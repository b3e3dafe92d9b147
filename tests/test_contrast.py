"""Every colour of text can be read on every ground it stands on, in both schemes."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[1] / "scripts" / "casebook" / "site" / "assets" / "css"
TOKENS = (STYLES / "10-tokens.css").read_text(encoding="utf-8")

#: Least contrast of text, and of shapes that one must see to use the page (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT, SHAPE = 4.5, 3.0

PLAIN = ("ground", "paper", "sunk", "soft")

#: Text colour → grounds it may stand on.
TEXTS = {
    "ink": (*PLAIN, "said-bg", "ours-bg", "unknown-bg", "bad-bg", "mark"),
    "ink-2": (*PLAIN, "said-bg", "ours-bg", "unknown-bg", "mark"),
    "link": (*PLAIN, "unknown-bg", "ours-bg", "said-bg", "mark"),
    "said": ("ground", "paper", "said-bg", "mark"),
    "ours": ("ground", "paper", "ours-bg", "mark"),
    "unknown": (*PLAIN, "unknown-bg"),
    "bad": ("ground", "paper", "bad-bg"),
    "on-brand": ("brand", "brand-2"),
}

#: Borders and marks → what they lie on.
SHAPES = {"edge": ("ground", "paper"), "lit": ("ground", "paper", "line"), "unknown": ("ground", "paper")}


def blocks() -> dict[str, dict[str, str]]:
    """The declarations of each rule of the file that sets colours, by selector; comments are left out."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.S)
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^{}]*)\}", text):
        colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body))
        if colours:
            found[selector.strip()] = colours
    return found


BLOCKS = blocks()
LIGHT, SYSTEM_DARK, CHOSEN_DARK = ":root", ':root:not([data-scheme="light"])', ':root[data-scheme="dark"]'
SCHEMES = {"light": BLOCKS[LIGHT], "dark": {**BLOCKS[LIGHT], **BLOCKS[CHOSEN_DARK]}}


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [(scheme, front, back) for scheme, (front, backs) in product(SCHEMES, table.items()) for back in backs]


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("scheme", "front", "back"), pairs(TEXTS))
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[front], colours[back]) >= TEXT


@pytest.mark.parametrize(("scheme", "front", "back"), pairs(SHAPES))
def test_shapes_can_be_seen(scheme: str, front: str, back: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[front], colours[back]) >= SHAPE


def test_both_ways_to_the_dark_scheme_give_the_same_colours() -> None:
    assert BLOCKS[SYSTEM_DARK] == BLOCKS[CHOSEN_DARK]


def test_the_dark_scheme_leaves_no_colour_out() -> None:
    assert set(BLOCKS[CHOSEN_DARK]) == set(BLOCKS[LIGHT])


def test_colours_are_named_before_they_are_used() -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    assert set(re.findall(r"var\(--([\w-]+)", styles)) <= set(re.findall(r"--([\w-]+):", styles))


def test_no_sheet_brings_anything_from_elsewhere() -> None:
    for path in sorted(STYLES.glob("*.css")):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert not re.search(r"url\(\s*(?![\"']?data:)", text), path.name
