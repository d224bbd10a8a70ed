"""The decisions: a post is taken in one transaction; of two that want the same claim one gets it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from bot.errors import StoreError
from bot.outbox.decision_store import TRIES, Decision, DecisionStore, PostKey, Seen
from bot.outbox.payload import build_post, build_update
from bot.stores.channels import ChannelRow
from bot.stores.sent_messages import get_reply
from tests.support.fake_workspace import TEAM
from tests.support.office import CARD, CHANNEL, START, Office, both, build_reply_row, build_row
from tests.support.patience import PATIENCE

pytestmark = both

POST = PostKey(TEAM, CHANNEL, "1767225601.000001", "1767225600.000001")
NAME = "toy/28504"


def build_decision(key: str, post: PostKey = POST, **fields: object) -> Decision:
    """Return the decision to answer a post with a card."""
    send = build_post(CARD, post.channel, post.root, key)
    decision = Decision(build_row(post), (NAME, f"post:{post.ts}"), (send,), build_reply_row(post, key))
    return replace(decision, **fields)  # type: ignore[arg-type]  # mypy can't know which field it is


def look(decisions: DecisionStore, post: PostKey = POST, **asked: object) -> Seen:
    """Return what is seen of a post, and decide nothing."""
    seen: list[Seen] = []

    def decide(found: Seen) -> Decision:
        seen.append(found)
        return Decision(None)

    decisions.record_decision(post, decide, **asked)  # type: ignore[arg-type]  # as above
    return seen[0]


def test_nothing_seen(office: Office) -> None:
    """Of a post in a channel that nobody set up nothing is known, and it is off."""
    seen = look(office.decisions, entries=[NAME], cool_down=1800.0)
    assert seen == Seen(
        channel=ChannelRow(TEAM, CHANNEL),
        thread_muted=False,
        claims={},
        own=None,
        recent={},
        posted_lately=0,
        roll_up=None,
        root_by_bot=None,
    )
    assert seen.channel.mode == "off"


def test_all_of_it(office: Office) -> None:
    """A decision is written whole, and the next post of the thread sees it."""
    decision = build_decision("k1")
    assert office.decisions.record_decision(POST, lambda _: decision) is decision
    assert office.decisions.find_ledger_rows(TEAM, CHANNEL, POST.ts) == (decision.ledger,)
    [row] = office.rows()
    assert (row["method"], row["reply_key"], row["channel"]) == ("chat.postMessage", "k1", POST.channel)
    assert row["payload"] == decision.sends[0].payload
    later = replace(POST, ts="1767225602.000001")
    seen = look(office.decisions, later, entries=[NAME, "toy/2065"], cool_down=1800.0)
    assert seen.claims == {NAME: "k1", f"post:{POST.ts}": "k1"}
    assert seen.recent == {NAME: decision.new_reply}
    assert (seen.posted_lately, seen.own) == (1, None)
    assert look(office.decisions).own == decision.new_reply


def test_spans(office: Office) -> None:
    """The cool-down and the minute end."""
    roll_up = build_reply_row(replace(POST, ts="9.9"), "k2", kind="roll-up")
    office.decisions.record_decision(POST, lambda _: build_decision("k1"))
    office.decisions.record_decision(POST, lambda _: Decision(None, new_reply=roll_up))

    def count() -> tuple[int, int, bool]:
        seen = look(office.decisions, entries=[NAME], cool_down=1800.0, minute=60.0)
        return seen.posted_lately, len(seen.recent), seen.roll_up is not None

    assert count() == (1, 1, True)
    office.clock.now = START + 61
    assert count() == (0, 1, False)
    office.clock.now = START + 1801
    assert count() == (0, 0, False)


def test_thread_of_a_bot(office: Office) -> None:
    """Who began the thread is known from the ledger."""
    root = replace(POST, ts=POST.root)
    office.decisions.record_decision(root, lambda _: Decision(build_row(root, by_bot=True)))
    assert look(office.decisions).root_by_bot is True


def test_repeats_and_changes(office: Office) -> None:
    """A card counts the posts that it stands for, and what it shows can change."""
    office.decisions.record_decision(POST, lambda _: build_decision("k1"))
    later = replace(POST, ts="1767225700.000001", root="1767225700.000001")
    office.clock.now += 100
    update = build_update(CARD, CHANNEL, "k1")
    shown = ("k1", '{"new": 1}', (NAME, "toy/2065"))
    office.decisions.record_decision(
        later,
        lambda _: Decision(
            build_row(later), claims=(NAME,), sends=(update,), repeats=("k1",), changed_reply=shown
        ),
    )
    with office.database.read() as connection:
        card = get_reply(connection, "k1")
    assert card.count == 2
    assert (card.recall, card.entries) == shown[1:]
    assert look(office.decisions, later).claims == {NAME: "k1"}
    assert [row["reply_key"] for row in office.rows()] == ["k1", "k1"]


@pytest.mark.parametrize(
    ("decision", "claimant"),
    [
        (build_decision("k1", repeats=("k2",)), "k1"),
        (Decision(None, repeats=("k2", "k3"), changed_reply=("k4", "", ())), "k4"),
        (Decision(None, repeats=("k2", "k3")), "k2"),
        (Decision(None), ""),
    ],
)
def test_claimant(decision: Decision, claimant: str, office: Office) -> None:
    """Claims name the reply that answers them."""
    assert decision.claimant == claimant


def test_nothing_or_all(office: Office) -> None:
    """Where a part of a decision can't be written, none of it is, and Slack must deliver the event again."""
    office.decisions.record_decision(POST, lambda _: build_decision("k1"))
    other = replace(POST, ts="1767225700.000001", root="1767225700.000001")
    with pytest.raises(StoreError):
        office.decisions.record_decision(
            other, lambda _: build_decision("k1", other)
        )  # the key is there already
    assert office.decisions.find_ledger_rows(TEAM, CHANNEL, other.ts) == ()
    assert look(office.decisions, other).claims == {}
    assert len(office.rows()) == 1


