"""Work done beside this process where the system can copy it cheaply, at once where it cannot."""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
import sys
from collections.abc import Callable
from typing import Any


class Beside:
    """A piece of work that was begun.

    Args:
        work: called with the arguments; it tells of failure by ``SystemExit``.
        arguments: what it is called with.
    """

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        """Begin."""
        self._process: multiprocessing.process.BaseProcess | None = None
        if sys.platform == "linux":
            self._process = multiprocessing.get_context("fork").Process(target=work, args=arguments)
            self._process.start()
        else:
            work(*arguments)

    def finished(self) -> bool:
        """Wait for its end; whether all went well."""
        if self._process is None:
            return True
        self._process.join()
        return self._process.exitcode == 0
