"""Nobody is named and nothing leads to a person: not in answers, not in comments.

The search errs on the side of a warning; a person decides. Whatever prints a text that others wrote
passes it through :func:`masked` first. Each search starts from words or digits that are quick
to find, since nearly every text has nothing to be found. The form on the site searches by the
same constants, which its description carries by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from casebook.problem import Problem
from casebook.rows import Rows
from casebook.schema import Library


class Finding(NamedTuple):
    """A stretch of a text that should not be published; ``code`` is that of a problem."""

    code: str
    start: int
    end: int


#: Full-width digits and letters; one character for one, so that places stay right.
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE_SIGN = re.compile("[\uff0b\uff0d\uff10-\uff19\uff20-\uff3a\uff41-\uff5a]")

# -- numbers ---------------------------------------------------------------------------------

_URL = re.compile(r"https?://[^\s<>\"'，。；）]+")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}")
_DIGITS = re.compile(r"[0-9][\d()） -]{6,40}[Xx]?")
#: What all numbers below have in common, and dates have not: seven digits nearly together, or a plus.
_RUN = re.compile(r"\d{3}[ -]?\d{4}|\+")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\d.]?\d)")
_LANDLINE = re.compile(
    r"(?<![\d.-])(?:\+86[- ]?\d{2,3}[- ]?|[(（]0\d{2,3}[)）][- ]?|0(?:10|2\d|[3-9]\d{2})[- ]?)"
    r"[2-8]\d{2,3}[- ]?\d{4}(?!\d)"
    r"|(?:电话|热线|座机|拨打|[Tt]el\.?|[Pp]hone)[^\d\n]{0,6}[2-8]\d{6,7}(?!\d)"
    r"|\+(?!86)\d{1,3}(?:[- ]\d{2,4}){2,4}(?!\d)"
)
_LONG = re.compile(r"(?<![\d.])\d{15,19}[Xx]?(?!\d)|(?<!\d)\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?(?!\d)")
_SPOKEN_ID = re.compile(r"身份证号?码?[^\d\n]{0,6}(\d{15}(?:\d{2}[\dXx])?)(?!\d)")
_BIRTHDAY = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD = re.compile(r"62|60|9558|4|5[1-5]|3[457]")

# -- names -----------------------------------------------------------------------------------

#: Frequent surnames, without those that are everyday words before a form of address.
_SURNAMES = frozenset(
    "张王李刘陈杨赵黄吴周徐孙马朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁余叶蒋杜苏魏吕丁沈姚卢姜崔钟谭陆汪范石廖贾韦付邹熊"
    "孟秦邱江侯尹薛雷段郝孔邵史毛常龚覃钱汤黎易赖武康贺严施牛洪温聂樊颜葛殷章鲁俞兰欧岳耿鲍翟庞詹祝柴焦"
)
_ADDRESS = (
    *("大妈", "大爷", "大娘", "大姐", "大哥", "大叔", "大伯", "大婶", "大嫂", "奶奶", "爷爷", "阿姨", "叔叔", "婆婆"),
    *("老伯", "老太", "老汉", "师傅", "先生", "女士", "小姐", "娭毑", "嗲嗲", "爹爹", "孃孃", "嬢嬢", "嫂"),
    *("老师", "医生"),
    *("书记", "主任", "经理", "队长", "站长", "组长", "楼长", "局长", "所长", "科长", "律师"),
)
_SURNAME = re.compile(f"[{''.join(sorted(_SURNAMES))}]")
_ADDRESSED = re.compile(f".(?:{'|'.join(_ADDRESS)})")
#: Signs at which a name may stand: somebody left unnamed, somebody familiar, somebody's age.
_UNNAMED, _CLOSE, _YEARS = ("某",), ("老", "小"), ("岁", "号的", "室的", "房的")
_NOT_A_PERSON = frozenset("个些种项人地市区县镇乡村街路社小公单企物年月日时处楼栋号")
_STANDING = ("居民", "业主", "住户", "村民", "老人", "女儿", "儿子", "党员")
_NAMED = re.compile(r"[\u4e00-\u9fa5]{2,3}(?=大妈|大爷|奶奶|爷爷|阿姨|师傅|先生|女士|告诉|说[，：:])")
_FAMILIAR = re.compile(r"[老小].(?=说|讲|告诉|表示|介绍|家里|今年|这样|[，。：、])")
_AGED_NAME = re.compile(
    r"(?:(?<![\u4e00-\u9fa5])|(?<=[的叫是]))[\u4e00-\u9fa5]{2,3}(?=[，,(（]?(?:今年|现年)?\d{2,3}岁)"
    r"|(?<=[岁号室房]的)[\u4e00-\u9fa5]{2,3}(?=[，。、；说告介表和在是])"
)
_PINYIN = (
    "Zhang|Wang|Li|Liu|Chen|Yang|Zhao|Huang|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Lin|Luo|Zheng|Liang|Xie|Song|Tang|Deng|Feng"
    "|Han|Cao|Zeng|Peng|Xiao|Cai|Pan|Tian|Dong|Yuan|Yu|Ye|Jiang|Du|Su|Wei|Lu|Ding|Ren|Shen|Yao|Cui|Zhong|Tan|Fan|Shi|Liao"
)
_ENGLISH = (
    *("Mr", "Ms", "Miss", "Aunt", "Uncle", "Grand", "Granny", "Old ", "Master ", "Madam ", "Sister ", "Brother "),
    *("surnamed ", "Secretary ", "Director ", "Manager ", "mou", "Mou"),
)
_ENGLISH_NAME = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Auntie|Aunt|Uncle|Grandma|Grandpa|Granny|Grandmother|Grandfather)\.? [A-Z][a-z]+"
    rf"|(?:Old|Master|Madam|Sister|Brother|surnamed|Secretary|Director|Manager) (?:{_PINYIN})"
    rf"|(?:{_PINYIN}) ?[Mm]ou(?:mou)?)\b"
)

# -- what makes a name more than a name ------------------------------------------------------

_AGE = re.compile(r"\d{2,3} ?岁|\d{2,3}[- ]years?[- ]old|\baged \d{2,3}|(?<=, )\d{2}(?=,)")
_ROOM = re.compile(
    r"\d{1,3}(?:栋|幢|座|号楼)\d{0,2}(?:单元)?\d{3,4}(?:室|房|号)|\d{1,2}单元\d{3,4}(?:室|房|号|(?![\d户家]))"
    r"|\b(?:Building|Block) \d{1,3},? (?:Unit \d{1,2},? )?(?:Room|Flat|Apartment) \d{2,4}\b"
)
_ROOM_SIGNS = ("栋", "幢", "座", "号楼", "单元", "Building ", "Block ")
_HOME = re.compile(
    r"(?:家住|住在|住)[^，。；\n]{0,20}?\d{1,4} ?(?:号|室|房)(?!院|小区|楼院)"
    r"|\blives? (?:at|in) [^.;\n]{0,40}?\b\d{1,4}\b"
)
_NEAR_AGE, _NEAR_HOME, _LONGEST = 8, 24, 48

#: Every word worth a closer look, for one search; none of them begins within another.
_SIGN = re.compile("|".join((*_YEARS, *_ROOM_SIGNS, *_ENGLISH)))


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Search the whole file; what is found is never quoted whole."""
    for found in rows.search(find):
        yield Problem(found.code, rows.document.file, found.span, found.path, {"value": _starred(found.text)})


