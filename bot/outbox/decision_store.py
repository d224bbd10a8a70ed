"""The decision store: the only writer on the way in. It records a decision in one transaction or not at all.

A StoreError means that nothing was written: the request must not be acknowledged, so that Slack delivers it
again. The messages of a decision are rows of the outbox, which a worker sends later.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import sqlalchemy as sa

from bot.errors import StoreError
from bot.outbox.decision import Decision, PostKey, Seen, Send
from bot.outbox.ledger_batcher import LedgerBatcher
from bot.stores import channels, claims, ledger, outbox, sent_messages, teams
from bot.stores.channels import ChannelRow
from bot.stores.database import Database
from bot.stores.gaps import Gap
from bot.stores.ledger import LedgerRow
from bot.stores.outbox import DELETE, UPDATE
from bot.stores.sent_messages import Kind as ReplyKind
from bot.stores.sent_messages import ReplyRow

__all__ = [
    "ChannelRow",
    "Decision",
    "DecisionStore",
    "Gap",
    "LedgerRow",
    "PostKey",
    "ReplyKind",
    "ReplyRow",
    "Seen",
    "Send",
]

TRIES = 3
"""Times a decision is made anew because another one took a claim of it meanwhile. Whoever lost sees the
winner's claims the second time; a third is for a thread with several alerts at once."""


class DecisionStore:
    """Takes posts, settings and mutes. Each method is one transaction; StoreError tells that it failed."""

    def __init__(
        self, database: Database, clock: Callable[[], float], wake: Callable[[], object] | None = None
    ) -> None:
        """Write to a database. `clock` tells epoch seconds; `wake` is called when there is more to send."""
        self._database = database
        self._clock = clock
        self._wake = wake
        self._batcher = LedgerBatcher(database)

    def record_decision(
        self,
        post: PostKey,
        decide: Callable[[Seen], Decision],
        *,
        names: Collection[str] | None = None,
        entries: Sequence[str] = (),
        cool_down: float = 0.0,
        minute: float = 60.0,
    ) -> Decision:
        """Decide on a post and write all of it down; return the decision that was written.

        `decide` is pure and fast, for the database waits; it is called again where another post of the
        thread took a claim of its decision meanwhile. `names` are those that `Seen.claims` is asked for and
        the decision may claim, all of the thread's if None; `entries` those that `Seen.recent` is asked for,
        within `cool_down` seconds; `minute` is the span of `posted_lately` and `roll_up`, in seconds.
        """
        for _ in range(TRIES):
            try:
                with self._database.write() as connection:
                    now = self._clock()
                    seen = _read_seen(connection, post, names, entries, now - cool_down, now - minute)
                    decision = decide(seen)
                    _write(connection, post, seen, decision, now)
            except _TakenMeanwhileError:
                continue
            if decision.sends:
                self._wake_worker()
            return decision
        raise StoreError("store_busy", "claimed by others again and again")

    def record_ledger_row(self, row: LedgerRow) -> None:
        """Write down one line, and nothing else: on a post that nothing is said about, or on what was asked
        where no post is, by a command or a shortcut.
        """
        self._batcher.write(row)

    def enqueue(self, team: str, channel: str, *sends: Send) -> None:
        """Put into the outbox what no post asked for: a notice, a job, an answer that a person shares."""
        with self._database.write() as connection:
            _enqueue(connection, team, channel, sends, self._clock())
        self._wake_worker()

    def set_channel(self, row: ChannelRow) -> None:
        """Write a channel's setting, in place of the one before."""
        with self._database.write() as connection:
            channels.set_channel(connection, row)

    def set_external(self, team: str, channel: str, external: bool) -> None:
        """Note whether people of other companies are in a channel; nothing is written where it is known."""
        with self._database.write() as connection:
            channels.set_external(connection, team, channel, external)

    def mute_channel(self, team: str, channel: str, until: float) -> None:
        """Let the desk be silent in a channel until then, in epoch seconds; 0.0 ends it."""
        with self._database.write() as connection:
            channels.mute_channel(connection, team, channel, until, self._clock())

    def bind_channel(self, team: str, channel: str, packs: Sequence[str]) -> None:
        """Let these packs alone be asked in a channel; none named: all of them."""
        with self._database.write() as connection:
            channels.bind_channel(connection, team, channel, packs)

    def mute_thread(self, team: str, channel: str, root: str) -> None:
        """Let the desk be silent in a thread from now on."""
        with self._database.write() as connection:
            channels.mute_thread(connection, team, channel, root, self._clock())

    def rename_channel(self, team: str, old: str, new: str) -> None:
        """Carry a channel over to its new id, as when it becomes shared (channel_id_changed)."""
        with self._database.write() as connection:
            channels.rename_channel(connection, team, old, new)

    def forget_team(self, team: str) -> int:
        """Delete all that is kept of a team; return how many rows that were. Several transactions do it."""
        gone = 0
        while True:
            with self._database.write() as connection:
                some = teams.forget_team(connection, team)
            if not some:
                return gone
            gone += some

    def find_channel(self, team: str, channel: str) -> ChannelRow | None:
        """Return a channel's setting, or None if nobody set any."""
        with self._database.read() as connection:
            return channels.find_channel(connection, team, channel)

    def list_channels(self, team: str) -> Sequence[ChannelRow]:
        """Return the settings of a team's channels."""
        with self._database.read() as connection:
            return channels.list_channels(connection, team)

    def find_ledger_rows(self, team: str, channel: str, ts: str) -> tuple[LedgerRow, ...]:
        """Return what the ledger holds on a post, oldest first."""
        with self._database.read() as connection:
            return ledger.find_rows(connection, team, channel, ts)

    def find_claims(self, post: PostKey) -> Mapping[str, str]:
        """Return what is claimed in the thread of a post: name -> key of the reply."""
        with self._database.read() as connection:
            return claims.find_claims(connection, post.team, post.channel, post.root)

    def get_reply(self, key: str) -> ReplyRow:
        """Return a reply of the desk's. Raises KeyError if there is none of this key."""
        with self._database.read() as connection:
            return sent_messages.get_reply(connection, key)

    def find_reply_to(self, team: str, channel: str, post_ts: str) -> ReplyRow | None:
        """Return the desk's reply to a post, or None."""
        with self._database.read() as connection:
            return sent_messages.find_reply_to(connection, team, channel, post_ts)

    def _wake_worker(self) -> None:
        if self._wake:
            self._wake()


