"""Draw how our time stands to that of peers, by the number of cases; called by report.py where matplotlib is.

python benchmarks/draw.py RESULTS PICTURE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from matplotlib import rcParams
from matplotlib.figure import Figure

#: Benchmark, ours, the peer's, and what the line shows.
LINES = (
    ("build", "whole", "hugo", "whole build / Hugo, pages alone"),
    ("build", "pages", "hugo", "pages alone / Hugo, pages alone"),
    ("check", "all", "peer", "check / check-jsonschema"),
)


def main() -> None:
    """Draw."""
    folder, picture = map(Path, sys.argv[1:])
    rcParams["svg.hashsalt"] = "casebook"  # the same names in the picture whenever it is drawn
    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    for name, ours, theirs, label in LINES:
        file = folder / f"{name}.json"
        sizes: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["sizes"] if file.exists() else {}
        counts = [int(size) for size in sizes]
        ratios = [each[ours]["clock"] / each[theirs]["clock"] for each in sizes.values()]
        axes.plot(counts, ratios, marker="o", label=label)
        for count, ratio in zip(counts, ratios, strict=True):
            axes.annotate(f"{ratio:.2g}", (count, ratio), textcoords="offset points", xytext=(6, 6))
    axes.axhline(1, color="grey", linewidth=1, linestyle=":")
    axes.set(xscale="log", yscale="log", xlabel="cases", ylabel="our time / the peer's, on the clock")
    axes.margins(0.12, 0.2)
    axes.legend()
    figure.tight_layout()
    figure.savefig(picture, metadata={"Date": None})


if __name__ == "__main__":
    main()
