"""Pictures for shared links: a case is a house with a window for each question, lit where somebody answered.

Without letters, so that they need no font and serve all languages. Drawn from rectangles alone: a picture takes a
fraction of a millisecond and a few hundred bytes, and the same cases give the same bytes.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.kinds.composite import State
from casebook.model import Case, Collection

#: Wide for most, square for those who cut to a square.
SIZES = {"": (1200, 630), "-square": (400, 400)}
#: Folder of the pictures below the site's root, and the name of the one for pages about no case in particular.
FOLDER = "share"
LIBRARY = "library"
#: The state of a question whose sources differ.
SPLIT = "split"
#: Houses in one picture at most.
MOST = 7

COLOURS = {
    "sky": 0x0B5F55,
    "far": 0x0A564D,
    "house": 0x063E37,
    "ground": 0x04302B,
    "lit": 0xFFD98A,
    "dim": 0xE0953A,
    "ring": 0x6FB0A5,
}

#: Windows beside one another, and measures of a house in its own units.
_COLUMNS, _WIDE, _HIGH, _BETWEEN, _FLOOR = 4, 54, 42, 20, 19
_ROOF, _BASE, _APART = 14, 26, 56
#: Houses far away: width and height in hundredths of the picture's height.
_SKYLINE = ((26, 34), (18, 52), (30, 40), (22, 62), (34, 46), (20, 56), (28, 38), (24, 58), (32, 44), (18, 50))


@dataclass(frozen=True)
class Rect:
    """A rectangle in one of :data:`COLOURS`; whole even numbers, so that two pixels make a byte."""

    x: int
    y: int
    width: int
    height: int
    colour: str


def house(case: Case) -> tuple[str, ...]:
    """Return the windows of a case: a state for each question, or :data:`SPLIT`."""
    return tuple(
        SPLIT if any(answer.role("conflict") for answer in each.answers) else each.state.value
        for each in case.answered.values()
    )


def scene(houses: Sequence[tuple[str, ...]], width: int, height: int) -> tuple[Rect, ...]:
    """Return what to draw, the last on top: houses side by side in the middle of a street at night."""
    floors = max(-(-len(windows) // _COLUMNS) for windows in houses)
    tall = floors * (_HIGH + _FLOOR) + _FLOOR + _BASE
    broad = _COLUMNS * (_WIDE + _BETWEEN) + _BETWEEN
    row = len(houses) * broad + (len(houses) - 1) * _APART
    scale = min(0.80 * height / tall, 0.92 * width / row)

    def even(units: float) -> int:
        return 2 * round(units * scale / 2)

    street = height - 2 * round(height * 0.03)
    rects = [Rect(0, 0, width, height, "sky"), *_far(width, street), Rect(0, street, width, height - street, "ground")]
    left = 2 * round((width - row * scale) / 4)
    for number, windows in enumerate(houses):
        x, y = left + even(number * (broad + _APART)), street - even(tall)
        rects.append(Rect(x, y, even(broad), street - y, "house"))
        rects.append(Rect(x + even(30 + 90 * (number % 3)), y - even(_ROOF), even(60), even(_ROOF), "house"))
        for place, state in enumerate(windows):
            floor, column = divmod(place, _COLUMNS)
            at = x + even(_BETWEEN + column * (_WIDE + _BETWEEN)), y + even(_FLOOR + floor * (_HIGH + _FLOOR))
            rects.extend(_window(state, *at, even(_WIDE), even(_HIGH)))
    return tuple(rects)


def _far(width: int, street: int) -> Iterator[Rect]:
    x = number = 0
    while x < width:
        wide, high = (2 * (street * share // 200) for share in _SKYLINE[number % len(_SKYLINE)])
        yield Rect(x, street - high, min(wide, width - x), high, "far")
        x, number = x + wide + 2 * (street // 80), number + 1


def _window(state: str, x: int, y: int, width: int, height: int) -> Iterator[Rect]:
    if state == State.ANSWERED:
        yield Rect(x, y, width, height, "lit")
    elif state == SPLIT:
        half = width // 4 * 2
        yield Rect(x, y, half, height, "lit")
        yield Rect(x + half, y, width - half, height, "dim")
    elif state == State.NOT_APPLICABLE:
        yield Rect(x, y + height // 4 * 2, width, 2, "ring")
    else:
        yield Rect(x, y, width, height, "ring")
        yield Rect(x + 2, y + 2, width - 4, height - 4, "house")


def png(rects: Iterable[Rect], width: int, height: int) -> bytes:
    """Return a picture of sixteen colours at most; both measures even."""
    pixels = {name: bytes((number * 17,)) for number, name in enumerate(COLOURS)}
    boxes = [
        (each.y, each.y + each.height, each.x // 2, (each.x + each.width) // 2, pixels[each.colour]) for each in rects
    ]
    edges = sorted({0, height, *(edge for box in boxes for edge in box[:2] if 0 < edge < height)})
    same = b"\2" + bytes(width // 2)
    data = bytearray()
    for top, bottom in itertools.pairwise(edges):
        line = bytearray(width // 2)
        for above, below, left, right, pixel in boxes:
            if above <= top < below:
                line[left:right] = pixel * (right - left)
        # Further lines of a band say no more than “as above”.
        data += b"\0" + line + same * (bottom - top - 1)
    colours = b"".join(value.to_bytes(3, "big") for value in COLOURS.values())
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
        (b"PLTE", colours),
        (b"IDAT", zlib.compress(data, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    kind, data = chunk
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pictures(collection: Collection, groups: Iterable[tuple[str, Sequence[Case]]]) -> Iterator[tuple[str, bytes]]:
    """Yield every picture: its name below the site's root, and its content.

    Args:
        collection: the cases; one withdrawn is a house without a light.
        groups: further names of pictures, each with the cases it shows.
    """
    dark = (State.NOT_REPORTED.value,) * len(collection.library.questions)
    yield from _both(LIBRARY, [house(case) for case in _some(collection.cases)] or [dark])
    for name, cases in groups:
        yield from _both(name, [house(case) for case in _some(cases)] or [dark])
    for case in collection.cases:
        yield from _both(f"cases/{case.id}", [house(case)])
    for case in collection.withdrawn:
        yield from _both(f"cases/{case.id}", [dark])


def _some(cases: Sequence[Case]) -> list[Case]:
    """Return as many cases as a picture holds, evenly from first to last."""
    return [cases[number * len(cases) // MOST] for number in range(MOST)] if len(cases) > MOST else list(cases)


def _both(name: str, houses: list[tuple[str, ...]]) -> Iterator[tuple[str, bytes]]:
    for end, (width, height) in SIZES.items():
        # A square holds fewer side by side.
        shown = houses if width > height else houses[:3]
        yield f"{FOLDER}/{name}{end}.png", png(scene(shown, width, height), width, height)
