"""Messages that programs fill: where the slots stand in an entry's string. The fixed words tell the message.

Slots are looked for in entries' strings, never in what a person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.matching.text import REMEMBERED, fold

# C's conversions with the flags, widths and letters of MariaDB's and Go's (%`s, %M, %T, %v), Python's
# %(name)s; {0}, {name}, {name:d}, ${name}; <name>. "100%d" is a number and a sign, "%%" a sign.
_SLOT = re.compile(
    r"(?<![\d%])%(?:\(\w{1,40}\)|\d{1,2}\$)?[-+#0'`]*(?:\d{1,4}|\*(?:\d{1,2}\$)?)?(?:\.(?:\d{1,4}|\*))?"
    r"(?:hh|h|ll|l|L|z|j|t|q)?[diouxXeEfFgGaAcCsSpnMTQvq@](?![a-z])"
    r"|(?<![\d%])%[-+#0'`]*(?:\d{1,4}|\*)?\.(?:\d{1,4}|\*)[a-zA-Z]"
    r"|\$?\{\{?[\w.]{0,40}(?:![rsa])?(?::[^{}\s]{0,20})?\}\}?"
    r"|<[a-zA-Z][\w.-]{0,30}(?: [\w.-]{1,30}){0,3}>"
)
# A Chinese character by itself, a number, or a Latin word with its "n't".
_WORD = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]"
    r"|[^\W_\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]+(?:'t(?![^\W_]))?"
)


@dataclass(frozen=True, slots=True)
class Template:
    """The fixed words of a string, and before which of them a slot stands.

    A slot behind them all stands before the word that would come next.
    """

    words: tuple[str, ...]
    slots: frozenset[int]
    weights: tuple[int, ...]

    def has_slot(self, before: int, behind: int) -> bool:
        """Say whether a slot stands between two of the words, -1 being before the first."""
        return any(before < slot <= behind for slot in self.slots)

    def weigh_head(self, said: Sequence[str]) -> int:
        """Return the weight of the first words with which a text begins; slots between them may be filled."""
        place = weight = 0
        for due, word in enumerate(self.words):
            while 0 < place < len(said) and said[place] != word and self.has_slot(due - 1, due):
                place += 1
            if place == len(said) or said[place] != word:
                break
            place, weight = place + 1, weight + self.weights[due]
        return weight


def take_out(text: str) -> str:
    """Return a string with a blank for each slot.

    >>> take_out("Can't open '%-.200s' (errno: %M)"), take_out("{user} 的余额少了 5%")
    ("Can't open ' ' (errno:  )", '  的余额少了 5%')
    """
    return _SLOT.sub(" ", text) if may_have_slots(text) else text


def split_slots(text: str) -> list[str]:
    """Return what stands before, between and behind the slots of a string.

    >>> split_slots("Missing%sParameter")
    ['Missing', 'Parameter']
    """
    return _SLOT.split(text)


@lru_cache(maxsize=REMEMBERED)
def read_template(text: str) -> Template:
    """Return the fixed words of a string with its slots; slots side by side are one.

    >>> read_template("Access denied for user '%s'@'%s'")
    Template(words=('access', 'denied', 'for', 'user'), slots=frozenset({4}), weights=(2, 2, 2, 2))
    """
    words: list[str] = []
    slots: set[int] = set()
    for number, part in enumerate(_SLOT.split(text) if may_have_slots(text) else (text,)):
        if number:
            slots.add(len(words))
        words.extend(_WORD.findall(fold(part)))
    return Template(tuple(words), frozenset(slots), tuple(map(weigh_word, words)))


def split_words(folded: str) -> list[re.Match[str]]:
    """Return the words of a folded text as templates have them: a Chinese character is a word.

    >>> [word[0] for word in split_words("can't open 'ix_2': 表已满")]
    ["can't", 'open', 'ix', '2', '表', '已', '满']
    """
    return list(_WORD.finditer(folded))


def weigh_word(word: str) -> int:
    """Return how much a word tells beside others: two characters of Chinese are about one Latin word.

    >>> weigh_word("table"), weigh_word("of"), weigh_word("表")
    (2, 1, 1)
    """
    return 2 if len(word) > 2 else 1


def may_have_slots(text: str) -> bool:
    """Say whether a string may have slots, at a glance; most have none."""
    return "%" in text or "{" in text or "<" in text
