"""Write the pages of cases alone, as a build does: a process for each language. Called by compare.py.

    python benchmarks/build/pages.py CASES SITE OUT

What cases say is read first, which is not counted: Hugo, too, is handed what pages show. Prints seconds as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from frames import frame, links

from casebook.site import edition, writing
from casebook.site.beside import Beside
from casebook.site.edition import Edition
from casebook.site.shell import Shell
from casebook.views import linked

ROOT = Path(__file__).resolve().parents[2]


def write(found: Edition, lang: str, shell: Shell, out: Path) -> None:
    """Write the pages of one language."""
    renderer, at = found.renderer(lang), links(found, lang)
    for case in found.collection.cases:
        card = renderer.cards[case.id]
        body = renderer.case(case, at) + linked.block(linked.case(renderer.reader, case, ""))
        values = {"heading": card.title, "description": card.lead, "body": body, "path": case.id}
        writing.put(
            f"{out}/{found.below(lang)}cases/{case.id}/index.html", shell.fill({**values, "edition": found.fingerprint})
        )


def main() -> None:
    """Write, and say how long it took."""
    cases, site, out = map(Path, sys.argv[1:])
    found = edition.load(ROOT, "schemas", str(cases), "docs", drafts=False)
    shells = {lang: frame(found, lang, site) for lang in found.library.languages}
    before, started = os.times(), time.perf_counter()
    at_work = [Beside(write, found, lang, shell, out) for lang, shell in shells.items()]
    for each in at_work:
        if not each.finished():
            raise SystemExit(1)
    after, clock = os.times(), time.perf_counter() - started
    used = sum(after[:4]) - sum(before[:4])
    print(json.dumps({"clock": round(clock, 2), "processor": round(used, 2)}))


if __name__ == "__main__":
    main()
