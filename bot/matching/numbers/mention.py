"""A number or a symbol that may be meant as an error code, with what speaks for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from bot.matching.numbers.neighbourhood import Neighbourhood


class Naming(IntEnum):
    """How surely a text calls a number an error code."""

    BARE = 0
    HINTED = 1
    NAMED = 2


@dataclass(frozen=True, slots=True)
class CodeMention:
    """What stands where a code can stand; `at` is what stands around it.

    `code` is as written, folded: a minus sign that is no part of the pack's codes is dropped (`is_negative`).
    `cues` are the names of what speaks for a code, `naming` is what they come to where somebody asks,
    `watched` in a post. `listed` tells that it is an item of one list with the code before it.
    """

    code: str
    at: Neighbourhood = field(repr=False, compare=False)
    naming: Naming
    watched: Naming
    cues: tuple[str, ...] = ()
    listed: bool = False
    is_negative: bool = False

    @property
    def start(self) -> int:
        """Where it begins, in folded characters, with the sign that is part of it."""
        is_signed = self.code[0] == "-" and self.at.number[0] != "-"
        return self.at.start - is_signed

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at.end


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A number that is no code, and by which veto."""

    digits: str
    start: int
    end: int
    veto: str
