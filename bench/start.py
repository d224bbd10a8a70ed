"""What a start costs, in fresh processes: seconds until the first answer, and memory.

`measure_start` runs this module itself, `python -m bench.start FOLDER TEXT CACHE`, which prints its figures
as JSON. Memory is Linux's only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.matching import Matcher

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds for the imports, until ready, and for the first answer; memory in MiB, 0 if unknown.

    `bare` is resident memory after the imports, `resident` after the first answer, `peak` the most there was.
    """

    imports: float
    ready: float
    answer: float
    bare: float
    resident: float
    peak: float


def measure_start(folder: Path, text: str, cache: Path) -> Start:
    """Start anew on a knowledge folder and ask one question; what is compiled is kept in `cache`."""
    command = [sys.executable, "-m", "bench.start", str(folder), text, str(cache)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # ourselves
    return Start(**json.loads(done.stdout))


def open_matcher(folder: Path, cache: Path) -> Matcher:
    """Return a matcher over the folder's knowledge, compiled before or now."""
    from bot.compiled.cache_dir import CacheDir
    from bot.compiled.compiled import open_compiled
    from bot.matching import Matcher

    compiled = open_compiled(folder, CacheDir(cache))
    return Matcher(compiled.knowledge, compiled)


def main(folder: str, text: str, cache: str) -> None:
    """Start, ask, print the figures."""
    began = time.perf_counter()
    import bot.compiled.compiled
    import bot.matching  # noqa: F401  # imports are timed apart

    imported, bare = time.perf_counter(), read_memory("VmRSS")
    matcher = open_matcher(Path(folder), Path(cache))
    ready = time.perf_counter()
    matcher.ask(text)
    answered = time.perf_counter()
    start = Start(
        imports=imported - began,
        ready=ready - imported,
        answer=answered - ready,
        bare=bare,
        resident=read_memory("VmRSS"),
        peak=read_memory("VmHWM"),
    )
    print(json.dumps(asdict(start)))


def read_memory(field: str, pid: int | str = "self") -> float:
    """Return a figure of a process in MiB, as Linux tells it; 0 elsewhere."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = (line.split() for line in status.read_text(encoding="utf-8").splitlines())
    return next((int(line[1]) / 1024 for line in lines if line[0] == f"{field}:"), 0.0)


if __name__ == "__main__":
    main(*sys.argv[1:])
