"""Decides in watch mode: a post that nobody addressed to the desk -> speak or stay silent.

It speaks only where the post itself shows a documented error: a wrong reply costs more than ten silences.
What counts as evidence stands in codes_in_posts.py and words_in_posts.py; docs/matching.md says it in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from bot.knowledge.entry import Entry
from bot.knowledge.pack import Pack
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.candidates import Finder
from bot.matching.codes_in_posts import Case, CodeEvidence
from bot.matching.numbers.decide import CodeJudge
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.pack_choice import PackChooser
from bot.matching.post import Post, Sign
from bot.matching.reading import Reader, Reading
from bot.matching.segments import SegmentReader
from bot.matching.verdict import CERTAIN, Evidence, Match, Verdict
from bot.matching.words_in_posts import WordEvidence

MOST = 5  # codes in one reply
PLACES = 20  # places of one code that are looked at: bounds the work on a long post
OWN_WORDS = frozenset({"code-with-message", "code-with-evidence", "message", "phrase"})  # rules
NEAR_MISS = 50.0  # score of a documented number that shows nothing


class Watcher:
    """Holds posts against the rules of evidence of every pack."""

    def __init__(self, knowledge: Knowledge, reader: Reader, finder: Finder, judge: CodeJudge) -> None:
        self._knowledge = knowledge
        self._packs = knowledge.packs
        self._reader = reader
        self._judge = judge
        self._segments = SegmentReader(self._packs.values())
        self._codes = CodeEvidence(knowledge, reader, finder, judge)
        self._words = WordEvidence(knowledge, reader, finder, judge)
        self._chooser = PackChooser(self._packs, reader, finder.index)

    def watch(self, text: str, eager: bool = False, packs: Scope = None, bound: bool = False) -> Verdict:
        """Return "answered" for a post that shows a documented error, else "abstained" with the reason.

        Only the packs named may speak, if some are; `bound` tells that the channel is bound to them.
        """
        reading = self._reader.read(text, packs)
        messages = self._words.list_messages(reading.text, packs)
        asked = self._knowledge.list_packs(packs)
        documented = {pack.id: _documented(pack, reading) for pack in asked}
        if not (eager or messages or any(documented.values())):
            return Verdict("abstained", reason="nothing-near")  # as most posts do
        post = Post(reading, self._segments.read_segments(reading.text), messages, eager, bound)
        signs: dict[str, Sign] = {}
        for pack in asked:
            for sign in self._find_signs(pack, post, documented[pack.id]):
                signs.setdefault(sign.entry.id, sign)
        if signs:
            ordered = sorted(
                self._tell_packs_apart(post, signs.values()),
                key=lambda sign: (sign.entry.code in self._packs[sign.entry.pack].http_like, sign.start),
            )
            return Verdict("answered", tuple(_match(post, sign, CERTAIN) for sign in ordered[:MOST]))
        near = [
            _match(post, Sign(entry, "code", mention.start, mention.end, entry.code), NEAR_MISS)
            for found in documented.values()
            for mention, entry in found
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
            chosen.update(entry.id for entry in self._chooser.choose(kin, post.folded))
        return [sign for sign in left if sign.entry.id in chosen]

    def _find_signs(
        self, pack: Pack, post: Post, documented: Sequence[tuple[CodeMention, Entry]]
    ) -> list[Sign]:
        placed = [
            (mention, entry, segment)
            for mention, entry in documented
            if (segment := post.find_segment(mention.start)) is not None
        ]
        standing = {
            mention.start: mention
            for mention, _, segment in placed
            if self._judge.stands_as_code(mention, post.reading)
            or (
                mention.watched == Naming.BARE
                and self._codes.names_family(Case(pack, _, mention, segment, post, {}))
            )
        }
        coded = (
            self._codes.find_sign(Case(pack, entry, mention, segment, post, standing))
            for mention, entry, segment in placed
        )
        signs = [sign for sign in coded if sign]
        signs.extend(self._words.find_messages(pack, post))
        if post.eager and not signs:
            signs.extend(self._words.find_phrases(pack, post))
        return signs


def _documented(pack: Pack, reading: Reading) -> list[tuple[CodeMention, Entry]]:
    """Return the numbers of a post that the pack documents and watch mode may answer."""
    found: list[tuple[CodeMention, Entry]] = []
    places: Counter[str] = Counter()
    for mention in reading.mentions:
        entry = pack.find_entry(mention.code, mention.is_negative)
        if entry and entry.code not in pack.never_watched:
            places[mention.code] += 1
            if places[mention.code] <= PLACES:
                found.append((mention, entry))
    return found


def _match(post: Post, sign: Sign, score: float) -> Match:
    span = post.reading.text.span(sign.start, sign.end)
    return Match(sign.entry, score, Evidence(sign.rule, span, sign.phrase))
