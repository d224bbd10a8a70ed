"""An entry that a text may mean: its best string, its measures and its score. Nothing is decided here."""

from __future__ import annotations

from typing import NamedTuple

from bot.matching.score import Measures
from bot.matching.search_string import SearchString
from bot.matching.string_match import StringMatch
from bot.matching.text import Text

STATED = 0.87  # how alike a statement is to the string that it states: one of eight letters off


class Candidate(NamedTuple):
    """An entry's best string for a text, [start, end) in folded characters of `text`.

    `names` are the features it rests on; `is_whole` tells that the text states the string to the letter;
    `string_match` how it holds the string word for word; `shared` the codes of entries that declare the same
    meaning.
    """

    unit: SearchString
    measures: Measures
    score: float
    rule: str
    start: int
    end: int
    text: Text
    names: frozenset[str] = frozenset()
    is_whole: bool = False
    shared: frozenset[str] = frozenset()
    string_match: StringMatch | None = None

    @property
    def is_quoted(self) -> bool:
        """Say whether the string is a message of several words that stands in the text, its slots filled."""
        if self.string_match:
            return self.string_match.is_quoted
        said = self.unit.folded
        return self.unit.origin == "message" and " " in said and said in self.text.folded
