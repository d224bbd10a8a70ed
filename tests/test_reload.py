"""Reloading: another knowledge serves at once, a broken one never; a question sees one state of it."""

from __future__ import annotations

import ast
import itertools
import json
import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.answer_context import AnswerContextFactory
from bot.desk import Desk, Snapshot
from bot.errors import SettingError
from bot.knowledge.load import load_knowledge
from bot.reload import MOST_LOGGED, Reloader, watch_folder
from bot.replies.sentences import SlackSentence
from bot.slack.entry import Entry
from tests.conftest import REAL
from tests.support.fake_slack import FakeSlack
from tests.support.front import Front
from tests.support.patience import PATIENCE
from tests.support.spoil import spoil
from tests.test_server import COMMAND, ROOT, fetch, make_environ, port, sign, slack

__all__ = ["port", "slack"]  # fixtures

LID = "kettle/codes/102.yaml"
NOW = 1_790_000_000.0
SLACKS = "https://hooks.slack.com/commands/T1/1/x"
ROUNDS = 40  # questions of each thread


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change a file of the knowledge."""
    spoil(root / path, old, new)


def open_reloader(root: Path, **fields: object) -> tuple[Desk, Reloader]:
    desk = Desk(Snapshot(load_knowledge(root)))
    return desk, Reloader(desk, lambda: Snapshot(load_knowledge(root)), root, lambda: NOW, **fields)  # type: ignore[arg-type] # a watch


def read_title(desk: Desk) -> str:
    [match] = desk.ask("102").matches
    return match.entry.title["en"]


def test_swapped(toy: Path) -> None:
    """What the folder holds now is what is answered, and a new phrase finds its entry."""
    desk, reloader = open_reloader(toy)
    edit(toy, LID, "The lid stands open", "The lid is ajar")
    edit(toy, LID, "somebody left the top up", "its hat is askew")
    assert reloader.reload()
    assert read_title(desk) == "The lid is ajar"
    assert [match.entry.code for match in desk.ask("its hat is askew").matches] == ["102"]
    assert reloader.notes == {}


def test_sentences(toy: Path) -> None:
    """The fixed sentences are swapped along with the entries."""
    desk, reloader = open_reloader(toy)
    contexts = AnswerContextFactory(desk, "en")
    before = contexts.open_context()
    edit(toy, "messages/en.yaml", "button_share: Share to channel", "button_share: Tell everybody")
    reloader.reload()
    after = contexts.open_context()
    assert before.replies.say(SlackSentence.BUTTON_SHARE, "en") == "Share to channel"
    assert after.replies.say(SlackSentence.BUTTON_SHARE, "en") == "Tell everybody"
    assert contexts.open_context() is after  # built once for a snapshot


def test_same_contents(toy: Path) -> None:
    """A file that was touched, or one that isn't read, changes nothing."""
    desk, reloader = open_reloader(toy)
    before = desk.snapshot
    (toy / "README.md").write_text("About kettles.", encoding="utf-8")
    (toy / LID).touch()
    assert reloader.reload()
    assert desk.snapshot is before


