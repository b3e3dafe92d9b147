"""Measure pages of a served site with Lighthouse's phone profile.

    python benchmarks/lighthouse/measure.py http://127.0.0.1:8080/ [--runs 3] [--out benchmarks/results/lighthouse.json]

Needs the ``lighthouse`` command (npm) and Chromium; see the README. A page's figures are the median of its runs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PAGES = {
    "home": "",
    "cases": "cases/",
    "case": "cases/hejiaao-1133/",
    "compare": "compare/?cases=hejiaao-1133,hetang-backstop,yaohua-red-property",
}
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
METRICS = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
    "speed-index",
)
BROWSER = "--headless=new --no-sandbox --disable-background-networking --disable-component-update --disable-sync"
ATTEMPTS = 4


def measure(command: str, address: str) -> dict[str, Any]:
    """Return Lighthouse's report of one page; a run that recorded nothing is made again."""
    for _ in range(ATTEMPTS):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "report.json"
            call = [command, address, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={BROWSER}"]
            subprocess.run(call, check=False, capture_output=True)  # noqa: S603 – the caller names the command
            report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
        if report and "runtimeError" not in report:
            return report
    sys.exit(f"{address}: Lighthouse recorded nothing in {ATTEMPTS} runs")


def figures(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians of several reports of one page."""
    scores = {
        name: round(100 * statistics.median(each["categories"][name]["score"] for each in reports))
        for name in CATEGORIES
    }
    metrics = {
        name: round(statistics.median(each["audits"][name]["numericValue"] for each in reports), 3) for name in METRICS
    }
    least = min(round(100 * each["categories"]["performance"]["score"]) for each in reports)
    return {"scores": scores, "least performance": least, "metrics": metrics, "runs": len(reports)}


def main() -> int:
    """Measure every page; the exit code says whether all are good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    command = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if command is None:
        sys.exit("no lighthouse: npm install --global lighthouse, or name it in LIGHTHOUSE")
    found: dict[str, Any] = {}
    version = ""
    good = True
    for name, path in PAGES.items():
        reports = [measure(command, given.address + path) for _ in range(given.runs)]
        version = reports[0]["lighthouseVersion"]
        found[name] = {"page": path, **figures(reports)}
        good = good and all(found[name]["scores"][each] >= least for each, least in CATEGORIES.items())
        print(name, found[name]["scores"], found[name]["metrics"])
    if given.out:
        text = json.dumps({"lighthouse": version, "profile": "phone, simulated throttling", "pages": found}, indent=2)
        given.out.write_text(text + "\n", encoding="utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
