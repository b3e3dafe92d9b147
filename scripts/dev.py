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

#: What tests use besides Python: a browser with a Chinese font, web servers and what packs and carries files for
#: them, Node to hold scripts against Python, and what sets the workshop packs as PDF. Those without a program come
#: along with the others.
DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "fonts-noto-cjk": None,
    "fontconfig": "fc-match",
    "libpangoft2-1.0-0": None,
    "libharfbuzz-subset0": None,
    "nginx-light": "nginx",
    "libnginx-mod-http-brotli-static": None,
    "brotli": "brotli",
    "caddy": "caddy",
    "rclone": "rclone",
    "nodejs": "node",
}


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


def install_tools() -> None:
    """Install what is missing on Debian and its kin; elsewhere say what it is, and let its tests be skipped."""
    missing = [name for name, program in DEBIAN_PACKAGES.items() if program and not has(program)]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        fonts = [name for name, program in DEBIAN_PACKAGES.items() if program is None]
        apt = ("apt-get", "-qq", "-y", "--no-install-recommends")
        subprocess.run(["apt-get", "-qq", "update"], cwd=ROOT, check=False)
        subprocess.run([*apt, "install", *missing, *fonts], cwd=ROOT, check=False)
        missing = [name for name in missing if not has(str(DEBIAN_PACKAGES[name]))]
    if missing:
        print(
            "缺这些程序，用到它们的测试会跳过 / these are missing, and tests that use them will be skipped: "
            f"apt-get install {' '.join(missing)}",
            file=sys.stderr,
        )


def has(program: str) -> bool:
    """Whether a program is installed."""
    if program == "chromium":
        return find_browser() is not None
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


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
    install_tools()
    if not arguments:
        run(PYTHON, "-m", "ruff", "check", ".")
        run(PYTHON, "-m", "ruff", "format", "--check", ".")
        run(PYTHON, "-m", "mypy")
        run(BIN / "casebook", "check")
        run(BIN / "casebook", "permanence")
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
