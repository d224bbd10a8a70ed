"""The scores that decide in ask mode. What a score is made of stands in weights.json.

`faultbook tune` chooses them on the golden questions and on texts that need no answer; it tries others.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores, 50 for even odds: from `answer` on an entry is the answer, from `offer` on it is worth naming.

    `margin` is the lead over the runner-up below which both are offered.
    """

    answer: float = 57.0
    offer: float = 45.0
    margin: float = 9.0


CHOSEN = Thresholds()