def test_broken(toy: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A broken folder leaves what served serving; the log has each problem, the note the first."""
    desk, reloader = open_reloader(toy)
    edit(toy, LID, "message: lid not closed\n", "")
    edit(toy, LID, "family: power\n", "")
    assert not reloader.reload()
    assert read_title(desk) == "The lid stands open"
    assert reloader.notes == {
        "knowledge": "broken since 2026-09-21T14:13:20+00:00; problems: 2, "
        "first: knowledge/kettle/codes/102.yaml:1: field-missing"
    }
    logged = [str(getattr(record, "problem", "")) for record in caplog.records]
    assert len([told for told in logged if "102.yaml:1: field-missing: " in told]) == 2


def test_many_problems(toy: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Of very many problems the log has the first, and how many there are; the note counts all."""
    _, reloader = open_reloader(toy)
    for number in range(2 * MOST_LOGGED):
        (toy / "kettle" / "codes" / f"pipe{number}.yaml").write_text("[", encoding="utf-8")
    assert not reloader.reload()
    assert len(caplog.records) == MOST_LOGGED + 1
    assert getattr(caplog.records[-1], "problems", 0) == 2 * MOST_LOGGED
    assert f"; problems: {2 * MOST_LOGGED}, first: " in reloader.notes["knowledge"]


def test_mended(toy: Path) -> None:
    """A folder that is broken in another way is broken since the first; once mended, nothing is noted."""
    hours = iter([NOW, NOW + 3600])
    desk = Desk(Snapshot(load_knowledge(toy)))
    reloader = Reloader(desk, lambda: Snapshot(load_knowledge(toy)), toy, lambda: next(hours))
    edit(toy, LID, "message:", "massage:")
    reloader.reload()
    edit(toy, LID, "massage:", "message: [")
    reloader.reload()
    assert "since 2026-09-21T14:13:20" in reloader.notes["knowledge"]
    assert "yaml-broken" in reloader.notes["knowledge"]
    edit(toy, LID, "message: [", "message:")
    assert reloader.reload()
    assert reloader.notes == {}


@pytest.mark.parametrize(
    "error", [SettingError("knowledge_missing", path="/gone"), OSError("no disk"), RuntimeError("a bug")]
)
def test_whatever_fails(toy: Path, error: Exception) -> None:
    """Whatever goes wrong while reading, what served goes on serving, and it is noted."""
    desk = Desk(Snapshot(load_knowledge(toy)))
    before = desk.snapshot

    def load() -> Snapshot:
        raise error

    reloader = Reloader(desk, load, toy, lambda: NOW)
    assert not reloader.reload()
    assert desk.snapshot is before
    assert "broken since" in reloader.notes["knowledge"]


def test_asked_for(toy: Path) -> None:
    """A change that the watch tells of, and one that is asked for, are read on another thread."""
    changes: queue.Queue[str] = queue.Queue()
    loaded: queue.Queue[str] = queue.Queue()

    def watch(_: Path, __: threading.Event) -> Iterator[object]:
        yield from iter(changes.get, "end")

    desk = Desk(Snapshot(load_knowledge(toy)))

    def load() -> Snapshot:
        loaded.put(threading.current_thread().name)
        return Snapshot(load_knowledge(toy))

    reloader = Reloader(desk, load, toy, watch=watch)
    with reloader.running():
        changes.put("a file")
        assert loaded.get(timeout=PATIENCE) == "reload"
        reloader.request_reload()
        assert loaded.get(timeout=PATIENCE) == "reload"
        changes.put("end")
    assert loaded.empty()


def test_no_watch(toy: Path) -> None:
    """Where the system gives no watch that is noted, and what is asked for is read all the same."""
    loaded = threading.Event()

    def watch(_: Path, __: threading.Event) -> Iterator[object]:
        raise OSError("inotify watch limit reached")

    def load() -> Snapshot:
        loaded.set()
        return Snapshot(load_knowledge(toy))

    reloader = Reloader(Desk(Snapshot(load_knowledge(toy))), load, toy, watch=watch)
    with reloader.running():
        reloader.request_reload()
        assert loaded.wait(PATIENCE)
    assert reloader.notes == {"watch": "the knowledge folder isn't watched: OSError"}


def wait_until(holds: Callable[[], bool]) -> None:
    """Look again and again whether something holds; fail if it doesn't in time."""
    until = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < until, "not so in time"
        pause.wait(0.02)


def test_watched(toy: Path) -> None:
    """A file that is written, one that is new and one that goes are seen by a real watch."""
    desk, reloader = open_reloader(toy)
    with reloader.running():
        edit(toy, LID, "The lid stands open", "The lid is ajar")
        wait_until(lambda: read_title(desk) == "The lid is ajar")
        text = (toy / LID).read_text(encoding="utf-8").replace('"102"', '"103"')
        (toy / "kettle/codes/103.yaml").write_text(text, encoding="utf-8")
        wait_until(lambda: desk.ask("103").kind == "answered")
        (toy / "kettle/codes/103.yaml").unlink()
        wait_until(lambda: desk.ask("103").kind == "abstained")


def test_another_folder(toy: Path, tmp_path: Path) -> None:
    """A link that is set to another folder is seen, and so are changes there; none at all is survived."""
    other, link = tmp_path / "release2", tmp_path / "current"
    shutil.copytree(toy, other)
    edit(other, LID, "The lid stands open", "The lid is ajar")
    link.symlink_to(toy, target_is_directory=True)
    desk, reloader = open_reloader(link)
    with reloader.running():
        (tmp_path / "next").symlink_to(other, target_is_directory=True)
        (tmp_path / "next").rename(link)
        wait_until(lambda: read_title(desk) == "The lid is ajar")
        edit(other, LID, "The lid is ajar", "The lid gapes")
        wait_until(lambda: read_title(desk) == "The lid gapes")
        link.unlink()
        wait_until(lambda: "knowledge" in reloader.notes)
        assert read_title(desk) == "The lid gapes"
        link.symlink_to(toy, target_is_directory=True)
        wait_until(lambda: read_title(desk) == "The lid stands open")
        wait_until(lambda: reloader.notes == {})


def test_end_of_the_watch(toy: Path) -> None:
    """The watch ends when it is told to."""
    ended = threading.Event()
    ended.set()
    assert list(watch_folder(toy, ended)) == []


def test_one_state_for_a_question(worded: Path, tmp_path: Path) -> None:
    """While knowledge is swapped on and on, two threads get verdict, words and sentences of one state."""
    other = tmp_path / "other" / "knowledge"
    shutil.copytree(worded, other)
    edit(other, LID, "The lid stands open", "Another title")
    edit(other, "messages/en.yaml", "button_share: Share to channel", "button_share: Another button")
    (other / "kettle/codes/201.yaml").unlink()  # what one state has an entry for, the other hasn't
    desk = Desk(Snapshot(load_knowledge(worded)))
    states = [desk.snapshot, Desk(Snapshot(load_knowledge(other))).snapshot]
    seen: list[tuple[bool, bool, bool]] = []

    def ask(entry: Entry) -> None:
        for number in range(ROUNDS):
            body = urlencode(
                {"command": "/fault", "text": "102 and 201", "user_id": f"U{number}", "response_url": SLACKS}
            )
            told = entry.take_http(body, "application/x-www-form-urlencoded").body
            seen.append(("Another title" in told, "Another button" in told, "too little water" not in told))

    with FakeSlack() as fake:
        front = Front(fake, desk, tmp_path)
        threads = [threading.Thread(target=ask, args=(front.service.entry,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        turns = itertools.cycle(states)
        while any(thread.is_alive() for thread in threads):
            desk.snapshot = next(turns)
        front.settle()
    assert set(seen) == {(True, True, True), (False, False, False)}
    assert len(seen) == 2 * ROUNDS


def test_one_context_for_a_request() -> None:
    """A listener's function that is handed an AnswerContext opens no other."""
    handed = 0
    for path in sorted((ROOT / "bot" / "slack").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and {"desk", "call"} & {each.arg for each in node.args.args}:
                handed += 1
                assert "open_context()" not in ast.unparse(node), f"{path.name}: {node.name}"
    assert handed > 10


def test_reading_that_does_not_end(toy: Path) -> None:
    """Whoever ends the desk doesn't wait for a reading that hangs, as on a file system that is gone."""
    desk = Desk(Snapshot(load_knowledge(toy)))
    began, never = threading.Event(), threading.Event()

    def load() -> Snapshot:
        began.set()
        never.wait()
        raise OSError

    def watch(_: Path, __: threading.Event) -> Iterator[object]:
        never.wait()
        yield None

    reloader = Reloader(desk, load, toy, watch=watch)
    with reloader.running():
        reloader.request_reload()
        assert began.wait(PATIENCE)
    names = {thread.name for thread in threading.enumerate()}
    assert {"reload", "reload-watch"} <= names, "both still hang, and were left behind"
    never.set()


class Served:
    """A desk that serves a folder, as a process; nothing of the folder is seen but what is asked for."""

    def __init__(self, slack: FakeSlack, port: int, folder: Path, knowledge: Path, log: Path) -> None:
        blind = {"WATCHFILES_FORCE_POLLING": "true", "WATCHFILES_POLL_DELAY_MS": "60000"}
        settings = {"FAULTBOOK_KNOWLEDGE": str(knowledge), **blind}
        self._persons = itertools.count(1)
        self._port = port
        self._log = log
        with log.open("wb") as out:
            environ = make_environ(slack, port, folder, **settings)
            self.process = subprocess.Popen(COMMAND, cwd=ROOT, env=environ, stderr=out)
        wait_until(lambda: b"slack/events" in log.read_bytes() or self.process.poll() is not None)

    def ask(self, text: str) -> str:
        # Each time another person: one who asks on and on meets the limit on questions.
        body = f"command=%2Ffault&text={text}&user_id=U{next(self._persons)}&team_id=T0FAULT"
        status, told = fetch(self._port, "/slack/events", body.encode(), sign(body))
        assert status == 200
        return str(json.loads(told)["text"])

    def read_notes(self) -> dict[str, str]:
        status, told = fetch(self._port, "/readyz")
        assert status == 200
        notes: dict[str, str] = json.loads(told)["notes"]
        return notes


def test_hang_up(slack: FakeSlack, port: int, tmp_path: Path) -> None:
    """SIGHUP has a process read its knowledge; a broken one is noted and logged, and answers go on."""
    knowledge, log = tmp_path / "knowledge", tmp_path / "log"
    shutil.copytree(REAL, knowledge)
    served = Served(slack, port, tmp_path, knowledge, log)
    entry = "aliyun-living/codes/28504.yaml"
    before = served.ask("28504").splitlines()[0]
    title = before.removeprefix("28504 ").rstrip("*")
    try:
        edit(knowledge, entry, title, "Nobody is home")
        served.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "Nobody is home" in served.ask("28504"))
        edit(knowledge, entry, "message:", "massage:")
        os.kill(served.process.pid, signal.SIGHUP)
        wait_until(lambda: "28504.yaml" in served.read_notes().get("knowledge", ""))
        assert "Nobody is home" in served.ask("28504")
        assert "key-unknown" in log.read_text(encoding="utf-8")
        edit(knowledge, entry, "massage:", "message:")
        served.process.send_signal(signal.SIGHUP)
        wait_until(lambda: served.read_notes() == {})
    finally:
        served.process.terminate()
        served.process.wait(PATIENCE)
    assert served.process.returncode == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see that it is reading")
def test_ended_while_it_reads(slack: FakeSlack, port: int, tmp_path: Path) -> None:
    """SIGTERM ends a process that is in the middle of reading a folder which takes minutes."""
    knowledge, log = tmp_path / "knowledge", tmp_path / "log"
    shutil.copytree(REAL, knowledge)
    served = Served(slack, port, tmp_path, knowledge, log)
    try:
        large = knowledge / "aliyun-living/codes/.large"
        large.write_bytes(b"- a\n" * 999_000)
        for number in range(500):
            (knowledge / f"aliyun-living/codes/{number}.yaml").unlink(missing_ok=True)
            (knowledge / f"aliyun-living/codes/{number}.yaml").symlink_to(".large")
        before = count_ticks(served.process.pid)
        served.process.send_signal(signal.SIGHUP)
        wait_until(lambda: count_ticks(served.process.pid) > before + os.sysconf("SC_CLK_TCK"))
        served.process.terminate()
        assert served.process.wait(PATIENCE) == 0
    finally:
        served.process.kill()
        served.process.wait(PATIENCE)


def count_ticks(pid: int) -> int:
    """Return how long a process has computed."""
    return sum(
        map(int, Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13])
    )
