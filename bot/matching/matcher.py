"""Decides in ask mode: a text somebody put to the desk -> a verdict.

Codes first, exactly; then what the text says. Posts nobody addressed to the desk are watch.py's part.
The scores that decide stand in score.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.candidates import Candidate, Finder
from bot.matching.features import Feature
from bot.matching.index import Prepared
from bot.matching.level import SeveralFaults, list_level
from bot.matching.moods import MOODS
from bot.matching.neighbours import Neighbours
from bot.matching.numbers.decide import Codes
from bot.matching.numbers.mention import CodeMention, PassedOver
from bot.matching.numbers.rules import CodeRules
from bot.matching.objections import Objections
from bot.matching.reading import Reader, Reading
from bot.matching.score import CHOSEN, Thresholds, Weights
from bot.matching.verdict import CERTAIN, MOST, Evidence, Kind, Match, UnknownCode, Verdict
from bot.matching.watch import Watcher
from bot.matching.wording import find_places

NEAREST = 3  # documented codes named beside an undocumented one


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with what led to it: the folded text, the codes with their cues, every candidate weighed.

    `passed_over` are the numbers that are no codes, `said` what was read, and `measures` what counts for the
    best candidate: name, value, points.
    """

    verdict: Verdict
    normalised: str
    codes: tuple[CodeMention, ...]
    candidates: tuple[Match, ...]
    passed_over: tuple[PassedOver, ...] = ()
    said: tuple[Feature, ...] = ()
    measures: tuple[tuple[str, float, float], ...] = ()


