"""A number or a symbol that may be meant as an error code, with what speaks for that. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Naming(IntEnum):
    """How surely a text calls a number an error code."""

    BARE = 0
    HINTED = 1
    NAMED = 2


@dataclass(frozen=True, slots=True)
class CodeMention:
    """What stands where a code can stand. [start, end) is in folded characters.

    `code` is as written, folded: a minus sign that is no part of the pack's codes is dropped. `cues` are the
    names of what speaks for a code (cues.py), `naming` is what they come to where somebody asks, `watched` in
    a post. `field` tells that it is the value of a field that packs use for codes (`"code": 28504`);
    `foreign` that it stands as codes of other systems do (SMTP 550); `listed` that it is an item of one list
    with the code before it; `is_negative` that a minus sign
    before it was dropped.
    """

    code: str
    start: int
    end: int
    naming: Naming
    watched: Naming
    cues: tuple[str, ...] = ()
    field: bool = False
    foreign: bool = False
    listed: bool = False
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A number that is no code, and by which veto."""

    digits: str
    start: int
    end: int
    veto: str
