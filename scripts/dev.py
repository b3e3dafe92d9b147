#!/usr/bin/env python3
"""Set up and run everything with nothing but Python 3.11+.

``python3 scripts/dev.py preview``  install what is needed, then show the site while you edit it
``python3 scripts/dev.py test``     install what is needed, a browser included, then run every check and test
``python3 scripts/dev.py lock``     pin the dependencies anew
Anything else is handed to ``casebook``: ``python3 scripts/dev.py check``.

Dependencies come from the lock files, held to their hashes, and go into ``.venv``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}

#: What browser tests need besides Python: a Chromium, and a Chinese font for it to draw with.
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")


def run(*command: str | Path) -> None:
    """Run a command in the project's folder; its failure is ours."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def install(purpose: str) -> None:
    """Bring ``.venv`` to what the lock file says; does nothing where it is so already."""
    lock = LOCKS[purpose]
    parts = (lock, ROOT / "pyproject.toml")
    wanted = hashlib.sha256(b"".join(part.read_bytes() for part in parts) + sys.version.encode()).hexdigest()
    stamp = VENV / f"installed-{purpose}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"正在安装依赖到 {VENV.name}/，第一次要一两分钟 / installing into {VENV.name}/, a minute or two", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(wanted)


def find_browser() -> str | None:
    """Return the path of an installed Chromium or Chrome."""
    named = os.environ.get("CASEBOOK_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return named or next(filter(None, map(shutil.which, names)), None)


def install_browser() -> None:
    """Install Chromium on Debian and its kin; elsewhere say what is missing."""
    if find_browser():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES)
    else:
        print(
            "没有找到 Chromium，浏览器测试会跳过；装好后再跑一次 / no Chromium found, browser tests will be skipped: "
            f"apt-get install {' '.join(DEBIAN_PACKAGES)}",
            file=sys.stderr,
        )


def lock() -> None:
    """Pin the dependencies of both purposes, with hashes, for every platform."""
    install("run")
    run(PYTHON, "-m", "pip", "install", "--quiet", "uv")
    command = (BIN / "uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11")
    quiet = ("--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet")
    run(*command, *quiet, "-o", LOCKS["run"])
    run(*command, *quiet, "--extra", "test", "-c", LOCKS["run"], "-o", LOCKS["test"])


def test(arguments: list[str]) -> None:
    """Run the linter, the type checker, the cases' own check, and the tests."""
    install("test")
    install_browser()
    if not arguments:
        run(PYTHON, "-m", "ruff", "check", ".")
        run(PYTHON, "-m", "ruff", "format", "--check", ".")
        run(PYTHON, "-m", "mypy")
        run(BIN / "casebook", "check")
    run(PYTHON, "-m", "pytest", *arguments)


def main(arguments: list[str]) -> None:
    """Run one command."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- whoever starts this may have an older one
        sys.exit("需要 Python 3.11 或更新 / Python 3.11 or newer is needed")
    name, *rest = arguments or ["preview"]
    if name == "test":
        test(rest)
    elif name == "lock":
        lock()
    else:
        install("run")
        run(BIN / "casebook", name, *rest)


if __name__ == "__main__":
    main(sys.argv[1:])
