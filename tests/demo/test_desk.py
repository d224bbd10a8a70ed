"""The desk as a process beside the workspace: both ways in, and told of when it doesn't start."""

from __future__ import annotations

import time

import pytest

from demo.cast import ALEX, BOT, MEI, SUPPORT
from demo.desk import DeskError, RunningDesk
from demo.ports import ReservedPort
from demo.tour import PATIENCE, PAUSE, Question, ask
from demo.workspace import Json, Workspace
from tests.support.demo_page import Page
from tests.support.demo_shortcut import use_shortcut


def wait_for_message(workspace: Workspace, channel: str, after: int) -> Json:
    """Return the latest message of a channel once there are more than so many."""
    until = time.monotonic() + PATIENCE
    while len(messages := workspace.messages(channel)) <= after:
        assert time.monotonic() < until, "nothing more was said"
        time.sleep(PAUSE)
    return messages[-1]


pytestmark = pytest.mark.skipif(Workspace.find_binary() is None, reason=Workspace.explain_absence())


def test_by_http() -> None:
    """In the mode "events" it answers a mention in its thread, and a shortcut in a modal."""
    reserved = ReservedPort()
    port = reserved.number
    with (
        Workspace("events", f"http://127.0.0.1:{port}/slack/events") as workspace,
        RunningDesk(workspace, port),
    ):
        reply = ask(workspace, Question(MEI, SUPPORT, "设备不在线怎么办"))
        assert reply["text"].startswith("28504")
        assert reply["thread_ts"] != reply["ts"]
        ask(workspace, Question(MEI, SUPPORT, "28504", by_command=True))
        post = workspace.post(SUPPORT, ALEX, "it says: device is offline")
        with Page(workspace) as page:
            use_shortcut(workspace, "explain_error", SUPPORT, post, MEI)
            assert "28504" in str(page.wait_for_view()["blocks"])
            assert page.submit_view(MEI)["stack"] == []


def test_by_socket() -> None:
    """In the mode "socket" it answers a command to the one who gave it, and its button does something."""
    with Workspace() as workspace, RunningDesk(workspace):
        reply = ask(workspace, Question(ALEX, SUPPORT, "28504", by_command=True))
        assert (reply["user"], reply["ephemeral_to"]) == (BOT, ALEX)
        before = len(workspace.log())
        workspace.press(SUPPORT, reply["ts"], ALEX, "answer_share")
        kinds = {(entry["direction"], entry["kind"]) for entry in workspace.log()[before:]}
        assert {("to_bot", "interactive"), ("from_bot", "ack")} <= kinds


def test_votes() -> None:
    """The feedback buttons of a mention's and of a command's answer can be pressed; both are acknowledged."""
    with Workspace() as workspace, RunningDesk(workspace):
        for by_command, name, said in ((False, "no", "28504 is not it."), (True, "yes", "28504 fixed it.")):
            reply = ask(workspace, Question(ALEX, SUPPORT, "error code 28504", by_command=by_command))
            before = len(workspace.messages(SUPPORT))
            workspace.press(SUPPORT, reply["ts"], ALEX, f"answer_rate_{name}")
            told = wait_for_message(workspace, SUPPORT, before)
            assert told["ephemeral_to"] == ALEX
            assert told["text"].endswith(said)


def test_what_it_said_is_told() -> None:
    """A desk that ends at once is an error with what it printed."""
    with Workspace() as workspace:
        desk = RunningDesk(workspace, environ={"LOG_LEVEL": "LOUD"})
        with pytest.raises(DeskError, match="LOUD"):
            desk.start()
        assert not desk.is_running
