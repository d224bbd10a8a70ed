"""Which candidates answer a text: those that it does not tell apart, or the several faults that it tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.knowledge.language import Language
from bot.matching.candidates import Candidate
from bot.matching.score import Thresholds
from bot.matching.text import fold
from bot.matching.wording import find_places

CONTEXT_LEAD = 0.31  # context by which one of several entries with a shared meaning leads


def list_level(candidates: Sequence[Candidate], margin: float) -> list[Candidate]:
    """Return the candidates that the text does not tell apart, best first.

    Those that declare the best one's meaning as theirs, unless the context speaks for one of them;
    and those within the margin.
    """
    best = candidates[0]
    kin = [candidate for candidate in candidates if _is_kin(candidate, best)]
    most = max(candidate.measures.context for candidate in kin)
    led = [candidate for candidate in kin if candidate.measures.context > most - CONTEXT_LEAD]
    lead = max(candidate.score for candidate in led) - margin
    return [c for c in candidates if c in led or (c not in kin and c.score > lead)]


class SeveralFaults:
    """Finds the faults of a text that says there are several (first … then, 一台…一台) or states each whole.

    Any other text tells of one fault, and of what led to it: "I cancel the share and it says …".
    """

    def __init__(self, languages: Iterable[Language]) -> None:
        """Take the words of all languages: "…" stands for anything between two of them."""
        frames = {frame for language in languages for frame in language.several_words}
        self._frames = [tuple(map(fold, frame.split("…"))) for frame in sorted(frames)]

    def find(self, folded: str, candidates: Sequence[Candidate], thresholds: Thresholds) -> list[Candidate]:
        """Return the faults in reading order; none unless each is sure, and told apart from the others."""
        sure = [one for one in candidates if one.score >= thresholds.answer]
        faults: list[Candidate] = []
        for one in sure:
            if one.text is sure[0].text and not any(_overlap(one, other) for other in faults):
                faults.append(one)
        if len(faults) < 2:
            return []
        are_stated = all(one.is_quoted or one.measures.stated == 1 for one in faults)
        if not are_stated and not any(_stand_in_order(frame, folded) for frame in self._frames):
            return []
        for one in faults:
            rivals = [other for other in sure if _overlap(one, other)]
            others = [other for other in faults if other is not one]
            if len(list_level(rivals, thresholds.margin)) > 1 or any(_is_kin(other, one) for other in others):
                return []
        return sorted(faults, key=lambda one: one.start)


def _is_kin(candidate: Candidate, best: Candidate) -> bool:
    """Say whether a candidate is the best one, or declares its meaning too."""
    unit = candidate.unit
    is_shared = unit.pack == best.unit.pack and unit.code in best.shared
    return candidate is best or (is_shared and not candidate.measures.covered)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _stand_in_order(words: Iterable[str], folded: str) -> bool:
    """Say whether a folded text holds words, one behind the other."""
    rest = folded
    for word in words:
        place = next(find_places(rest, word), None)
        if place is None:
            return False
        rest = rest[place + len(word) :]
    return True
