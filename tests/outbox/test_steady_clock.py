"""Time that goes on evenly: neither a process nor one that starts later is misled by a clock that was set."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot.outbox import steady_clock as module
from bot.outbox.steady_clock import INTERVAL, SteadyClock
from bot.outbox.worker import OutboxWorker
from bot.stores.database import Database
from tests.support.fake_slack import FakeSlack
from tests.support.office import CARD, CHANNEL, Hours, Office, both

START = 1767225600.0
JUMPS = pytest.mark.parametrize("jump", [-7200.0, 4000.0], ids=["back", "ahead"])


class Machine:
    """A machine with a clock that can be set, a timer that can't, and a database server's clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 0.0
        self.wall_off = self.server_off = 0.0
        monkeypatch.setattr(module, "_read_clock", self._read_clock)

    def wall(self) -> float:
        """Tell the machine's time."""
        return START + self.seconds + self.wall_off

    def timer(self) -> float:
        """Count seconds."""
        return 5.0 + self.seconds

    def _read_clock(self, connection: sa.Connection, wall: Callable[[], float]) -> float:
        is_file = connection.dialect.name == "sqlite"
        return wall() if is_file else START + self.seconds + self.server_off

    def jump(self, seconds: float) -> None:
        """Set the clocks of the machine and of the server."""
        self.wall_off += seconds
        self.server_off += seconds

    def open_clock(self, database: Database) -> SteadyClock:
        """Start a process."""
        clock = SteadyClock(self.wall, self.timer)
        clock.compare(database)
        return clock

    def go_on(self, seconds: float, *clocks: SteadyClock, database: Database) -> None:
        """Let time pass, and clocks be compared."""
        self.seconds += seconds
        for clock in clocks:
            clock.compare(database)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine."""
    return Machine(monkeypatch)


@both
@JUMPS
def test_jump(machine: Machine, database: Database, jump: float, caplog: pytest.LogCaptureFixture) -> None:
    """Within a process time goes on evenly, and the jump is logged; a process that starts later agrees."""
    clocks = [machine.open_clock(database) for _ in range(2)]
    machine.go_on(100.0, *clocks, database=database)
    machine.jump(jump)
    for _ in range(3):
        machine.go_on(INTERVAL, *clocks, database=database)
    expected = START + 100.0 + 3 * INTERVAL
    assert [clock() for clock in clocks] == pytest.approx([expected] * 2, abs=0.01)
    jumps = [getattr(each, "seconds", 0.0) for each in caplog.records if "jumped" in each.message]
    assert jumps[0] == pytest.approx(jump, abs=0.2)
    assert machine.open_clock(database)() == pytest.approx(expected, abs=0.01)
    machine.jump(-jump)
    machine.go_on(INTERVAL, *clocks, database=database)
    assert machine.open_clock(database)() == pytest.approx(expected + INTERVAL, abs=0.01)
    assert all(each.levelno == logging.WARNING for each in caplog.records)


@both
def test_set_back_while_nobody_ran(machine: Machine, office: Office) -> None:
    """A process whose clock is behind what the outbox holds counts on from there."""
    office.answer()
    machine.jump(-7200.0)
    clock = machine.open_clock(office.database)
    assert clock() == pytest.approx(office.clock.now, abs=0.01)


@both
def test_drift(machine: Machine, database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """A clock that is a little off is followed, without a word."""
    clock = machine.open_clock(database)
    for _ in range(10):
        machine.jump(1.0)
        machine.go_on(INTERVAL, clock, database=database)
    assert clock() == pytest.approx(START + 10 * INTERVAL + 10.0, abs=0.01)
    assert "jumped" not in caplog.text


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_machine_alone_is_wrong(machine: Machine, database: Database) -> None:
    """On PostgreSQL a machine's own clock doesn't matter: the server's counts."""
    machine.wall_off = 4000.0
    clock = machine.open_clock(database)
    machine.wall_off = -7200.0
    machine.go_on(INTERVAL, clock, database=database)
    assert clock() == pytest.approx(START + INTERVAL, abs=0.01)


@both
@JUMPS
def test_outbox_goes_on(
    machine: Machine, database: Database, slack: FakeSlack, url: str, jump: float
) -> None:
    """Rows that waited a second when the clock was set are sent in their order and pace, and none expires."""
    clock = machine.open_clock(database)
    hours = Hours()
    office = Office(database, slack, hours, url)
    hours.now = clock()
    for channel in (CHANNEL, "C0A", "C0B", "C0C", "C0D"):
        office.answer(f"{channel}/1", channel, CARD)
        office.answer(f"{channel}/2", channel, CARD)
    worker = OutboxWorker(
        database, office.client_for, clock, "a", compare_clock=lambda: clock.compare(database)
    )
    machine.go_on(1.0, database=database)
    assert worker.run_once(clock()) == 5
    machine.jump(jump)
    machine.go_on(INTERVAL, clock, database=database)
    assert worker.run_once(clock()) == 5
    assert office.states() == ["sent"] * 10
