"""Papers of the copy kit as Word files that people edit and print. The same words give the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

#: Fonts that office programs in China bring along: Latin letters, Chinese text, Chinese headings.
LATIN, SONG, HEI = "Calibri", "宋体", "微软雅黑"
#: No clock goes into a file.
_MADE = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
_ZIPPED = (1980, 1, 1, 0, 0, 0)
#: Relations to parts of the empty document that office programs do without.
_UNUSED = ("thumbnail", "stylesWithEffects", "customXml")


@cache
def paper(title: str, lang: str, blocks: tuple[tuple[str, Any], ...]) -> bytes:
    """Return a Word file; made once for the same words, since a preview builds often.

    Args:
        title: kept in the file's properties.
        lang: language of its text.
        blocks: kind and content, see :func:`casebook.views.kit.blocks`.
    """
    document = docx.Document()
    _dress(document)
    for kind, content in blocks:
        _add(document, kind, content)
    properties = document.core_properties
    properties.title, properties.language = title, lang
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _MADE
    properties.revision = 1
    _lighten(document)
    return _still(document)


def _dress(document: Document) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
    sizes = {"Normal": (SONG, 12), "List Bullet": (SONG, 12), "Heading 1": (HEI, 18), "Heading 2": (HEI, 13)}
    for name, (font, size) in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.line_spacing = 1.4
        style.paragraph_format.space_after = Pt(6)


def _add(document: Document, kind: str, content: Any) -> None:
    if kind in ("heading", "subheading"):
        document.add_heading(content, 1 if kind == "heading" else 2)
    elif kind == "list":
        for line in content:
            document.add_paragraph(line, style="List Bullet")
    elif kind == "needs":
        for line in content:
            document.add_paragraph(f"□ {line or '________________'}")
    elif kind == "table":
        rows, heads = content
        table = document.add_table(rows + 1, len(heads), style="Table Grid")
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.text = head
        for row in table.rows:
            row.height = Cm(0.9)
    else:
        document.add_paragraph(content)


def _lighten(document: Document) -> None:
    """Leave out what the empty document brings along and no paper uses: five parts in six of its size."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED:
                del owner.rels[key]
    styles = document.styles.element
    named = set(document.part.element.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    kept = {style.styleId: style for style in styles.style_lst if style.styleId in named or style.default}
    pending = list(kept.values())
    while pending:
        for name in pending.pop().xpath("w:basedOn/@w:val | w:link/@w:val | w:next/@w:val"):
            if name not in kept:
                kept[name] = styles.get_by_id(name)
                pending.append(kept[name])
    for style in list(styles.style_lst):
        if style.styleId not in kept:
            styles.remove(style)


def _still(document: Document) -> bytes:
    """Return the file with its parts in order and without the time of day."""
    raw, still = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(given.namelist()):
            part = zipfile.ZipInfo(name, _ZIPPED)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            written.writestr(part, given.read(name))
    return still.getvalue()
