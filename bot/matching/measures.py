"""What a text and a string of an entry have in common: numbers of 0 to about 1, which a person can check.

Those that speak for the string have a positive weight, the others a negative one; weights.py tells how much
each is worth. Measuring is weighed_text.py's part.
"""

from __future__ import annotations

from typing import NamedTuple, get_type_hints

MUCH = 6.0  # weight of two words: of what is matched, as much again counts half


class Measures(NamedTuple):
    """What speaks for a string and against it.

    Of the string: what is `missing` in the text (of its weight), that the text's end `cut` it, that it was
    read with `slips`, how `much` is matched. Of what is said besides, relative to what is matched: `inside`
    the stretch, `strange` there (no entry has it), right `beside` it, and in the sentence of a `lone` word.
    Of what speaks against it: a stretch that is `denied`, or tells `no_fault` where the string does,
    something that is `healthy` where nothing is at fault, an `other_thing` that begins with the thing
    named, a `stranger` right before it, an entry that is `contradicted`, a candidate that
    another one `covered`.
    Of the letters: stretch and string (`letters`), statement and string (`stated`), what stands there
    `verbatim`. And `context`: what else of the text belongs to the entry.
    """

    missing: float = 0.0
    slips: float = 0.0
    inside: float = 0.0
    strange: float = 0.0
    beside: float = 0.0
    lone: float = 0.0
    denied: float = 0.0
    no_fault: float = 0.0
    healthy: float = 0.0
    other_thing: float = 0.0
    stranger: float = 0.0
    contradicted: float = 0.0
    cut: float = 0.0
    covered: float = 0.0
    letters: float = 0.0
    stated: float = 0.0
    verbatim: float = 0.0
    much: float = 0.0
    context: float = 0.0


MEASURES = tuple(get_type_hints(Measures))
SPEAK_FOR = frozenset({"much", "letters", "stated", "verbatim", "context"})
"""Measures that speak for a string; their weights are positive, those of the others negative."""


def relate(weight: float, matched: float) -> float:
    """Return a weight relative to another one, 0 to 1."""
    return weight / (weight + matched) if weight else 0.0
