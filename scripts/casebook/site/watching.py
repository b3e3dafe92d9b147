"""Noticing that files were changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from watchdog import events
from watchdog.observers import Observer


class Watchers:
    """Two who look for changes: the system tells at once, but not of every disk; the other looks for itself.

    Args:
        slow: the one that looks for itself, and may have begun to.
    """

    #: Opening a file to read it is no change.
    _CHANGES = (
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
    )

    def __init__(self, slow: Any) -> None:
        """Begin with nothing else to watch."""
        self._slow, self._quick = slow, Observer()
        self._wake: Callable[[], None] = lambda: None

    def schedule(self, handler: Any, path: str, *, recursive: bool = False) -> Any:
        """Watch a file or folder."""
        self._quick.schedule(handler, path, recursive=recursive, event_filter=list(self._CHANGES))
        self._wake = lambda: handler.dispatch(events.FileModifiedEvent(path))
        return self._slow.schedule(handler, path, recursive=recursive)

    def start(self) -> None:
        """Begin to watch; what happened until now is looked at, too."""
        self._slow.start()
        try:
            self._quick.start()
        except OSError:  # there is a limit to what a system tells
            self._quick.stop()
        self._wake()

    def stop(self) -> None:
        """Stop watching."""
        self._slow.stop()
        self._quick.stop()

    def join(self) -> None:
        """Wait for the end."""
        self._slow.join()
