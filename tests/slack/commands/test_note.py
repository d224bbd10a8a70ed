"""`/fault note`: what people want said first wherever a code comes up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.watch_mode import WatchPreset
from tests.slack.commands.test_channel import say_aloud
from tests.slack.events.test_channel_posts import ALERT
from tests.support.fake_slack import FakeSlack
from tests.support.front import CHANNEL, DIRECT, OTHER, PERSON, Front, Hours, Json, find_button, find_buttons
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts

NOTE = "Known outage in eu-central, fix at 15:00"


def tell(front: Front, text: str, **fields: str) -> str:
    """Return the words that a command is acknowledged with, held against every limit."""
    message: Json = front.command(text, **fields).get_json()
    assert find_faults(message) == []
    return "\n".join(list_texts(message["blocks"]))


def shows(blocks: list[Json], note: str = NOTE) -> bool:
    """Say whether a note stands before all else that an answer says."""
    texts = [text for text in list_texts(blocks) if "You asked" not in text and "Shared by" not in text]
    return note in texts[0] or (len(texts) > 1 and note in texts[1])


def test_added(front: Front, slack: FakeSlack, hours: Hours) -> None:
    """A member adds a note; the channel is told who did, and the card shows text, author and time first."""
    told = tell(front, f"note 28504 {NOTE}", user_name="mei")
    assert NOTE in told
    assert say_aloud(slack) == f"<@{PERSON}> added a note to 28504 in this channel."
    blocks = front.command("28504").get_json()["blocks"]
    assert shows(blocks)
    signed = next(text for text in list_texts(blocks) if NOTE in text)
    assert "@mei" in signed
    assert f"<!date^{int(hours.now)}^" in signed
    assert NOTE not in tell(front, "2065")


def test_every_surface(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """A mention, a direct message, the shortcut, a click and a shared answer show a note for all channels."""
    front = open_front()
    tell(front, f"note 28504 everywhere {NOTE}")
    assert "in all channels" in say_aloud(slack)
    front.mention("28504", ts="1790000001.000100")
    front.direct("28504", ts="1790000002.000100")
    front.shortcut(front.build_post("28504"))
    blocks = front.command("28504", channel_id="C0OTHER").get_json()["blocks"]
    assert shows(blocks)
    front.click(find_button(blocks, "language_switch_zh"))
    front.click(find_button(blocks, "answer_share"), container={"type": "message", "is_ephemeral": True})
    posted = [call.arguments for call in slack.wait_for("chat.postMessage", 3)[1:]]
    alone = slack.wait_for("chat.postEphemeral")[0].arguments
    shared = slack.wait_for("response_url", 2)[0].arguments
    opened = slack.wait_for("views.open")[0].arguments["view"]
    assert [each["channel"] for each in posted] == [CHANNEL, DIRECT]
    for message in (*posted, alone, shared, opened):
        assert shows(message["blocks"])


def test_here_alone(front: Front) -> None:
    """A note of one channel is shown in no other."""
    tell(front, f"note 28504 {NOTE}")
    assert not shows(front.command("28504", channel_id="C0OTHER").get_json()["blocks"])


def test_watched(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """A watched post of a noted code gets the short line with the note, and a button for the card."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    tell(front, f"note 28504 {NOTE}")
    say_aloud(slack)
    front.event(ALERT)
    told = slack.wait_for("chat.postMessage", 2)[1].arguments
    assert NOTE in "".join(list_texts(told["blocks"]))
    assert len(list_texts(told["blocks"])) < 6
    assert {"choice_show", "thread_mute"} <= {each["action_id"] for each in find_buttons(told["blocks"])}


def test_end(front: Front, hours: Hours) -> None:
    """A note is shown until it ends; until when stands beside it."""
    told = tell(front, f"note 28504 {NOTE} until 2h")
    assert f"<!date^{int(hours.now) + 7200}^" in told
    hours.now += 7199
    assert shows(front.command("28504").get_json()["blocks"])
    hours.now += 1
    assert not shows(front.command("28504").get_json()["blocks"])


