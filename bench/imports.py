"""What an import costs as a table grows, in fresh processes: seconds of a processor and the most memory.

A table is imported into an empty folder, and again with one text changed. `measure_import` runs this module
itself, `python -m bench.imports TABLE`, which prints its figures as JSON. Memory is Linux's only.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.large_pack import Case, draw_cases
from bench.packs import SHARED
from bench.start import read_memory
from bot.authoring.render import align

ROOT = Path(__file__).parents[1]
PACK = "imported"
HEADINGS = ("code", "error message", "描述", "description", "原因", "解决方法")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of a processor, and the most MiB there were."""

    seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the first import of a table costs, and the second; the MB written."""

    rows: int
    first: Spent
    second: Spent
    written: float


def measure_import(place: Path, shipped: Path, rows: int, seed: int) -> Cost:
    """Import a table of so many rows into a new folder in `place`, twice; languages are the shipped ones."""
    root, table = place / "knowledge", place / "table.csv"
    for name in SHARED:
        source = shipped / name
        (shutil.copytree if source.is_dir() else _copy_file)(source, root / name)
    cases = draw_cases(rows, seed)
    _write_table(table, cases.items())
    first = _run_import(table, root)
    text = table.read_text(encoding="utf-8")
    table.write_text(f"{text.rstrip()} (again)\n", encoding="utf-8")
    second = _run_import(table, root)
    written = sum(path.stat().st_size for path in (root / PACK).rglob("*") if path.is_file()) / 1e6
    return Cost(rows, first, second, written)


def render(costs: Iterable[Cost]) -> str:
    """Return the costs as a table."""
    rows = [("import, rows", "first: s, MiB", "again: s, MiB", "MB written")]
    rows += [
        (
            f"{cost.rows:,}",
            f"{cost.first.seconds:.1f}, {cost.first.peak:,.0f}",
            f"{cost.second.seconds:.1f}, {cost.second.peak:,.0f}",
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


def _run_import(table: Path, root: Path) -> Spent:
    """Return what `faultbook import` costs in a process of its own."""
    environ = {**os.environ, "FAULTBOOK_KNOWLEDGE": str(root)}
    command = [sys.executable, "-m", "bench.imports", str(table)]
    done = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)  # noqa: S603  # ourselves
    return Spent(**json.loads(done.stdout))


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main(table: str) -> None:
    """Import a table, print the figures."""
    from bot.cli import main as run_faultbook

    with redirect_stdout(io.StringIO()):
        if code := run_faultbook(["import", table, "--pack", PACK]):
            raise SystemExit(code)
    print(json.dumps(asdict(Spent(time.process_time(), read_memory("VmHWM")))))


if __name__ == "__main__":
    main(sys.argv[1])
