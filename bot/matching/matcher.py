"""Decides in ask mode: a text somebody put to the desk -> a verdict.

Codes first, exactly; then what the text says. Posts nobody addressed to the desk are watch.py's part.
Thresholds are chosen by `faultbook eval` on the golden questions and tests/abstain.yaml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Candidate, Finder
from bot.matching.codes import CodeMention, Naming
from bot.matching.reading import Reader, Reading
from bot.matching.verdict import Evidence, Kind, Match, UnknownCode, Verdict
from bot.matching.watch import Watcher
from bot.matching.wording import holds

ANSWER = 62.0  # score from which one entry is the answer; chosen by faultbook eval
OFFER = 50.0  # score from which candidates are worth offering
MARGIN = 7.0  # lead over the runner-up below which both are offered
CONTEXT_LEAD = 2.5  # weight of context by which one of several entries with a shared meaning leads
MOST = 5  # codes in one answer, choices in one offer
NEAREST = 3  # documented codes named beside an undocumented one
RUNNERS_UP = 5
_PLURAL = re.compile(r" ([a-z]{2,}s)(?![a-z])")
PLACES = 8  # places of one code that are looked at: bounds the work on a text that is all numbers
HEAD = 200  # characters before a number that are its line
QUOTES = "\"'`([{【「<"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with what led to it: the folded text, the codes read, every candidate weighed."""

    verdict: Verdict
    normalised: str
    codes: tuple[CodeMention, ...]
    candidates: tuple[Match, ...]


