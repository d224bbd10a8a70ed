"""A folded text as short runs of letters, by which strings spelt alike are found before they are compared."""

from __future__ import annotations

from bot.matching.text import HAN


def split_letters(folded: str) -> set[str]:
    """Return the runs of a text, its ends marked by a blank: three letters, or two with a Chinese character.

    >>> sorted(split_letters("不在线")), sorted(split_letters("ota"))
    ([' 不', '不在', '在线', '线 '], [' ot', 'ota', 'ta '])
    """
    padded = f" {folded.strip()} "
    runs: set[str] = set()
    for place in range(len(padded) - 1):
        pair = padded[place : place + 2]
        if HAN.search(pair):
            runs.add(pair)
        elif place + 2 < len(padded) and not HAN.match(padded[place + 2]):
            runs.add(padded[place : place + 3])
    return runs
