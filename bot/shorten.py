"""Texts made shorter between words: half a number, word or token would be read as another."""

from __future__ import annotations

import re

_LONGEST_WORD = 1_000  # what has no end for so long is no word, and may be halved
_LONGEST_TOKEN = 3_300  # an address of 3,000 characters with a label
_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff]"  # of a script that puts spaces between words
_BEFORE = re.compile(rf"{_LETTER}[.:/-]?\Z")
_AFTER = re.compile(rf"[.:/-]?{_LETTER}")
_HALVED_ENTITY = re.compile(r"&[a-z]{0,3}\Z")


def keep_start(text: str, most: int) -> str:
    """Return the beginning of a text, at most `most` characters.

    >>> keep_start("error 28504", 8)
    'error'
    """
    if len(text) <= most:
        return text
    stop = most
    while stop and most - stop < _LONGEST_WORD and is_within_word(text, stop):
        stop -= 1
    if most - stop == _LONGEST_WORD:
        stop = most
    opened = text.rfind("<", max(0, stop - _LONGEST_TOKEN), stop)
    if opened > text.rfind(">", 0, stop):
        stop = opened
    return _HALVED_ENTITY.sub("", text[:stop]).rstrip()


def keep_end(text: str, most: int) -> str:
    """Return the end of a text, at most `most` characters.

    >>> keep_end("28504 at the door", 14)
    'at the door'
    """
    if len(text) <= most:
        return text
    first = start = len(text) - most
    while start < len(text) and start - first < _LONGEST_WORD and is_within_word(text, start):
        start += 1
    if start - first == _LONGEST_WORD:
        start = first
    before = max(0, start - _LONGEST_TOKEN)
    if text.rfind("<", before, start) > text.rfind(">", before, start):
        start = max(start, text.find(">", start, start + _LONGEST_TOKEN) + 1)
    return text[start:].lstrip()


def is_within_word(text: str, place: int) -> bool:
    """Say whether a place lies within a word or a number: `28504|.5` and `10.0.0.1|:443` do."""
    if not 0 < place < len(text):
        return False
    before, after = _BEFORE.search(text, max(0, place - 2), place), _AFTER.match(text, place)
    return bool(before and after and len(before[0]) + len(after[0]) < 4)
