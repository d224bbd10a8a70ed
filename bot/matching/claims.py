"""What a segment says that a code means: its message fields, and the words right behind the code.

codes_in_posts.py holds these claims against the entry: a different message is a veto.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.knowledge.language import Language
from bot.matching.segments import Segment
from bot.matching.text import fold
from bot.matching.wording import any_of

MOST_CLAIMS = 10
"""Messages of one segment that are held against the entry: bounds the work."""

_NO_MESSAGE = frozenset({"null", "none", "true", "false", "nil", "undefined"})
_WRAPPING = " \t\"'`*)]"
_FIELD = re.compile(r"[\"']?[a-z_][\w.-]{0,40}[\"']?\s?=")  # elapsed=2000ms
_CELL_OF_ITS_OWN = r"[ \t*_]{0,4}[^\W\d_][\w -]{0,20}[*_]{0,2}[:=]"  # "| place: hall", of a row of fields


class ClaimReader:
    """Reads claims with the words of all languages; `tells_fault` says if a text begins by telling one."""

    def __init__(self, languages: Iterable[Language], tells_fault: Callable[[str], bool]) -> None:
        """Compile the words that stand between a code and its meaning."""
        languages = tuple(languages)
        means = any_of(word for language in languages for word in language.meaning_words)
        self._behind = re.compile(
            rf"(?P<mark>[ \t\"'`*)\]]{{0,4}}(?:[:=>]|\|(?!{_CELL_OF_ITS_OWN})|->|=>|-{{1,2}} |//|{means})?)"
            r"[ \t]?[\"'`*(]{0,2}(?P<said>[^\n,.;?。、|)}\]\"]{0,80})(?P<asks>\?)?"
        )
        self._remark = re.compile(r"[ \t\"'`*)\]]{0,4}(?:,[ \t]?|\()(?P<said>[^\n,;|)}\]\"]{2,80})")
        self._copulas = frozenset(fold(word) for language in languages for word in language.copulas)
        self._idle = re.compile(any_of(word for language in languages for word in language.chatter))
        counted = any_of(unit for language in languages for unit in language.units)
        self._count = re.compile(
            rf"(?:x ?)?(?:\d+|[一二两三四五六七八九十百几多数]+)[ \t]?(?:{counted}|\Z)|once\b|twice\b"
        )
        self._tells_fault = tells_fault
        self._no_message = _NO_MESSAGE.union(fold(w) for one in languages for w in one.pervading_words)

    def read_claims(self, folded: str, end: int, segment: Segment) -> list[str]:
        """Return the messages that a segment gives a code that ends at `end`, folded."""
        claims = [field.value for field in segment.messages if not field.start < end <= field.end]
        announced, said = self.read_behind(folded, end, segment)
        if announced or self._tells_fault(said):
            claims.insert(0, said)
        return [one for one in claims if self._is_message(one)][:MOST_CLAIMS]

    def read_remark(self, folded: str, end: int, segment: Segment) -> str:
        """Return what is said behind a comma or in brackets after a code, up to the next punctuation.

        It may be the code's message or anything else, so it is none of the claims.
        """
        found = self._remark.match(folded, end, segment.end)
        return found["said"].strip() if found else ""

    def read_behind(self, folded: str, end: int, segment: Segment) -> tuple[bool, str]:
        """Return whether a colon, a dash or "means" announces what stands behind, and that text."""
        found = self._behind.match(folded, end, segment.end)
        if not found or found["asks"]:  # "6100 - anyone?" is no message
            return False, ""
        said, mark = found["said"].strip(" `*"), found["mark"].strip(_WRAPPING)
        is_idle = mark in self._copulas and self._idle.match(said)  # 28504 is back
        return bool(said and mark and not is_idle), said

    def _is_message(self, value: str) -> bool:
        """Say whether a value is a message at all, not a count, a flag, another field or nothing."""
        is_word = sum(letter.isalpha() for letter in value) >= 2 and value not in self._no_message
        return is_word and not (_FIELD.match(value) or self._count.match(value))
