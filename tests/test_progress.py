"""Whoever waits at a terminal sees counts and the time left; files and other programs get nothing of it."""

from __future__ import annotations

import io
import sys

import pytest

from casebook import progress
from support import CASES, casebook


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_counts_and_time_left() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.Bar("checked", stream, clock)
    for second in range(1, 11):
        clock.now = float(second)
        bar(second * 100, 1000)
    lines = stream.getvalue().split("\r\x1b[K")[1:]
    assert "checked 500/1,000" in lines[4]
    assert "about 5 s left" in lines[4]
    assert lines[-1] == "checked 1,000/1,000\n"


def test_no_guess_is_made_at_once() -> None:
    stream, clock = io.StringIO(), Clock()
    bar = progress.Bar("checked", stream, clock)
    clock.now = 1.0
    bar(1, 1000)
    assert "left" not in stream.getvalue()


def test_a_terminal_is_not_flooded() -> None:
    stream = io.StringIO()
    bar = progress.Bar("checked", stream, Clock())
    for done in range(1, 10_001):
        bar(done, 10_000)
    assert stream.getvalue().count("\r") == 1


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress.bar("checked") is None
    assert casebook("check", CASES / "hejiaao-1133.yaml").stderr == ""
