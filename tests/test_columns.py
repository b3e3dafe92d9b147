"""What is packed for scripts comes out of them as it went in."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from casebook.views import columns
from support import ROOT

BASE = ROOT / "scripts" / "casebook" / "site" / "assets" / "base.js"

#: The page as far as the script looks at it when it is loaded, and what is asked of it.
RUN = """
global.window = global;
global.document = {getElementById: () => null};
require(process.argv[1]);
const [kind, given, count] = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(kind === "bits" ? casebook.bits(given, count) : casebook.column(given)));
"""


def unpacked(kind: str, given: Any, count: int = 0) -> Any:
    asked = json.dumps([kind, given, count])
    ran = subprocess.run(["node", "-e", RUN, str(BASE)], input=asked, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js")

VALUES: list[list[Any]] = [
    [],
    ["a", "b", "a"],
    [[], ["a"], ["b", "a"], ["a"], []],
    [[[0, "a.b"], [1, ""]], [[1, ""]], []],
    [True, False, True],
    list(range(64)) * 2,
    list(range(65)),
    list(range(5000)),
    [[number, number % 7] for number in range(300)],
]


@pytest.mark.parametrize("values", VALUES, ids=range(len(VALUES)))
def test_a_column_comes_back(values: list[Any]) -> None:
    assert unpacked("column", columns.column(values)) == values


@pytest.mark.parametrize("values", [[], ["b", "a", "c", "a"], [3, 1, 2], [f"{n:05}" for n in range(4999, 0, -1)]])
def test_an_order_comes_back_as_places(values: list[Any]) -> None:
    places = unpacked("column", columns.order(values))
    assert [sorted(set(values))[place] for place in places] == values


@pytest.mark.parametrize("count", [0, 1, 5, 6, 7, 100])
def test_flags_come_back(count: int) -> None:
    flags = [number % 3 == 1 for number in range(count)]
    assert unpacked("bits", columns.bits(flags), count) == flags


def test_repetition_costs_little() -> None:
    rare = columns.column([["first", "second"], ["third"]] * 5000)
    assert len(json.dumps(rare)) < 11_000