class AskedText:
    """A text as it was read, with its codes and its candidates, which are found once."""

    def __init__(self, reading: Reading, finder: Finder, codes: Codes) -> None:
        self.reading = reading
        self.codes = codes
        self._finder = finder

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The entries that the text may mean, best first."""
        return tuple(self._finder.find(self.reading))


class Matcher:
    """Answers questions from one snapshot of knowledge. The same text always gets the same verdict."""

    def __init__(
        self, knowledge: Knowledge, prepared: Prepared | None = None, *, thresholds: Thresholds = CHOSEN
    ) -> None:
        """Index the knowledge, unless that was done before: `prepared` is what came of it."""
        self._thresholds = thresholds
        self._reader = Reader(knowledge, prepared.words if prepared else None)
        self._finder = Finder(knowledge, self._reader, prepared)
        self._rules = CodeRules(knowledge, self._reader, self._finder.index)
        self._neighbours = Neighbours(knowledge)
        self._layers = frozenset(pack.id for pack in knowledge.packs.values() if pack.primary)
        self._several = SeveralFaults(knowledge.languages.values())
        self._objections = Objections(knowledge, self._reader, self._finder.index)
        self._knowledge = knowledge

    def with_thresholds(self, thresholds: Thresholds) -> Matcher:
        """Return a matcher over the same knowledge that decides by these thresholds."""
        other = copy(self)
        other._thresholds = thresholds
        return other

    @property
    def weights(self) -> Weights:
        """What each measure is worth."""
        return self._finder.weights

    def with_weights(self, weights: Weights) -> Matcher:
        """Return a matcher over the same knowledge that scores by these weights."""
        other = copy(self)
        other._finder = self._finder.with_weights(weights)
        return other

    def ask(self, text: str, packs: Scope = None) -> Verdict:
        """Return the verdict on a text that was put to the desk, or to some of its packs."""
        return self.decide(self.read(text, packs))

    def read(self, text: str, packs: Scope = None) -> AskedText:
        """Read a text, to be decided on once or by several thresholds."""
        reading = self._reader.read(text, packs)
        return AskedText(reading, self._finder, Codes(reading, self._rules))

    def watch(self, text: str, eager: bool = False, packs: Scope = None, bound: bool = False) -> Verdict:
        """Return the verdict on a post that nobody put to the desk; `eager` is the channel's setting.

        `bound` tells that the channel is bound to the packs that are asked: that is a sign of the platform.
        """
        return self._watcher.watch(text, eager, packs, bound)

    @cached_property
    def _watcher(self) -> Watcher:
        return Watcher(self._knowledge, self._reader, self._finder, self._rules)

    def explain(
        self,
        text: str,
        mode: Literal["ask", "watch"] = "ask",
        eager: bool = False,
        packs: Scope = None,
        bound: bool = False,
    ) -> Explanation:
        """Return the verdict on a text with all that led to it; costs a second reading in watch mode."""
        asked = self.read(text, packs)
        return Explanation(
            verdict=self.watch(text, eager, packs, bound) if mode == "watch" else self.decide(asked),
            normalised=asked.reading.text.folded,
            codes=asked.codes.explain(mode == "watch"),
            candidates=self._match(asked.candidates),
            passed_over=tuple(asked.codes.passed_over),
            said=asked.reading.features,
            measures=self.weights.explain(asked.candidates[0].measures) if asked.candidates else (),
        )

    def decide(self, asked: AskedText) -> Verdict:
        """Return the verdict on a text that was read."""
        reading = asked.reading
        unknown, documented = asked.codes.undocumented, asked.codes.documented
        if unknown and not any(self._rules.is_error(match.entry) for match in documented):
            documented = ()  # what is no error never answers beside another code
        if documented:
            # One code that several packs document is one question with several candidates.
            is_one = len(documented) > 1 and len({match.entry.code for match in documented}) == 1
            kind: Kind = "choices" if is_one else "answered"
            return Verdict(kind, documented[:MOST], unknown=unknown, left_out=max(0, len(documented) - MOST))
        candidates = asked.candidates
        unclear = asked.codes.list_unclear()
        if unknown and not self._fill_slots(unknown, candidates, asked.codes):
            near = self._list_entries([c for c in candidates if c.score >= self._thresholds.offer][:NEAREST])
            beside = self._neighbours.find(unknown[0].code, NEAREST, reading.packs)
            near += [entry for entry in beside if entry not in near]
            return self._abstain("code-undocumented", candidates, near, unknown)
        if asked.codes.name_other_system():
            return self._abstain("other-system", candidates)
        verdict = self._decide_by_words(reading, candidates)
        if verdict.kind != "abstained" and self._objections.is_of_other_system(reading, candidates[0]):
            return self._abstain("other-system", candidates)
        quoted = () if verdict.reason in MOODS else self._find_quoted(reading)
        by_words = {match.entry.id for match in verdict.matches}
        if quoted and all(by_words.isdisjoint(match.entry.same_fault) for match in quoted):
            kind = "answered" if len(quoted) == 1 else "choices"
            return Verdict(kind, quoted[:MOST], self._match(candidates[:MOST]))
        if verdict.kind == "abstained" and unclear:
            return self._abstain("code-unclear", candidates, unclear)
        return verdict

    def _fill_slots(
        self, unknown: Sequence[UnknownCode], candidates: Sequence[Candidate], codes: Codes
    ) -> bool:
        """Say whether undocumented codes are but what fills the slots of the message that stands there."""
        string_match = candidates[0].string_match if candidates else None
        spans = {code.span for code in unknown}
        text = codes.reading.text
        places = [m.start for m in codes.mentions if text.span(m.start, m.end) in spans]
        return string_match is not None and all(map(string_match.fills, places))

    def _decide_by_words(self, reading: Reading, candidates: Sequence[Candidate]) -> Verdict:
        if not reading.features:
            return self._abstain("nothing-said", candidates)
        if not candidates or candidates[0].score < self._thresholds.offer:
            return self._abstain("nothing-near", candidates)
        near = self._list_entries(candidates[:NEAREST])
        moods = self._reader.moods.find(reading.text.folded)
        reason = self._objections.find_mood(reading, candidates[0], moods)
        if reason:
            others = reading.leave_out((mood.start, mood.end) for mood in moods)
            by_rest = self._decide_by_words(others, self._finder.find(others))
            return by_rest if by_rest.matches else self._abstain(reason, candidates, near)
        candidates = [c for c in candidates if not self._objections.find_mood(reading, c, moods)]
        several = self._several.find(reading.text.folded, candidates, self._thresholds)
        level = several or list_level(candidates, self._thresholds.margin)
        if candidates[0].score < self._thresholds.answer or len(level) > MOST:
            return self._abstain("unsure", candidates, near)
        rest = [candidate for candidate in candidates if candidate not in level]
        kind: Kind = "answered" if several or len(level) == 1 else "choices"
        return Verdict(kind, self._match(level), self._match(rest[:MOST]))

    def _find_quoted(self, reading: Reading) -> tuple[Match, ...]:
        """Return the entries of layer packs whose message a text quotes, in reading order.

        A layer's message is found where it stands word for word, but for one inside a longer one, and in no
        other way: words belong to the entries of the primary pack.
        """
        folded = reading.text.folded
        packs = self._layers if reading.packs is None else self._layers.intersection(reading.packs)
        found = [
            (start, start + len(unit.folded), unit)
            for unit in (self._finder.index.find_quoted(folded, packs) if packs else ())
            for start in islice(find_places(folded, unit.folded), 1)
        ]
        spans = {(start, end) for start, end, _ in found}
        return tuple(
            Match(
                self._knowledge.get_entry(unit.entry_id),
                CERTAIN,
                Evidence("message", reading.text.span(start, end), unit.text),
            )
            for start, end, unit in sorted(found, key=lambda one: one[0])
            if not any(first <= start and end <= last for first, last in spans - {(start, end)})
        )

    def _abstain(
        self,
        reason: str,
        candidates: Sequence[Candidate],
        near: Sequence[Entry] = (),
        unknown: tuple[UnknownCode, ...] = (),
    ) -> Verdict:
        return Verdict(
            "abstained",
            runners_up=self._match(candidates[:MOST]),
            nearest=tuple(near[:NEAREST]),
            unknown=unknown,
            reason=reason,
        )

    def _match(self, candidates: Sequence[Candidate]) -> tuple[Match, ...]:
        return tuple(
            Match(
                entry,
                round(max(0.0, min(100.0, c.score)), 1),
                Evidence(c.rule, c.text.span(c.start, c.end), c.unit.text),
            )
            for c, entry in zip(candidates, self._list_entries(candidates), strict=True)
        )

    def _list_entries(self, candidates: Iterable[Candidate]) -> list[Entry]:
        return [self._finder.get_entry(candidate) for candidate in candidates]
