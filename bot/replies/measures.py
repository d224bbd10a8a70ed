"""The sentences for what a text and a string have in common. What that is, bot/matching measures."""

from __future__ import annotations

from bot.replies.sentences import ExplanationSentence, Sentence

_MEASURES = {
    "base": ExplanationSentence.MEASURE_BASE,
    "missing": ExplanationSentence.MEASURE_MISSING,
    "slips": ExplanationSentence.MEASURE_SLIPS,
    "inside": ExplanationSentence.MEASURE_INSIDE,
    "strange": ExplanationSentence.MEASURE_STRANGE,
    "beside": ExplanationSentence.MEASURE_BESIDE,
    "lone": ExplanationSentence.MEASURE_LONE,
    "denied": ExplanationSentence.MEASURE_DENIED,
    "healthy": ExplanationSentence.MEASURE_HEALTHY,
    "other_thing": ExplanationSentence.MEASURE_OTHER_THING,
    "stranger": ExplanationSentence.MEASURE_STRANGER,
    "contradicted": ExplanationSentence.MEASURE_CONTRADICTED,
    "cut": ExplanationSentence.MEASURE_CUT,
    "covered": ExplanationSentence.MEASURE_COVERED,
    "letters": ExplanationSentence.MEASURE_LETTERS,
    "stated": ExplanationSentence.MEASURE_STATED,
    "much": ExplanationSentence.MEASURE_MUCH,
    "context": ExplanationSentence.MEASURE_CONTEXT,
}


def find_measure(name: str) -> Sentence:
    """Return the sentence for a measure. Raises KeyError."""
    return _MEASURES[name]
