"""What each channel is set to: by its members, else by the operator's presets, else off.

Called by the listeners of watched posts and of the commands that change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.delivery.record import ChannelRow, Record
from bot.policy import Mode


@dataclass(frozen=True, slots=True)
class Preset:
    """What the operator sets a channel to until its members do; no language means the default."""

    mode: Mode
    eager: bool = False
    language: str = ""


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
