"""Slack's mrkdwn: text escaped once, cut between lines or words, never inside an entity.

Lengths are counted as Slack counts them; what a message may hold altogether is page.py's part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from bot.replies.wrap import clean
from bot.shorten import keep_start

Measure = Callable[[str], int]

_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_BACKTICK = "\u02cb"  # looks like a back-tick, and ends no code span


def escape(text: str) -> str:
    """Return the text so that Slack shows it as it is: no mention, no link, no control character.

    The three characters are those of docs.slack.dev, formatting message text, escaping. What is escaped
    already, as all text that comes from Slack, stays so.

    >>> escape("<!channel> a & b &lt;")
    '&lt;!channel&gt; a &amp; b &lt;'
    """
    return _AMPERSAND.sub("&amp;", clean(text)).replace("<", "&lt;").replace(">", "&gt;")


def make_plain(text: str, most: int) -> str:
    """Return the text for a plain_text object of at most `most` characters.

    Angle brackets become look-alikes, which are the same whether or not Slack decodes entities there.
    """
    text = clean(text).replace("<", "\u2039").replace(">", "\u203a").strip()
    return text if count_units(text) <= most else f"{_cut(text, most - 2, count_units)} …"


def make_code(text: str, most: int = 200) -> str:
    """Return the text as a code span within `most` characters; back-ticks in it become look-alikes.

    >>> make_code("a `b` <c>")
    '`a ˋbˋ &lt;c&gt;`'
    """
    text = escape(" ".join(text.split())).replace("`", _BACKTICK)
    if count_units(text) > most - 2:
        text = f"{_cut(text, most - 4, count_units)} …"
    return f"`{text}`"


def count_units(text: str) -> int:
    """Return a text's length as Slack's limits count it: in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_bytes(text: str) -> int:
    """Return a text's length in bytes of UTF-8, as the limit of a message's `text` counts."""
    return len(text.encode())


def cut_lines(lines: Sequence[str], most: int, note: str, measure: Measure = count_units) -> list[str]:
    """Return as many whole lines as fit into `most`, then the note if any was left out.

    Only a first line that is itself too long is cut, between words. The lines are escaped already.

    >>> cut_lines(["1. Do this.", "2. Do that."], 20, "(cut)")
    ['1. Do this.', '(cut)']
    """
    if _measure_all(lines, measure) <= most:
        return list(lines)
    room = most - measure(note) - 1
    kept: list[str] = []
    for line in lines:
        if measure(line) + 1 > room:
            break
        kept.append(line)
        room -= measure(line) + 1
    if not kept and lines:
        kept = [_cut(lines[0], room, measure)]
    return [*kept, note]


def split_lines(lines: Iterable[str], most: int) -> list[str]:
    """Return the lines joined to texts of at most `most` characters, broken between lines where possible."""
    texts: list[str] = []
    for line in lines:
        while count_units(line) > most:
            head = _cut(line, most, count_units)
            texts.append(head)
            line = line[len(head) :].lstrip()
        if texts and count_units(texts[-1]) + 1 + count_units(line) <= most:
            texts[-1] = f"{texts[-1]}\n{line}"
        elif line:
            texts.append(line)
    return texts


def _measure_all(lines: Sequence[str], measure: Measure) -> int:
    return sum(measure(line) + 1 for line in lines) - 1


def _cut(text: str, most: int, measure: Measure) -> str:
    """Return a beginning of the text within `most`, without half an entity and, if possible, half a word."""
    length = bisect_right(range(len(text) + 1), most, key=lambda end: measure(text[:end])) - 1
    return keep_start(text, max(length, 1)) or text[: max(length, 1)]
