"""How the tests run: each has a deadline, and the processes that they start can be interrupted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IGNORED = """
import signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
import tests.conftest
child = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
subprocess.run([sys.executable, "-c", child], check=True)
"""


def test_every_test_has_a_deadline(pytestconfig: pytest.Config) -> None:
    """A test that hangs fails after some minutes, wherever it hangs."""
    assert 60 <= float(pytestconfig.getini("timeout")) <= 600


def test_children_can_be_interrupted() -> None:
    """A process that a test starts is ended by Ctrl-C, though whoever runs the tests ignores it."""
    done = subprocess.run(
        [sys.executable, "-c", IGNORED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"
