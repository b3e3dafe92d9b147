"""Fields that hold one value in one column."""

from __future__ import annotations

import datetime
import functools
import re

from casebook.kinds.base import KINDS, MAX_TEXT, Column, Kind, as_written, expect
from casebook.kinds.guess import half_width
from casebook.rows import Slot
from casebook.schema import Field, Library
from casebook.source import Node, ScalarNode
from casebook.values import Cells, Value

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\/@]+(?:[/?#][^\s<>\"'`\\]*)?")
_SCHEME = re.compile(r"\s*(javascript|data|vbscript|file|blob)\s*:", re.IGNORECASE)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*|[\uac00-\ud7a3]+")

#: Numbers and dates in the ways people write them, and what is meant.
_NUMBER_MEANT = re.compile(r"[+0]*([0-9]+(?:[,_][0-9]{3})*|[0-9]*)((?:\.[0-9]+)?)\s*([万亿]?)\D*")
_DATE_MEANT = re.compile(
    r"([0-9]{4})[-/.年]\s?([0-9]{1,2})(?:[-/.月]\s?([0-9]{1,2})日?|月)?|([0-9]{4})([0-9]{2})([0-9]{2})|([0-9]{4})年"
)
_TENS = {"": 0, "万": 4, "亿": 8}

#: Nothing in a case is older; an earlier year is a slip.
_FIRST_YEAR = 1700

#: The readers' time zone: there, a day has begun when it may be written.
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


class Line(Kind):
    """One line of text, the same in all languages."""

    type = "string"

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """Keep the text as written."""
        if expect(node, ScalarNode, item, slot) and self.accepts(item, node.value, node, slot):
            slot.put(node.value, node, is_text=True)

    def accepts(self, item: Field, text: str, node: ScalarNode, slot: Slot) -> bool:
        """Whether the text has the form of this kind; notes a problem where not."""
        return True

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """One column; the field's own constraints but for ``required``, which depends on its record."""
        constraints = {key: value for key, value in item.constraints.items() if key != "required"}
        if self.type == "string":
            constraints.setdefault("maxLength", MAX_TEXT)
        return [{"name": name, "type": self.type, "constraints": constraints}]


class Sign(Line):
    """A line that programs read: half-width signs only."""

    #: Whether it is a text for every reader of YAML, also where it consists of digits.
    is_text = True

    def read(self, item: Field, node: Node, slot: Slot) -> None:
        """Keep the text; full-width signs are read as what they mean and reported."""
        if not expect(node, ScalarNode, item, slot):
            return
        text, plain = node.value, half_width(node.value)
        if plain != text and not self.fits(item, text, slot) and self.fits(item, plain, slot):
            slot.problem("fullwidth", node, fix=as_written(plain) if self.is_text else plain, value=text, plain=plain)
            text = plain
        if self.accepts(item, text, node, slot):
            slot.put(text, node, is_text=self.is_text)

    def fits(self, item: Field, text: str, slot: Slot) -> bool:
        """Whether the text has the form of this kind."""
        raise NotImplementedError


class Identifier(Sign):
    """A name for programs; its form is the schema's."""

    def fits(self, item: Field, text: str, slot: Slot) -> bool:
        """Hold against the schema's pattern."""
        return bool(re.fullmatch(item.constraints.get("pattern", r"[!-~]*"), text))


class Url(Sign):
    """An address on the web; nothing but http and https."""

    def fits(self, item: Field, text: str, slot: Slot) -> bool:
        """Only ordinary addresses, without blanks or a user's name."""
        return bool(_ADDRESS.fullmatch(text))

    def accepts(self, item: Field, text: str, node: ScalarNode, slot: Slot) -> bool:
        """Refuse other schemes and addresses with blanks."""
        if self.fits(item, text, slot):
            return True
        if scheme := _SCHEME.match(text):
            slot.problem("unsafe-address", node, scheme=scheme[1].lower())
        else:
            meant = f"https://{text}"
            slot.problem("bad-address", node, guess=meant if "." in text and self.fits(item, meant, slot) else None)
        return False


class Fragment(Line):
    """A few words of a source: enough to find the place, never a passage."""

    def accepts(self, item: Field, text: str, node: ScalarNode, slot: Slot) -> bool:
        """Count Chinese characters and words of other scripts against the schema's limits."""
        most = item.extra.get("most", {})
        if len(text) <= min(most.values(), default=0):  # it has no more words than characters
            return True
        counts = {"han": len(_HAN.findall(text)), "words": len(_WORD.findall(text))}
        for unit, limit in most.items():
            if counts[unit] > limit:
                slot.problem("quote-too-long", node, count=counts[unit], limit=limit)
                return False
        return True


class Date(Sign):
    """A date as precise as its source: a year, a month or a day."""

    is_text = False

    def fits(self, item: Field, text: str, slot: Slot) -> bool:
        """Only what the calendar has."""
        return _first_day(text) is not None

    def accepts(self, item: Field, text: str, node: ScalarNode, slot: Slot) -> bool:
        """Refuse what is no date of the calendar and, where the schema asks, what lies ahead."""
        day = _first_day(text)
        if day is None:
            meant = _date_meant(text)
            slot.problem("bad-date", node, fix=meant, value=text, guess=meant)
            return False
        if item.extra.get("past") and day > datetime.datetime.now(tz=_CHINA).date():
            slot.problem("future-date", node, value=text)
            return False
        return True


@functools.lru_cache(maxsize=4096)
def _first_day(text: str) -> datetime.date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return datetime.date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def _date_meant(text: str) -> str | None:
    """Return the date in the form used here, where it is plain which day or month is meant."""
    match = _DATE_MEANT.fullmatch(half_width(text))
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    meant = "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])
    return meant if _first_day(meant) else None


class Number(Sign):
    """A decimal number, kept exactly as written."""

    type = "number"
    is_text = False

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """One column, of whole numbers where the schema says so."""
        return [
            {**column, "type": item.extra.get("type", self.type)} for column in super().columns(item, name, library)
        ]

    def fits(self, item: Field, text: str, slot: Slot) -> bool:
        """Only what no reader of YAML takes for something else: not 010, 1_000, 12:30."""
        return bool(_NUMBER.fullmatch(text))

    def accepts(self, item: Field, text: str, node: ScalarNode, slot: Slot) -> bool:
        """Refuse all other ways to write a number."""
        if self.fits(item, text, slot):
            return True
        slot.problem("bad-number", node, value=text, guess=_number_meant(text))
        return False


def _number_meant(text: str) -> str | None:
    """Return the number in the form used here, where a person would see which is meant."""
    match = _NUMBER_MEANT.fullmatch(half_width(text)) if len(text) < 40 else None
    if match is None or not (match[1] or match[2]):
        return None
    digits = re.sub("[,_]", "", match[1]) or "0"
    fraction, tens = match[2][1:], _TENS[match[3]]
    whole = (digits + fraction[:tens].ljust(tens, "0")).lstrip("0") or "0"
    rest = fraction[tens:].rstrip("0")
    meant = f"{whole}.{rest}" if rest else whole
    return meant if _NUMBER.fullmatch(meant) else None


class SingleTerm(Sign):
    """One term of a vocabulary."""

    def fits(self, item: Field, text: str, slot: Slot) -> bool:
        """Only terms that exist."""
        return text in slot.library.vocabularies[str(item.vocabulary)].terms

    def columns(self, item: Field, name: str, library: Library) -> list[Column]:
        """One column that frictionless holds against the vocabulary."""
        (column,) = super().columns(item, name, library)
        vocabulary = library.vocabularies[str(item.vocabulary)]
        return [{**column, "constraints": {"enum": list(vocabulary.terms)}, "vocabulary": vocabulary.name}]

    def value(self, item: Field, column: str, cells: Cells) -> Value:
        """The term itself."""
        written = cells.cells.get(column)
        return None if written is None else cells.library.term(str(item.vocabulary), written)


KINDS.update(
    identifier=Identifier(),
    line=Line(),
    url=Url(),
    fragment=Fragment(),
    date=Date(),
    number=Number(),
    term=SingleTerm(),
)
