"""A folded text as short runs of letters, by which strings spelt alike are found before they are compared.

And as one token, by which a string is found that stands in a text to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.matching.pinyin import join_sounds, sound_out, write_initials
from bot.matching.statements import join_statements
from bot.matching.text import HAN

LONGEST_WHOLE = 300
"""Letters of a string that is found as a whole; no message is longer."""


def split_letters(folded: str) -> set[str]:
    """Return the runs of a text, its ends marked by a blank: three letters, or two with a Chinese character.

    >>> sorted(split_letters("不在线")), sorted(split_letters("ota"))
    ([' 不', '不在', '在线', '线 '], [' ot', 'ota', 'ta '])
    """
    padded = f" {folded.strip()} "
    runs: set[str] = set()
    start = 0
    for han in HAN.finditer(padded):
        place = han.start()
        runs.update(padded[first : first + 3] for first in range(start, place - 2))
        runs.update((padded[place - 1 : place + 1], padded[place : place + 2]))
        start = place + 1
    runs.update(padded[first : first + 3] for first in range(start, len(padded) - 2))
    return runs


def list_letters(folded: str) -> Iterator[str]:
    """Yield what a string is found by: its runs, and its wholes."""
    yield from split_letters(folded)
    yield from list_wholes(folded)


def list_wholes(folded: str) -> Iterator[str]:
    """Yield the tokens of a whole string: of its statements, of how they sound, and of its initials."""
    said = join_statements(folded)
    for written in filter(None, {said, join_sounds(said, sound_out(said)), write_initials(folded)}):
        yield write_whole(written)


def write_whole(said: str) -> str:
    """Return the token of a string by its statements; no run of letters is one.

    >>> write_whole("ota")
    'ota\\n'
    """
    return f"{said[:LONGEST_WHOLE]}\n"
