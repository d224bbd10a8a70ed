"""Which step of an entry fixed it, as people told. A step is known by its words: its number may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.knowledge.entry import Audience, Entry, Step

LEAST = 3  # votes on an entry's steps, below which nothing is said of them
MOST_STEPS = 3  # steps that are named


def hash_step(step: Step) -> str:
    """Return twelve hexadecimal digits that are the same for the same words in every language."""
    words = "\n".join(f"{language}={text}" for language, text in sorted(step.text.items()))
    return sha256(words.encode()).hexdigest()[:12]


def list_steps(entry: Entry, audience: Audience) -> Sequence[Step]:
    """Return the steps that an audience sees, in the order of their numbers."""
    return [step for step in entry.steps if audience == "internal" or step.audience == "public"]


def rank_steps(entry: Entry, audience: Audience, votes: Mapping[str, int]) -> Sequence[tuple[int, int]]:
    """Return the steps that fixed it with their votes, the most first; none where there are too few.

    `votes` are by hash_step(); those on steps whose words have changed don't count.
    """
    shown = [
        (number, votes.get(hash_step(step), 0)) for number, step in enumerate(list_steps(entry, audience), 1)
    ]
    if sum(count for _, count in shown) < LEAST:
        return ()
    return sorted((each for each in shown if each[1]), key=lambda each: (-each[1], each[0]))[:MOST_STEPS]
