"""Running a command and counting what it takes. Linux only: the kernel counts for a command and all its children."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Run:
    """What one run took: seconds on the clock and of the processors, and megabytes of its largest process."""

    clock: float
    processor: float
    memory: float


def run(command: Sequence[str], *, one: bool = False, folder: Path = ROOT) -> Run:
    """Run a command to its end, on one processor or on all; it must not fail."""

    def narrow() -> None:
        if one:
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, preexec_fn=narrow)  # noqa: S603, PLW1509
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise SystemExit(output.read().decode("utf-8", "replace"))
    return Run(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(runs: Iterable[Run]) -> Run:
    """Return the median of each figure."""
    columns = zip(*((each.clock, each.processor, each.memory) for each in runs), strict=True)
    return Run(*(round(statistics.median(column), 2) for column in columns))


def installed(folder: Path, *packages: str) -> Path:
    """Put peers into an environment of their own; return the folder of their commands."""
    venv.create(folder / "peers", with_pip=True)
    pip = folder / "peers" / "bin" / "pip"
    subprocess.run([pip, "install", "--quiet", "--disable-pip-version-check", *packages], check=True)  # noqa: S603
    return pip.parent


def machine() -> dict[str, Any]:
    """Return the day and what is measured with."""
    return {
        "day": datetime.now(tz=UTC).date().isoformat(),
        "processors": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "load": round(os.getloadavg()[2], 1),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Return what the processor calls itself."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
