"""Which cases fit the reader's compound: the rules as data, and the decision.

The rules come from ``schemas/fit.yaml`` and from what cases say they needed. The page's script
decides with the same data; a test holds the two decisions together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.kinds.composite import State
from casebook.model import Answer, Case, Collection
from casebook.schema import Library
from casebook.views.columns import column
from casebook.views.reading import Reader

#: Groups of the result. A case about another trouble is set apart.
FITS, IF, UNKNOWN, OTHER = "fits", "if", "unknown", "other"

#: Cases in one piece of what is shown of them.
PIECE = 20


@dataclass(frozen=True)
class OptionView:
    """An answer the reader can choose."""

    id: str
    label: str


@dataclass(frozen=True)
class AskView:
    """A question to the reader."""

    id: str
    ask: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True)
class Need:
    """A condition and the cases that name it, each with the anchor of its claim."""

    rule: str
    label: str
    count: int
    cases: tuple[tuple[str, str, str], ...]


@dataclass
class Facts:
    """What the reader's answers make true or false."""

    meets: set[str] = field(default_factory=set)
    denies: set[str] = field(default_factory=set)
    size: tuple[int, int | None] | None = None
    trouble: str | None = None


class Rules:
    """What ``schemas/fit.yaml`` says of a library's cases.

    Args:
        library: the schemas.
    """

    def __init__(self, library: Library) -> None:
        """Read the rules."""
        self.library = library
        self.tool = library.tools["fit"]
        self.rules: list[Mapping[str, Any]] = self.tool["rules"]
        self.questions = {each["id"]: {**each, "options": _options(library, each)} for each in self.tool["questions"]}
        self.meanings = {
            name: {option["id"]: _meaning(option) for option in each["options"]}
            for name, each in self.questions.items()
        }
        every = (meaning for options in self.meanings.values() for meaning in options.values())
        #: Keys of the terms that some option speaks of.
        self.spoken = {key for meaning in every for name in ("meets", "denies") for key in meaning.get(name, ())}

    def conditions(self, case: Case) -> Iterator[tuple[int, str, Answer]]:
        """Yield what a case says it took: number of the rule, key of the term or nothing, the claim.

        Each term comes once, with the first claim that names it.
        """
        for number, rule in enumerate(self.rules):
            answered = case.answered[rule["question"]]
            seen: set[str] = set()
            for answer in answered.answers:
                keys = [f"{answered.question.vocabulary}.{term.id}" for term in answer.role("terms") or ()]
                for key in keys or [""]:
                    if (key not in seen) and (rule.get("decides") or key in self.spoken):
                        yield number, key, answer
                    if key:
                        seen.add(key)

    def silent(self, case: Case) -> list[int]:
        """Return the rules on which nobody has reported anything of this case."""
        states = (case.answered[rule["question"]].state for rule in self.rules)
        return [number for number, state in enumerate(states) if state is State.NOT_REPORTED]

    def labels(self, reader: Reader) -> dict[str, str]:
        """Return the label of every term by its key."""
        names = {self.library.questions[rule["question"]].vocabulary for rule in self.rules}
        if trouble := self.library.case.by_role.get("trouble"):
            names.add(trouble.vocabulary)
        return {
            f"{name}.{term.id}": reader.words(term.labels)
            for name in sorted(str(name) for name in names)
            for term in self.library.vocabularies[name].terms.values()
        }


def asks(reader: Reader) -> tuple[AskView, ...]:
    """Return the questions to the reader."""
    return tuple(
        AskView(
            name,
            reader.words(each["ask"]),
            tuple(OptionView(option["id"], reader.words(option["labels"])) for option in each["options"]),
        )
        for name, each in Rules(reader.library).questions.items()
    )


def data(reader: Reader, collection: Collection) -> dict[str, Any]:
    """Return what the decision needs: the meaning of each option, and what each case says it took.

    Cases come by their main approach in the vocabulary's order, then by id: no order of merit.
    """
    rules = Rules(reader.library)
    approach = str(reader.library.case.by_role["approach"].vocabulary)
    approaches = {term.id: reader.words(term.labels) for term in reader.library.vocabularies[approach].terms.values()}
    rank = {id: number for number, id in enumerate(approaches)}
    cases = [_case(reader, rules, case) for case in collection.cases]
    return {
        "questions": rules.meanings,
        "terms": rules.labels(reader),
        "rules": [
            [reader.words(rule["labels"]), reader.words(reader.library.questions[rule["question"]].labels)]
            for rule in rules.rules
        ],
        "approaches": approaches,
        "cases": sorted(cases, key=lambda case: (rank[case["main"]], case["id"])),
    }


