"""The thread policy, rule by rule: when the desk speaks unasked, and how."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.policy import MOST_A_MINUTE, Action, ChannelState, PostFacts, decide
from bot.matching import Evidence, Match, Verdict
from tests.support.shipped import load_shipped

ENTRIES = load_shipped().packs["aliyun-living"].entries
OFFLINE, UNBOUND = "aliyun-living/28504", "aliyun-living/2065"
NAME = "post:1.1"


def answer(*codes: str) -> Verdict:
    return Verdict("answered", tuple(Match(ENTRIES[c], 100.0, Evidence("code", (0, 5), c)) for c in codes))


SHOWN = answer("28504")
POST = PostFacts(NAME)
AUTO = ChannelState(mode="auto")


def told(action: Action) -> tuple[str, str, list[str]]:
    """Return what matters of an action: its kind, its reason, the codes it shows."""
    return action.kind, action.reason, [match.entry.code for match in action.matches]


def test_speaks() -> None:
    """In auto mode a post that shows a documented error gets a card."""
    assert told(decide(POST, SHOWN, AUTO)) == ("post", "", ["28504"])


def test_nothing_shown() -> None:
    """A post that shows none is left alone, for the matcher's reason."""
    assert told(decide(POST, Verdict("abstained", reason="no-evidence"), AUTO)) == (
        "silent",
        "no-evidence",
        [],
    )


def test_off() -> None:
    """A channel that is off is left alone."""
    assert told(decide(POST, SHOWN, ChannelState())) == ("silent", "not-watched", [])


def test_shadow() -> None:
    """In shadow mode everything is decided and nothing said; what it would have shown is on record."""
    assert told(decide(POST, SHOWN, replace(AUTO, mode="shadow"))) == ("silent", "shadow", ["28504"])


def test_muted() -> None:
    """A muted thread or channel hears nothing, an edit of an answered post neither."""
    muted = replace(AUTO, is_muted=True)
    assert told(decide(POST, SHOWN, muted))[:2] == ("silent", "muted")
    edited = replace(muted, shown=frozenset({UNBOUND}))
    assert told(decide(replace(POST, is_edit=True), SHOWN, edited))[:2] == ("silent", "muted")


@pytest.mark.parametrize(("root_by_bot", "kind"), [(True, "post"), (False, "silent"), (None, "silent")])
def test_bot_in_thread(root_by_bot: bool | None, kind: str) -> None:
    """A bot's reply inside a thread is read only if an alert began the thread: else two bots could loop."""
    facts = PostFacts(NAME, is_reply=True, by_bot=True, root_by_bot=root_by_bot)
    assert decide(facts, SHOWN, AUTO).kind == kind


def test_person_in_thread() -> None:
    """A person's reply inside a thread is read, whoever began it."""
    assert decide(PostFacts(NAME, is_reply=True, root_by_bot=False), SHOWN, AUTO).kind == "post"


def test_own_words() -> None:
    """A post that repeats the desk's words gets no reply."""
    assert told(decide(replace(POST, quotes_desk=True), SHOWN, AUTO))[:2] == ("silent", "own-words")


def test_resolved() -> None:
    """A post that says the trouble is over gets no reply, new or edited, unless it was answered before."""
    over = replace(POST, is_resolved=True)
    assert told(decide(over, SHOWN, AUTO))[:2] == ("silent", "resolved")
    assert told(decide(replace(over, is_edit=True), SHOWN, AUTO))[:2] == ("silent", "resolved")
    answered = replace(AUTO, shown=frozenset({OFFLINE}), claimed=frozenset({NAME, OFFLINE}))
    assert told(decide(replace(over, is_edit=True), SHOWN, answered))[:2] == ("silent", "already-answered")


def test_once_in_a_thread() -> None:
    """An entry that the thread has heard is not told again; one that it hasn't is."""
    seen = replace(AUTO, claimed=frozenset({"post:0.9", OFFLINE}))
    assert told(decide(POST, SHOWN, seen))[:2] == ("silent", "already-answered")
    assert told(decide(POST, answer("28504", "2065"), seen)) == ("post", "", ["2065"])


def test_once_for_a_post() -> None:
    """A post that was answered is not answered again when it is delivered again."""
    seen = replace(AUTO, claimed=frozenset({NAME}), shown=frozenset({UNBOUND}))
    assert told(decide(POST, SHOWN, seen))[:2] == ("silent", "already-answered")


