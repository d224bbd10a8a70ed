"""What a segment says that a code means: its message fields, and the words right behind the code.

codes_in_posts.py holds these claims against the entry: a different message is a veto.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.matching.numbers.words import Words
from bot.matching.segments import Segment

MOST_CLAIMS = 10
"""Messages of one segment that are held against the entry: bounds the work."""

_WRAPPING = " \t\"'`*)]"
# Behind a cell's border no field of its own (| place: hall) is meant.
_BEHIND = (
    r"(?P<mark>[ \t\"'`*)\]]{0,4}(?:[:=>]|->|=>|-{1,2} |//|{meaning_words}"
    r"|\|(?![ \t*_]{0,4}[^\W\d_][\w -]{0,20}[*_]{0,2}[:=]))?)"
    r"[ \t]?[\"'`*(]{0,2}(?P<said>[^\n,.;?。、|)}\]\"]{0,80})(?P<asks>\?)?"
)
_REMARK = re.compile(r"[ \t\"'`*)\]]{0,4}(?:,[ \t]?|\()(?P<said>[^\n,;|)}\]\"]{2,80})")
# A flag, a word for all, another field (elapsed=2000ms), a count.
_NO_MESSAGE = (
    r"(?:null|none|true|false|nil|undefined|{pervading_words})\Z|[\"']?[a-z_][\w.-]{0,40}[\"']?\s?="
    r"|(?:x ?)?(?:\d+|(?:{numerals})+)[ \t]?(?:{units}|\Z)|{times_words}"
)


class ClaimReader:
    """Reads claims with the words of all languages; `tells_fault` says if a text begins by telling one."""

    def __init__(self, words: Words, tells_fault: Callable[[str], bool]) -> None:
        self._behind, self._idle = words.compile(_BEHIND), words.compile("{chatter}")
        self._copula, self._no_message = words.compile("{copulas}"), words.compile(_NO_MESSAGE)
        self._tells_fault = tells_fault

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
        found = _REMARK.match(folded, end, segment.end)
        return found["said"].strip() if found else ""

    def read_behind(self, folded: str, end: int, segment: Segment) -> tuple[bool, str]:
        """Return whether a colon, a dash or "means" announces what stands behind, and that text."""
        found = self._behind.match(folded, end, segment.end)
        if not found or found["asks"]:  # "6100 - anyone?" is no message
            return False, ""
        said, mark = found["said"].strip(" `*"), found["mark"].strip(_WRAPPING)
        is_idle = self._copula.fullmatch(mark) and self._idle.match(said)  # 28504 is back
        return bool(said and mark and not is_idle), said

    def _is_message(self, value: str) -> bool:
        """Say whether a value is a message at all, not a count, a flag, another field or nothing."""
        return sum(map(str.isalpha, value)) >= 2 and not self._no_message.match(value)
