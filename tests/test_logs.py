"""The log: JSON off a terminal, and never a token, a secret or what people wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.logs import start_logging
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import SECRET, TOKEN, Front

WORDS = "hunter2-is-my-password"


@pytest.fixture(autouse=True)
def _loggers() -> Iterator[None]:
    """Give the loggers back as they were."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    for name in ("slack_bolt", "slack_sdk", "waitress", "waitress.queue"):
        logging.getLogger(name).setLevel(logging.NOTSET)


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_nothing_private(level: str, tmp_path: Path) -> None:
    """Whatever is asked by whatever way, and whatever fails, the log holds no words of it and no secret."""
    stream = io.StringIO()
    start_logging(level, stream)
    with FakeSlack() as fake:
        front = Front(fake, DESK, tmp_path)
        front.command(f"{WORDS} 28504")
        front.mention(f"{WORDS} 28504")
        front.direct(WORDS)
        front.shortcut(front.build_post(f"{WORDS} 2065"))
        front.event(
            {"type": "message", "channel_type": "channel", "text": WORDS, "channel": "C1", "ts": "1.1"}
        )
        front.event({"type": "never_heard_of", "text": WORDS})
        front.send(json.dumps({"event": {"text": WORDS}}), {"X-Slack-Signature": "v0=0"})
        front.interact({"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": WORDS})
        fake.fail("chat.postMessage", "invalid_blocks", times=9)
        front.mention(f"{WORDS} 28504 again")
        front.settle()
    logged = stream.getvalue()
    assert "invalid_blocks" in logged
    for private in (WORDS, TOKEN, SECRET, "device is offline", "设备不在线"):
        assert private not in logged


def test_json(tmp_path: Path) -> None:
    """Off a terminal each line is a JSON object with time, level, logger and what happened."""
    stream = io.StringIO()
    start_logging("INFO", stream)
    with FakeSlack() as fake:
        front = Front(fake, DESK, tmp_path)
        front.command("28504")
        front.settle()
    [line] = [json.loads(line) for line in stream.getvalue().splitlines() if '"asked"' in line]
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "asked", "level": "info", "logger": "bot.answer_context", "surface": "command",
        "kind": "answered", "entries": ["aliyun-living/28504"], "rule": "code", "reason": "",
    }  # fmt: skip


def test_traceback_in_json() -> None:
    """A traceback is part of its line, so that the reference finds it; it shows no values."""
    stream = io.StringIO()
    start_logging("INFO", stream)
    fail(WORDS)
    [line] = stream.getvalue().splitlines()
    told = json.loads(line)
    assert told["reference"] == "0a1b"
    assert "ZeroDivisionError" in told["exception"]
    assert WORDS not in line


def test_on_a_terminal() -> None:
    """On a terminal the log is lines for a person, its tracebacks without values too."""
    stream = Terminal()
    start_logging("INFO", stream)
    fail(WORDS)
    logged = stream.getvalue()
    assert "ZeroDivisionError" in logged
    assert "0a1b" in logged
    assert WORDS not in logged
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(logged.splitlines()[0])


def test_threads(tmp_path: Path) -> None:
    """Lines of threads that log at once stay whole, in a file as in a pipe."""
    path = tmp_path / "log"
    with path.open("w", encoding="utf-8") as file, ThreadPoolExecutor(8) as threads:
        start_logging("INFO", file)
        logger = logging.getLogger("bot")
        list(threads.map(lambda number: logger.info("设备 %d", number), range(400)))
    told = [json.loads(line)["event"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert sorted(told) == sorted(f"设备 {number}" for number in range(400))


def test_stream_that_takes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A log that can't be written disturbs nobody who logs; the standard library says what went wrong."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        start_logging("INFO", full)
        logging.getLogger("bot").info("lost")
    assert "No space left" in capsys.readouterr().err


def test_requests_that_wait() -> None:
    """Under load no line is written for each request that waits; a fault of the server has one."""
    stream = io.StringIO()
    start_logging("DEBUG", stream)
    logging.getLogger("waitress.queue").warning("Task queue depth is 7")
    assert stream.getvalue() == ""
    logging.getLogger("waitress").error("broken")
    assert "broken" in stream.getvalue()


def test_level() -> None:
    """What lies below the level is left out."""
    stream = io.StringIO()
    start_logging("WARNING", stream)
    logging.getLogger("bot").info("quiet")
    logging.getLogger("bot").warning("loud")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["loud"]


def fail(words: str) -> None:
    """Log an exception from a frame that holds the words."""
    try:
        assert len(words) / 0
    except ZeroDivisionError as error:
        logging.getLogger("bot").error("it failed", exc_info=error, extra={"reference": "0a1b"})
