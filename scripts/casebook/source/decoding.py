"""Bytes → text: which encoding a file is in, and what in it nobody can see."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

#: Characters that hide, turn or break what is read: controls, bidi and zero-width marks, fillers, tags.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)

#: What a wrong conversion leaves behind: U+FFFD, and how the same looks after going through GBK.
GARBLED_SIGNS = ("\ufffd", "锟斤拷")
GARBLED = re.compile(f"(?:{'|'.join(GARBLED_SIGNS)})+")

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # begins like UTF-16, so it is tried first
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NAMES = {
    "gb18030": "GBK",
    "big5": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}

#: Encodings of Chinese text, and the older, smaller character set that nearly all such text keeps to.
_CHINESE = {"gb18030": "gb2312", "big5": "big5"}


#: Control characters that no text has; each takes one byte.
_ODD_BYTES = bytes([*range(1, 9), *range(14, 32)])


class Fault(NamedTuple):
    """Something wrong with the bytes: a code, a place in the decoded text, and facts for the words."""

    code: str
    line: int = 1
    column: int = 1
    details: Mapping[str, str | int | None] = {}


def decode(data: bytes) -> tuple[str | None, list[Fault]]:
    """Return the text with plain line ends, ``None`` where the bytes are no text, and what is wrong with them.

    A file in another encoding is read all the same, so that one run can report everything else in it.
    """
    faults = []
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS[mark] if mark else _guessed(data)
    text, bad = _decoded(data[len(mark) :], encoding)
    if _is_binary(text):
        return None, [Fault("not-text")]
    if encoding != "utf-8":
        faults.append(Fault("not-utf8", details={"encoding": _NAMES[encoding], "byte": 0}))
    elif mark:
        faults.append(Fault("byte-order-mark"))
    if bad is not None:
        before = _plain_ends(data[len(mark) : len(mark) + bad].decode(encoding, "replace"))
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        faults.append(Fault("not-utf8", *place, {"encoding": None, "byte": len(mark) + bad}))
    if "\r" in text:
        first = text.index("\r")
        faults.append(Fault("line-ends", text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first)))
        text = _plain_ends(text)
    return text, faults


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, encoding: str) -> tuple[str, int | None]:
    """Return the text and the offset of the first byte that does not fit, where there is one."""
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return data.decode(encoding, "replace"), error.start


def _guessed(data: bytes) -> str:
    """Return the encoding that data without a byte order mark is in; what fits none counts as UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data:
            return "utf-8"
    for encoding, ascii_bytes in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if ascii_bytes and ascii_bytes.count(0) > len(ascii_bytes) // 4:
            return encoding
    return next((encoding for encoding, charset in _CHINESE.items() if _is_chinese(data, encoding, charset)), "utf-8")


def _is_chinese(data: bytes, encoding: str, charset: str) -> bool:
    """Whether the data is text in the encoding that keeps to its characters of daily use."""
    try:
        foreign = [char for char in data.decode(encoding) if char > "\x7f"]
    except UnicodeDecodeError:
        return False
    usual = sum(bool(char.encode(charset, "ignore")) for char in foreign)
    return usual * 10 > len(foreign) * 8


def _is_binary(text: str) -> bool:
    """Whether so much of the text is control characters, or nothing that could be read, that it is no text."""
    data = text.encode("utf-8", "replace")
    odd = text.count("\ufffd") + len(data) - len(data.translate(None, _ODD_BYTES))
    return "\0" in text or odd > max(len(text) // 20, 3)
