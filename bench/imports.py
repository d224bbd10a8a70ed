"""What an import costs as a table grows, in fresh processes: seconds of a processor and the most memory.

A table is imported into an empty folder, and again with one text changed. Memory is Linux's only.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.large_pack import Case, draw_cases
from bench.packs import SHARED
from bot.authoring.render import align

PACK = "imported"
HEADINGS = ("code", "error message", "描述", "description", "原因", "解决方法")
KIB = 1024
COMMAND = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a processor and the most MiB of the first import and the second; the MB written."""

    rows: int
    first: float
    first_peak: float
    second: float
    second_peak: float
    written: float


def measure_import(place: Path, shipped: Path, rows: int, seed: int) -> Cost:
    """Import a table of so many rows into a new folder in `place`, twice; languages are the shipped ones."""
    root, table = place / "knowledge", place / "table.csv"
    for name in SHARED:
        source = shipped / name
        (shutil.copytree if source.is_dir() else _copy_file)(source, root / name)
    cases = draw_cases(rows, seed)
    _write_table(table, cases.items())
    first, first_peak = _run_import(table, root)
    text = table.read_text(encoding="utf-8")
    table.write_text(f"{text.rstrip()} (again)\n", encoding="utf-8")
    second, second_peak = _run_import(table, root)
    written = sum(path.stat().st_size for path in (root / PACK).rglob("*") if path.is_file()) / 1e6
    return Cost(rows, first, first_peak, second, second_peak, written)


def render(costs: Iterable[Cost]) -> str:
    """Return the costs as a table."""
    rows = [("import, rows", "first: s, MiB", "again: s, MiB", "MB written")]
    rows += [
        (
            f"{cost.rows:,}",
            f"{cost.first:.1f}, {cost.first_peak:,.0f}",
            f"{cost.second:.1f}, {cost.second_peak:,.0f}",
            f"{cost.written:,.1f}",
        )
        for cost in costs
    ]
    return align(rows)


def _write_table(path: Path, cases: Iterable[tuple[str, Case]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for code, case in cases:
            said = case.say_en(0, 0)
            row = (f"{case.en} {case.fault.en[0]}", case.say_zh(1, 0), said, case.say_zh(0, 0))
            writer.writerow((code, *row, f"1. {case.part[1]}断电后重启\n2. 更换{case.part[1]}"))


def _run_import(table: Path, root: Path) -> tuple[float, float]:
    """Return the seconds of a processor and the MiB at most of `faultbook import` in a process of its own."""
    words = [sys.executable, "-c", COMMAND, "import", str(table), "--pack", PACK]
    child = os.posix_spawn(
        sys.executable, words, {**os.environ, "FAULTBOOK_KNOWLEDGE": str(root)}, file_actions=_SILENT
    )
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"the import ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIB


_SILENT = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
