"""A folded text by its statements: what stands between stops, quotes, brackets and signs.

A message stands in a post as one statement, or as two where it has a stop of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

MOST = 40
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
    parts = list(islice(_split(folded), MOST))
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
