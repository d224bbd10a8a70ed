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
    "outside": Sentence.MEASURE_OUTSIDE,
    "lone": Sentence.MEASURE_LONE,
    "breaks": Sentence.MEASURE_BREAKS,
    "thin": Sentence.MEASURE_THIN,
    "thing": Sentence.MEASURE_THING,
    "no_fault": Sentence.MEASURE_NO_FAULT,
    "other_fault": Sentence.MEASURE_OTHER_FAULT,
    "denied": Sentence.MEASURE_DENIED,
    "healthy": Sentence.MEASURE_HEALTHY,
    "other_thing": Sentence.MEASURE_OTHER_THING,
    "stranger": Sentence.MEASURE_STRANGER,
    "contradicted": Sentence.MEASURE_CONTRADICTED,
    "cut": Sentence.MEASURE_CUT,
    "covered": Sentence.MEASURE_COVERED,
    "letters": Sentence.MEASURE_LETTERS,
    "stated": Sentence.MEASURE_STATED,
    "verbatim": Sentence.MEASURE_VERBATIM,
    "much": Sentence.MEASURE_MUCH,
    "quoted": Sentence.MEASURE_QUOTED,
    "context": Sentence.MEASURE_CONTEXT,
}


def find_measure(name: str) -> Sentence:
    """Return the sentence for a measure. Raises KeyError."""
    return _MEASURES[name]
