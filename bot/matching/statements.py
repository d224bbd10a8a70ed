"""A folded text by its statements: what stands between stops, quotes, brackets and signs.

A message stands in a post as one statement, or as two where it has a stop of its own. And by what strings are
looked up: the short runs of their letters, and the strings as wholes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from bot.matching.pinyin import join_sounds, sound_out, write_initials
from bot.matching.text import HAN

LONGEST_WHOLE = 300
"""Letters of a string that is found as a whole; no message is longer."""

MOST_STATEMENTS = 40
"""Statements that are read of one text: bounds the work."""

_BREAK = re.compile(r"[!?;,:|()\[\]{}<>\"=\n。、]|\.(?=\s|$|[\u3400-\u9fff])|(?<=\s)-{1,2}>?(?=\s)")
_EDGES = " \t.'`*_~-"


class Statement(NamedTuple):
    """What a text states at [start, end), in folded characters."""

    said: str
    start: int
    end: int


def read_statements(folded: str) -> list[Statement]:
    """Return the statements of a text, then each with the next one.

    >>> [one.said for one in read_statements('{"msg": "device not found"}')]
    ['msg', 'device not found', 'msg device not found']
    """
    parts = list(islice(_split(folded), MOST_STATEMENTS))
    joined = (Statement(f"{one.said} {other.said}", one.start, other.end) for one, other in pairwise(parts))
    return [*parts, *joined]


def join_statements(folded: str) -> str:
    """Return a string by its statements alone, as read_statements() gives those of a text.

    >>> join_statements("请求失败,请重试"), join_statements("service error.")
    ('请求失败 请重试', 'service error')
    """
    return " ".join(part.said for part in _split(folded))


def _split(folded: str) -> Iterator[Statement]:
    last = 0
    for stop in (*_BREAK.finditer(folded), None):
        end = stop.start() if stop else len(folded)
        part = folded[last:end]
        said = part.strip(_EDGES)
        if any(map(str.isalnum, said)):
            start = last + part.index(said)
            yield Statement(said, start, start + len(said))
        last = stop.end() if stop else end


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
