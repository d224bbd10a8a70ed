"""The numbers: after known traffic they are known, and nothing private is among them."""

from __future__ import annotations

import math
from collections.abc import Callable

import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot.desk import Snapshot
from bot.knowledge.load import load_knowledge
from bot.metrics import Metrics
from bot.watch_mode import WatchPreset
from tests.slack.conftest import DESK, hours, open_front, slack
from tests.slack.events.test_channel_posts import ALERT
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, DIRECT, PERSON, Front
from tests.support.shipped import open_desk

__all__ = ["hours", "open_front", "slack"]  # fixtures

Labels = tuple[tuple[str, str], ...]


def scrape(front: Front) -> dict[str, dict[Labels, float]]:
    """Return the numbers, by sample and labels."""
    response = front.get("/metrics")
    assert response.status_code == 200
    assert response.content_type.startswith("text/plain")
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(response.get_data(as_text=True)):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def label(**labels: str) -> Labels:
    return tuple(sorted(labels.items()))


def test_traffic(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """Verdicts, deliveries and both latencies are counted, on every surface."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    front.command("28504")
    front.command("the toaster burns")
    front.mention("2065")
    front.direct("the device does not exist")
    front.event(ALERT)
    front.event(front.build_post("lunch?", ts="1790000003.000100"))
    slack.fail("chat.postMessage", "is_archived")
    front.mention("28560")
    front.settle()
    numbers = scrape(front)
    assert numbers["faultbook_verdicts_total"] == {
        label(kind="answered", surface="command"): 1,
        label(kind="abstained", surface="command"): 1,
        label(kind="answered", surface="mention"): 2,
        label(kind="choices", surface="direct_message"): 1,
        label(kind="answered", surface="watch"): 1,
        label(kind="abstained", surface="watch"): 1,
    }
    assert numbers["faultbook_deliveries_total"] == {
        label(way="outbox", outcome="sent"): 3,
        label(way="outbox", outcome="failed"): 1,
        label(way="direct", outcome="sent"): 1,  # to whoever asked: why nothing was posted
    }
    assert numbers["faultbook_delivery_seconds_count"] == {label(way="outbox"): 3, label(way="direct"): 1}
    assert numbers["faultbook_acknowledgement_seconds_count"] == {label(status="200"): 7}
    assert numbers["faultbook_acknowledgement_seconds_bucket"][label(le="+Inf", status="200")] == 7
    assert numbers["faultbook_outbox_waiting"] == {(): 0}


def test_retries(open_front: Callable[..., Front], slack: FakeSlack) -> None:
    """A message that Slack takes the second time was waiting once, and counts as sent once."""
    front = open_front()
    slack.fail("chat.postMessage", "ratelimited", status=429)
    front.mention("28504")
    numbers = scrape(front)
    assert numbers["faultbook_deliveries_total"] == {
        label(way="outbox", outcome="waiting"): 1,
        label(way="outbox", outcome="sent"): 1,
    }
    seconds = numbers["faultbook_delivery_seconds_sum"][label(way="outbox")]
    assert seconds >= 1.0  # by the test's clock, which the wait set on


def test_what_waits(open_front: Callable[..., Front]) -> None:
    """What waits in the outbox is read at each scrape."""
    front = open_front()
    front.start_holding()
    front.mention("28504")
    front.mention("2065")
    assert scrape(front)["faultbook_outbox_waiting"] == {(): 2}
    front.release()
    assert scrape(front)["faultbook_outbox_waiting"] == {(): 0}


def test_without_a_database(open_front: Callable[..., Front]) -> None:
    """A database that doesn't answer leaves that one number out, and the others are told."""
    front = open_front()
    front.command("28504")
    with front.service.database.write() as connection:
        connection.execute(sa.text("ALTER TABLE outbox RENAME TO lost"))
    numbers = scrape(front)
    assert math.isnan(numbers["faultbook_outbox_waiting"][()])
    assert numbers["faultbook_verdicts_total"] == {label(kind="answered", surface="command"): 1}
    with front.service.database.write() as connection:
        connection.execute(sa.text("ALTER TABLE lost RENAME TO outbox"))


def test_knowledge(open_front: Callable[..., Front], toy: Callable[..., object]) -> None:
    """The knowledge that serves is told by a hash, which another one has another of."""
    desk = open_desk()
    front = open_front(desk)
    before = scrape(front)["faultbook_knowledge_info"]
    assert before == {label(hash=DESK.snapshot.version): 1}
    desk.swap(Snapshot(load_knowledge(toy)))  # type: ignore[arg-type] # the fixture's folder
    assert scrape(front)["faultbook_knowledge_info"] == {label(hash=desk.snapshot.version): 1}
    assert desk.snapshot.version != DESK.snapshot.version


def test_nothing_private(open_front: Callable[..., Front]) -> None:
    """No word, and no id of a person, channel, team or message, is among the numbers."""
    front = open_front(watch={CHANNEL: WatchPreset("auto")})
    front.mention("my password is hunter2, error code 28504")
    front.direct("hunter2")
    front.event(ALERT)
    told = front.get("/metrics").get_data(as_text=True)
    for private in ("hunter2", "28504", PERSON, CHANNEL, DIRECT, TEAM, "1790000001", "aliyun"):
        assert private not in told


def test_services_count_apart() -> None:
    """Each service has numbers of its own."""
    first, second = (Metrics(lambda: 0.0, lambda: "a") for _ in range(2))
    first.note_verdict("answered", "watch")
    assert b'surface="watch"' in first.render()[0]
    assert b'surface="watch"' not in second.render()[0]
