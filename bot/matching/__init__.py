"""Text -> evidence -> candidates -> scores -> verdict: no clock, no chance, no network, no product by name.

What stands in `__all__` is all that other packages may import, but for what bot/compiled keeps on disk, which
index.py and reading.py offer.
"""

from __future__ import annotations

from bot.matching.features import ABSENT
from bot.matching.index import Prepared
from bot.matching.matcher import AskedText, Explanation, Matcher
from bot.matching.moods import MOODS
from bot.matching.numbers.mention import CodeMention, Naming, PassedOver
from bot.matching.score import CHOSEN, HARD, MEASURES, SPEAK_FOR, Measures, Thresholds, Weights
from bot.matching.text import LONGEST, find_ends, fold
from bot.matching.verdict import CERTAIN, Evidence, Kind, Match, Span, UnknownCode, Verdict
from bot.matching.wording import alternatives

__all__ = [
    "ABSENT",
    "CERTAIN",
    "CHOSEN",
    "HARD",
    "LONGEST",
    "MEASURES",
    "MOODS",
    "SPEAK_FOR",
    "AskedText",
    "CodeMention",
    "Evidence",
    "Explanation",
    "Kind",
    "Match",
    "Matcher",
    "Measures",
    "Naming",
    "PassedOver",
    "Prepared",
    "Span",
    "Thresholds",
    "UnknownCode",
    "Verdict",
    "Weights",
    "alternatives",
    "find_ends",
    "fold",
]
