"""Whether, where and how the desk speaks of a post that nobody addressed to it. Pure: what thread and channel
have seen comes in as an argument, time has passed already into it.

One wrong or needless reply gets a bot muted, so each rule below ends in silence but the last four.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.matching import Match, Verdict
from bot.watch_mode import WatchMode

Kind = Literal["post", "update", "short", "roll-up", "join-roll-up", "silent"]

COOL_DOWN = 30 * 60.0  # seconds in which a code that the channel saw gets a short line instead of its card
MINUTE = 60.0  # seconds over which replies are counted
MOST_A_MINUTE = 10  # replies of the desk in a channel; what comes beyond is rolled up into one


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What matters of a post besides its words.

    `name` is its claim in the thread. A post `is_reply` that stands inside a thread; `root_by_bot` tells
    whether that thread began with a bot's post, None if nobody knows. What is said `to_outsiders` too is of
    public entries only.
    """

    name: str
    is_edit: bool = False
    is_reply: bool = False
    by_bot: bool = False
    root_by_bot: bool | None = None
    is_resolved: bool = False
    quotes_desk: bool = False
    to_outsiders: bool = False


@dataclass(frozen=True, slots=True)
class ChannelState:
    """What thread and channel have seen.

    `claimed` holds the entries (pack/code) and posts answered in the thread; `shown` the entries that the
    desk's reply to this very post shows, None where there is no reply. `recent` maps entries to the key of
    the card that showed them in the channel within COOL_DOWN; `roll_up` is the key of the roll-up that
    runs; `posted_lately` counts replies within MINUTE.
    """

    mode: WatchMode = "off"
    is_muted: bool = False
    claimed: frozenset[str] = frozenset()
    shown: frozenset[str] | None = None
    recent: Mapping[str, str] = field(default_factory=dict)
    roll_up: str = ""
    posted_lately: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """What is done about a post, and why.

    post: a card in its thread. update: the reply there shows `matches` from now on. short: one line in its
    thread that leads to the cards in `repeats`. roll-up, join-roll-up: one reply for many. silent: nothing.
    `matches` are those to show, `repeats` the keys of cards that are seen again.
    """

    kind: Kind
    reason: str = ""
    matches: tuple[Match, ...] = ()
    repeats: tuple[str, ...] = ()


def decide(facts: PostFacts, verdict: Verdict, state: ChannelState) -> Action:
    """Return what to do about a post.

    A reply is given once for each thread and entry, whatever brings it up; the order of the rules is the
    order in which `/fault why` would tell them.
    """
    if state.mode == "off":
        return Action("silent", "not-watched")
    if facts.by_bot and facts.is_reply and facts.root_by_bot is not True:
        return Action("silent", "bot-in-thread")
    if verdict.kind != "answered":
        return Action("silent", verdict.reason or "unsure")
    if facts.quotes_desk:
        return Action("silent", "own-words")
    if facts.is_resolved and state.shown is None:
        return Action("silent", "resolved")
    open_to_all = [m for m in verdict.matches if m.entry.audience == "public" or not facts.to_outsiders]
    if not open_to_all:
        return Action("silent", "internal-only")
    fresh = tuple(match for match in open_to_all if match.entry.id not in state.claimed)
    told_already = facts.name in state.claimed and not facts.is_edit
    if not fresh or told_already:
        return Action("silent", "already-answered")
    if state.is_muted:
        return Action("silent", "muted")
    if state.mode == "shadow":
        return Action("silent", "shadow", fresh)
    return _speak(facts, verdict, state, fresh)


def _speak(facts: PostFacts, verdict: Verdict, state: ChannelState, fresh: tuple[Match, ...]) -> Action:
    if facts.is_edit and state.shown is not None:
        shown = tuple(m for m in verdict.matches if m in fresh or m.entry.id in state.shown)
        return Action("update", matches=shown)
    if state.posted_lately >= MOST_A_MINUTE:
        return Action("join-roll-up" if state.roll_up else "roll-up", matches=fresh)
    seen = [state.recent.get(match.entry.id, "") for match in fresh]
    if all(seen):
        return Action("short", matches=fresh, repeats=tuple(dict.fromkeys(seen)))
    return Action("post", matches=fresh, repeats=tuple(dict.fromkeys(key for key in seen if key)))
