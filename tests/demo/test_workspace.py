"""The workspace of the demo: on this machine only, and gone when it ends, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.cast import ALEX, BOT, INCIDENTS, MEI, MEI_DM, SUPPORT
from demo.workspace import Workspace, WorkspaceError
from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
LISTENING = "0A"  # the state TCP_LISTEN of /proc/net/tcp
LOOPBACK = "0100007F"  # 127.0.0.1 as the kernel writes it

pytestmark = pytest.mark.skipif(Workspace.find_binary() is None, reason=Workspace.explain_absence())


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """A workspace whose app isn't connected."""
    with Workspace() as running:
        yield running


def list_listeners(port: int) -> list[str]:
    """Return the addresses at which somebody listens on a port, IPv4 and IPv6, as the kernel writes them."""
    found = []
    for name in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(name).read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.partition(":")
            if state == LISTENING and int(number, 16) == port:
                found.append(address)
    return found


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_listens_on_this_machine_only(workspace: Workspace) -> None:
    """Nobody but this machine reaches its port."""
    assert list_listeners(int(workspace.url.rpartition(":")[2])) == [LOOPBACK]


def test_names_no_other_address(workspace: Workspace) -> None:
    """Its page and its Web API are at 127.0.0.1."""
    assert workspace.url.startswith("http://127.0.0.1:")
    assert workspace.api_url == f"{workspace.url}/api/"


def test_who_is_there(workspace: Workspace) -> None:
    """Two people and the desk are in both channels, and each of the people has a direct message with it."""
    members = {channel["id"]: set(channel["members"]) for channel in workspace.state()["channels"]}
    assert members[SUPPORT] == members[INCIDENTS] == {ALEX, MEI, BOT}
    assert members[MEI_DM] == {MEI, BOT}


def test_post_is_in_its_channel(workspace: Workspace) -> None:
    """What a person posts is in the messages of that channel, and of no other."""
    ts = workspace.post(SUPPORT, MEI, "设备不在线")
    reply = workspace.post(SUPPORT, ALEX, "since when?", thread_ts=ts)
    told = [(message["ts"], message["user"], message["text"]) for message in workspace.messages(SUPPORT)]
    assert told[-2:] == [(ts, MEI, "设备不在线"), (reply, ALEX, "since when?")]
    assert workspace.messages(SUPPORT)[-1]["thread_ts"] == ts
    assert workspace.messages(INCIDENTS) == []


def test_app_that_is_away_is_told_of(workspace: Workspace) -> None:
    """A command that no app is connected for is dropped, and the log says so."""
    workspace.command(SUPPORT, ALEX, "/fault", "28504")
    last = workspace.log()[-1]
    assert (last["direction"], last["kind"]) == ("internal", "socket")
    assert "dropped slash_commands" in last["summary"]


def test_refusal_is_an_error(workspace: Workspace) -> None:
    """A request that its control API refuses is an error with its words."""
    with pytest.raises(WorkspaceError, match="channel and user are required"):
        workspace.control("message", {})


def test_nothing_stays_behind() -> None:
    """When it is stopped, its process and its folder are gone; stopping it again does no harm."""
    with Workspace() as workspace:
        pid, folder = workspace.pid, workspace.folder
        assert pid is not None
        assert is_alive(pid)
        assert folder.is_dir()
    assert not is_alive(pid)
    assert not folder.exists()
    assert not workspace.is_running
    workspace.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_who_started_it(number: signal.Signals) -> None:
    """A workspace ends and removes its folder when the process that started it is killed."""
    script = (
        "import signal; from demo.workspace import Workspace\n"
        "with Workspace() as workspace:\n"
        "    print(workspace.pid, workspace.folder, flush=True)\n"
        "    signal.pause()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        pid, folder = starter.stdout.readline().split()
        assert is_alive(int(pid))
        starter.send_signal(number)
    deadline = time.monotonic() + PATIENCE
    while (is_alive(int(pid)) or Path(folder).exists()) and time.monotonic() < deadline:
        time.sleep(0.02)  # two processes that aren't our children: there is nothing to wait for
    assert not is_alive(int(pid))
    assert not Path(folder).exists()


def test_mode_and_address_go_together() -> None:
    """Events need an address to be sent to, and a socket has none."""
    with pytest.raises(ValueError, match="request_url"):
        Workspace("events")
    with pytest.raises(ValueError, match="request_url"):
        Workspace("socket", "http://127.0.0.1:1/slack/events")
