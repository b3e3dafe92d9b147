"""Sentences and names nobody has ever used, put together from the words of the schemas."""

from __future__ import annotations

import re
from random import Random

from casebook.problem import Words
from casebook.schema import Library, Vocabulary

#: Characters and syllables that names of places are made of.
_FIRST = "云溪松竹梅兰桂柳枫荷莲菱芦苇杏桃梨橘茶棠榆槐桐樟杉柏龙凤鹤鹭雁鹿马牛羊虎石岩沙泉井塘湖港湾洲渡桥关亭台阁"
_SECOND = "山水田坪坡岭冲坳垅湾塘溪江河洲滩岸渡口桥头井泉园苑庭里巷坊村寨屋楼台门东西南北中新老上下前后大小长高平安和兴"
_SYLLABLES = re.findall(
    r"\w+",
    "yun xi song zhu mei lan gui liu feng he lian ling lu wei xing tao li ju cha tang yu huai tong zhang shan bai "
    "long hu shi yan sha quan jing wan zhou du qiao guan ting tai ge ping po chong ao",
)

#: Prime to the number of names, so that one case after another gets a name of its own.
_STRIDE = 75_011

_FICTIONAL = {"zh": "虚构：", "en": "Fictional: "}
_CLAUSE = {"zh": re.compile(r"[，。；：、]+"), "en": re.compile(r"[.;]\s+|\.$")}

#: How a sentence is put together: {0}, {1} are clauses, {w} {v} words, {n} {m} numbers, {p} a place.
_SHAPES = {
    "zh": (
        "{0}，{1}。",
        "{p}的{w}，{0}。",
        "先是{w}，后来{0}，一共{n}次。",
        "{0}；{v}的事，{1}。",
        "有{n}户说{0}，另外{m}户说{1}。",
        "到第{n}个月，{w}和{v}都有了，{0}。",
        "{p}把{w}交给{v}，{0}。",
        "因为{0}，{n}人商量以后改成{w}。",
    ),
    "en": (
        "{0}, and {1}.",
        "In {p} there was {w}, and {0}.",
        "At first {w}, later {0}, {n} times in all.",
        "{0}; as for {v}, {1}.",
        "{n} households said that {0}, and {m} others that {1}.",
        "By month {n} there was {w} as well as {v}, and {0}.",
        "{p} handed {w} to {v}, and {0}.",
        "Because {0}, {n} people talked it over and turned to {w}.",
    ),
}


class Wording:
    """Makes texts in every language of a library.

    Args:
        library: whose terms, definitions, synonyms and samples are used.
    """

    def __init__(self, library: Library) -> None:
        """Collect the words once."""
        self.languages = library.languages
        self._words: dict[str, list[str]] = {}
        self._clauses: dict[str, list[str]] = {}
        terms = [term for each in library.vocabularies.values() if not _gazetteer(each) for term in each.terms.values()]
        fields = [*library.questions.values(), *library.case.fields]
        samples = [sample for item in fields if isinstance(sample := item.extra.get("sample"), dict)]
        for lang in self.languages:
            names = [name for term in terms for name in (term.labels[lang], *term.synonyms.get(lang, ()))]
            texts = [*(term.definition.get(lang, "") for term in terms), *(sample.get(lang, "") for sample in samples)]
            cut = _CLAUSE.get(lang, _CLAUSE["en"])
            parts = [part.strip() for text in texts for part in cut.split(text)]
            self._words[lang] = list(dict.fromkeys(names))
            self._clauses[lang] = [part[0].lower() + part[1:] for part in dict.fromkeys(parts) if len(part) > 3]

    def own_name(self, number: int) -> Words:
        """Return a name that no other number has."""
        rest, second = divmod(number * _STRIDE, len(_SECOND))
        rest, third = divmod(rest, len(_SECOND))
        syllables = (_SYLLABLES[(number // len(_SYLLABLES) ** power) % len(_SYLLABLES)] for power in range(3))
        return self._name(_FIRST[rest % len(_FIRST)] + _SECOND[second] + _SECOND[third], "".join(syllables))

    def name(self, random: Random) -> Words:
        """Return the name of a place that does not exist."""
        return self._name(
            random.choice(_FIRST) + random.choice(_SECOND) + random.choice(_SECOND),
            "".join(random.choices(_SYLLABLES, k=3)),
        )

    def _name(self, characters: str, letters: str) -> Words:
        return {lang: characters if lang == "zh" else letters.capitalize() for lang in self.languages}

    def sentences(self, random: Random, most: int, place: Words) -> Words:
        """Return one to ``most`` sentences."""
        count = random.randint(1, most)
        return {
            lang: ("" if lang == "zh" else " ").join(self._sentence(random, lang, place) for _ in range(count))
            for lang in self.languages
        }

    def _sentence(self, random: Random, lang: str, place: Words) -> str:
        clauses, words = self._clauses[lang], self._words[lang]
        shape = random.choice(_SHAPES.get(lang, _SHAPES["en"]))
        text = shape.format(
            random.choice(clauses),
            random.choice(clauses),
            w=random.choice(words),
            v=random.choice(words),
            n=random.randint(2, 400),
            m=random.randint(2, 90),
            p=place[lang],
        )
        return text[0].upper() + text[1:]

    def fragment(self, random: Random, lang: str) -> str:
        """Return a few words that could stand in a source."""
        return random.choice(self._clauses[lang])

    def mark(self, words: Words) -> Words:
        """Return a text that says it is made up."""
        return {lang: _FICTIONAL.get(lang, _FICTIONAL["en"]) + text for lang, text in words.items()}


def _gazetteer(vocabulary: Vocabulary) -> bool:
    """Whether it lists places, which would be real ones."""
    return any("parent" in term.extra for term in vocabulary.terms.values())
