"""The two ends of a long text, counted as the desk reads it: folded, one character may become eighteen."""

from __future__ import annotations

from bot.matching.text import LONGEST, read

MOST_FOLDED = 18  # characters that one becomes: U+FDFA, the longest by NFKC (Unicode 16)


def find_ends(raw: str, head: int, tail: int) -> tuple[int, int] | None:
    """Return where the first `head` folded characters of a text end and the last `tail` begin, as given.

    None where the text has no more than both together. At most LONGEST characters of it count.

    >>> find_ends("abcdefgh", 3, 2)
    (3, 6)
    """
    raw = raw[:LONGEST]
    if len(raw) * MOST_FOLDED <= head + tail or (raw.isascii() and len(raw) <= head + tail):
        return None
    text = read(raw)
    length = len(text.folded)
    if length <= head + tail:
        return None
    starts = range(length) if text.starts is None else text.starts
    first = length - tail
    while first < length and starts[first] == starts[first - 1]:  # amid what one character became
        first += 1
    return starts[head], starts[first] if first < length else len(raw)
