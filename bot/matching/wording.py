"""Patterns over lists of words: how a word of languages.yaml or pack.yaml is looked for in a folded text.

A Latin word is never found inside a longer Latin word; a Chinese one needs no space around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from bot.matching.text import fold


def alternatives(words: Iterable[str]) -> str:
    """Return the words as alternatives, the longest first; for no words, what never matches."""
    ordered = sorted(filter(None, map(fold, set(words))), key=lambda word: (word[0], -len(word), word))
    # By first letter, so that a place in a text is compared with the few words that begin with its letter.
    groups = (
        (first, "|".join(re.escape(word[1:]) for word in same))
        for first, same in groupby(ordered, itemgetter(0))
    )
    return "|".join(f"{re.escape(first)}(?:{rests})" for first, rests in groups) or r"(?!)"


def any_of(words: Iterable[str]) -> str:
    """Return the expression for any of the words; for no words, one that never matches."""
    return rf"(?:(?<![a-z])(?=[a-z])|(?![a-z]))(?:{alternatives(words)})(?:(?<![a-z])|(?<=[a-z])(?![a-z]))"


def find_any(words: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that finds any of the words.

    >>> bool(find_any(["err"]).search("err 5")), bool(find_any(["err"]).search("error 5"))
    (True, False)
    """
    return re.compile(any_of(words))


class Endings:
    """Words that are looked for at the end of a text: a set, for an expression takes long to compile."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(filter(None, map(fold, words)))
        self._lengths = sorted({len(word) for word in self._words}, reverse=True)

    def find(self, text: str) -> int | None:
        """Return where the longest of the words begins that ends a folded text, if one does.

        >>> Endings(["err", "last err"]).find("my last err"), Endings(["err"]).find("terr")
        (3, None)
        """
        for length in self._lengths:
            place = len(text) - length
            if place < 0 or text[place:] not in self._words:
                continue
            if not place or not (is_latin(text[place - 1]) and _is_letter(text[place])):
                return place
        return None

    def end(self, text: str) -> bool:
        """Say whether one of the words ends a folded text."""
        return self.find(text) is not None


def holds(said: str, words: str) -> bool:
    """Say whether a folded text holds these folded words, not inside longer Latin words."""
    return next(find_places(said, words), None) is not None


def find_places(said: str, words: str) -> Iterator[int]:
    """Yield where folded words begin in a folded text, each not inside longer Latin words; "" is nowhere."""
    start = said.find(words) if words else -1
    while start >= 0:
        before, after = said[start - 1 : start], said[start + len(words) : start + len(words) + 1]
        if not (is_latin(before) and is_latin(words[0])) and not (is_latin(after) and is_latin(words[-1])):
            yield start
        start = said.find(words, start + 1)


def find_broken(folded: str, words: str, start: int, end: int) -> int | None:
    """Return where folded words begin in a stretch, whole, a line's end taken for a blank."""
    place = next((at for at in find_places(folded[start:end], words)), None)
    if place is not None:
        return start + place
    if " " not in words or "\n" not in folded[start:end]:
        return None
    apart = r"(?: |[ \t]*\n[ \t]*(?://|#|\*|>|--)?[ \t]*)"
    found = re.compile(apart.join(map(re.escape, words.split(" ")))).search(folded, start, end)
    return found.start() if found else None


def is_latin(letter: str) -> bool:
    """Say whether a character is an ASCII letter or digit; "" is none."""
    return letter.isascii() and letter.isalnum()


def _is_letter(mark: str) -> bool:
    return "a" <= mark <= "z"
