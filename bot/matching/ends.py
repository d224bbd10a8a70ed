"""The two ends of a long text, counted as the desk reads it: folded, one character may become eighteen."""

from __future__ import annotations

from bot.matching.text import read

MOST_FOLDED = 18  # characters that one becomes: U+FDFA, the longest by NFKC (Unicode 16)


def find_ends(raw: str, head: int, tail: int) -> tuple[int, int] | None:
    """Return where the beginning of a text ends and its end begins, as given; None where all of it is read.

    Folded, the beginning has `head` characters at most, the end `tail`.

    >>> find_ends("abcdefgh", 3, 2)
    (3, 6)
    """
    if len(raw) <= head + tail and (raw.isascii() or len(raw) * MOST_FOLDED <= head + tail):
        return None
    if len(raw) <= head + tail and len(read(raw).folded) <= head + tail:
        return None
    first, last = read(raw[:head]), read(raw[-tail:])
    end = min(head, len(raw))
    if len(first.folded) > head and first.starts is not None:
        end = first.starts[head]
    begin, over = max(end, len(raw) - tail), len(last.folded) - tail
    if over > 0 and last.starts is not None:
        while over < len(last.starts) and last.starts[over] == last.starts[over - 1]:
            over += 1  # amid what one character became
        begin = len(raw) - tail + (last.starts[over] if over < len(last.starts) else tail)
    return end, begin
