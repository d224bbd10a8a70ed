"""What each channel is set to: by its members, else by the operator's presets, else off.

Called by the listeners of watched posts and of the commands that change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.delivery.record import ChannelRow, Record
from bot.policy import Mode
from bot.replies.recall import Audience


@dataclass(frozen=True, slots=True)
class Preset:
    """What the operator sets a channel to until its members do; no language means the default."""

    mode: Mode
    eager: bool = False
    language: str = ""


def note_outsiders(record: Record, team: str, channel: str, external: bool | None) -> None:
    """Keep whether outsiders read along, as an event tells it: what isn't an event can't."""
    row = record.find_channel(team, channel)
    if external is not None and (row is None or row.external is not external):
        record.set_external(team, channel, external)


def find_audience(record: Record, team: str, channel: str) -> Audience:
    """Return who reads along in a channel; outsiders may, where no event has told."""
    row = record.find_channel(team, channel)
    return "internal" if row and row.external is False else "public"


class Channels:
    """Finds settings; `presets` are by channel id."""

    def __init__(self, record: Record, presets: Mapping[str, Preset]) -> None:
        self._record = record
        self._presets = presets

    def find(self, team: str, channel: str) -> ChannelRow:
        """Return a channel's setting. Raises StoreError if the database can't tell."""
        row = self._record.find_channel(team, channel)
        return self.merge(row or ChannelRow(team=team, channel=channel))

    def merge(self, row: ChannelRow) -> ChannelRow:
        """Return a row with the preset in it where nobody has changed the channel."""
        preset = self._presets.get(row.channel)
        if row.changed_by or preset is None:
            return row
        return replace(row, mode=preset.mode, eager=preset.eager, language=preset.language)
