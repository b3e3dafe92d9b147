"""How far a long piece of work is, for those who wait for it at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO, TypeAlias

#: Called with the number of things done and the number of all.
Progress: TypeAlias = Callable[[int, int], None]

#: Seconds between two lines, and before a guess at the time left is worth anything.
_PAUSE, _SOON = 0.2, 2.0


class Bar:
    """One line that counts, with the time left.

    Args:
        words: what is being done.
        stream: the terminal.
        clock: seconds, from any beginning.
    """

    def __init__(self, words: str, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin now."""
        self._words, self._stream, self._clock = words, stream, clock
        self._begun = self._shown = clock()

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is, if that was not shown just now; the last time ends the line."""
        now = self._clock()
        if done < total and now - self._shown < _PAUSE:
            return
        self._shown = now
        passed = now - self._begun
        left = passed / done * (total - done) if done else 0.0
        guess = f" · 还要约 {left:.0f} 秒 / about {left:.0f} s left" if done < total and passed > _SOON else ""
        # What a longer line before has left over is wiped away.
        line = f"\r\x1b[K{self._words} {done:,}/{total:,}{guess}"
        self._stream.write(line + ("\n" if done == total else ""))
        self._stream.flush()


def bar(words: str) -> Progress | None:
    """Return what shows progress, nothing where nobody watches: a file or another program reads what is written."""
    return Bar(words, sys.stderr) if sys.stderr.isatty() else None