def test_decision_that_fails(office: Office) -> None:
    """A fault of the decision itself comes through, and nothing is written."""
    with pytest.raises(ZeroDivisionError):
        office.decisions.record_decision(POST, lambda _: Decision(None, claims=(str(1 // 0),)))
    assert look(office.decisions).claims == {}


def test_two_at_once(office: Office) -> None:
    """Of two threads that take the same post at once one answers it; the other sees that, and doesn't."""
    meet = threading.Barrier(2, timeout=PATIENCE)
    first = threading.local()
    seen: list[tuple[str, int]] = []

    def take(key: str) -> None:
        def decide(found: Seen) -> Decision:
            if not office.database.is_sqlite and not getattr(first, "over", False):
                first.over = True
                meet.wait()  # both have read before either writes; SQLite has one writer at a time
            seen.append((key, len(found.claims)))
            return Decision(None) if found.claims else build_decision(key)

        office.decisions.record_decision(POST, decide)

    threads = [threading.Thread(target=take, args=(key,)) for key in ("k1", "k2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    [row] = office.rows()
    winner = str(row["reply_key"])
    assert look(office.decisions).claims == {NAME: winner, f"post:{POST.ts}": winner}
    assert len(office.decisions.find_ledger_rows(TEAM, CHANNEL, POST.ts)) == 1
    tries = 2 if office.database.is_sqlite else 3
    assert (len(seen), [count for _, count in seen].count(0)) == (tries, tries - 1)


def test_many_at_once(office: Office) -> None:
    """A post that is delivered eight times at once has one reply."""

    def take(key: str) -> None:
        office.decisions.record_decision(
            POST, lambda seen: Decision(None) if seen.claims else build_decision(key)
        )

    threads = [threading.Thread(target=take, args=(f"k{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(office.rows()) == 1


def test_claimed_already(office: Office) -> None:
    """A decision may name claims that it has seen: they stay with the reply that has them."""
    office.decisions.record_decision(POST, lambda _: build_decision("k1"))
    later = replace(POST, ts="1767225602.000001")
    office.decisions.record_decision(later, lambda _: build_decision("k2", later))
    assert look(office.decisions).claims == {NAME: "k1", f"post:{POST.ts}": "k1", f"post:{later.ts}": "k2"}


def test_reply_by_its_key(office: Office) -> None:
    """A reply is found by its key; an unknown key is an error."""
    decision = build_decision("k1")
    office.decisions.record_decision(POST, lambda _: decision)
    assert office.decisions.get_reply("k1") == decision.new_reply
    with pytest.raises(KeyError):
        office.decisions.get_reply("k2")


def test_always_too_late(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others are faster again and again, that's an error, and nothing is written."""
    asked: list[Seen] = []

    def decide(seen: Seen) -> Decision:
        asked.append(seen)
        return build_decision("k1")

    monkeypatch.setattr("bot.stores.claims.claim_names", lambda *_: ())
    with pytest.raises(StoreError):
        office.decisions.record_decision(POST, decide)
    assert (len(asked), office.rows()) == (TRIES, [])


def test_settings(office: Office) -> None:
    """Settings and mutes are written and read, and move with a channel."""
    decisions = office.decisions
    row = ChannelRow(TEAM, CHANNEL, "auto", changed_by="U0MEI", changed_at=START)
    decisions.set_channel(row)
    decisions.set_external(TEAM, CHANNEL, True)
    decisions.mute_channel(TEAM, CHANNEL, START + 60)
    decisions.mute_thread(TEAM, CHANNEL, POST.root)
    expected = replace(row, external=True, muted_until=START + 60, muted_at=START)
    assert decisions.find_channel(TEAM, CHANNEL) == expected
    assert (look(decisions).channel, look(decisions).thread_muted) == (expected, True)
    decisions.rename_channel(TEAM, CHANNEL, "C0NEW")
    assert decisions.find_channel(TEAM, CHANNEL) is None
    assert decisions.list_channels(TEAM) == (replace(expected, channel="C0NEW", external=None),)
    assert look(decisions, replace(POST, channel="C0NEW")).thread_muted
