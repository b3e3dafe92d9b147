"""Documents → PDF files, with WeasyPrint and the machine's own Chinese font.

A font for Chinese weighs 20 MB, and a cut that keeps the places of its glyphs still 140 KB a weight and document.
So the font is first cut to the letters in use, and the PDF carries a cut of that cut.
"""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from casebook.site.packs import Paper

#: Weights in use, as CSS and as fontconfig write them.
_WEIGHTS = {400: "regular", 700: "bold"}
#: What a sheet is set in; other machines have other names for the same letters.
_FAMILY = "Noto Sans CJK SC"
#: A letter that a font for Chinese has and no other.
_PROOF = "课"
#: Tables that only other programs than a PDF's reader look at.
_UNUSED = ["GPOS", "GDEF", "BASE", "vmtx", "vhea", "VORG", "DSIG"]


class Unreadable(Exception):
    """A document has letters that the font does not have; the message names them."""


@cache
def lacking() -> str | None:
    """Return what this machine lacks to make a PDF, in both languages; ``None`` where nothing is missing."""
    try:
        import weasyprint  # noqa: F401 -- it looks for Pango when it is loaded
    except (ImportError, OSError):
        return "缺 Pango，没有生成 PDF / no PDF was made: Pango is missing (Debian: libpangoft2-1.0-0)"
    if not all(_PROOF in _letters(*font) for font in _fonts().values()) or len(_fonts()) < len(_WEIGHTS):
        return "缺中文字体，没有生成 PDF / no PDF was made: no Chinese font (Debian: fonts-noto-cjk)"
    return None


def made(papers: Iterable[Paper]) -> Iterator[tuple[str, bytes]]:
    """Yield each document as a PDF file: its path and its content.

    Raises:
        Unreadable: the font lacks a letter. Better no paper than one with empty boxes.
    """
    papers = list(papers)
    if not papers:
        return
    for name in ("weasyprint", "fontTools"):  # they tell of every rule for browsers that paper has no use for
        logging.getLogger(name).setLevel(logging.ERROR)
    fonts = _cut("".join(paper.html for paper in papers))
    for paper in papers:
        yield paper.path, _made(paper.html, fonts)


def _made(html: str, fonts: Mapping[int, bytes]) -> bytes:
    """Return one PDF; the same document gives the same bytes."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    rules = "".join(
        f"@font-face {{ font-family: Paper; font-weight: {weight}; "
        f"src: url(data:font/otf;base64,{base64.b64encode(font).decode()}) }}"
        for weight, font in fonts.items()
    )
    configuration, nothing_else = FontConfiguration(), URLFetcher(allowed_protocols=["data"])
    sheet = weasyprint.CSS(string=rules, font_config=configuration, url_fetcher=nothing_else)
    document = weasyprint.HTML(string=html, url_fetcher=nothing_else)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=configuration, pdf_identifier=identifier)
    return pdf


@cache
def _fonts() -> dict[int, tuple[str, int]]:
    """Return file and place in it of the Chinese font, by weight."""
    program = shutil.which("fc-match")
    if program is None:
        return {}
    found = {}
    for weight, name in _WEIGHTS.items():
        asked = [program, "-f", "%{file}\n%{index}", f"{_FAMILY}:{name}:lang=zh-cn"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 -- all our own words
        file, _, index = done.stdout.partition("\n")
        if file:
            # The upper half names an instance of a variable font.
            found[weight] = file, int(index) & 0xFFFF
    return found


@cache
def _letters(file: str, index: int) -> frozenset[str]:
    """Return the letters of a font; none where it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (OSError, TTLibError):
        return frozenset()


def _cut(text: str) -> dict[int, bytes]:
    """Return the font, cut to the letters of a text, by weight."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    wanted = {letter for letter in text if letter.isprintable()} | {"\N{NO-BREAK SPACE}"}
    cuts = {}
    for weight, (file, index) in _fonts().items():
        if lost := wanted - _letters(file, index):
            raise Unreadable("".join(sorted(lost)))
        options = subset.Options(layout_features=["pwid"], hinting=False, notdef_outline=True, recalc_timestamp=False)
        options.drop_tables += _UNUSED
        with TTFont(file, fontNumber=index, lazy=True, recalcTimestamp=False) as font:
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=map(ord, wanted))
            cutter.subset(font)
            out = io.BytesIO()
            font.save(out)
        cuts[weight] = out.getvalue()
    return cuts
