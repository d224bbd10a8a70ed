"""`python -m demo`: it asks in both languages, runs until it is stopped, and does without a workspace."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from demo.__main__ import LIMITS
from demo.tour import QUESTIONS
from demo.transcript import list_lines
from demo.workspace import Workspace
from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
DEMO = (sys.executable, "-m", "demo")

needs_workspace = pytest.mark.skipif(Workspace.find_binary() is None, reason=Workspace.explain_absence())


def run(*command: str, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@needs_workspace
def test_every_question_is_answered() -> None:
    """With --once it prints every question with the desk's reply, then what it can't show, and ends."""
    ran = run(*DEMO, "--once")
    assert (ran.returncode, ran.stderr) == (0, "")
    _, *told, limits = ran.stdout.split("\n\n")
    assert limits.strip() == LIMITS
    assert "everybody sees" in limits
    assert "no Home tab" in limits
    assert len(told) == len(QUESTIONS)
    for question, part in zip(QUESTIONS, told, strict=True):
        asked, *reply = part.splitlines()
        assert asked.startswith(question.where)
        assert asked.endswith(question.asked)
        assert reply
        assert all(line.startswith("    ") for line in reply)


@needs_workspace
def test_knowledge_of_ones_own(toy: Path) -> None:
    """Over a folder without the shipped pack it asks about that folder's entries, drafts too."""
    path = toy / "kettle/codes/101.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}status: draft\n", encoding="utf-8")
    ran = run(*DEMO, "--once", environ={**os.environ, "FAULTBOOK_KNOWLEDGE": str(toy)})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\n    101 There is no mains power\n    A draft: it isn't published" in ran.stdout
    assert "#support | Mei Chen: @Faultbook 水量过少\n" in ran.stdout
    assert "\n    201 水量过少\n" in ran.stdout


@needs_workspace
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_runs_until_it_is_told_to_stop(number: signal.Signals) -> None:
    """It names the page's address and runs, without a terminal too; Ctrl-C or SIGTERM ends it well."""
    with subprocess.Popen(
        DEMO, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ) as demo:
        assert demo.stdout is not None
        told = next(line for line in demo.stdout if line.startswith("Open "))
        assert re.search(r"http://127\.0\.0\.1:\d+ .*Ctrl-C", told)
        assert demo.poll() is None
        demo.send_signal(number)
        rest = demo.stdout.read()
        assert demo.wait(PATIENCE) == 0
    assert rest.strip() == "Stopped."


def test_asks_in_the_terminal_where_there_is_no_workspace(tmp_path: Path) -> None:
    """Without the workspace it says why, and asks the same questions by `faultbook ask`."""
    script = (
        "import sys; from pathlib import Path; import demo.workspace; from demo.__main__ import main\n"
        f"demo.workspace.BINARY = Path({str(tmp_path / 'node_modules' / 'package' / 'bin' / 'binary')!r})\n"
        "sys.exit(main([]))\n"
    )
    ran = run(sys.executable, "-c", script)
    assert (ran.returncode, ran.stderr) == (0, "")
    why, *told = ran.stdout.split("\n$ faultbook ask ")
    assert why.strip().endswith("So the questions are asked in this terminal.")
    assert len(told) == len(QUESTIONS)
    assert "设备不在线" in ran.stdout


def test_lines_of_a_message() -> None:
    """A message is told as its blocks say it, unescaped, buttons in brackets; without any, as its text."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Share"}}
    blocks = [
        {"type": "header", "text": {"text": "28504"}},
        {
            "type": "section",
            "text": {"text": "a &lt; b\n\nc"},
            "fields": [{"text": "d"}],
            "accessory": button,
        },
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "e"}, {"type": "mrkdwn", "text": "f"}]},
        {"type": "actions", "elements": [button, button]},
    ]
    told = ["28504", "a < b", "c", "d", "[Share]", "e · f", "[Share]  [Share]"]
    assert list_lines({"text": "28504", "blocks": blocks}) == told
    assert list_lines({"text": "a &amp; b"}) == ["a & b"]