def find(text: str) -> list[Finding]:
    """Return what is private in a text, in order."""
    plain = text.translate(_WIDE) if _WIDE_SIGN.search(text) else text
    findings, names = [*_numbers(plain)], [*_names(plain)]
    for found in _SIGN.finditer(plain):
        sign = found.group()
        if sign in _ROOM_SIGNS:
            findings += _rooms(plain, found.start(), sign)
        elif sign in _YEARS:
            names += _aged_names(plain, found.start())
        else:
            names += _english_names(plain, found.start(), sign)
    for name in names:
        aged = any(_near(plain, name, _AGE, _NEAR_AGE))
        findings.append(Finding("private-age" if aged else "private-name", *name))
        findings += [Finding("private-home", *home) for home in _near(plain, name, _HOME, _NEAR_HOME)]
    return _without_overlaps(findings)


def masked(text: str) -> str:
    """Return the text with asterisks over all but the beginning of what is private."""
    for _, start, end in find(text):
        text = text[:start] + _starred(text[start:end]) + text[end:]
    return text


def _starred(text: str) -> str:
    """Return a stretch that was found with asterisks over all but its beginning; it need not be found again alone."""
    shown = max(1, min(3, len(text) // 4))
    return text[:shown] + "*" * (len(text) - shown)


def _numbers(text: str) -> Iterator[Finding]:
    if "://" in text:
        text = _URL.sub(lambda found: " " * len(found.group()), text)
    if "@" in text:
        yield from (Finding("private-email", *found.span()) for found in _EMAIL.finditer(text))
    for digits in _DIGITS.finditer(text):
        start, end = max(digits.start() - 14, 0), digits.end() + 3
        if not _RUN.search(text, start, end):
            continue
        for found in _SPOKEN_ID.finditer(text, start, end):
            yield Finding("private-id-card", *found.span(1))
        for found in _LONG.finditer(text, start, end):
            number = re.sub("[ -]", "", found.group())
            if _is_id_card(number):
                yield Finding("private-id-card", *found.span())
            elif _is_bank_card(number):
                yield Finding("private-bank-card", *found.span())
        for code, pattern in (("private-mobile", _MOBILE), ("private-landline", _LANDLINE)):
            yield from (Finding(code, *found.span()) for found in pattern.finditer(text, start, end))


def _is_id_card(number: str) -> bool:
    """Whether birthday and check digit (GB 11643) are those of an identity card."""
    if not _BIRTHDAY.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _is_bank_card(number: str) -> bool:
    """Whether the beginning and the check digit (Luhn) are those of a bank card."""
    if not (16 <= len(number) <= 19 and number.isdecimal() and _CARD.match(number)):
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _rooms(text: str, at: int, sign: str) -> Iterator[Finding]:
    """Find an address down to the single flat."""
    after = at + len(sign)
    if text[after : after + 1].isdecimal() and (
        found := _ROOM.search(text, max(at - 8, 0) if not sign.isascii() else at, after + 24)
    ):
        yield Finding("private-home", *found.span())


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Find names by a surname, and what stands before or after it."""
    for surname in _SURNAME.finditer(text):
        at, end = surname.span()
        if addressed := _ADDRESSED.match(text, at):
            yield addressed.span()
        if text.startswith(_UNNAMED, end):
            end += 2 if text.startswith(_UNNAMED, end + 1) else 1
            if text[end : end + 1] not in _NOT_A_PERSON:
                yield at, end
        if text.endswith(_STANDING, 0, at) and (named := _NAMED.match(text, at)):
            yield named.span()
        if text.endswith(_CLOSE, 0, at) and _FAMILIAR.match(text, at - 1):
            yield at - 1, at + 1


def _aged_names(text: str, at: int) -> Iterator[tuple[int, int]]:
    for found in _AGED_NAME.finditer(text, max(at - 12, 0), at + 8):
        if found.group()[0] in _SURNAMES:
            yield found.span()


def _english_names(text: str, at: int, sign: str) -> Iterator[tuple[int, int]]:
    if sign.lower() == "mou":  # stands after the name
        found = _ENGLISH_NAME.search(text, max(at - 8, 0), at + len(sign) + 8)
    else:
        found = _ENGLISH_NAME.match(text, at)
    if found:
        yield found.span()


def _near(text: str, name: tuple[int, int], pattern: re.Pattern[str], distance: int) -> Iterator[tuple[int, int]]:
    """Yield what stands near a name, before or after it."""
    start, end = name
    for found in pattern.finditer(text, max(start - distance - _LONGEST, 0), end + distance + _LONGEST):
        if start - found.end() <= distance and found.start() - end <= distance:
            yield found.span()


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    """Return the findings in order; of those that overlap, the one that begins first and reaches furthest."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda each: (each.start, -each.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
