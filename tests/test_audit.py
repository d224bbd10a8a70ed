"""The audit of `make lint`: it finds secrets in tracked files, and goes on where it can't look."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def audit() -> Any:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def track(folder: Path, text: str) -> None:
    """Make a checkout with one file."""
    (folder / "notes.txt").write_text(text, encoding="utf-8")
    for words in (["init", "-q"], ["add", "notes.txt"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


# Put together here, so that this file holds none.
TOKENS = [
    "xox" "b-123456789012-1234567890123-abcdefghijklmnopqrstuvwx",
    "AKI" "AQ3EGVQXJ7ABCDEFG",
    "LTA" "I5tQ3EGVQXJ7ABCDEFG",
    "gh" "p_abcdefghijklmnopqrstuvwxyz0123456789",
    "-----BEGIN RSA " "PRIVATE KEY-----\n" + "MIIEow" * 20,
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:4])
def test_secret_is_found(audit: Any, tmp_path: Path, token: str) -> None:
    """A secret in a tracked file is found with its file and line, and not printed."""
    track(tmp_path, f"one\ntwo {token}\n")
    found, skipped = audit.find_secrets(tmp_path)
    assert skipped == ""
    [place] = found
    assert place.startswith("notes.txt:2: ")
    assert token not in place


def test_no_secret(audit: Any, tmp_path: Path) -> None:
    """What documentation and tests show in place of one isn't taken for one."""
    track(tmp_path, "xoxb-... AKIAIOSFODNN7EXAMPLE xoxb-tests -----BEGIN PRIVATE KEY-----\n28504\n")
    assert audit.find_secrets(tmp_path) == ([], "")


def test_no_checkout(audit: Any, tmp_path: Path) -> None:
    """Outside a checkout nothing is read, and that is said."""
    assert audit.find_secrets(tmp_path) == ([], "this is no checkout of git")


def test_this_tree(audit: Any) -> None:
    """No tracked file of this project holds a secret."""
    found, _ = audit.find_secrets(ROOT)
    assert found == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("", ([], "the advisory service can't be reached")),
        ('{"dependencies": []}', ([], "the advisory service that can be reached knows none of the packages")),
        ('{"dependencies": [{"name": "a", "skip_reason": "unknown"}]}',
         ([], "the advisory service that can be reached knows none of the packages")),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', ([], "")),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]}',
         (["a 1: X-1, fixed in 2"], "")),
    ],
)  # fmt: skip
def test_holes(
    audit: Any, monkeypatch: pytest.MonkeyPatch, printed: str, expected: tuple[list[str], str]
) -> None:
    """Holes are told with what fixes them; where nobody could be asked, that is told, and nothing fails."""
    monkeypatch.setattr(audit.importlib.util, "find_spec", lambda _name: object())
    done = subprocess.CompletedProcess([], 1, stdout=printed, stderr="")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_words, **_options: done)
    assert audit.find_holes() == expected


def test_slow_service(audit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that doesn't answer in time is told, and nothing fails."""

    def wait(*_words: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("pip-audit", 30)

    monkeypatch.setattr(audit.importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setattr(audit.subprocess, "run", wait)
    assert audit.find_holes() == ([], "the advisory service did not answer within 30 s")


def test_not_installed(audit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pip-audit nothing is looked up, and that is said."""
    monkeypatch.setattr(audit.importlib.util, "find_spec", lambda _name: None)
    assert audit.find_holes() == ([], "pip-audit isn't installed")


def test_make_lint_runs_it() -> None:
    """`make lint` runs the audit, and it stands in the source distribution."""
    assert ".ci/audit.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert '"/.ci/audit.py"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert sys.version_info >= (3, 11)
