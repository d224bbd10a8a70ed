"""Questions beyond what a person may ask within a minute: each is counted, and the ledger has the reason."""

from __future__ import annotations

from bot.slack.rate_limiter import MOST_QUESTIONS
from bot.stores import channels
from tests.slack.commands.test_channel import LINK, give
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, DIRECT, OTHER, PERSON, Front
from tests.test_metrics import label, scrape

BEYOND = 3


def list_reasons(front: Front, channel: str, ts: str) -> list[tuple[str, str]]:
    """Return action and reason of a post's lines."""
    rows = front.service.decisions.find_ledger_rows(TEAM, channel, ts)
    return [(row.action, row.reason) for row in rows]


def count_beyond(front: Front, surface: str) -> float:
    """Return how many questions of a surface were beyond the limit, as /metrics tells."""
    return scrape(front)["faultbook_questions_over_limit_total"].get(label(surface=surface), 0.0)


def test_posts(front: Front, slack: FakeSlack) -> None:
    """A mention is told once that it is one too many, a direct message likewise; the others leave a line."""
    for user, send, channel in (("U0ONE", front.mention, CHANNEL), ("U0TWO", front.direct, DIRECT)):
        for number in range(MOST_QUESTIONS + BEYOND):
            send("28504", user=user, ts=f"179000{channel == DIRECT:d}{number:03}.000100")
    assert count_beyond(front, "mention") == count_beyond(front, "direct_message") == BEYOND
    for channel, flag in ((CHANNEL, 0), (DIRECT, 1)):
        first, *others = (f"179000{flag}{MOST_QUESTIONS + n:03}.000100" for n in range(BEYOND))
        assert list_reasons(front, channel, first) == [("notice", "over-limit")]
        for ts in others:
            assert list_reasons(front, channel, ts) == [("silent", "over-limit")]
    front.settle()
    told = [call.arguments["text"] for call in slack.called("chat.postMessage")]
    assert len([text for text in told if f"more than {MOST_QUESTIONS}" in text]) == 2


def test_alone(front: Front, slack: FakeSlack) -> None:
    """The command and the shortcut tell each time; each leaves a line."""
    for _ in range(MOST_QUESTIONS):
        front.command("28504")
    for _ in range(BEYOND):
        assert str(MOST_QUESTIONS) in front.command("28504").get_json()["text"]
        front.shortcut(front.build_post("28504"))
    assert count_beyond(front, "command") == count_beyond(front, "shortcut") == BEYOND
    reasons = [reason for _, reason in list_reasons(front, CHANNEL, "")]
    assert reasons.count("over-limit") == 2 * BEYOND
    assert len(slack.wait_for("response_url", BEYOND)) == BEYOND


def test_what_asks_nothing(front: Front, slack: FakeSlack) -> None:
    """A call for help, and a mention that has the thread read, count as well: each costs a post or a read."""
    thread = "1790000000.000100"
    slack.put(CHANNEL, ts=thread, user=PERSON, text="the weather is fine")
    for number in range(MOST_QUESTIONS):
        front.mention("help" if number % 2 else "", ts=f"1790000{number:03}.000200", thread_ts=thread)
    for number in range(BEYOND):
        front.mention("help", ts=f"1790001{number:03}.000200")
        front.mention("", ts=f"1790002{number:03}.000200", thread_ts=thread)
    assert count_beyond(front, "mention") == 2 * BEYOND
    front.settle()
    assert len(slack.called("chat.postMessage")) == MOST_QUESTIONS + 1


def test_commands(front: Front, slack: FakeSlack) -> None:
    """A command that is no question counts as well; beyond the limit it does nothing, but tell how to ask."""
    for _ in range(MOST_QUESTIONS):
        front.command("watch status")
    assert str(MOST_QUESTIONS) in front.command("watch auto").get_json()["text"]
    assert f"more than {MOST_QUESTIONS}" not in front.command("help").get_json()["text"]
    assert count_beyond(front, "command") == 1
    assert front.service.decisions.find_channel(TEAM, CHANNEL) is None


def test_mute(front: Front, slack: FakeSlack) -> None:
    """Who asks for silence beyond the limit gets it, without a word."""
    thread = "1790000000.000100"
    for number in range(MOST_QUESTIONS):
        front.mention("28504", ts=f"1790000{number:03}.000200")
    front.mention("mute", ts="1790001000.000200", thread_ts=thread)
    with front.service.database.read() as connection:
        assert channels.is_thread_muted(connection, TEAM, CHANNEL, thread)
    front.settle()
    assert slack.called("chat.postEphemeral") == []


def test_why(front: Front) -> None:
    """`/fault why` tells the reason."""
    for number in range(MOST_QUESTIONS + 2):
        front.mention("28504", ts=f"1790000{number:03}.000100", user=OTHER)
    link = LINK.format(channel=CHANNEL, ts=f"1790000{MOST_QUESTIONS + 1:03}000100")
    assert "too many questions within a minute" in give(front, f"why {link}")
