"""The types that requests are read into are ready before the first request comes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_REQUESTS = """
import importlib, sys, threading
from bot.slack import interaction, message, payload

def read(body):
    start.wait()
    payload.read_payload(body)

sys.setswitchinterval(1e-6)
event = {"type": "event_callback", "event": {"type": "message", "ts": "1.1", "channel": "C1"}}
click = {"type": "block_actions", "actions": [{"action_id": "a"}], "user": {"id": "U1"}, "team": {"id": "T1"}}
for _ in range(150):
    for module in (message, interaction, payload):  # types that nothing was read into yet
        importlib.reload(module)
    start = threading.Barrier(4)
    threads = [threading.Thread(target=read, args=(body,)) for body in (event, event, click, click)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
"""


def test_first_requests_at_once() -> None:
    """Threads that read the first requests of a process at once don't crash it."""
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", FIRST_REQUESTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_no_type_is_learnt_late() -> None:
    """What msgspec reads into is named to a decoder, which is made once: none is named at a call."""
    late = re.compile(r"\bdecode\([^\n]*\btype=")
    assert [path.name for path in (ROOT / "bot").rglob("*.py") if late.search(path.read_text("utf-8"))] == []
