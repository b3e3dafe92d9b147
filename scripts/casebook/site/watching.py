"""Noticing that files were changed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver


class Watchers:
    """Several who look for changes: the system tells at once, but not of every disk, so somebody looks now and then.

    Args:
        given: one that may have begun to watch already.
    """

    #: Opening a file to read it is no change.
    _CHANGES = (
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
    )

    #: Seconds between two looks at a disk of which the system does not tell.
    _NOW_AND_THEN = 2.0

    def __init__(self, given: Any) -> None:
        """Begin with nothing else to watch."""
        self._told, self._looking = Observer(), PollingObserver(timeout=self._NOW_AND_THEN)
        self._all = (given, self._looking, self._told)
        self._wake: Callable[[], None] = lambda: None

    def schedule(self, handler: Any, path: str, *, recursive: bool = False) -> Any:
        """Watch a file or folder."""
        self._told.schedule(handler, path, recursive=recursive, event_filter=list(self._CHANGES))
        self._wake = lambda: handler.dispatch(events.FileModifiedEvent(path))
        return self._looking.schedule(handler, path, recursive=recursive)

    def start(self) -> None:
        """Begin to watch; what happened until now is looked at, too."""
        for each in self._all:
            with contextlib.suppress(OSError):  # there is a limit to what a system tells
                each.start()
        self._wake()

    def stop(self) -> None:
        """Stop watching."""
        for each in self._all:
            each.stop()

    def join(self) -> None:
        """Wait for all of them to stop."""
        for each in self._all:
            if each.is_alive():
                each.join()