class Matcher:
    """Answers questions from one snapshot of knowledge. The same text always gets the same verdict."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index the knowledge."""
        self._packs = tuple(knowledge.packs.values())
        self._reader = Reader(knowledge)
        self._finder = Finder(knowledge, self._reader)
        self._watcher = Watcher(knowledge, self._reader, self._finder)

    def ask(self, text: str) -> Verdict:
        """Return the verdict on a text that was put to the desk."""
        return self._decide(self._reader.read(text))

    def watch(self, text: str, eager: bool = False) -> Verdict:
        """Return the verdict on a post that nobody put to the desk; `eager` is the channel's setting."""
        return self._watcher.watch(text, eager)

    def explain(self, text: str, mode: Literal["ask", "watch"] = "ask", eager: bool = False) -> Explanation:
        """Return the verdict on a text with all that led to it; costs a second reading."""
        reading = self._reader.read(text)
        return Explanation(
            verdict=self.watch(text, eager) if mode == "watch" else self._decide(reading),
            normalised=reading.text.folded,
            codes=reading.mentions,
            candidates=_matches(self._finder.find(reading)),
        )

    def _decide(self, reading: Reading) -> Verdict:
        unknown = self._find_undocumented(reading)
        documented = self._find_documented(reading)
        if documented:
            # One code that several packs document is one question with several candidates.
            is_one = len(documented) > 1 and len({match.entry.code for match in documented}) == 1
            rivals = self._find_rivals(reading, documented)
            if rivals:
                return Verdict("choices", (*documented, *rivals)[:MOST], unknown=unknown)
            kind: Kind = "choices" if is_one else "answered"
            return Verdict(kind, documented[:MOST], unknown=unknown, left_out=max(0, len(documented) - MOST))
        candidates = self._finder.find(reading)
        unclear = [entry for mention in reading.mentions for entry in self._find_entries(mention.code)]
        if unknown:
            near = [c.unit.entry for c in candidates if c.score >= OFFER]
            near += [entry for entry in self._find_neighbours(unknown[0].code) if entry not in near]
            return _abstain("code-undocumented", candidates, near, unknown)
        verdict = self._decide_by_words(reading, candidates)
        if verdict.kind == "abstained" and unclear:
            return _abstain("code-unclear", candidates, unclear)
        return verdict

    def _decide_by_words(self, reading: Reading, candidates: list[Candidate]) -> Verdict:
        if not reading.features:
            return _abstain("nothing-said", candidates)
        if not candidates or candidates[0].total < OFFER:
            return _abstain("nothing-near", candidates)
        near = [candidate.unit.entry for candidate in candidates]
        if self._reader.asks_how_to(reading):
            return _abstain("how-to", candidates, near)
        level = self._level(candidates)
        if candidates[0].total < ANSWER or len(level) > MOST:
            return _abstain("unsure", candidates, near)
        rest = [candidate for candidate in candidates if candidate not in level]
        return Verdict(
            "answered" if len(level) == 1 else "choices", _matches(level), _matches(rest[:RUNNERS_UP])
        )

    def _level(self, candidates: list[Candidate]) -> list[Candidate]:
        """Return the candidates that the text does not tell apart, best first.

        Those that declare the best one's meaning as theirs, unless the context speaks for one of them;
        and those within the margin.
        """
        best = candidates[0]
        kin = sorted((c for c in candidates if self._is_kin(c, best)), key=lambda c: -c.context)
        others = [c for c in candidates if c not in kin]
        if len(kin) > 1 and kin[0].context >= kin[1].context + CONTEXT_LEAD:
            return [kin[0], *(c for c in others if c.score > kin[0].score - MARGIN)]
        return [c for c in candidates if c in kin or c.total > best.total - MARGIN]

    def _is_kin(self, candidate: Candidate, best: Candidate) -> bool:
        """Say whether a candidate is the best one, or declares its meaning too.

        A text that quotes the best one's message tells them apart, unless both messages mean the same.
        """
        if candidate is best:
            return True
        entry = candidate.unit.entry
        if entry.pack != best.unit.entry.pack or entry.code not in best.shared or candidate.score <= OFFER:
            return False
        message = self._finder.index.message(best.unit.entry)
        return (
            not best.is_quoted or self._finder.index.message(candidate.unit.entry).meaning == message.meaning
        )

    def _find_documented(self, reading: Reading) -> tuple[Match, ...]:
        """Return a match for each documented code that the text means, in reading order.

        Where one is called a code, numbers that merely stand there are none; a code that is no error
        (200) counts alone or in a list of codes.
        """
        mentions = [m for m in reading.mentions if self._find_entries(m.code)]
        if any(mention.naming > Naming.BARE for mention in mentions):
            mentions = [mention for mention in mentions if mention.naming > Naming.BARE]
        listed = [m.listed or behind.listed for m, behind in pairwise([*mentions, *mentions[-1:]])]
        faulty = [
            mention
            for mention, is_listed in zip(mentions, listed, strict=True)
            if is_listed or any(map(self._is_error, self._find_entries(mention.code)))
        ]
        is_one_of_many = len({mention.code for mention in mentions}) > 1
        places: Counter[str] = Counter()
        matches: dict[str, Match] = {}
        for mention in faulty or mentions:
            places[mention.code] += 1
            if places[mention.code] > PLACES:
                continue
            if mention.naming > Naming.BARE or is_one_of_many or self._is_about(reading, mention):
                span = reading.text.span(mention.start, mention.end)
                for entry in self._tell_packs_apart(self._find_entries(mention.code), reading):
                    matches.setdefault(entry.id, Match(entry, 100.0, Evidence("code", span, entry.code)))
        return tuple(matches.values())

    def _find_rivals(self, reading: Reading, documented: Sequence[Match]) -> tuple[Match, ...]:
        """Return what the words say where a short, unnamed number says otherwise: "device 403 is offline"."""
        codes = {match.entry.code for match in documented}
        mentions = [mention for mention in reading.mentions if mention.code in codes]
        longest = max(pack.shape.distinctive_digits for pack in self._packs)
        if len(codes) > 1 or any(m.naming > Naming.BARE or len(m.code) >= longest for m in mentions):
            return ()
        candidates = self._finder.find(reading)
        if not candidates or candidates[0].total < ANSWER:
            return ()
        fits = any(candidate.unit.entry.code in codes for candidate in candidates)
        return () if fits else _matches(self._level(candidates))

    def _tell_packs_apart(self, entries: list[Entry], reading: Reading) -> list[Entry]:
        """Return of several packs' entries of one code those whose message or platform the text names.

        All of them if it names none.
        """
        if len(entries) < 2:
            return entries
        folded = reading.text.folded
        packs = {pack.id: pack for pack in self._packs}
        quoted = [entry for entry in entries if holds(folded, self._finder.index.message(entry).folded)]
        named = [entry for entry in entries if self._reader.find_evidence(packs[entry.pack], folded)]
        return quoted or named or entries

    def _is_error(self, entry: Entry) -> bool:
        return not any(pack.id == entry.pack and entry.code in pack.never_watched for pack in self._packs)

    def _is_about(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a text in which a documented number stands unnamed speaks of that code.

        It does if the number is long, heads a line or stands in quotes, or if the text has a word of the
        trade or hardly a word besides; "the Peugeot 403 was a lovely car" does not, nor do "429 scenes".
        """
        text = reading.text.folded
        head = text[max(0, mention.start - HEAD) : mention.start].rpartition("\n")[2].strip(" \t-*>|+#")
        distinctive = (p.shape.distinctive_digits for p in self._packs if mention.code in p.entries)
        if not reading.features or len(mention.code) >= min(distinctive):
            return True
        plural = _PLURAL.match(text, mention.end)
        if plural and self._reader.may_be_counted(plural[1]):
            return False
        tail = text[mention.end : mention.end + 2].lstrip()
        return (
            (not head and not tail[:1].isalnum())
            or (bool(head) and head[-1] in QUOTES and not head[-2:-1].isalpha())
            or self._reader.asks_remedy(text)
            or any(self._reader.is_term(f.name) and f.likeness == 1 for f in reading.features)
            or not self._reader.counts_other_things(reading, mention)
        )

    def _find_undocumented(self, reading: Reading) -> tuple[UnknownCode, ...]:
        """Return the codes that the text names and no pack documents."""
        found: dict[str, UnknownCode] = {}
        for mention in reading.mentions:
            known = mention.code in found or self._find_entries(mention.code)
            if known or len(found) >= MOST or not self._is_meant(mention, reading):
                continue
            span = reading.text.span(mention.start, mention.end)
            families = (pack.find_family(mention.code) for pack in self._packs if not mention.foreign)
            family = next((family for family in families if family), None)
            found.setdefault(mention.code, UnknownCode(mention.code, span, family))
        return tuple(found.values())

    def _is_meant(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether an undocumented number is meant as a code.

        It is if it is named as one, stands alone or at the head of a line, or before an API's message.
        """
        if mention.naming > Naming.BARE or not reading.features or mention.foreign:
            return True
        behind = reading.text.folded[mention.end : mention.end + HEAD].lstrip(" \t:-\"'`")
        if any(behind.startswith(message) for message in self._finder.index.message_texts):
            return True
        if self._reader.stands_alone(reading, mention):
            return True
        before = reading.text.folded[max(0, mention.start - HEAD) : mention.start].rpartition("\n")[2]
        plural = _PLURAL.match(reading.text.folded, mention.end)
        is_count = plural is not None and self._reader.may_be_counted(plural[1])
        has_family = any(pack.find_family(mention.code) for pack in self._packs)
        return has_family and not is_count and not before.strip(" \t-*`'\"([{#>|+")

    def _find_entries(self, code: str) -> list[Entry]:
        return [pack.entries[code] for pack in self._packs if code in pack.entries]

    def _find_neighbours(self, code: str) -> list[Entry]:
        """Return the documented codes nearest to an undocumented one.

        Those a slip of typing away first (28540: 28504), then those of the same family, then by number.
        """
        if not code.isdecimal():
            return []
        ranked: list[tuple[bool, bool, int, Entry]] = []
        for pack in self._packs:
            family = pack.find_family(code)
            slips = {
                found
                for found, _, _ in process.extract(
                    code, list(pack.entries), scorer=OSA.distance, score_cutoff=1, limit=None
                )
            }
            for entry in pack.entries.values():
                away = family is None or entry.family != family.id
                ranked.append((entry.code not in slips, away, abs(int(entry.code) - int(code)), entry))
        return [entry for *_, entry in nsmallest(NEAREST, ranked, key=lambda item: item[:3])]


def _abstain(
    reason: str,
    candidates: Sequence[Candidate],
    near: Sequence[Entry] = (),
    unknown: tuple[UnknownCode, ...] = (),
) -> Verdict:
    return Verdict(
        "abstained",
        runners_up=_matches(candidates[:RUNNERS_UP]),
        nearest=tuple(near[:NEAREST]),
        unknown=unknown,
        reason=reason,
    )


def _matches(candidates: Sequence[Candidate]) -> tuple[Match, ...]:
    return tuple(
        Match(c.unit.entry, round(c.score, 1), Evidence(c.rule, c.text.span(c.start, c.end), c.unit.text))
        for c in candidates
    )
