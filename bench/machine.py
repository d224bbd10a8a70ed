"""On what a benchmark ran: machine, Python, versions. Without it figures can't be compared."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    "rapidfuzz", "tantivy", "bm25s", "numpy", "opencc", "pyyaml", "rich", "click", "slack-bolt", "slack-sdk",
    "flask", "waitress",
)  # fmt: skip


def describe_machine() -> dict[str, str]:
    """Return what the figures depend on, by name."""
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": _find_processor(),
        "processors": str(os.cpu_count()),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": ", ".join(
            [*(f"{name} {_find_version(name)}" for name in LIBRARIES), f"SQLite {sqlite3.sqlite_version}"]
        ),
    }


def _find_processor() -> str:
    """Return the processor's name; Linux tells it in a file only."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