def files(rules: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what the page's script reads: columns to decide by, and the cases themselves in pieces, for those shown.

    Args:
        rules: see :func:`data`.
    """
    cases = rules["cases"]
    columns = {
        "main": column(case["main"] for case in cases),
        "troubles": column(case["troubles"] for case in cases),
        "needs": column([need[:2] for need in case["needs"]] for case in cases),
        "sizes": column([size[:2] for size in case["sizes"]] for case in cases),
        "silent": column(case["silent"] for case in cases),
        "untold": column(case["untold"] for case in cases),
    }
    yield "fit", {**rules, "cases": columns, "piece": PIECE}
    for number, start in enumerate(range(0, len(cases), PIECE)):
        yield f"fit-{number}", cases[start : start + PIECE]


def facts(rules: Mapping[str, Any], answers: Mapping[str, str]) -> Facts:
    """Return what answers (option by question) say. Unknown questions and options say nothing."""
    found = Facts()
    for question, options in rules["questions"].items():
        meaning = options.get(answers.get(question), {})
        found.meets.update(meaning.get("meets", ()))
        found.denies.update(meaning.get("denies", ()))
        if "range" in meaning:
            found.size = tuple(meaning["range"])
        found.trouble = meaning.get("trouble", found.trouble)
    return found


def decide(case: Mapping[str, Any], known: Facts) -> tuple[str, list[list[Any]]]:
    """Return a case's group and the reasons: kind, text or key of a term, number of the rule, anchor of the claim.

    Nothing is added up and nothing ranked: one condition that is not known to be met makes an “if”,
    and silence on a deciding question makes it impossible to tell.
    """
    reasons: list[list[Any]] = []
    if known.trouble is not None:
        if known.trouble not in case["troubles"]:
            return OTHER, reasons
        reasons.append(["trouble", known.trouble, -1, case["told"]])
    for rule, key, text, anchor in case["needs"]:
        kind = "met" if key in known.meets else "not" if key in known.denies else "open"
        reasons.append([kind, key or text, rule, anchor])
    if known.size is not None and case["sizes"]:
        same = [each for each in case["sizes"] if _overlap(each, known.size)]
        _, _, amount, anchor = (same or case["sizes"])[0]
        reasons.append(["size" if same else "size-other", amount, -1, anchor])
    reasons.extend(["unknown", "", rule, ""] for rule in case["silent"])
    if case["untold"]:
        return UNKNOWN, reasons
    return (IF if any(reason[0] in ("not", "open") for reason in reasons) else FITS), reasons


def needs(rules: Mapping[str, Any], most: int = 12) -> tuple[Need, ...]:
    """Return every condition with the cases that name it, ``most`` at the most, for readers without scripts."""
    by_rule: list[dict[str, list[tuple[str, str, str]]]] = [{} for _ in rules["rules"]]
    for case in rules["cases"]:
        for rule, key, text, anchor in case["needs"]:
            what = rules["terms"].get(key) or text
            by_rule[rule].setdefault(what, []).append((case["id"], case["title"], anchor))
    found = []
    for (label, _), named in zip(rules["rules"], by_rule, strict=True):
        order = dict.fromkeys([text for text in rules["terms"].values() if text in named] + [*named])
        found += [Need(label, text, len(named[text]), tuple(named[text][:most])) for text in order]
    return tuple(found)


def _case(reader: Reader, rules: Rules, case: Case) -> dict[str, Any]:
    silent = rules.silent(case)
    trouble = reader.library.case.by_role.get("trouble")
    told = case.answered[rules.tool["trouble"]["told_in"]] if "trouble" in rules.tool else None
    return {
        "id": case.id,
        "title": reader.words(case.role("heading")),
        "place": reader.where(case.role("place")),
        "main": case.role("approach")[0].id,
        "troubles": [f"{trouble.vocabulary}.{term.id}" for term in case.role("trouble")] if trouble else [],
        "told": next((_anchor(told.question.name, answer) for answer in told.answers), "") if told else "",
        "needs": [
            [number, key, "" if key else reader.words(answer.role("statement")), _anchor(rules.rules[number], answer)]
            for number, key, answer in rules.conditions(case)
        ],
        "sizes": list(_sizes(reader, rules, case)),
        "silent": silent,
        "untold": any(rules.rules[number].get("decides") for number in silent),
    }


def _sizes(reader: Reader, rules: Rules, case: Case) -> Iterator[list[Any]]:
    """Yield how many there were: from, to, the words, the claim; an open end is nothing."""
    size = rules.tool.get("size")
    if size is None:
        return
    for answer in case.answered[size["question"]].answers:
        value, unit, bound = (answer.role(role) for role in ("value", "unit", "bound"))
        if value is None or unit is None or unit.id != size["unit"]:
            continue
        reach = bound.extra.get("reach") if bound else None
        low = 0 if reach == "down" else int(float(value))
        high = None if reach == "up" else int(float(answer.role("upper") or value))
        yield [low, high, reader.amount(answer), _anchor(size["question"], answer)]


def _overlap(one: Iterable[Any], other: Iterable[Any]) -> bool:
    (low, high, *_), (least, most) = one, other
    return (most is None or low <= most) and (high is None or high >= least)


def _anchor(rule: Mapping[str, Any] | str, answer: Answer) -> str:
    question = rule if isinstance(rule, str) else rule["question"]
    return f"{question}-{answer.serial}"


def _options(library: Library, question: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the options as written, those that stand for the terms of a vocabulary first."""
    name = question.get("terms of")
    terms = library.vocabularies[name].terms.values() if name else ()
    named = [
        {"id": term.id, "labels": term.extra.get("tile") or term.labels, "trouble": f"{name}.{term.id}"}
        for term in terms
    ]
    return [*named, *question["options"]]


def _meaning(option: Mapping[str, Any]) -> dict[str, Any]:
    meaning: dict[str, Any] = {
        name: [f"{vocabulary}.{term}" for vocabulary, terms in option[name].items() for term in terms]
        for name in ("meets", "denies")
        if name in option
    }
    meaning.update({name: option[name] for name in ("range", "trouble") if name in option})
    return meaning
