"""Measuring: what is compared is equal, and a slip of the hand is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from support import ROOT, casebook

sys.path.insert(0, str(ROOT / "benchmarks" / "build"))

from equal import difference

PAGE = '<p class="a">Wer &amp; was <a href="x/?q=%C3%A4">hier</a></p>'


@pytest.mark.parametrize(
    "other",
    [
        '<p class="a">\n  Wer &#38; was\n<a href="x/?q=ä">hier</a></p>\n',
        PAGE.replace(">", ">\n"),
    ],
)
def test_pages_that_show_the_same_are_equal(other: str) -> None:
    assert difference(PAGE, other) == ""


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("hier", "dort"),
        PAGE.replace("x/", "y/"),
        PAGE.replace(' class="a"', ""),
        PAGE.replace("</p>", "<br></p>"),
        PAGE + "<p></p>",
        PAGE.replace("&amp;", ""),
    ],
)
def test_pages_that_differ_are_not(other: str) -> None:
    assert difference(PAGE, other)


def test_linked_data_is_compared_by_what_it_says() -> None:
    one = '<script type="application/ld+json">{"a": 1, "b": "\\u003c"}</script>'
    other = '<script type="application/ld+json">{"b":"<","a":1}</script>'
    assert difference(one, other) == ""
    assert difference(one, other.replace("1", "2"))


def test_an_unknown_benchmark_is_refused(tmp_path: Path) -> None:
    done = casebook("bench", "speed", cwd=ROOT)
    assert done.returncode == 2
    assert "speed" in done.stderr
    elsewhere = casebook("bench", cwd=tmp_path)
    assert elsewhere.returncode == 2
    assert "benchmarks/" in elsewhere.stderr


@pytest.mark.parametrize("name", ["check", "build"])
def test_what_was_measured_stands_in_the_report(name: str) -> None:
    results = json.loads((ROOT / "benchmarks" / "results" / f"{name}.json").read_text(encoding="utf-8"))
    report = (ROOT / "benchmarks" / "results" / "README.md").read_text(encoding="utf-8")
    assert results["day"] in report
    assert {"processor", "python", "versions"} <= results.keys()
    for size in results["sizes"]:
        assert f"| {size} |" in report
