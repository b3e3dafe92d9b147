"""Building and serving the whole site from the command line."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

# The theme puts a notice about another product into every build; this is its documented switch.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")

from casebook.site import offline, running

OK, PROBLEMS = 0, 1


def build(config: Path, site_dir: Path, **changes: Any) -> int:
    """Build the site beside its place and move it there when it is whole.

    Args:
        config: ``mkdocs.yml``.
        site_dir: folder to write; what stands there stays until the new site is ready.
        changes: options of the plugin that differ from the configuration.

    Returns:
        0, or 1 where something is wrong and nothing was changed.
    """
    _talk()
    target = site_dir.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        running.build(config, workshop / "new", papers=True, **changes)
        _exchange(workshop / "new", target, workshop / "old")
    except running.Abort as stop:
        print(f"{stop}\n原来的网站没有动 / the last good site is untouched", file=sys.stderr)
        return PROBLEMS
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return OK


def _exchange(new: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another; where that fails, the other is back in its place."""
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def export_offline(config: Path, folder: Path, title: str, **changes: Any) -> int:
    """Build the edition that is opened from a folder, and its archive beside it."""
    done = build(config, folder, files=True, **changes)
    if done == OK:
        size = offline.finish(folder.absolute(), title)
        print(
            f"双击 / open: {folder / offline.START} · {size.files} 个文件 / files · "
            f"{size.folder / 1e6:.1f} MB · ZIP {size.archive / 1e6:.1f} MB"
        )
    return done


def preview(config: Path, address: str, **changes: Any) -> int:
    """Serve the site while its files are edited, until interrupted."""
    _talk()
    running.serve(config, address, papers=True, **changes)
    return OK


def _talk() -> None:
    """Show what MkDocs has to say, warnings first of all."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