@pytest.mark.parametrize(("place", "other"), [("", "everywhere "), ("everywhere ", "")])
def test_taken_off(front: Front, slack: FakeSlack, place: str, other: str) -> None:
    """A note is taken off where it stands, and nowhere else."""
    tell(front, f"note 28504 {place}{NOTE}")
    say_aloud(slack)
    assert NOTE not in tell(front, f"note 28504 {other}off")
    assert shows(front.command("28504").get_json()["blocks"])
    assert "removed the note" in tell(front, f"note 28504 {place}off")
    assert not shows(front.command("28504").get_json()["blocks"])
    assert "no note" in tell(front, f"note 28504 {place}off")


def test_list(front: Front) -> None:
    """`/fault notes` lists those that hold here."""
    assert "No notes apply here" in tell(front, "notes")
    tell(front, "note 28504 one")
    tell(front, "note 2065 everywhere two")
    tell(front, "note 28601 three", channel_id="C0OTHER")
    told = tell(front, "notes")
    assert "one" in told
    assert "two" in told
    assert "three" not in told


def test_admins(open_front: Callable[..., Front]) -> None:
    """Where the operator names admins, others can't add or remove a note; anybody sees them."""
    front = open_front(admins=frozenset({OTHER}))
    assert "FAULTBOOK_ADMINS" in tell(front, f"note 28504 {NOTE}")
    tell(front, f"note 28504 {NOTE}", user_id=OTHER)
    assert "FAULTBOOK_ADMINS" in tell(front, "note 28504 off")
    assert NOTE in tell(front, "notes")


@pytest.mark.parametrize("text", ["<!channel> <@U123> @here `x` *b* <https://evil.example|x>", "a & b &lt;"])
def test_nothing_alive(front: Front, slack: FakeSlack, text: str) -> None:
    """What is noted can't ping, link or leave its place."""
    tell(front, f"note 28504 {text}")
    front.mention("28504")
    told = slack.wait_for("chat.postMessage", 2)
    [message] = [call.arguments for call in told if "thread_ts" in call.arguments]
    faults = find_house_faults(message)
    assert [fault for fault in faults if "date" not in fault] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("note", "adds a note to an error code"),
        ("note 28504", "adds a note to an error code"),
        ("note 28504 everywhere", "adds a note to an error code"),
        (f"note 28504 {'x' * 501}", "1 to 500 characters. Yours has 501"),
    ],
)
def test_refused(front: Front, text: str, told: str) -> None:
    """What is no note is told how one is added."""
    assert told in tell(front, text)
    assert "No notes" in tell(front, "notes")


def test_longest(front: Front) -> None:
    """A note of 500 characters is kept whole."""
    tell(front, f"note 28504 {'字' * 500}")
    assert shows(front.command("28504").get_json()["blocks"], "字" * 500)


def test_questions(front: Front) -> None:
    """A text that begins with the word and names no code behind it is a question."""
    assert front.command("note that the device is offline").get_json()["text"].startswith("28504 ")
    assert "adds a note to an error code" in tell(front, "note everywere")


def test_direct_message(front: Front) -> None:
    """In a direct message a note can be for all channels alone."""
    assert "only apply in all channels" in tell(front, f"note 28504 {NOTE}", channel_id=DIRECT)
    tell(front, f"note 28504 everywhere {NOTE}", channel_id=DIRECT)
    assert shows(front.command("28504").get_json()["blocks"])


def test_chinese(open_front: Callable[..., Front]) -> None:
    """Where the desk speaks Chinese so do its answers about notes."""
    front = open_front(language="zh")
    assert "可给本频道的这个错误码加备注" in tell(front, "note")
    tell(front, "note 28504 华东机房故障，到明天")
    assert shows(front.command("28504").get_json()["blocks"], "华东机房故障")
    assert "删除了本频道 28504 的备注" in tell(front, "note 28504 off")
