"""The site while it is edited: each file is made when it is asked for, from the cases as they are now.

The theme's part of a page stays until MkDocs builds again, so a case that changed costs no more than reading it and
making the page that is looked at. Nothing that was made outlives the edition it was made from.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casebook.site import byhand, contents
from casebook.site.contents import Make, Place, Shelf
from casebook.site.edition import Edition
from casebook.site.shell import Frame


class Whole:
    """Every file of a site, by its path.

    Args:
        edition: what is published.
        frames: what the theme made, by language.
    """

    def __init__(self, edition: Edition, frames: Mapping[str, Frame]) -> None:
        """Make nothing yet."""
        self.edition, self.frames = edition, frames
        self._pages = [
            Shelf(("",), self._by_hand),
            *(shelf for lang in frames for shelf in contents.page_shelves(edition, lang, frames[lang], files=False)),
        ]
        self._moved = [contents.moved(edition, lang) for lang in frames]
        self._shelves = [*self._pages, *self._rest(), *self._moved]
        self._listed: dict[int, dict[str, Make]] = {}
        self._making = threading.Lock()

    def get(self, path: str) -> str | bytes | None:
        """Make the file at a path below the site's root; return ``None`` where there is none."""
        with self._making:  # a page and its scripts are asked for at once and need the same views
            for number, shelf in enumerate(self._shelves):
                if path.startswith(shelf.begins):
                    if number not in self._listed:
                        self._listed[number] = dict(shelf.files())
                    if path in self._listed[number]:
                        return self._listed[number][path]()
        return None

    def _rest(self) -> Iterator[Shelf]:
        """Yield all but pages."""
        for lang, frame in self.frames.items():
            yield from contents.data_shelves(self.edition, lang, frame.guides, files=False)
        yield from (contents.papers(self.edition), contents.pictures(self.edition))
        yield from contents.package_shelves(self.edition)
        yield Shelf(("sitemap",), self._site_map)

    def _by_hand(self) -> Iterator[Place]:
        for lang, frame in self.frames.items():
            for path, html in frame.pages.items():
                make = partial(byhand.filled, html, self.edition, lang, path, files=False)
                yield self.edition.below(lang) + path, make

    def _site_map(self) -> Iterator[Place]:
        paths = (path for path, _ in contents.all_of([*self._pages, *self._moved]))
        return contents.site_map(self.edition, paths)


@dataclass(frozen=True)
class Moment:
    """What is shown from one change to the next.

    Attributes:
        number: another one after each change, also when all begins anew.
        whole: the last good site.
        faults: why what was changed since is not shown.
    """

    number: int
    whole: Whole
    faults: Sequence[str] = ()


class Live:
    """What is shown now, for all who look."""

    def __init__(self) -> None:
        """Begin without anything to show."""
        self._now: Moment | None = None
        self._changed = threading.Condition()

    @property
    def now(self) -> Moment:
        """What is shown now; there must have been something."""
        if self._now is None:
            raise LookupError("nothing has been shown yet")
        return self._now

    def show(self, edition: Edition, frames: Mapping[str, Frame]) -> None:
        """Show another edition, or the same in other frames."""
        self._set(Whole(edition, frames))

    def refuse(self, faults: Sequence[str]) -> None:
        """Go on showing what is shown, and say why."""
        if self._now:
            self._set(self._now.whole, faults)

    def _set(self, whole: Whole, faults: Sequence[str] = ()) -> None:
        with self._changed:
            last = self._now.number if self._now else 0
            self._now = Moment(max(last + 1, time.time_ns() // 1_000_000), whole, faults)
            self._changed.notify_all()

    def has_changed(self, number: int, patience: float) -> bool:
        """Wait, no more than so many seconds, until another moment than that of this number is shown; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.now.number != number, patience)
