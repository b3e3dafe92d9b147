"""Write what was measured as a table and a picture: results/README.md and results/ratios.svg.

    python benchmarks/report.py

The picture is drawn by matplotlib, which is installed aside.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import ROOT, installed

RESULTS = ROOT / "benchmarks" / "results"
MATPLOTLIB = "matplotlib==3.10.7"

#: Benchmarks with a table, and what it says.
TABLES = {
    "build": "Building, against Hugo and Zensical",
    "check": "Checking, against check-jsonschema",
}


def main() -> None:
    """Write both."""
    parts = ["# What was measured\n\n![Our time over that of the peer](ratios.svg)\n"]
    for name, heading in TABLES.items():
        file = RESULTS / f"{name}.json"
        if file.exists():
            parts.append(f"\n## {heading}\n\n{_with(json.loads(file.read_text(encoding='utf-8')))}\n\n{_table(name)}")
            parts.append(f"\nWhat the figures mean: [benchmarks/{name}](../{name}/README.md).\n")
    (RESULTS / "README.md").write_text("".join(parts), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        python = installed(Path(folder), MATPLOTLIB) / "python"
        draw = Path(__file__).with_name("draw.py")
        subprocess.run([python, draw, RESULTS, RESULTS / "ratios.svg"], check=True)  # noqa: S603


def _with(results: dict[str, Any]) -> str:
    versions = ", ".join(
        f"{name} {version.partition('==')[2] or version}" for name, version in results["versions"].items()
    )
    return (
        f"{results['day']}, {results['processors']} processors of an {results['processor']}, "
        f"Python {results['python']}, {versions}; mean load in the last 15 minutes: {results['load']}."
    )


def _table(name: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / name / "compare.py"), "--table"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
