"""What make and pip install: locked, with hashes, from nowhere in particular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def read_lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def list_locked(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock holds, by package."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", read_lock(name), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def list_names(requirements: list[object]) -> set[str]:
    """Return the packages of a list of requirements; groups that it includes are passed over."""
    return {re.split(r"[<>=!~ \[]", text)[0].lower() for text in requirements if isinstance(text, str)}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes(name: str) -> None:
    """Each locked package has at least one hash: pip takes nothing else."""
    for package in re.split(r"\n(?=\S)", read_lock(name).strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package


@pytest.mark.parametrize("name", LOCKS)
def test_no_address(name: str) -> None:
    """A lock names no index, folder or file to fetch from."""
    assert not re.search(r"://|^\s*-(?!-hash)|--(?!hash)\w|file:| @ ", read_lock(name), re.MULTILINE)


def test_run_time_lock_holds_what_is_needed() -> None:
    """requirements.lock holds each dependency and the build backend, and no tool for development."""
    needed = list_names(PROJECT["project"]["dependencies"]) | list_names(GROUPS["build"])
    assert needed <= set(list_locked("requirements.lock"))
    assert not {"pytest", "mypy", "ruff"} & set(list_locked("requirements.lock"))


def test_development_lock_holds_what_is_needed() -> None:
    """requirements-dev.lock holds each tool, and the same versions of what requirements.lock holds."""
    needed = list_names(GROUPS["dev"]) | list_names(GROUPS["bench"])
    locked = list_locked("requirements-dev.lock")
    assert needed <= set(locked)
    for package, versions in list_locked("requirements.lock").items():
        assert locked[package] == versions


def test_build_backend_is_the_locked_one() -> None:
    """What the build system requires is what the lock holds: the project is built without isolation."""
    assert PROJECT["build-system"]["requires"] == GROUPS["build"]
