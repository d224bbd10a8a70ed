"""Gaps that are still open, ranked, each with what helps to close it: examples, neighbours, a command."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.pack import OWNER, Family
from bot.knowledge.snapshot import Knowledge
from bot.stores.gaps import GapGroup, GapRow

__all__ = ["GapRow", "OpenGap", "build_gap", "find_open_gaps", "is_direct"]

MOST_EXAMPLES = 3  # threads that are linked to

FindRows = Callable[[str], Sequence[GapRow]]
"""From the key of a gap to its newest rows."""


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap that nobody closed yet.

    Attributes:
        rows: where it was met last, the newest first.
        text: what was asked, redacted; "" for a code, and where it isn't kept.
        nearest: entries (pack/code) that lie near; of a rejected answer or a near miss the entry itself.
        command: what starts the remedy at a terminal.
        owners: whom its family names, by their ids in Slack.
    """

    group: GapGroup
    rows: Sequence[GapRow]
    text: str
    nearest: Sequence[str]
    command: str
    owners: Sequence[str]

    @property
    def shared_rows(self) -> list[GapRow]:
        """The newest rows that stand in threads of channels."""
        shared = [row for row in self.rows if row.ts and row.root and not is_direct(row.channel)]
        return shared[:MOST_EXAMPLES]

    @property
    def thread(self) -> GapRow | None:
        """The newest of them, or None."""
        return next(iter(self.shared_rows), None)

    @property
    def can_ask(self) -> bool:
        """Whether there are owners and a thread to ask them in."""
        return bool(self.owners and self.thread) and self.group.kind in ("code", "question")


def is_direct(channel: str) -> bool:
    """Say whether a conversation is a direct message."""
    return channel.startswith("D")


def find_open_gaps(
    groups: Iterable[GapGroup],
    find_rows: FindRows,
    knowledge: Knowledge,
    is_answered: Callable[[str], bool],
    most: int = 0,
) -> tuple[list[OpenGap], bool]:
    """Return the gaps that are still open, in their order, and whether there are more than `most` (0: any).

    `is_answered` says whether a text gets an answer now.
    """
    found: list[OpenGap] = []
    for group in groups:
        if group.kind == "code" and knowledge.find_entries(group.code):
            continue
        gap = build_gap(group, find_rows(group.key), knowledge)
        if gap.text and is_answered(gap.text):
            continue
        if most and len(found) == most:
            return found, True
        found.append(gap)
    return found, False


def build_gap(group: GapGroup, rows: Sequence[GapRow], knowledge: Knowledge) -> OpenGap:
    """Return a gap with what helps to close it."""
    text = next((str(row.text) for row in rows if row.text), "") if group.kind == "question" else ""
    if group.kind in ("not-it", "near-miss"):
        nearest: Sequence[str] = (group.key.partition(":")[2],)
        command = f"faultbook show {shlex.quote(nearest[0])}"
    else:
        nearest = next((row.gap.nearest for row in rows if row.gap.nearest), ())
        command = f"faultbook ask --explain {shlex.quote(text)}" if text else ""
    if group.code:
        command = (
            f"faultbook new {shlex.quote(group.code)} --pack {_guess_pack(group.code, nearest, knowledge)}"
        )
    family = _find_family(group.code, nearest, knowledge)
    owners = [each for each in (family.owners if family else ()) if OWNER.fullmatch(each)]
    return OpenGap(group, rows, text, nearest, command, owners)


def _guess_pack(code: str, nearest: Sequence[str], knowledge: Knowledge) -> str:
    """Return the pack that a code would belong to: by its range, by its neighbours, else a primary one."""
    by_range = [pack.id for pack in knowledge.packs.values() if pack.find_family(code)]
    by_neighbours = [name.partition("/")[0] for name in nearest]
    primary = [pack.id for pack in knowledge.packs.values() if not pack.primary]
    return next(iter((*by_range, *by_neighbours, *primary, *knowledge.packs)), "PACK")


def _find_family(code: str, nearest: Sequence[str], knowledge: Knowledge) -> Family | None:
    """Return the family of a code, or of the nearest entry."""
    of_code = (pack.find_family(code) for pack in knowledge.packs.values() if code)
    family = next(filter(None, of_code), None)
    entry = knowledge.find_entry(nearest[0]) if nearest and family is None else None
    return knowledge.packs[entry.pack].families.get(entry.family) if entry else family
