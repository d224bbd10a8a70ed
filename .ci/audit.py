"""Look for known holes in what is locked, and for secrets in what is tracked. `make lint` runs this.

Both are skipped, with the reason, where they can't be had: no network, no pip-audit, no git. Found ones are
printed, and the exit code is 1.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements-dev.lock"  # holds all of requirements.lock as well (tests/test_packaging.py)
PATIENCE = 30  # seconds; for all of the lock the advisory service takes about ten

# What secrets begin with, as those who issue them document it, and long enough to be one.
SECRET = re.compile(
    r"xox[abeoprs]-[0-9A-Za-z]{8,}-[0-9A-Za-z-]{8,}|xapp-[0-9]-[A-Z0-9]{8,}-[0-9]{8,}-[0-9a-f]{32,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bLTAI[A-Za-z0-9]{16,24}\b|\bAIza[0-9A-Za-z_-]{35}\b"
    r"|\bgh[oprsu]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{60,}|\bglpat-[A-Za-z0-9_-]{20,}"
    r"|\bpypi-AgE[A-Za-z0-9_-]{50,}|\bnpm_[A-Za-z0-9]{36}\b|\b[sr]k_live_[A-Za-z0-9]{20,}"
    r"|hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}"
    r"|-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{64,}"
)
MADE_UP = "EXAMPLE"  # stands in those of documentation, and of our tests
LARGEST = 5_000_000  # bytes of a file that is looked through


def find_holes() -> tuple[list[str], str]:
    """Return the known holes of what is locked, and why that wasn't looked up, or ""."""
    if importlib.util.find_spec("pip_audit") is None:
        return [], "pip-audit isn't installed"
    command = [sys.executable, "-m", "pip_audit", "-r", str(ROOT / LOCK), "--disable-pip", "--no-deps"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "5"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        told = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        return [], f"the advisory service did not answer within {PATIENCE} s"
    except (ValueError, KeyError, TypeError):
        return [], "the advisory service can't be reached"
    known = [each for each in told if "vulns" in each]
    if not known:
        return [], "the advisory service that can be reached knows none of the packages"
    return [_describe(each["name"], each["version"], hole) for each in known for hole in each["vulns"]], ""


def _describe(name: str, version: str, hole: dict[str, list[str] | str]) -> str:
    fixed = ", ".join(hole.get("fix_versions") or ()) or "none yet"
    return f"{name} {version}: {hole.get('id')}, fixed in {fixed}"


def find_secrets(folder: Path) -> tuple[list[str], str]:
    """Return where tracked files of a folder hold what looks like a secret, and why none was read, or ""."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(folder), "ls-files", "-z"],
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        return [], "git isn't installed"
    except subprocess.CalledProcessError:
        return [], "this is no checkout of git"
    paths = [folder / name.decode(errors="surrogateescape") for name in listed.stdout.split(b"\0") if name]
    return [place for path in paths for place in _scan(path, folder)], ""


def _scan(path: Path, folder: Path) -> Iterator[str]:
    if not path.is_file() or path.stat().st_size > LARGEST:
        return
    text = path.read_bytes().decode("utf-8", errors="replace")
    for found in SECRET.finditer(text):
        if MADE_UP not in found[0]:
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path.relative_to(folder)}:{line}: what begins with {found[0][:8]} looks like a secret"


def main() -> int:
    """Print what was found, and return the exit code."""
    bad = False
    for what, (found, skipped) in (
        (f"known holes in what {LOCK} holds", find_holes()),
        ("secrets in tracked files", find_secrets(ROOT)),
    ):
        sys.stdout.write(f"{what}: {f'skipped, {skipped}' if skipped else len(found) or 'none'}\n")
        sys.stdout.writelines(f"  {each}\n" for each in found)
        bad = bad or bool(found)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
