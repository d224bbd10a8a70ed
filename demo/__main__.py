"""`python -m demo`: the desk in a Slack-like workspace, asked a few questions, open for yours until Ctrl-C.

Where there is no workspace (another platform, no npm) the same questions are asked in the terminal.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
import threading
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

from bot.cli import main as run_faultbook
from bot.console.exit_codes import INTERRUPTED, PIPE_CLOSED
from bot.knowledge.folder import find_knowledge
from bot.knowledge.load import load_knowledge
from demo.cast import USERS
from demo.desk import DeskError, RunningDesk
from demo.tour import Question, ask_all, choose_questions
from demo.transcript import list_lines
from demo.workspace import Workspace, WorkspaceError

LIMITS = """\
The workspace stands in for Slack. What it shows otherwise than Slack:
  - Answers that Slack shows to one person alone, as those to /fault, everybody sees here.
  - There is no Home tab.
  - Posts of other apps, such as alerts, do not reach the desk, so only people's posts can be watched.
  - Any token and any message is taken, so nothing here shows that Slack would take them."""
FAILED = 1
PULSE = 1.0  # seconds between two looks at whether both processes still run


def main(arguments: list[str] | None = None) -> int:
    """Run the demo and return its exit code; nothing is left running, whatever ends it."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="See the desk at work.")
    parser.add_argument("--once", action="store_true", help="end after the questions")
    once: bool = parser.parse_args(arguments).once
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    try:
        return _run(once)
    except (DeskError, WorkspaceError) as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped.")
        return INTERRUPTED if once else 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
        return PIPE_CLOSED


def _run(once: bool) -> int:
    workspace = Workspace()
    with ExitStack() as stack:
        try:
            stack.enter_context(workspace)
        except WorkspaceError as error:
            print(f"{error} So the questions are asked in this terminal.")
            return _run_in_terminal(once)
        print("Starting the desk in its workspace ...")
        desk = stack.enter_context(RunningDesk(workspace))
        for question, reply in ask_all(workspace, _choose_questions()):
            print(f"\n{question.where} | {USERS[question.user]}: {question.asked}")
            for line in list_lines(reply):
                print(f"    {line}")
        print(f"\n{LIMITS}")
        if once:
            return 0
        print(f"\nOpen {workspace.url} in a browser and ask @Faultbook yourself; press Ctrl-C to stop.")
        _wait(workspace, desk)
    return 0


def _wait(workspace: Workspace, desk: RunningDesk) -> None:
    """Wait until Ctrl-C. Raises DeskError or WorkspaceError if one of the processes ends before."""
    forever = threading.Event()
    while not forever.wait(PULSE):
        if not workspace.is_running:
            raise WorkspaceError("The workspace has ended.")
        if not desk.is_running:
            raise DeskError(f"The desk has ended.\n{desk.read_output()}")


def _run_in_terminal(once: bool) -> int:
    for question in _choose_questions():
        print(f"\n$ faultbook ask --drafts {shlex.quote(question.text)}")
        if code := run_faultbook(["ask", "--drafts", "--", question.text]):
            return code
    if once or not sys.stdin.isatty():
        return 0
    print("\n$ faultbook ask")
    return run_faultbook(["ask"])


def _choose_questions() -> tuple[Question, ...]:
    """Return questions about the knowledge that FAULTBOOK_KNOWLEDGE names, or about the shipped one."""
    named = os.environ.get("FAULTBOOK_KNOWLEDGE")
    return choose_questions(load_knowledge(find_knowledge(Path(named) if named else None), drafts=True))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
