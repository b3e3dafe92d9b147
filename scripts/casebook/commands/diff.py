"""Show a reviewer what changed since a commit, in words."""

from __future__ import annotations

import argparse
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from casebook.commands import refuse
from casebook.commands.card import show
from casebook.source import MAX_BYTES
from casebook.validate import ENDINGS

PLACE = 9
WORDS = "审核卡：和某次提交相比差在哪 / reviewer's card for what changed since a commit"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the commits and the folder."""
    parser.add_argument("--base", required=True, metavar="REV", help="原来的提交 / the commit before")
    parser.add_argument(
        "--head", metavar="REV", help="改后的提交，默认是现在的文件 / the commit after, files as they are by default"
    )
    parser.add_argument("--cases", type=Path, default=Path("cases"), help="案例文件夹 / folder of the cases")


def run(arguments: argparse.Namespace) -> int:
    """Print the card; 1 where the cases after have errors."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = [arguments.cases, arguments.cases]
        for at, rev in enumerate((arguments.base, arguments.head)):
            if rev is not None:
                folders[at] = Path(scratch) / str(at)
                if reason := _extract(rev, arguments.cases, folders[at]):
                    return refuse(f"git: {reason}")
        if not folders[1].is_dir():
            return refuse(f"找不到文件夹 / no such folder: {folders[1]}")
        base, head = folders
        return show(base, head, arguments.schemas)


def _extract(rev: str, cases: Path, folder: Path) -> str:
    """Write the cases of a commit to a folder; return why that cannot be done, or nothing."""
    folder.mkdir()
    verify = ("git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    found = subprocess.run(verify, capture_output=True, text=True, check=False)  # noqa: S603
    if found.returncode:
        return f"没有这个提交 / no such commit: {rev}"
    archive = ("git", "archive", "--format=tar", found.stdout.strip(), "--", cases.as_posix())
    done = subprocess.run(archive, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        return ""  # there was no such folder then
    with tarfile.open(fileobj=BytesIO(done.stdout)) as files:
        for member in files:
            name = PurePosixPath(member.name)
            if member.isfile() and name.suffix in ENDINGS and name.parent == PurePosixPath(cases.as_posix()):
                stream = files.extractfile(member)
                (folder / name.name).write_bytes(stream.read(MAX_BYTES + 1) if stream else b"")
    return ""
