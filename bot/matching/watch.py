"""Decides in watch mode: a post that nobody addressed to the desk -> speak or stay silent.

It speaks only where the post itself shows a documented error: a wrong reply costs more than ten silences.
What counts as evidence stands in codes_in_posts.py and words_in_posts.py; docs/matching.md says it in words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.candidates import Finder
from bot.matching.codes_in_posts import Case, CodeEvidence
from bot.matching.numbers.decide import Codes
from bot.matching.numbers.place import Place
from bot.matching.numbers.rules import CodeRules
from bot.matching.post import Post, Sign
from bot.matching.reading import Reader
from bot.matching.score import MIDDLE
from bot.matching.segments import SegmentReader
from bot.matching.verdict import CERTAIN, MOST, Evidence, Match, Verdict
from bot.matching.words_in_posts import WordEvidence

OWN_WORDS = frozenset({"code-with-message", "code-with-evidence", "message", "phrase"})  # rules


class Watcher:
    """Holds posts against the rules of evidence of every pack."""

    def __init__(self, knowledge: Knowledge, reader: Reader, finder: Finder, rules: CodeRules) -> None:
        self._knowledge, self._packs = knowledge, knowledge.packs
        self._reader, self._rules = reader, rules
        self._segments = SegmentReader(self._packs.values())
        self._codes = CodeEvidence(rules, finder)
        self._words = WordEvidence(knowledge, reader, finder)

    def watch(self, text: str, eager: bool = False, packs: Scope = None, bound: bool = False) -> Verdict:
        """Return "answered" for a post that shows a documented error, else "abstained" with the reason.

        Only the packs named may speak, if some are; `bound` tells that the channel is bound to them.
        """
        reading = self._reader.read(text, packs)
        messages = self._words.list_messages(reading.text, packs)
        codes = Codes(reading, self._rules)
        documented = self._list_documented(codes)
        if not (eager or messages or documented):
            return Verdict("abstained", reason="nothing-near")  # as most posts do
        post = Post(codes, self._segments.read_segments(reading.text), messages, eager, bound)
        signs: dict[str, Sign] = {}
        for pack in self._knowledge.list_packs(packs):
            for sign in self._find_signs(pack, post, documented.get(pack.id, ())):
                signs.setdefault(sign.entry.id, sign)
        if signs:
            ordered = sorted(
                self._tell_packs_apart(post, signs.values()),
                key=lambda sign: (sign.entry.code in self._packs[sign.entry.pack].http_like, sign.start),
            )
            return Verdict("answered", tuple(_match(post, sign, CERTAIN) for sign in ordered[:MOST]))
        near = [
            _match(post, Sign(entry, "code", place.start, place.end, entry.code), MIDDLE)
            for found in documented.values()
            for place, entry in found
        ]
        reason = "no-evidence" if near else "nothing-near"
        return Verdict("abstained", runners_up=tuple(near[:MOST]), reason=reason)

    def _tell_packs_apart(self, post: Post, signs: Collection[Sign]) -> list[Sign]:
        """Return of several packs' signs of one code those that the text tells; all, if it tells none.

        A sign that rests on a pack's own words goes before one that doesn't.
        """
        told = {sign.entry.code for sign in signs if sign.rule in OWN_WORDS}
        left = [sign for sign in signs if sign.rule in OWN_WORDS or sign.entry.code not in told]
        chosen: set[str] = set()
        for sign in left:
            kin = [one.entry for one in left if one.entry.code == sign.entry.code]
            chosen.update(entry.id for entry in self._reader.tell_apart(kin, post.folded))
        return [sign for sign in left if sign.entry.id in chosen]

    def _find_signs(self, pack: Pack, post: Post, documented: Sequence[tuple[Place, Entry]]) -> list[Sign]:
        standing: dict[int, Place] = {}
        cases = [
            Case(pack, entry, place, segment, post, standing, self._codes.world)
            for place, entry in documented
            if (segment := post.find_segment(place.start)) is not None
        ]
        stand = (case.place for case in cases if case.place.is_standing or case.names_family)
        standing.update((place.start, place) for place in stand)
        signs = [sign for sign in map(self._codes.find_sign, cases) if sign]
        signs.extend(self._words.find_messages(pack, post))
        if post.eager and not signs:
            signs.extend(self._words.find_phrases(pack, post))
        return signs

    def _list_documented(self, codes: Codes) -> dict[str, list[tuple[Place, Entry]]]:
        """Return the numbers of a post that watch mode may answer, by pack."""
        found: dict[str, list[tuple[Place, Entry]]] = {}
        for place in codes.places:
            for entry in filter(self._rules.is_error, place.entries):
                found.setdefault(entry.pack, []).append((place, entry))
        return found


def _match(post: Post, sign: Sign, score: float) -> Match:
    span = post.reading.text.span(sign.start, sign.end)
    return Match(sign.entry, score, Evidence(sign.rule, span, sign.phrase))
