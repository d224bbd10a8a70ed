"""What is read of a very long post in Slack: its two ends, and the answer says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.answer_context import HEAD, TAIL, AnswerContext, keep_ends
from bot.desk import Snapshot
from bot.matching import Verdict, fold
from bot.watch_mode import WatchPreset
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, Front
from tests.support.slack_limits import list_texts

FILLER = "the build is green and so is the sky; "
ENGLISH = "I read its first 8000 and its last 4000 characters"
CHINESE = "只读取了开头 8000 个字符和末尾 4000 个字符"


def pad(text: str, before: int, behind: int, filler: str = FILLER) -> str:
    """Return a text amid so many characters."""
    return f"{filler * (before // len(filler))}\n{text}\n{filler * (behind // len(filler))}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (pad("error code 28504", 7_000, 30_000), True),
        (pad("error code 28504", 30_000, 3_000), True),
        (pad("error code 28504", 20_000, 15_000), False),
    ],
    ids=["near the beginning", "near the end", "in the middle"],
)
def test_ends(front: Front, text: str, read: bool) -> None:
    """A code at either end is answered; one in the middle is not read. Both is said."""
    told = front.command(text).get_json()
    assert told["text"].startswith("28504 ") is read
    assert any(ENGLISH in each for each in list_texts(told["blocks"]))


def test_each_surface(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """A mention, a direct message, the shortcut and a watched post say it, in the language of the answer."""
    front = open_front(watch={CHANNEL: WatchPreset("auto", language="zh")})
    text = pad("错误码 28504", 0, 30_000, "构建是绿的，天是蓝的。")
    front.mention(text)
    front.direct(text)
    front.event(front.build_post(text.replace("28504", "28601"), ts="1790000005.000100"))
    front.shortcut(front.build_post(text))
    opened = slack.wait_for("views.open")[0].arguments["view"]["blocks"]
    front.settle()
    messages = [call.arguments["blocks"] for call in slack.called("chat.postMessage")]
    assert len(messages) == 3
    for blocks in (*messages, opened):
        assert any(CHINESE in each for each in list_texts(blocks))


@pytest.mark.parametrize("text", ["28504", pad("28504", 6_000, 5_000), "设备不在线" * 2_000])
def test_short_enough(front: Front, text: str) -> None:
    """Of a post that is read whole nothing is said."""
    blocks = front.command(text).get_json()["blocks"]
    assert not any(ENGLISH in each or CHINESE in each for each in list_texts(blocks))


@pytest.mark.parametrize("letter", ["㍿", "ﷺ", "ﬁ", "設", "a"])
def test_folded_characters_count(letter: str) -> None:
    """A character that folds to several counts as those: no text is longer for the matcher than the bound."""
    assert len(fold(keep_ends(f"{letter} " * 20_000))) <= HEAD + TAIL + 2


def test_nothing_is_joined(front: Front) -> None:
    """The two ends are apart: what ends one and what begins the other is no number."""
    text = f"{'a ' * 3_998} 28 {'x ' * 10_000}504 {'b ' * 1_998}"
    assert "28\n\n504" in keep_ends(text)
    assert not front.command(text).get_json()["text"].startswith("28504 ")


class CountingSnapshot(Snapshot):
    """The knowledge, and how often it was asked."""

    asked = 0

    def ask(self, *arguments: Any, **options: Any) -> Verdict:
        """Count the question, and return the verdict."""
        self.asked += 1
        return super().ask(*arguments, **options)


@pytest.mark.parametrize(("text", "asked"), [("is this known?", 1), (FILLER * 200, 0)])
def test_a_long_text_says_something(text: str, asked: int) -> None:
    """Whether a text names nothing to go by is asked of the matcher for short texts alone."""
    snapshot = CountingSnapshot(DESK.knowledge)
    says_nothing = AnswerContext(snapshot, "en", lambda _kind, _surface: None).says_nothing(text)
    assert (says_nothing, snapshot.asked) == (asked == 1, asked)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        (pad("my device is offline", 0, 5_000), True),
        (pad("my device is offline", 2_500, 2_500), False),
        (pad("it says error code 28504", 2_500, 2_500), True),
        (pad("我的设备不在线", 0, 5_000, "构建是绿的，天是蓝的。"), True),
        (pad("报错误码 28504", 2_500, 2_500, "构建是绿的，天是蓝的。"), True),
    ],
)
def test_words_of_a_long_question(front: Front, text: str, answered: bool) -> None:
    """Of a long question the words at its ends are weighed; codes are read in all of it."""
    assert front.command(text).get_json()["text"].startswith("28504 ") is answered


@pytest.mark.parametrize(
    ("between", "end", "language"), [("设备", "28504", "en"), ("x ", "28504 是什么", "zh")]
)
def test_ends_tell_the_language(between: str, end: str, language: str) -> None:
    """The language of an answer is that of the two ends; what stands between them has no say."""
    desk = AnswerContext(DESK.snapshot, "en", lambda _kind, _surface: None)
    assert desk.find_language(f"{'the build is green ' * 500}{between * 9_000}{' ' * TAIL}{end}") == language
