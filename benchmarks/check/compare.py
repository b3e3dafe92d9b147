"""Check the same cases with casebook and with check-jsonschema, side by side; see README.md."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from measure import ROOT, Run, installed, machine, median, run

RESULTS = ROOT / "benchmarks" / "results" / "check.json"
PEER = "check-jsonschema==0.39.0"

#: casebook on one processor, casebook on all that there are, and the peer.
ONE, ALL, THEIRS = "one", "all", "peer"


#: Of more cases than this the peer takes minutes, and is run once.
LONG = 1000


def main() -> None:
    """Measure, or print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each in turn, of which the medians count")
    parser.add_argument("--peer", type=Path, metavar="PATH", help="check-jsonschema; without it, it is installed aside")
    parser.add_argument("--table", action="store_true", help="print the results that are there")
    arguments = parser.parse_args()
    if not arguments.table:
        with tempfile.TemporaryDirectory() as name:
            peer = arguments.peer or installed(Path(name), PEER) / "check-jsonschema"
            results = measured(arguments.sizes, arguments.rounds, peer, Path(name))
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(table(json.loads(RESULTS.read_text(encoding="utf-8"))))


def measured(sizes: list[int], rounds: int, peer: Path, folder: Path) -> dict[str, Any]:
    """Return the medians for each number of cases, and what they were measured with."""
    casebook = [sys.executable, "-m", "casebook"]
    schema = folder / "case.schema.json"
    run([*casebook, "template", "jsonschema", "-o", str(schema)])
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        cases = folder / str(size)
        run([*casebook, "synth", str(size), "--out", str(cases)])
        files = sorted(cases.glob("*.yaml"))
        commands = {
            ONE: [*casebook, "check", str(cases)],
            ALL: [*casebook, "check", str(cases)],
            THEIRS: [str(peer), "--schemafile", str(schema), *map(str, files)],
        }
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for number in range(rounds):
            for name, command in commands.items():
                if name == THEIRS and number and size > LONG:
                    continue
                runs[name].append(run(command, one=name == ONE))
                print(size, name, runs[name][-1], file=sys.stderr)
        found[size] = {name: asdict(median(each)) for name, each in runs.items()}
        found[size]["bytes"] = round(statistics.mean(path.stat().st_size for path in files))
    return {
        **machine(),
        "rounds": rounds,
        "versions": {name: version(name) for name in ("frictionless", "pyyaml")} | {"check-jsonschema": PEER},
        "sizes": found,
    }


def table(results: dict[str, Any]) -> str:
    """Return the results as Markdown; how often as fast casebook is, is the peer's figure over its own."""
    lines = [
        "| cases | casebook: processor s | MB | both processors: processor s | clock s | MB "
        "| check-jsonschema: processor s | clock s | MB | times as fast: processor | both | clock |",
        f"|{'---|' * 12}",
    ]
    for size, each in results["sizes"].items():
        one, every, theirs = each[ONE], each[ALL], each[THEIRS]
        figures = [one["processor"], one["memory"]]
        figures += [every[key] for key in ("processor", "clock", "memory")]
        figures += [theirs[key] for key in ("processor", "clock", "memory")]
        figures += [theirs["processor"] / run["processor"] for run in (one, every)]
        figures.append(theirs["clock"] / every["clock"])
        lines.append(f"| {size} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
