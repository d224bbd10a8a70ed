"""A decision on a post: what was known, what is to be written, and what is to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.stores.channels import ChannelRow
from bot.stores.ledger import LedgerRow
from bot.stores.outbox import HOUR
from bot.stores.sent_messages import ReplyRow


@dataclass(frozen=True, slots=True)
class PostKey:
    """Where a post stands: `ts` is its own, `root` the ts of its thread's first post, which may be the same.

    In a direct message outside a thread `root` is "": the reply goes to the conversation itself.
    """

    team: str
    channel: str
    ts: str
    root: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the record holds that bears on a post, read in the transaction that takes it.

    Attributes:
        channel: its setting; mode "off" where nobody set any.
        thread_muted: somebody told the desk to be silent in the thread.
        claims: what was answered in the thread already, name -> key of the reply; names are `pack/code`, or
            `post:<ts>` for a post as such.
        own: the desk's reply to this very post.
        recent: entry -> the card that shows it in this channel, for those shown within the cool-down.
        posted_lately: cards and shorts in this channel within the minute.
        roll_up: the roll-up of this channel within the minute.
        root_by_bot: whether a bot wrote the thread's first post; None if the desk never saw that.
    """

    channel: ChannelRow
    thread_muted: bool
    claims: Mapping[str, str]
    own: ReplyRow | None
    recent: Mapping[str, ReplyRow]
    posted_lately: int
    roll_up: ReplyRow | None
    root_by_bot: bool | None


@dataclass(frozen=True, slots=True)
class Send:
    """One thing for Slack: a method, or a job, and its arguments. Build them by payload.py.

    `reply_key` names the ReplyRow it is about, or is "": then nothing comes back to it. A key is for one
    message: a second one posted by it would count as its twin, and go. `lasts` is how many seconds it may
    wait for Slack, or for a process that serves, an hour at least.
    """

    method: str
    payload: Mapping[str, Any]
    reply_key: str = ""
    lasts: float = HOUR


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written about a post, and what is to be said.

    Attributes:
        ledger: the one line of it; None leaves no trace, as for a post that was delivered again.
        claims: names that nobody else may answer in this thread from now on.
        sends: what goes out, in this order.
        new_reply: the message that the first of `sends` posts.
        repeats: keys of replies that stand for this post too; they count it.
        changed_reply: key, recall and entries of a reply that one of `sends` changes.
    """

    ledger: LedgerRow | None
    claims: tuple[str, ...] = ()
    sends: tuple[Send, ...] = ()
    new_reply: ReplyRow | None = None
    repeats: tuple[str, ...] = ()
    changed_reply: tuple[str, str, tuple[str, ...]] | None = None

    @property
    def claimant(self) -> str:
        """The key of the reply that the claims are answered by: the new one, else the one that is changed,
        else the first that counts the post, else "".
        """
        if self.new_reply:
            return self.new_reply.key
        if self.changed_reply:
            return self.changed_reply[0]
        return self.repeats[0] if self.repeats else ""
