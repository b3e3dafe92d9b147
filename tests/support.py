"""Where things are, and how a user would run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schemas"
CASES = ROOT / "cases"
EXAMPLES = Path(__file__).parent / "examples"

#: Facts that the cases were written from; not part of the repository.
DOMAIN = ROOT.parent / "shared" / "domain"


def casebook(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as its user would."""
    command = [sys.executable, "-m", "casebook", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def chromium() -> str | None:
    """Return where a browser is, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CASEBOOK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
