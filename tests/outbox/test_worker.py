"""A sender at work by itself: woken, stopped, with a database that fails, and keeping house."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from slack_sdk import WebClient

from bot.errors import StoreError
from bot.outbox import worker as module
from bot.outbox.decision_store import Decision, DecisionStore, PostKey, Seen
from bot.outbox.dispatcher import LEASE, Dispatcher
from bot.outbox.payload import build_job
from bot.outbox.worker import HOUSEKEEPING, OUTBOX_RETENTION, RETENTION, WORKERS, OutboxWorker
from bot.stores.database import open_database
from bot.stores.outbox import OutboxRow
from tests.support.fake_workspace import TEAM
from tests.support.office import CHANNEL, OTHER_CHANNEL, Office, both, build_row
from tests.support.patience import PATIENCE

LONG = 600.0  # seconds that no test waits for


class Bell:
    """A job that rings when it is done."""

    def __init__(self) -> None:
        self._done = threading.Semaphore(0)

    def __call__(self, client: WebClient, row: OutboxRow) -> None:  # noqa: ARG002 - it is a job's shape
        self._done.release()

    def wait(self, times: int = 1) -> None:
        """Wait until it was done so often again."""
        for _ in range(times):
            assert self._done.acquire(timeout=PATIENCE)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let senders look at the outbox when they are woken, and else hardly ever."""
    monkeypatch.setattr(module, "POLL", LONG)


@contextmanager
def started(sender: OutboxWorker) -> Iterator[OutboxWorker]:
    """Let a sender work by itself for a while."""
    sender.start()
    try:
        yield sender
    finally:
        assert sender.stop(PATIENCE)


@both
@pytest.mark.usefixtures("_patient")
def test_wake(office: Office, bell: Bell) -> None:
    """A sender that waits goes to work as soon as something is recorded."""
    sender = office.open_sender(jobs={"ring": bell})
    decisions = DecisionStore(office.database, office.clock, sender.wake)
    with started(sender):
        for _ in range(3):
            decisions.enqueue(TEAM, CHANNEL, build_job("ring"))
            bell.wait()
    assert office.states() == ["sent"] * 3


def test_whom_the_record_wakes(office: Office) -> None:
    """A decision wakes senders after its commit, unless there is nothing to say."""
    states: list[list[str]] = []
    decisions = DecisionStore(office.database, office.clock, lambda: states.append(office.states()))
    post = PostKey(TEAM, CHANNEL, "1.1", "1.1")
    decisions.record_decision(post, lambda _: Decision(build_row(post)))
    assert states == []
    decisions.record_decision(post, lambda _: Decision(build_row(post), sends=(build_job("ring"),)))
    assert states == [["waiting"]]


def test_rows_of_other_processes(office: Office, bell: Bell) -> None:
    """What another process records is seen without being told."""
    with started(office.open_sender(jobs={"ring": bell})):
        office.put(build_job("ring"), channel=CHANNEL)
        bell.wait()


@pytest.mark.usefixtures("_patient")
def test_slow_channel(office: Office, bell: Bell) -> None:
    """A channel whose answers are slow doesn't hold up others."""
    with started(office.open_sender(jobs={"ring": bell})) as sender, office.slack.hold("chat.postMessage"):
        office.answer()
        sender.wake()
        office.slack.wait_for("chat.postMessage")
        office.put(build_job("ring"), channel=OTHER_CHANNEL)
        sender.wake()
        bell.wait()
    assert office.states() == ["sent", "sent"]


@pytest.mark.usefixtures("_patient")
def test_stop(office: Office) -> None:
    """What is being sent is finished; what waits stays for the next start."""
    sender = office.open_sender()
    office.answer("k1")
    office.answer("k2")
    stopped: list[bool] = []
    with office.slack.hold("chat.postMessage"):
        sender.start()
        office.slack.wait_for("chat.postMessage")
        stopping = threading.Thread(target=lambda: stopped.append(sender.stop(PATIENCE)))
        stopping.start()
    stopping.join(PATIENCE)
    assert stopped == [True]
    assert office.states() == ["sent", "waiting"]
    assert office.run(after=1) == 1
    assert office.states() == ["sent", "sent"]


