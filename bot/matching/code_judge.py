"""Which numbers of a text are meant as codes: the documented ones to answer, the undocumented ones to name.

Used in ask mode, where somebody is owed an answer; watch.py asks for stronger signs. What follows from the
codes is decided in matcher.py.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile

from bot.knowledge.entry import Entry, Family
from bot.knowledge.snapshot import Knowledge
from bot.matching.alignment import align
from bot.matching.codes import CodeMention, Naming
from bot.matching.index import Index
from bot.matching.reading import Reader, Reading
from bot.matching.template import read_template, split_words, weigh_word
from bot.matching.verdict import CERTAIN, Evidence, Match, UnknownCode
from bot.matching.wording import holds

MOST_UNKNOWN = 5  # undocumented codes that are named
PLACES = 8  # places of one code that are looked at: bounds the work on a text that is all numbers
HEAD = 200  # characters before a number that are its line
OWN_WORDS, OWN_WORDS_AT_HEAD = 4, 2  # weight of the first words of a message that make a number its code
QUOTES = "\"'`([{【「<"
_PLURAL = re.compile(r" ([a-z]{2,}s)(?![a-z])")


class CodeJudge:
    """Judges the numbers of texts by one snapshot of knowledge."""

    def __init__(self, knowledge: Knowledge, reader: Reader, index: Index) -> None:
        """Keep what the packs document."""
        self._knowledge = knowledge
        self._packs = knowledge.packs
        self._reader = reader
        self._index = index

    def find_documented(self, reading: Reading) -> tuple[Match, ...]:
        """Return a match for each documented code that the text means, in reading order.

        Where one is called a code, numbers that merely stand there are none; a code that is no error
        (200) counts alone or in a list of codes.
        """
        mentions = [m for m in reading.mentions if self._find_entries(m, reading)]
        if any(mention.naming > Naming.BARE for mention in mentions):
            mentions = [mention for mention in mentions if mention.naming > Naming.BARE]
        listed = [m.listed or behind.listed for m, behind in pairwise([*mentions, *mentions[-1:]])]
        faulty = [
            mention
            for mention, is_listed in zip(mentions, listed, strict=True)
            if is_listed or any(map(self._is_error, self._find_entries(mention, reading)))
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
                for entry in self._tell_packs_apart(self._find_entries(mention, reading), reading):
                    matches.setdefault(entry.id, Match(entry, CERTAIN, Evidence("code", span, entry.code)))
        return tuple(matches.values())

    def find_undocumented(self, reading: Reading) -> tuple[UnknownCode, ...]:
        """Return the codes that the text names and no pack documents."""
        found: dict[str, UnknownCode] = {}
        for mention in reading.mentions:
            known = mention.code in found or self._find_entries(mention, reading)
            if known or len(found) >= MOST_UNKNOWN or not self._is_meant(mention, reading):
                continue
            span = reading.text.span(mention.start, mention.end)
            family = None if mention.foreign else self._find_family(mention, reading)
            found.setdefault(mention.code, UnknownCode(mention.code, span, family))
        return tuple(found.values())

    def _is_meant(self, mention: CodeMention, reading: Reading) -> bool:
        """Say whether an undocumented number is meant as a code.

        It is if it is named as one, stands alone or at the head of a line, or before an API's message.
        """
        if mention.naming > Naming.BARE or not reading.features or mention.foreign:
            return True
        behind = reading.text.folded[mention.end : mention.end + HEAD].lstrip(" \t:-\"'`")
        if self._index.begins_with_message(behind):
            return True
        if self._reader.stands_alone(reading, mention):
            return True
        if _read_head(reading, mention).strip(" \t-*`'\"([{#>|+") or self._is_count(reading, mention):
            return False
        return self._find_family(mention, reading) is not None

    def _find_entries(self, mention: CodeMention, reading: Reading) -> list[Entry]:
        return self._knowledge.find_entries(mention.code, reading.packs)

    def _find_family(self, mention: CodeMention, reading: Reading) -> Family | None:
        """Return the first pack's family that an undocumented code's number falls in."""
        families = (pack.find_family(mention.code) for pack in self._knowledge.list_packs(reading.packs))
        return next((family for family in families if family), None)

    def _is_count(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a number stands before what it may count: "429 scenes"."""
        plural = _PLURAL.match(reading.text.folded, mention.end)
        return plural is not None and self._reader.may_be_counted(plural[1])

    def _tell_packs_apart(self, entries: list[Entry], reading: Reading) -> list[Entry]:
        """Return of several packs' entries of one code those whose message or platform the text names.

        All of them if it names none.
        """
        if len(entries) < 2:
            return entries
        folded = reading.text.folded
        quoted = [entry for entry in entries if holds(folded, self._index.get_message(entry.id).folded)]
        named = [entry for entry in entries if self._reader.find_evidence(self._packs[entry.pack], folded)]
        return quoted or named or entries

    def _is_error(self, entry: Entry) -> bool:
        return entry.code not in self._packs[entry.pack].never_watched

    def _is_about(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a text in which a documented number stands unnamed speaks of that code.

        It does if the number is long, heads a line or stands in quotes or before the entry's own message, or
        if the text has a word of the trade or hardly a word besides; "the Peugeot 403 was a lovely car" does
        not, nor do "429 scenes".
        """
        text = reading.text.folded
        head = _read_head(reading, mention).strip(" \t-*>|+#")
        entries = self._find_entries(mention, reading)
        distinctive = (self._packs[entry.pack].shape.distinctive_digits for entry in entries)
        if not reading.features or len(mention.code) >= min(distinctive):
            return True
        if self._is_count(reading, mention):
            return False
        tail = text[mention.end : mention.end + 2].lstrip()
        return (
            (not head and not tail[:1].isalnum())
            or (bool(head) and head[-1] in QUOTES and not head[-2:-1].isalpha())
            or self._reader.asks_remedy(text)
            or any(self._reader.is_term(f.name) and f.likeness == 1 for f in reading.features)
            or any(
                _begins_own_words(entry, text[mention.end : mention.end + HEAD], head) for entry in entries
            )
            or not self._reader.counts_other_things(reading, mention)
        )


def _read_head(reading: Reading, mention: CodeMention) -> str:
    """Return what stands before a number on its line."""
    return reading.text.folded[max(0, mention.start - HEAD) : mention.start].rpartition("\n")[2]


def _begins_own_words(entry: Entry, behind: str, head: str) -> bool:
    """Say whether a message of the entry begins right behind a number; at the head of a line less will do."""
    said = [word[0] for word in split_words(behind)]
    for string in (entry.message, *entry.title.values()):
        template = read_template(string)
        same = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(said, template.words, strict=False))
        )
        if not head and sum(template.weights[:same]) >= OWN_WORDS_AT_HEAD:
            return True
        found = align(template, said) if same else None
        weight = sum(weigh_word(said[place]) for place in found.places) if found else 0
        if found and found.is_in_order and found.start == 0 and weight >= OWN_WORDS:
            return True
    return False
