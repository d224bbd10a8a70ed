"""What people say to the desk that is no question of its own: "hi", "thanks", "please explain this error".

Every word of the text must be one that languages.yaml lists; what is left over makes it a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.knowledge.language import Language
from bot.matching import fold

MOST_TOKENS = 60  # of a text that is looked at; a longer one says something of its own
MOST_TEXT = 10 * MOST_TOKENS  # characters of one
_TOKEN = re.compile(
    r":[a-z0-9_+'-]{1,50}:|[^\W_\u3400-\u9fff]+(?:'[a-z]+)?|[\u3400-\u9fff]|[\U0001f300-\U0001faff\u2705]"
)

_Tokens = tuple[str, ...]


class SmallTalk:
    """Tells small talk from questions, in all languages."""

    def __init__(self, languages: Iterable[Language]) -> None:
        spoken = tuple(languages)
        self._greetings = _collect(word for each in spoken for word in each.greetings)
        thanks = _collect(word for each in spoken for word in each.thanks)
        self._beside_thanks = _collect(word for each in spoken for word in each.beside_thanks)
        self._notes = thanks | self._beside_thanks
        self._pointers = self._greetings | thanks | _collect(
            word
            for each in spoken
            for words in (
                each.pointers, each.chatter, each.code_words, each.hint_words, each.remedies, each.how_to,
                each.help_words,
            )
            for word in words
        )  # fmt: skip

    def is_greeting(self, text: str) -> bool:
        """Say whether a text greets and says nothing else: "hi", "hello Faultbook", 你好."""
        return self._is_made_of(_read_tokens(text), self._greetings)

    def is_thanks(self, text: str) -> bool:
        """Say whether a text thanks or takes note, and says nothing else: "thanks a lot", 收到."""
        tokens = _read_tokens(text)
        return self._is_made_of(tokens, self._notes) and not (
            self._is_made_of(tokens, self._beside_thanks) or self._is_made_of(tokens, self._greetings)
        )

    def points_elsewhere(self, text: str) -> bool:
        """Say whether a text asks about something that it doesn't name: "explain this error", 这啥情况."""
        return self._is_made_of(_read_tokens(text), self._pointers)

    @staticmethod
    def _is_made_of(tokens: _Tokens, phrases: frozenset[_Tokens]) -> bool:
        """Say whether there are tokens, and phrases make them all, one after the other."""
        if not tokens or len(tokens) > MOST_TOKENS:
            return False
        reached = [True, *[False] * len(tokens)]
        for start in range(len(tokens)):
            if reached[start]:
                for end in range(start + 1, len(tokens) + 1):
                    reached[end] = reached[end] or tokens[start:end] in phrases
        return reached[-1]


def _collect(words: Iterable[str]) -> frozenset[_Tokens]:
    return frozenset(filter(None, map(_read_tokens, words)))


def _read_tokens(text: str) -> _Tokens:
    """Return words, emoji and single Chinese characters; signs between them say nothing.

    >>> _read_tokens("OK, 收到 :+1:")
    ('ok', '收', '到', ':+1:')
    """
    found: Sequence[str] = _TOKEN.findall(fold(text)) if len(text) <= MOST_TEXT else ()
    return tuple(found)
