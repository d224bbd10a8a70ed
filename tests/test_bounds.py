"""The bounds that docs/operate.md states are those that the code keeps: each is built from its constants."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.answer_context import HEAD, MOST_WORDED, TAIL, WORDED_HEAD, WORDED_TAIL
from bot.channels.policy import MINUTE, MOST_A_MINUTE
from bot.importing.read_file import LARGEST as LARGEST_TABLE
from bot.importing.read_workbook import MOST_IN_SHEET, MOST_UNPACKED
from bot.knowledge.files import LARGEST
from bot.matching.text import LONGEST, MOST_FOLDED
from bot.outbox import direct_sender, ledger_queue
from bot.outbox.faults import LONGEST_PAUSE
from bot.outbox.message import ResponseUrlMessage
from bot.outbox.slack_client import PATIENCE as CALL_PATIENCE
from bot.outbox.steady_clock import JUMP
from bot.outbox.twin_search import LOOKS
from bot.redaction.redact import LONGEST as LONGEST_KEPT
from bot.reload import MOST_LOGGED
from bot.server import ENDING
from bot.slack.rate_limiter import MOST_QUESTIONS, WITHIN
from bot.slack.thread_job import LATEST, MOST_ASKED
from bot.stores.database import PATIENCE
from bot.stores.ledger import MOST_OF_POST
from bot.stores.notes import MOST_NOTES
from bot.stores.outbox import HOUR
from bot.web import http_server as http
from bot.web import lanes
from bot.web.pages import MOST_BYTES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
MEGABYTE, KILOBYTE = 1_000_000, 1_000

BOUNDS = {
    "text of a post": f"its first {HEAD:,} and last {TAIL:,} characters are read; beyond {MOST_WORDED:,}, "
    f"codes and messages everywhere, other words in the first {WORDED_HEAD:,} and last {WORDED_TAIL:,}",
    "a thread that is read": f"its first post and {LATEST} latest replies, {MOST_ASKED:,} characters of them",
    "a question at the terminal": f"{LONGEST:,} characters, as typed and as folded (㍿ counts as four)",
    "questions, commands and votes of one person": f"{MOST_QUESTIONS} a minute",
    "notes of a channel": f"the newest {MOST_NOTES:,}",
    "lines of the ledger on one post": f"{MOST_OF_POST}, those that something was said to first",
    "replies in a watched channel": f"{MOST_A_MINUTE} a minute",
    "connections": f"{http.MOST_CONNECTIONS:,}, or the limit of open files less {http.OTHER_FILES}",
    "a request": f"{http.REQUEST_DEADLINE:.0f} s from its first byte to its last; an idle connection "
    f"{http.KEPT_ALIVE:.0f} s",
    "requests answered at a time": f"{lanes.THREADS}, and {lanes.LARGE_THREADS} whose body is over "
    f"{lanes.LARGE:,} bytes",
    "a request's body": f"{MOST_BYTES // MEGABYTE} MB",
    "requests in memory, incomplete or not yet answered": f"{http.MOST_HELD // MEGABYTE} MB over all "
    f"connections, and {http.FAIR_SHARE // KILOBYTE} KB of each beside that",
    "a transaction": f"{PATIENCE} s",
    "a call to Slack": f"{CALL_PATIENCE} s, from the look-up of the name to the last byte",
    "a wait that Slack asks for (`Retry-After`)": "one hour",
    "a message that waits": f"one hour in the outbox; {direct_sender.MOST_WAITING:,} messages "
    "that one person sees",
    "a knowledge file": f"{LARGEST // MEGABYTE} MB (`FAULTBOOK_FILE_LIMIT`); regular files "
    "inside the folder only",
    "a table that is imported": f"{LARGEST_TABLE // MEGABYTE} MB; a workbook may unpack to "
    f"{MOST_UNPACKED // (1000 * MEGABYTE)} GB, a sheet of it to {MOST_IN_SHEET // MEGABYTE} million cells",
    "problems of a broken knowledge folder": f"the first {MOST_LOGGED} are logged",
    "a stop (SIGTERM)": "10 s",
}
"""What the page says of each bound."""

SENTENCES = (
    f"{http.WAITING:,} more wait",
    f"{LOOKS[0]:.0f}, {LOOKS[1]:.0f} and {LOOKS[2]:.0f} s later",
    f"waits {direct_sender.LIVES[ResponseUrlMessage] / 60:.0f}\nminutes",
    f"jumps by more than {JUMP:.0f} s",
    f"({ledger_queue.MOST_WAITING:,} wait at most)",
    f"should be below {http.KEPT_ALIVE:.0f} s",
)
"""What the page says besides."""


def read_table() -> dict[str, str]:
    """Return the table of the section on bounds: what is bounded -> its bound."""
    section = PAGE.split("\n## Bounds\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", section, re.MULTILINE)
    assert rows[0] == ("what", "bound")
    return dict(rows[1:])


def test_each_bound_is_told() -> None:
    """The page has these bounds and no others."""
    assert read_table().keys() == BOUNDS.keys()


@pytest.mark.parametrize("what", BOUNDS)
def test_figures(what: str) -> None:
    """Each figure of the table is that of the code."""
    assert read_table()[what] == BOUNDS[what]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences(sentence: str) -> None:
    """Figures beside the table are the code's, too."""
    assert sentence in PAGE


def test_figures_in_words() -> None:
    """A minute is one, an hour is one, ㍿ counts as four, and a stop ends before its ten seconds are over."""
    assert (WITHIN, MINUTE) == (60, 60.0)
    assert (LONGEST_PAUSE, HOUR) == (3600.0, 3600.0)
    assert 9 < ENDING < 10
    assert MOST_FOLDED > 4


def test_security() -> None:
    """SECURITY.md has the same figures."""
    assert f"anybody, {MOST_QUESTIONS} questions and commands a minute" in SECURITY
    assert f"Bodies over {MOST_BYTES // MEGABYTE} MB" in SECURITY
    assert f"kept to {LONGEST_KEPT} characters" in SECURITY
    assert f"the first {LONGEST_KEPT} characters, redacted" in SECURITY
