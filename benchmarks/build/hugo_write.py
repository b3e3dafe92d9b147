"""Write the same cases as a site for Hugo; see hugo_site.py.

python benchmarks/build/hugo_write.py CASES SITE OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import hugo_site
from frames import frame

from casebook.site import edition

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write it."""
    cases, site, out = map(Path, sys.argv[1:])
    found = edition.load(ROOT, "schemas", str(cases), "docs", drafts=False)
    hugo_site.write(found, {lang: frame(found, lang, site) for lang in found.library.languages}, out)


if __name__ == "__main__":
    main()
