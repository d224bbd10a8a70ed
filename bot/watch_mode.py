"""What a channel can be set to: the desk stays out, notes what it would have said, or answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

WatchMode = Literal["off", "shadow", "auto"]

WATCH_MODES: Mapping[str, WatchMode] = {mode: mode for mode in get_args(WatchMode)}
"""The modes by their names, to read what was typed."""


@dataclass(frozen=True, slots=True)
class WatchPreset:
    """What the operator sets a channel to until its members set it; no language means the default."""

    mode: WatchMode
    eager: bool = False
    language: str = ""
