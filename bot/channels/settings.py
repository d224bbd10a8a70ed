"""What each channel is set to: by its members, else by the operator's presets, else off.

Settings are kept in memory for a second, for most posts are of few channels.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cachetools import LRUCache, TTLCache

from bot.answer_context import AnswerContext
from bot.channels.outage import Outage
from bot.outbox.decision_store import ChannelRow, DecisionStore
from bot.replies.recall import Audience
from bot.watch_mode import WatchPreset

KEPT = 1.0  # seconds that a setting is kept; what another process changes is seen after that, at the latest
MOST_KEPT = 10_000


class ChannelSettings:
    """Finds settings, and changes them. Threads may share it; every method may raise StoreError."""

    def __init__(
        self,
        decisions: DecisionStore,
        presets: Mapping[str, WatchPreset],
        timer: Callable[[], float] = time.monotonic,
        outage: Outage | None = None,
    ) -> None:
        """`presets` are by channel id; `timer` counts seconds."""
        self._decisions = decisions
        self._presets = presets
        self._kept: TTLCache[tuple[str, str], ChannelRow] = TTLCache(MOST_KEPT, KEPT, timer)
        self._packs: LRUCache[tuple[str, str], Sequence[str]] = LRUCache(MOST_KEPT)  # as last known
        self._outage = outage or Outage(timer)
        self._changes = 0
        self._lock = threading.Lock()

    def find_setting(self, team: str, channel: str) -> ChannelRow:
        """Return a channel's setting as it stands."""
        with self._lock:
            changes = self._changes
        row = self._decisions.find_channel(team, channel)
        setting = self.apply_preset(row or ChannelRow(team=team, channel=channel))
        with self._lock:
            if changes == self._changes:  # else it may be older than what was changed meanwhile
                self._kept[team, channel] = setting
                self._packs[team, channel] = setting.packs
        return setting

    def find_watched(self, team: str, channel: str) -> ChannelRow | None:
        """Return the setting of a channel that is watched, at most KEPT seconds old, or None.

        "Off" is asked for each time, so that no post is missed once another process has switched it on. Where
        one has switched it off, no reply comes of it: what is said is decided on the setting as it stands.
        """
        kept = self._find_kept(team, channel)
        setting = kept if kept and kept.mode != "off" else self.find_setting(team, channel)
        return setting if setting.mode != "off" else None

    def apply_preset(self, row: ChannelRow) -> ChannelRow:
        """Return a row with the preset in it where nobody has changed the channel."""
        preset = self._presets.get(row.channel)
        if row.changed_by or preset is None:
            return row
        return replace(row, mode=preset.mode, eager=preset.eager, language=preset.language)

    def find_audience(self, team: str, channel: str) -> Audience:
        """Return who reads along in a channel; outsiders may, where no event has told."""
        return "internal" if self.find_setting(team, channel).external is False else "public"

    def note_outsiders(self, team: str, channel: str, external: bool | None) -> None:
        """Keep whether outsiders read along, as an event tells it: what isn't an event can't."""
        if external is None:
            return
        setting = self._find_kept(team, channel) or self.find_setting(team, channel)
        if setting.external is not external:
            self._decisions.set_external(team, channel, external)
            self._forget()

    def change_setting(self, row: ChannelRow) -> None:
        """Set a channel, in place of the setting before."""
        self._decisions.set_channel(row)
        self._forget()

    def mute_channel(self, team: str, channel: str, until: float) -> None:
        """Let the desk be silent in a channel until then, in epoch seconds; 0.0 ends it."""
        self._decisions.mute_channel(team, channel, until)
        self._forget()

    def bind_packs(self, team: str, channel: str, packs: Sequence[str]) -> None:
        """Let these packs alone be asked in a channel; none named: all of them."""
        self._decisions.bind_channel(team, channel, packs)
        self._forget()

    def limit_packs(self, desk: AnswerContext, team: str, channel: str) -> AnswerContext:
        """Return the desk as it is asked in a channel: the packs that it is bound to.

        Where there is but one pack nothing is looked up.
        """
        if len(desk.knowledge.packs) < 2:
            return desk
        return desk.limit_packs((self._find_kept(team, channel) or self.find_setting(team, channel)).packs)

    def limit_packs_as_known(self, desk: AnswerContext, team: str, channel: str) -> AnswerContext:
        """Return the desk as limit_packs() does, or by what was known last where the database fails."""
        if len(desk.knowledge.packs) < 2:
            return desk
        with self._lock:
            known = self._packs.get((team, channel), ())
        return self._outage.ask(
            lambda: self.limit_packs(desk, team, channel), otherwise=desk.limit_packs(known)
        )

    def find_audience_as_known(self, team: str, channel: str) -> Audience:
        """Return who reads along in a channel; outsiders may, where the database fails."""
        return self._outage.ask(lambda: self.find_audience(team, channel), otherwise="public")

    def rename_channel(self, team: str, old: str, new: str) -> None:
        """Let a channel's setting follow its new id."""
        self._decisions.rename_channel(team, old, new)
        self._forget()

    def forget_team(self, team: str) -> int:
        """Delete all that is kept of a team, here and in the record; return how many rows that were."""
        gone = self._decisions.forget_team(team)
        self._forget()
        return gone

    def _find_kept(self, team: str, channel: str) -> ChannelRow | None:
        with self._lock:
            return self._kept.get((team, channel))

    def _forget(self) -> None:
        with self._lock:
            self._changes += 1
            self._kept.clear()
