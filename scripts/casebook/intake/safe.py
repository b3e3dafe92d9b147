"""Whether an office file may be opened at all: nothing that runs, fetches or hides is let in."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

#: A case is a few pages; what is far beyond that is no case.
MAX_BYTES, MAX_UNPACKED, MAX_PARTS = 10_000_000, 60_000_000, 2_000

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXTERNAL = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>")

ANSWERS = {
    "old": (
        "这是旧格式（.xls、.doc、.et、.wps）。请用 Excel、Word 或 WPS 打开，另存为 .xlsx 或 .docx，再导入。",
        "This is an old format (.xls, .doc, .et, .wps). Open it, save it as .xlsx or .docx, and import that.",
    ),
    "locked": (
        "文件加了密码。请去掉密码，另存一份再导入。",
        "The file is protected by a password. Save a copy without it and import that.",
    ),
    "macro": (
        "文件里有宏，不打开。请另存为不带宏的 .xlsx 或 .docx。",
        "The file holds macros and is not opened. Save it as .xlsx or .docx without macros.",
    ),
    "linked": (
        "文件里有指向外面的链接或嵌入的东西，不打开。请粘贴成文字，另存一份。",
        "The file links to or embeds something else and is not opened. Paste it as text and save a copy.",
    ),
    "large": (
        "文件太大，不像一个案例。里面有图片的话请删掉。",
        "The file is too large for a case. Take out pictures, if there are any.",
    ),
    "unreadable": (
        "打不开：不是 .xlsx 或 .docx，或者文件坏了。",
        "Cannot be opened: neither .xlsx nor .docx, or damaged.",
    ),
    "other": (
        "不是这里的模板。请用 casebook template xlsx 或 docx 生成一份，把内容抄过去。",
        "Not made from the template. Write one with casebook template xlsx or docx and copy the text over.",
    ),
}


class Refused(Exception):
    """The file is not opened; the message says why, in both languages."""

    def __init__(self, reason: str) -> None:
        """Take the words of a reason."""
        super().__init__(" / ".join(ANSWERS[reason]))
        self.reason = reason


def kind(path: Path) -> str:
    """Return ``xlsx`` or ``docx``, by what the file holds and not by its name.

    Raises:
        Refused: it is neither, or not safe to open.
    """
    if path.stat().st_size > MAX_BYTES:
        raise Refused("large")
    head = path.read_bytes()
    if head.startswith(_OLD):
        raise Refused("locked" if "EncryptedPackage".encode("utf-16-le") in head else "old")
    try:
        with zipfile.ZipFile(path) as archive:
            return _kind(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused("unreadable") from error


def _kind(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("large")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("locked")
    names = [part.filename.lower() for part in parts]
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise Refused("macro")
    if any(re.search(r"/(externallinks|embeddings|activex)/|/connections\.xml$", name) for name in names):
        raise Refused("linked")
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Refused("unreadable")
        # An address that somebody typed becomes a hyperlink by itself; only its text is read.
        if any(b"/hyperlink" not in link for link in _EXTERNAL.findall(content)):
            raise Refused("linked")
        if b"macroEnabled" in content and part.filename == "[Content_Types].xml":
            raise Refused("macro")
    for found, main in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
        if main in names:
            return found
    raise Refused("unreadable")


#: The same time on every file, so that the same content gives the same bytes.
_TIME = (2000, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def settle(path: Path) -> None:
    """Pack an office file anew without the time of writing."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            settled = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content) if name == "docProps/core.xml" else content
            archive.writestr(info, settled)