class _TakenMeanwhileError(Exception):
    """Somebody else took a claim between reading and writing; the transaction is rolled back."""


def _read_seen(
    connection: sa.Connection,
    post: PostKey,
    names: Collection[str] | None,
    entries: Sequence[str],
    cooled: float,
    lately: float,
) -> Seen:
    team, channel, root = post.team, post.channel, post.root
    recent = {entry: sent_messages.find_recent(connection, team, channel, entry, cooled) for entry in entries}
    return Seen(
        channel=channels.find_channel(connection, team, channel) or ChannelRow(team, channel),
        thread_muted=channels.is_thread_muted(connection, team, channel, root),
        claims=claims.find_claims(connection, team, channel, root, names),
        own=sent_messages.find_reply_to(connection, team, channel, post.ts),
        recent={entry: row for entry, row in recent.items() if row},
        posted_lately=sent_messages.count_posted(connection, team, channel, lately),
        roll_up=sent_messages.find_roll_up(connection, team, channel, lately),
        root_by_bot=ledger.is_by_bot(connection, team, channel, root),
    )


def _write(connection: sa.Connection, post: PostKey, seen: Seen, decision: Decision, now: float) -> None:
    """Write a decision down. The claims come first: of two that want the same one, the other waits there."""
    team, channel, root = post.team, post.channel, post.root
    wanted = sorted(
        set(decision.claims) - set(seen.claims)
    )  # in one order, so that no two wait for each other
    if wanted:
        got = claims.claim_names(connection, team, channel, root, wanted, decision.claimant)
        if set(got) != set(wanted):
            raise _TakenMeanwhileError
    if decision.ledger:
        ledger.add_row(connection, decision.ledger)
    if decision.new_reply:
        sent_messages.add_reply(connection, decision.new_reply)
    for key in sorted(decision.repeats):  # likewise
        sent_messages.note_repeat(connection, key)
    if decision.changed_reply:
        key, recall, shown = decision.changed_reply
        sent_messages.update_reply(connection, key, recall, shown)
    _enqueue(connection, team, channel, decision.sends, now)


def _enqueue(connection: sa.Connection, team: str, channel: str, sends: Sequence[Send], now: float) -> None:
    for send in sends:
        if send.reply_key and send.method in (UPDATE, DELETE):
            outbox.supersede_changes(connection, team, send.reply_key, UPDATE)
        outbox.enqueue(connection, team, channel, send.method, send.payload, send.reply_key, now, send.lasts)