def test_edit_adds_a_code() -> None:
    """An edit that adds a code changes the reply, which then shows both; one that adds none does nothing."""
    seen = replace(AUTO, claimed=frozenset({NAME, OFFLINE}), shown=frozenset({OFFLINE}))
    edit = replace(POST, is_edit=True)
    assert told(decide(edit, answer("28504", "2065"), seen)) == ("update", "", ["28504", "2065"])
    assert told(decide(edit, SHOWN, seen))[:2] == ("silent", "already-answered")
    assert decide(edit, Verdict("abstained", reason="nothing-near"), seen).kind == "silent"


def test_edit_brings_the_first_code() -> None:
    """An edit that brings the first documented code gets its first reply."""
    assert told(decide(replace(POST, is_edit=True), SHOWN, AUTO)) == ("post", "", ["28504"])


def test_cool_down() -> None:
    """A code that the channel saw lately gets one short line, and its card counts it."""
    seen = replace(AUTO, recent={OFFLINE: "card-1"})
    action = decide(POST, SHOWN, seen)
    assert told(action) == ("short", "", ["28504"])
    assert action.repeats == ("card-1",)


def test_cool_down_of_some() -> None:
    """Where one of two codes is new, both are told in full, and the older card counts its own."""
    action = decide(POST, answer("28504", "2065"), replace(AUTO, recent={OFFLINE: "card-1"}))
    assert told(action) == ("post", "", ["28504", "2065"])
    assert action.repeats == ("card-1",)


def test_roll_up() -> None:
    """What goes beyond ten a minute is told in one reply, which the next posts join."""
    busy = replace(AUTO, posted_lately=MOST_A_MINUTE)
    assert decide(POST, SHOWN, replace(AUTO, posted_lately=MOST_A_MINUTE - 1)).kind == "post"
    assert decide(POST, SHOWN, busy).kind == "roll-up"
    assert decide(POST, SHOWN, replace(busy, roll_up="rolled")).kind == "join-roll-up"
    assert decide(POST, SHOWN, replace(busy, recent={OFFLINE: "card-1"})).kind == "roll-up"


SITUATIONS = st.builds(
    ChannelState,
    mode=st.sampled_from(["off", "shadow", "auto"]),
    is_muted=st.booleans(),
    claimed=st.frozensets(st.sampled_from([NAME, OFFLINE, UNBOUND])),
    shown=st.none() | st.frozensets(st.sampled_from([OFFLINE, UNBOUND])),
    recent=st.dictionaries(st.sampled_from([OFFLINE, UNBOUND]), st.just("card")),
    roll_up=st.sampled_from(["", "rolled"]),
    posted_lately=st.integers(0, 20),
)
HEARD = st.builds(
    PostFacts,
    name=st.just(NAME),
    is_edit=st.booleans(),
    is_reply=st.booleans(),
    by_bot=st.booleans(),
    root_by_bot=st.sampled_from([None, True, False]),
    is_resolved=st.booleans(),
    quotes_desk=st.booleans(),
)
VERDICTS = st.sampled_from(
    [
        answer("28504"),
        answer("28504", "2065"),
        Verdict("abstained", reason="unsure"),
        replace(SHOWN, kind="choices"),
    ]
)


@given(HEARD, VERDICTS, SITUATIONS)
def test_promises(facts: PostFacts, verdict: Verdict, state: ChannelState) -> None:
    """Whatever is met: it speaks in auto mode only, never when muted, never without something new,
    only of what the verdict answers; silence has its reason.
    """
    action = decide(facts, verdict, state)
    known: dict[str, Any] = {match.entry.id: match for match in verdict.matches}
    if action.kind == "silent":
        assert action.reason
        return
    assert state.mode == "auto"
    assert not state.is_muted
    assert verdict.kind == "answered"
    assert {match.entry.id for match in action.matches} <= set(known)
    assert {match.entry.id for match in action.matches} - state.claimed
    assert not facts.quotes_desk


def test_internal_entries() -> None:
    """Where outsiders read along, entries for internal use are not told, alone or among others."""
    internal = replace(ENTRIES["28504"], audience="internal")
    alone = Verdict("answered", (replace(SHOWN.matches[0], entry=internal),))
    outside = replace(POST, to_outsiders=True)
    assert told(decide(outside, alone, AUTO))[:2] == ("silent", "internal-only")
    assert decide(POST, alone, AUTO).kind == "post"
    both = replace(alone, matches=(*alone.matches, *answer("2065").matches))
    assert told(decide(outside, both, AUTO)) == ("post", "", ["2065"])
