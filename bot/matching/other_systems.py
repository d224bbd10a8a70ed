"""Other systems with errors of their own, by their names: whether a part of a text speaks of one.

What follows for a code, a post or a question is decided in numbers/decide.py, watch.py and matcher.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from bot.knowledge.language import Language
from bot.knowledge.pack import Pack
from bot.matching.text import fold
from bot.matching.wording import any_of, find_any, holds

LONGEST_SENTENCE = 200
"""Folded characters on both sides of a place in which its sentence begins and ends: bounds the work."""

_PART = re.compile(r"[a-z]+")
_SENTENCE_END = re.compile(r"[\n。?;]|\.(?!\S)")
_CLAUSE_END = re.compile(r"[\n。!?;,:、]|\.(?!\S)")


class OtherSystems:
    """Finds the names of `other_systems`, and of `carriers` where one is the subject of a clause."""

    def __init__(self, languages: Sequence[Language], packs: Sequence[Pack], known: Collection[str]) -> None:
        """Compile the names; no name that a pack has, or that its entries use (`known` words), is one."""
        own = [name for pack in packs for name in (*pack.names, *pack.title.values(), *pack.evidence)]
        self._own, self._known = fold("\n".join(own)), frozenset(known)
        free = any_of(word for each in languages for word in each.not_systems)
        carriers = {fold(word) for each in languages for word in each.carriers}
        names = {fold(word) for each in languages for word in each.other_systems}
        trades = any_of(self._list_others({fold(word) for each in languages for word in each.other_trades}))
        self._trades = re.compile(rf"(?<![\"'])(?!{free}){trades}")  # in quotes it's the name of a scene
        self._names = self._compile(free, names)
        self._systems = self._compile(free, names - carriers)
        chatter = any_of(word for each in languages for word in each.chatter)
        others = any_of(self._list_others(carriers))
        self._subject = re.compile(rf"(?:[^\w\n]|{chatter}){{0,8}}(?!{free}){others}")

    def _compile(self, free: str, names: Iterable[str]) -> re.Pattern[str]:
        return re.compile(rf"(?!{free}){any_of(self._list_others(names))}")

    def _list_others(self, names: Iterable[str]) -> list[str]:
        return [
            name
            for name in names
            if not holds(self._own, name)
            and not self._known.issuperset(name.split() if name.isascii() else [name])
        ]

    def are_named(self, folded: str, place: int | None = None) -> bool:
        """Say whether a folded text, or its sentence around a place, has one of the names."""
        first, stop = (0, len(folded)) if place is None else _find_part(folded, place, _SENTENCE_END)
        return bool(self._names.search(folded, first, stop))

    def are_spoken_of(self, folded: str, start: int) -> bool:
        """Say whether the sentence around a place speaks of a system that is no carrier."""
        first, stop = _find_part(folded, start, _SENTENCE_END)
        return bool(self._systems.search(folded, first, stop))

    def are_of_trade(self, folded: str, start: int) -> bool:
        """Say whether the sentence around a place speaks of another trade's things: a flight, a movie."""
        first, stop = _find_part(folded, start, _SENTENCE_END)
        return bool(self._trades.search(folded, first, stop))

    def find_subject(self, folded: str, start: int) -> int | None:
        """Return where the carrier ends that the clause around a place begins with as its subject, if any."""
        first, stop = _find_part(folded, start, _CLAUSE_END)
        found = self._subject.match(folded, first, stop)
        return found.end() if found and found.end() <= start else None


def find_used(languages: Iterable[Language], texts: Iterable[str], codes: Iterable[str]) -> set[str]:
    """Return of the names of other systems and trades what entries use.

    Names in a script without spaces that stand in a folded text, with the names within these, and the words
    of Latin ones that are parts of a folded code.
    """
    names = {
        fold(word) for each in languages for word in (*each.other_systems, *each.carriers, *each.other_trades)
    }
    latin = {word for name in names if name.isascii() for word in name.split()}
    others = {name for name in names if not name.isascii()}
    find = find_any(others)
    held = "\n".join({found for text in texts for found in find.findall(text)})
    return {name for name in others if name in held} | latin.intersection(
        word for code in codes for word in _PART.findall(code)
    )


def _find_part(folded: str, place: int, end: re.Pattern[str]) -> tuple[int, int]:
    first = max(0, place - LONGEST_SENTENCE)
    for stop in end.finditer(folded, first, place):
        first = stop.end()
    behind = end.search(folded, place, place + LONGEST_SENTENCE)
    return first, behind.start() if behind else min(len(folded), place + LONGEST_SENTENCE)
