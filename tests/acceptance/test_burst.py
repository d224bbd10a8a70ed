"""Sixty alerts at once in one watched channel: in order, at Slack's pace, and every one accounted for."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa

from bot.channels.policy import MOST_A_MINUTE
from bot.stores.database import Database, open_database
from bot.stores.tables import ledger, replies
from tests.support.acceptance_posts import Post, deliver, list_replies, put, wait_until_sent
from tests.support.fake_slack import FakeSlack
from tests.support.instances import Instance

CHANNEL = "C0ALERTS"
ALERTS = 60
CODES = ("28504", "2065", "2097", "20004", "6100", "28551")
SLOWEST_PACE = 0.9  # seconds between two messages: Slack takes one a second, and clocks differ a little


def test_sixty_alerts(slack: FakeSlack, tmp_path: Path, sqlite_url: str) -> None:
    """What the policy demands is said, a second apart and in the alerts' order; the rest is rolled up."""
    only = Instance(slack.url, sqlite_url, tmp_path / "log", {"FAULTBOOK_WATCH": f"{CHANNEL}=auto:eager"})
    alerts = [make_alert(number) for number in range(ALERTS)]
    for alert in alerts:
        put(slack, alert)
    only.start()
    try:
        for number, alert in enumerate(alerts):
            deliver([only], alert, number)
        wait_until_sent(only, sqlite_url)
    finally:
        only.stop()

    due = demand()
    posted = slack.called("chat.postMessage")
    sent = [call for call in slack.calls if call.method in ("chat.postMessage", "chat.update")]
    spoken = [alert["ts"] for alert, action in zip(alerts, due, strict=True) if action != "join-roll-up"]
    assert [call.arguments["thread_ts"] for call in posted] == spoken
    assert [alert["ts"] for alert in alerts for _ in list_replies(slack, alert)] == spoken
    assert {call.arguments["channel"] for call in sent} == {CHANNEL}
    paces = [later.at - earlier.at for earlier, later in pairwise(sent)]
    assert min(paces) >= SLOWEST_PACE, paces
    assert len(sent) < 2 * (MOST_A_MINUTE + 1), "what changes again and again is sent as it stands last"

    database = open_database(sqlite_url)
    assert [read_actions(database, alert) for alert in alerts] == [[action] for action in due]
    counts = read_roll_up(database)
    database.close()
    joined = alerts[MOST_A_MINUTE:]
    assert counts == Counter(f"aliyun-living/{read_code(alert)}" for alert in joined)
    [roll_up] = list_replies(slack, joined[0])
    rolled_up = re.findall(r"(\d+)\D*$", str(roll_up["text"]), re.MULTILINE)
    assert sum(int(count) for count in rolled_up[-len(counts) :]) == len(joined), roll_up["text"]


def demand() -> list[str]:
    """Return what bot/channels/policy.py has done about each alert, as the ledger names it."""
    actions = ["short" if number >= len(CODES) else "card" for number in range(MOST_A_MINUTE)]
    return [*actions, "roll-up", *["join-roll-up"] * (ALERTS - MOST_A_MINUTE - 1)]


def make_alert(number: int) -> Post:
    """Return an alert as a monitor posts it, with one of the codes in a field of its own."""
    fields = [{"title": "error code", "value": CODES[number % len(CODES)]}]
    ts = f"{1_790_000_000 + number}.000100"
    return {
        "type": "message", "subtype": "bot_message", "bot_id": "B0ALERT", "username": "Alerts", "text": "",
        "channel": CHANNEL, "channel_type": "channel", "ts": ts, "event_ts": ts,
        "attachments": [{"id": 1, "fallback": "alert", "fields": fields}],
    }  # fmt: skip


def read_code(alert: Post) -> str:
    """Return the code that an alert shows."""
    found = re.search(r'"value": "(\d+)"', json.dumps(alert))
    assert found
    return found[1]


def read_actions(database: Database, alert: Post) -> list[str]:
    """Return what the ledger says was done about an alert."""
    asked = sa.select(ledger.c.action).where(ledger.c.channel == CHANNEL, ledger.c.ts == alert["ts"])
    with database.read() as connection:
        return list(connection.execute(asked).scalars())


def read_roll_up(database: Database) -> Counter[str]:
    """Return how often each entry stands in the one roll-up."""
    asked = sa.select(replies.c.recall).where(replies.c.kind == "roll-up")
    with database.read() as connection:
        return Counter(json.loads(connection.execute(asked).scalar_one()))