def test_stop_in_vain(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """A sender that can't finish in time says so; nobody takes its row before the lease runs out."""
    sender = office.open_sender()
    office.answer()
    with office.slack.hold("chat.postMessage"):
        sender.start()
        office.slack.wait_for("chat.postMessage")
        assert not sender.stop(0)
        assert office.run(office.open_sender("next"), after=LEASE - 1) == 0
    assert sender.stop(PATIENCE)
    assert len(office.list_cards()) == 1
    assert "stopped while sending" in caplog.text


def test_stop_unstarted(office: Office) -> None:
    """A sender that never started stops at once."""
    assert office.open_sender().stop(0)


def test_database_locked(
    office: Office, bell: Bell, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While the database can't be written the sender logs and waits; afterwards it goes on."""
    monkeypatch.setattr(module, "DATABASE_WAIT", 0.01)
    failed = threading.Event()
    caplog.set_level(logging.INFO)
    handler = logging.Handler()
    handler.emit = lambda record: failed.set() if "the database failed" in record.msg else None  # type: ignore[method-assign]
    monkeypatch.setattr(module._log, "handlers", [handler])
    path = office.url.removeprefix("sqlite:///")
    impatient = open_database(f"sqlite:///{path}", patience=0.05)
    office.put(build_job("ring"), channel=CHANNEL)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with started(office.open_sender(jobs={"ring": bell}, database=impatient)):
            assert failed.wait(PATIENCE)
            assert office.states() == ["waiting"]
            other.execute("ROLLBACK")
            bell.wait()
    impatient.close()
    assert office.states() == ["sent"]


def test_database_fails_for_a_moment(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that was cut while Slack answered doesn't lose what it answered."""
    record = Dispatcher._write_outcome
    tries: list[int] = []

    def fail_once(turns: Dispatcher, *arguments: object) -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise StoreError("store_failed", why="the connection was cut")
        return record(turns, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Dispatcher, "_write_outcome", fail_once)
    office.answer()
    assert office.run() == 1
    assert (office.states(), len(tries)) == (["sent"], 2)


def test_database_gone_after_slack(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written down at all is found again when the lease has run out."""

    def fail(*_: object) -> bool:
        raise StoreError("store_failed", why="gone")

    office.answer()
    with monkeypatch.context() as patch:
        patch.setattr(Dispatcher, "_write_outcome", fail)
        with pytest.raises(StoreError):
            office.run()
    assert (office.states(), office.run()) == (["waiting"], 0)
    assert office.run(after=LEASE) == 1
    assert (office.states(), len(office.slack.called("chat.postMessage"))) == (["sent"], 1)


def test_broken_sender(
    office: Office, bell: Bell, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of the worker itself is logged with its traceback, and no thread ends of it."""
    monkeypatch.setattr(module, "DATABASE_WAIT", 0.01)
    take: Callable[..., bool] = Dispatcher.deliver_next
    failing = iter(range(WORKERS))

    def fail_first(turns: Dispatcher, *arguments: object) -> bool:
        if next(failing, None) is not None:
            raise RuntimeError("a bug")
        return take(turns, *arguments)

    monkeypatch.setattr(Dispatcher, "deliver_next", fail_first)
    office.put(build_job("ring"), channel=CHANNEL)
    with started(office.open_sender(jobs={"ring": bell})):
        bell.wait()
    assert [each for each in caplog.records if each.exc_info]


@both
def test_keeping_house(office: Office) -> None:
    """Once an hour the ledger's and the outbox's old rows go; claims and replies stay."""
    sender = office.open_sender()
    post = office.answer()
    assert office.run(sender) == 1
    office.run(sender, after=OUTBOX_RETENTION + HOUSEKEEPING)
    assert office.rows() == []
    assert office.decisions.find_ledger_rows(TEAM, CHANNEL, post.ts)
    office.run(sender, after=RETENTION - OUTBOX_RETENTION - HOUSEKEEPING - 1)
    assert office.decisions.find_ledger_rows(TEAM, CHANNEL, post.ts)
    office.run(sender, after=2)
    assert office.decisions.find_ledger_rows(TEAM, CHANNEL, post.ts)  # the hour isn't over
    office.run(sender, after=HOUSEKEEPING)
    assert office.decisions.find_ledger_rows(TEAM, CHANNEL, post.ts) == ()
    assert office.decisions.find_reply_to(TEAM, CHANNEL, post.ts)
    seen: list[Seen] = []

    def look(found: Seen) -> Decision:
        seen.append(found)
        return Decision(None)

    office.decisions.record_decision(post, look)
    assert seen[0].claims == {"toy/28504": "k1"}
