"""The sentences for what a text and a string have in common. What that is, bot/matching measures."""

from __future__ import annotations

from bot.replies.sentences import Sentence

_MEASURES = {
    "base": Sentence.MEASURE_BASE,
    "missing": Sentence.MEASURE_MISSING,
    "slips": Sentence.MEASURE_SLIPS,
    "inside": Sentence.MEASURE_INSIDE,
    "strange": Sentence.MEASURE_STRANGE,
    "beside": Sentence.MEASURE_BESIDE,
    "lone": Sentence.MEASURE_LONE,
    "denied": Sentence.MEASURE_DENIED,
    "healthy": Sentence.MEASURE_HEALTHY,
    "other_thing": Sentence.MEASURE_OTHER_THING,
    "stranger": Sentence.MEASURE_STRANGER,
    "contradicted": Sentence.MEASURE_CONTRADICTED,
    "cut": Sentence.MEASURE_CUT,
    "covered": Sentence.MEASURE_COVERED,
    "letters": Sentence.MEASURE_LETTERS,
    "stated": Sentence.MEASURE_STATED,
    "much": Sentence.MEASURE_MUCH,
    "context": Sentence.MEASURE_CONTEXT,
}


def find_measure(name: str) -> Sentence:
    """Return the sentence for a measure. Raises KeyError."""
    return _MEASURES[name]
