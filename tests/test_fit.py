"""The fit finder: no answer contradicts another, no case is in two minds, page and package decide alike."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from casebook.library import open_library
from casebook.model import Collection
from casebook.views import fit
from casebook.views.reading import Reader
from support import ROOT

SCRIPT = ROOT / "scripts" / "casebook" / "site" / "assets" / "fit.js"
RUN = """
global.window = {casebook: {}};
global.document = {addEventListener: function () {}};
require(process.argv[1]);
const {rules, samples} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const fit = window.casebook.fit;
const out = samples.map((answers) => {
  const known = fit.facts(rules, answers);
  return rules.cases.map((item) => fit.decide(item, known));
});
process.stdout.write(JSON.stringify(out));
"""

#: A case that says all one can say, beside those of the library.
EVERYTHING = {"troubles": [], "told": "", "sizes": [[0, 150, "x", "a-1"], [900, None, "y", "a-2"]], "silent": []}


@pytest.fixture(scope="module")
def rules(collection: Collection) -> dict[str, Any]:
    found = fit.data(Reader(collection.library, "zh"), collection)
    keys = list(found["terms"])
    every = {**EVERYTHING, "id": "every", "needs": [[0, key, "", "x-1"] for key in keys], "untold": False}
    wordy = {**EVERYTHING, "id": "wordy", "needs": [[0, "", "words", "x-1"]], "silent": [1], "untold": False}
    mute = {**EVERYTHING, "id": "mute", "needs": [], "sizes": [], "silent": [0, 1], "untold": True}
    found["cases"] += [every, wordy, mute]
    return found


def combinations(rules: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Every way to answer; a question left out is the same as an option that says nothing."""
    names = list(rules["questions"])
    for chosen in itertools.product(*(rules["questions"][name] for name in names)):
        yield dict(zip(names, chosen, strict=True))


def test_eight_questions_each_with_a_way_to_be_unsure(rules: dict[str, Any]) -> None:
    assert len(rules["questions"]) == 8
    for name, options in rules["questions"].items():
        assert any(not meaning for meaning in options.values()), name


def test_every_term_that_an_option_names_exists(rules: dict[str, Any]) -> None:
    named = fit.Rules(open_library(ROOT / "schemas")).spoken
    assert named <= set(rules["terms"])


def test_no_combination_of_answers_contradicts_itself(rules: dict[str, Any]) -> None:
    for answers in combinations(rules):
        known = fit.facts(rules, answers)
        assert not known.meets & known.denies, answers


def test_every_case_is_in_one_group_for_a_reason(rules: dict[str, Any]) -> None:
    """Walk every combination of what decides; the number of households only adds a reason."""
    troubles = next(
        name for name, options in rules["questions"].items() if any("trouble" in o for o in options.values())
    )
    sizes = next(name for name, options in rules["questions"].items() if any("range" in o for o in options.values()))
    for answers in combinations({"questions": {**rules["questions"], troubles: {"-": {}}, sizes: {"-": {}}}}):
        known = fit.facts(rules, answers)
        for case in rules["cases"]:
            group, reasons = fit.decide(case, known)
            kinds = {reason[0] for reason in reasons}
            assert (group == fit.UNKNOWN) == case["untold"]
            assert group != fit.FITS or not kinds & {"not", "open"}
            assert group != fit.IF or kinds & {"not", "open"}
            assert len(reasons) == len(case["needs"]) + len(case["silent"])
            for kind, key, *_ in reasons:
                assert kind != "met" or key in known.meets
                assert kind != "not" or key in known.denies


def test_saying_yes_never_makes_a_fit_worse(rules: dict[str, Any]) -> None:
    order = [fit.IF, fit.FITS]
    for name, options in rules["questions"].items():
        before = fit.facts(rules, {})
        for option, meaning in options.items():
            if meaning.get("denies") or "trouble" in meaning:
                continue
            after = fit.facts(rules, {name: option})
            for case in rules["cases"]:
                one, other = fit.decide(case, before)[0], fit.decide(case, after)[0]
                assert one == other or order.index(one) <= order.index(other)


def test_another_trouble_sets_a_case_apart(rules: dict[str, Any]) -> None:
    name, option, key = next(
        (name, option, meaning["trouble"])
        for name, options in rules["questions"].items()
        for option, meaning in options.items()
        if "trouble" in meaning
    )
    known = fit.facts(rules, {name: option})
    for case in rules["cases"]:
        assert (fit.decide(case, known)[0] == fit.OTHER) == (key not in case["troubles"])


def test_silence_is_never_a_fit(rules: dict[str, Any]) -> None:
    yes = {name: next(iter(options)) for name, options in rules["questions"].items() if "trouble" not in str(options)}
    known = fit.facts(rules, yes)
    assert fit.decide(next(case for case in rules["cases"] if case["id"] == "mute"), known)[0] == fit.UNKNOWN


def test_every_reason_leads_to_a_claim(collection: Collection, rules: dict[str, Any]) -> None:
    anchors = {
        case.id: {f"{name}-{answer.serial}" for name, each in case.answered.items() for answer in each.answers}
        for case in collection.cases
    }
    for case in rules["cases"]:
        if case["id"] in anchors:
            given = [need[3] for need in case["needs"]] + [size[3] for size in case["sizes"]]
            assert set(given) <= anchors[case["id"]]


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")
def test_page_and_package_decide_alike(rules: dict[str, Any]) -> None:
    samples = [{}, {"nonsense": "x"}, *list(combinations(rules))[::331]]
    ran = subprocess.run(
        ["node", "-e", RUN, str(SCRIPT)],
        input=json.dumps({"rules": rules, "samples": samples}),
        capture_output=True,
        text=True,
        check=True,
    )
    for answers, decided in zip(samples, json.loads(ran.stdout), strict=True):
        known = fit.facts(rules, answers)
        assert decided == [list(fit.decide(case, known)) for case in rules["cases"]], answers
