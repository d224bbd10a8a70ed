"""Whether a number that looks like a code counts, measures or sets something, as a post has it.

Rule (b) of docs/matching.md lets any documented code speak beside a word of the platform, and posts about the
platform are full of counts and settings. A number stands as a code if the text calls it one, if it stands
alone, or if what stands before it is the platform or a fault; any other word before a number names what is
counted. Questions that somebody asked are not weighed so: who asks is owed an answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from bot.knowledge.entry import Language, Pack
from bot.matching.codes import CodeMention, Naming
from bot.matching.features import Feature
from bot.matching.process_ids import is_process_id
from bot.matching.reading import Reader, Reading
from bot.matching.records import Record
from bot.matching.text import HAN, fold
from bot.matching.wording import Endings, any_of, find_places, holds

CLAUSE_REACH = 120
"""Folded characters before a number in which its clause begins."""

TALLY_REACH = 200
"""Folded characters on both sides of a number in which its tally is looked for."""

EVIDENCE_REACH = 40
"""Folded characters before a word in which a word of the platform begins."""

_CLAUSE_END = re.compile(r"[,;。!?、\n]|\.\s")
_TALLY_PART = re.compile(r"[^,;。、\n|]+")
_LIST_BEFORE = re.compile(r"(?:\d{1,12}[ \t]?[,、][ \t]?){1,20}\Z")
_WORD_BEHIND = re.compile(r"[ \t]([a-z]+)")
_HAN_BEHIND = re.compile(rf"[ \t]?(?P<measure>{HAN.pattern})(?!\w)")
_WRAPPING = " \t\"'`*([{<|-"
_ENDS_AS_FIELD = re.compile(r"[:=][\s\"'`*]*\Z")

# A number on the other side of a slash, a dash, an arrow: progress, a range, a change.
_OTHER_BEFORE = re.compile(r"(?<![\w*.])(?P<other>\d+)[ \t]?(?:[/~-]|[-=]>|→)[ \t]?\Z")
_OTHER_BEHIND = re.compile(r"[ \t]?(?:[/~-]|[-=]>|→)[ \t]?(?P<other>\d+)")

_COUNTED_FIRST = re.compile(r"\W*\d+ ?(?P<counted>[a-z]+(?:s|ed))(?![a-z])")
_COUNTED_LAST = re.compile(
    r"\W*(?P<name>[^\W\d](?:[^\d\n]{0,30}[^\W\d])?)[\s:=\"'`*-]{0,4}\d+[\s\"'`*]{0,40}(?:\(.*|\W*)"
)


class AmountReader:
    """Reads numbers with the words of all languages and of the packs' platforms."""

    def __init__(self, languages: Iterable[Language], packs: Iterable[Pack], reader: Reader) -> None:
        """Compile the words that stand before a code, before an amount, and between two numbers."""
        languages, packs = tuple(languages), tuple(packs)
        told = [word for each in languages for word in (*each.code_words, *each.hint_words)]
        joiners = {word for each in languages for word in each.joiners}
        chatter = [word for each in languages for word in each.chatter if word not in joiners]
        self._ends_told = Endings(told)
        self._ends_amount = Endings(word for each in languages for word in each.amount_words)
        self._number_before = re.compile(rf"(?<![\w:.=-])\d{{1,12}}(?:[ \t]|[ \t]?{any_of(chatter)}[ \t]?)\Z")
        self._number_behind = re.compile(
            rf"[ \t]?{any_of(chatter)}[ \t]?(?<!\d)\d{{3,12}}(?![\d.:%])(?![ \t]?[a-z]+s(?![a-z]))"
        )
        self._documented = {pack.id: frozenset(pack.entries) for pack in packs}
        self._evidence = {pack.id: tuple(map(fold, pack.evidence)) for pack in packs}
        self._reader = reader

    def stands_as_code(self, pack: Pack, reading: Reading, mention: CodeMention, record: Record) -> bool:
        """Say whether a number stands where a record has a code, not an amount or a process id."""
        if mention.naming == Naming.NAMED or mention.field:
            return True
        folded = reading.text.folded
        if is_process_id(folded, mention) or self._is_counted(pack, reading, mention):
            return False
        is_bare = mention.naming == Naming.BARE
        if is_bare and (
            self._has_counterpart(pack, folded, mention)
            or not self._is_named_as_code(pack, reading, mention, record)
        ):
            return False
        return not self._is_in_tally(pack, reading, mention, record)

    def _is_counted(self, pack: Pack, reading: Reading, mention: CodeMention) -> bool:
        """Say whether the word behind a number is what it counts.

        In Chinese a measure word, one character before the clause ends (2000 件); in English a plural of the
        trade or the platform (500 iotIds). Behind a number that nothing calls a code also a thing that has no
        fault (2000 设备在线), and any English word but chatter ("iotId list has 2000 entries").
        """
        folded = reading.text.folded
        han = _HAN_BEHIND.match(folded, mention.end)
        if han and han["measure"] not in self._reader.lexicon.han:
            return True
        is_bare = mention.naming == Naming.BARE
        found = _WORD_BEHIND.match(folded, mention.end)
        if not found:
            return is_bare and self._has_sound_thing_behind(reading, mention)
        word = found[1]
        sense = self._reader.lexicon.latin.get(word)
        if is_bare:
            is_free = (sense is not None and sense.sort == "chatter") or self._ends_amount.end(word)
            return not is_free and self._reader.find_evidence(pack, word) is None
        if not word.endswith("s") or (sense is not None and (sense.name, sense.sign) in self._reader.faults):
            return False
        is_term = sense is not None and sense.sort == "term"
        return is_term or self._reader.find_evidence(pack, word[:-1]) is not None

    def _has_sound_thing_behind(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a thing of the trade follows in Chinese, and no fault of it in the clause."""
        end = _CLAUSE_END.search(reading.text.folded, mention.end, mention.end + CLAUSE_REACH)
        stop = end.start() if end else mention.end + CLAUSE_REACH
        behind = _features_between(reading.features, mention.end, stop)
        if not behind or self._reader.tells_fault_in(behind):
            return False
        first = behind[0]
        if first.start - mention.end > 1 or not HAN.match(reading.text.folded, first.start):
            return False
        return self._reader.is_term(first.name) and not first.sign

    def _has_counterpart(self, pack: Pack, folded: str, mention: CodeMention) -> bool:
        """Say whether a bare number has another beside it that makes both amounts.

        Progress 2000/5005, a range 400-500, a change from 400 to 500, a column of numbers. Two documented
        numbers of distinctive length are no ratio: 28504/28601 is a list of codes.
        """
        head = folded[max(0, mention.start - CLAUSE_REACH) : mention.start]
        if self._number_before.search(head) or self._number_behind.match(folded, mention.end):
            return True
        documented, least = self._documented[pack.id], pack.shape.distinctive_digits
        for found in (_OTHER_BEFORE.search(head), _OTHER_BEHIND.match(folded, mention.end)):
            if found and not (
                found["other"] in documented and min(len(found["other"]), len(mention.code)) >= least
            ):
                return True
        return False

    def _is_named_as_code(self, pack: Pack, reading: Reading, mention: CodeMention, record: Record) -> bool:
        """Say whether what stands before a bare number in its clause lets it be a code.

        Nothing but chatter does; so does a fault ("binding failed 2065", "it fails on staging: 2065"), unless
        the fault is all that is said (失败: 404 counts the failed), and so does the platform: its name, its
        path, its id with a value (iotId=abc).
        """
        folded = reading.text.folded
        first = max(record.start, mention.start - CLAUSE_REACH)
        stretch = folded[first : mention.start]
        listed = _LIST_BEFORE.search(stretch)
        if listed:
            stretch = stretch[: listed.start()]
        head = _CLAUSE_END.split(stretch)[-1]
        end = first + len(stretch)
        inside = _features_between(reading.features, end - len(head), end)
        if self._ends_amount.end(head.rstrip(_WRAPPING)):
            return False
        if not inside:
            return True
        last = inside[-1]
        if (last.name, last.sign) in self._reader.faults:
            return not all((one.name, one.sign) in self._reader.faults for one in inside)
        if self._reader.tells_fault_in(inside) and _ENDS_AS_FIELD.search(head):
            return True
        return self._is_platform(pack, folded, last, end)

    def _is_platform(self, pack: Pack, folded: str, last: Feature, end: int) -> bool:
        """Say whether the last word before a number is of the platform, or a value of one of its ids."""
        start = last.start
        while start and _is_token(folded[start - 1]):
            start -= 1
        stop = last.end
        while stop < end and _is_token(folded[stop]):
            stop += 1
        token, before = folded[start:stop], folded[max(0, start - EVIDENCE_REACH) : start]
        is_value = any(mark.isdigit() or mark in "_*" for mark in token)
        for word in self._evidence[pack.id]:
            if _ends_with(before + folded[start : last.end], word):
                # Behind "iotId:" stands its value, behind a platform's name or path what came back.
                is_field = word.isascii() and word.isalpha()
                return not (is_field and _ENDS_AS_FIELD.search(folded[last.end : end]))
            if holds(token, word) or (is_value and _ends_with(before.rstrip(" \t:=\"'`*"), word)):
                return True
        return False

    def _is_in_tally(self, pack: Pack, reading: Reading, mention: CodeMention, record: Record) -> bool:
        """Say whether a number is one of several that each count something: 成功 2000，失败 0，跳过 404.

        One of the names must be no fault: "binding failed 2065, unbinding failed 2066" tells two errors.
        """
        folded = reading.text.folded
        first = max(record.start, mention.start - TALLY_REACH)
        last = min(record.end, mention.end + TALLY_REACH)
        names: set[str] = set()
        is_counted = has_plain = False
        for part in _TALLY_PART.finditer(folded, first, last):
            name = self._read_counted(pack, part[0])
            if name is None:
                continue
            names.add(name)
            is_counted = is_counted or part.start() <= mention.start < part.end()
            inside = _features_between(reading.features, part.start(), part.end())
            has_plain = has_plain or not self._reader.tells_fault_in(inside)
        return is_counted and has_plain and len(names) > 1

    def _read_counted(self, pack: Pack, part: str) -> str | None:
        """Return the name of what a part of a tally counts ("2066 warnings", "ext 2066"), or None."""
        found = _COUNTED_FIRST.match(part)
        if found:
            sense = self._reader.lexicon.latin.get(found["counted"])
            return None if sense is not None and sense.sort == "chatter" else found["counted"]
        found = _COUNTED_LAST.fullmatch(part)
        if not found or self._ends_told.end(found["name"]):
            return None
        is_platform = self._reader.find_evidence(pack, part[: found.end("name")]) is not None
        return None if is_platform and not self._ends_amount.end(found["name"]) else found["name"]


def _features_between(features: tuple[Feature, ...], start: int, end: int) -> list[Feature]:
    first = bisect_left(features, start, key=lambda feature: feature.start)
    last = bisect_left(features, end, first, key=lambda feature: feature.start)
    return [feature for feature in features[first:last] if feature.end <= end]


def _ends_with(folded: str, words: str) -> bool:
    return any(place + len(words) == len(folded) for place in find_places(folded, words))


def _is_token(letter: str) -> bool:
    """Say whether a character may stand in an identifier or a path."""
    return not letter.isspace() and letter not in ",;。、!?()「」\"'`" and not HAN.match(letter)
