"""An entry that a text may mean: its best string, its score, what that rests on. Nothing is decided here."""

from __future__ import annotations

from typing import NamedTuple

from bot.matching.search_string import SearchString
from bot.matching.string_match import StringMatch
from bot.matching.text import Text

CONTEXT, CONTEXT_MOST = 1.0, 8.0  # points for what else in the text belongs to the entry
QUOTED = 8.0  # points for an API message that stands in the text as it is


class Candidate(NamedTuple):
    """An entry's best string for a text, [start, end) in folded characters of `text`.

    `names` are the features it rests on, `readings` those of the entry's other good strings; `is_whole` tells
    that the text states the string to the letter, in this order or turned round; `string_match` how it holds
    the string word for word; `context` is the weight of what else the text says of the entry; `shared` the
    codes of entries that declare the same meaning.
    """

    unit: SearchString
    score: float
    rule: str
    start: int
    end: int
    text: Text
    names: frozenset[str] = frozenset()
    readings: tuple[frozenset[str], ...] = ()
    is_whole: bool = False
    context: float = 0.0
    shared: frozenset[str] = frozenset()
    string_match: StringMatch | None = None

    @property
    def total(self) -> float:
        """The score with the points for context and quotation, by which candidates are ranked."""
        return self.score + min(CONTEXT_MOST, CONTEXT * self.context) + (QUOTED if self.is_quoted else 0.0)

    @property
    def is_quoted(self) -> bool:
        """Say whether the string is a message of several words that stands in the text, its slots filled."""
        if self.string_match:
            return self.string_match.is_quoted
        said = self.unit.folded
        return self.unit.origin == "message" and " " in said and said in self.text.folded
