"""Late answers: a thread in which somebody asked in vain is told once there is an answer, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.desk import Desk, Snapshot
from bot.knowledge.load import load_knowledge
from tests.reports.conftest import open_second
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, Front, Hours
from tests.support.slack_limits import find_faults
from tests.support.toy_entries import document

DAY = 86_400.0


@dataclass
class Asked:
    """The app over the toy knowledge, in which somebody asked for 105 in vain."""

    front: Front
    desk: Desk
    toy: Path
    fake: FakeSlack
    ts: str = ""

    def ask(self, text: str = "code 105", **fields: str) -> str:
        """Mention the bot with a question; return the post's ts."""
        post = self.front.build_post(f"<@UFAULTBOT> {text}", type="app_mention") | fields
        self.front.event(post)
        self.fake.forget()
        return str(post["ts"])

    def tell(self) -> list[dict[str, object]]:
        """Have threads told; return the messages."""
        self.front.service.late_answers.work()
        self.front.flush()
        messages = [call.arguments for call in self.fake.called("chat.postMessage")]
        assert [fault for each in messages for fault in find_faults(each)] == []
        return messages

    def document(self, code: str = "105", phrase: str = "the lid is stuck", audience: str = "public") -> None:
        """Let the knowledge have an entry from now on."""
        self.desk.swap(document(self.toy, code, phrase, audience))


@pytest.fixture
def asked(open_front: Callable[..., Front], slack: FakeSlack, toy: Path) -> Asked:
    """The app, before anybody asked."""
    desk = Desk(Snapshot(load_knowledge(toy), version="without"))
    return Asked(open_front(desk), desk, toy, slack)


def test_told_once(asked: Asked) -> None:
    """The thread gets the answer with a line on when it was asked, and once."""
    ts = asked.ask()
    assert asked.tell() == []
    asked.document()
    [told] = asked.tell()
    assert (told["channel"], told["thread_ts"]) == (CHANNEL, ts)
    assert str(told["text"]).startswith("Somebody asked this here on <!date^")
    assert "105 the lid is stuck" in str(told["text"])
    asked.document("106", "the lid is open")
    assert len(asked.tell()) == 1


def test_words(asked: Asked) -> None:
    """Words that get an answer now count as a code does."""
    asked.ask("the lid is stuck")
    asked.document()
    [told] = asked.tell()
    assert "105 the lid is stuck" in str(told["text"])


def test_another_code(asked: Asked) -> None:
    """An answer to something else in the question is none to the code that was asked for."""
    asked.ask("code 105, the lid is stuck")
    asked.document("106")
    assert asked.tell() == []


def test_two_processes(asked: Asked, tmp_path: Path) -> None:
    """Two processes that both reload tell a thread once."""
    asked.ask()
    asked.document()
    second = open_second(asked.front, asked.desk, tmp_path / "app0")
    assert [each.late_answers.work() for each in (asked.front.service, second)] == [1, 0]
    second.close()
    assert len(asked.tell()) == 1


def test_each_thread(asked: Asked) -> None:
    """Each thread in which it was asked is told, two people in one of them once."""
    first = asked.ask()
    second = asked.ask()
    asked.ask(thread_ts=second, user="U0ANA")
    asked.document()
    assert sorted(str(each["thread_ts"]) for each in asked.tell()) == sorted([first, second])


def test_not_after_thirty_days(asked: Asked, hours: Hours) -> None:
    """Who asked over thirty days ago waits no more."""
    asked.ask()
    hours.now += 30 * DAY + 1
    asked.document()
    assert asked.tell() == []


def test_answered_since(asked: Asked) -> None:
    """A thread that got an answer after the question is left alone, whatever that answer was."""
    ts = asked.ask()
    asked.front.hours.now += 60
    asked.ask("code 101", thread_ts=ts)
    asked.document()
    assert asked.tell() == []


def test_answered_before(asked: Asked) -> None:
    """An answer to an earlier question in the thread doesn't keep it from this one."""
    ts = asked.ask("code 101")
    asked.front.hours.now += 60
    asked.ask(thread_ts=ts)
    asked.document()
    assert len(asked.tell()) == 1


def test_asked_again_meanwhile(asked: Asked) -> None:
    """Who asks again after the reload gets the answer, and is not told it again."""
    ts = asked.ask()
    asked.document()
    asked.ask(thread_ts=ts)
    assert asked.tell() == []


def test_nobody_is_written_to_directly(asked: Asked) -> None:
    """What was asked by a command or in a direct message, in its thread too, tells nobody."""
    asked.front.command("code 105")
    asked.front.direct("code 105")
    asked.front.direct("code 105", thread_ts="1790000001.000001")
    asked.fake.forget()
    asked.document()
    assert asked.tell() == []


def test_muted(asked: Asked) -> None:
    """A muted thread and a muted channel hear nothing."""
    ts, _ = asked.ask(), asked.ask(channel="C0OTHER")
    asked.front.service.decisions.mute_thread(TEAM, CHANNEL, ts)
    asked.front.service.decisions.mute_channel(TEAM, "C0OTHER", 4102444800.0)
    asked.document()
    assert asked.tell() == []


def test_internal_answer(asked: Asked) -> None:
    """Where outsiders read along, an internal answer isn't told."""
    asked.front.event(
        asked.front.build_post("<@UFAULTBOT> code 105", type="app_mention"), is_ext_shared_channel=True
    )
    asked.fake.forget()
    asked.document(audience="internal")
    assert asked.tell() == []


def test_in_the_language_of_the_question(asked: Asked) -> None:
    """Who asked in Chinese is told in Chinese."""
    asked.ask("错误码 105 是什么意思")
    asked.document()
    [told] = asked.tell()
    assert str(told["text"]).startswith("有人曾于 <!date^")
    assert "105 电源故障" in str(told["text"])


def test_same_knowledge(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the knowledge of the last time no thread is looked at again."""
    asked.ask()
    asked.tell()
    monkeypatch.setattr("bot.stores.gap_threads.list_waiting_threads", lambda *_: pytest.fail("looked"))
    assert asked.tell() == []


def test_killed_between_commit_and_post(asked: Asked) -> None:
    """What was decided stands in the outbox for two days: another process posts it, and once."""
    asked.ask()
    asked.document()
    asked.front.service.late_answers.work()  # and here the process is killed
    asked.front.hours.now += 1.9 * DAY
    assert len(asked.tell()) == 1
