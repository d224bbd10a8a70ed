"""Whether a number that looks like a code counts, measures or sets something, as a post has it.

Rule (b) of docs/matching.md lets any documented code speak beside a word of the platform, and posts about the
platform are full of counts and settings. A number stands as a code if the text calls it one, if it stands
alone, or if what stands before it is the platform or a fault; any other word before a number names what is
counted. Asked questions are not weighed so: somebody who asks is owed an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.knowledge.language import Language
from bot.knowledge.pack import Pack
from bot.matching.features import Feature
from bot.matching.numbers.borders import LONG
from bot.matching.numbers.frames import REASON_PHRASES
from bot.matching.numbers.mention import CodeMention, Naming
from bot.matching.numbers.process_ids import is_process_id
from bot.matching.reading import Reader, Reading, features_between
from bot.matching.segments import Segment
from bot.matching.text import HAN, fold
from bot.matching.wording import Endings, any_of, find_places, holds

CLAUSE_REACH = 120
"""Folded characters before a number in which its clause begins."""

TALLY_REACH = 200
"""Folded characters on both sides of a number in which its tally is looked for."""

EVIDENCE_REACH = 40
"""Folded characters before a word in which a word of the platform begins."""

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
        self._evidence = {pack.id: tuple(map(fold, pack.evidence)) for pack in packs}
        self._reader = reader

    def stands_as_code(self, pack: Pack, reading: Reading, mention: CodeMention, segment: Segment) -> bool:
        """Say whether a number stands where a segment has a code, not an amount or a process id."""
        if mention.watched == Naming.NAMED or mention.field or not mention.code.isdigit():
            return True
        folded = reading.text.folded
        phrase = REASON_PHRASES.get(mention.code)
        if phrase and folded.startswith(f" {phrase}", mention.end):
            return True
        if any(_is_pair(written, both, pack) for written, both in _find_others(folded, mention)):
            return True
        return not any(stands(self, pack, reading, mention, segment) for _, stands in VETOES)

    def is_followed_by_thing(self, pack: Pack, reading: Reading, mention: CodeMention) -> bool:
        """Say whether an English word that is no chatter follows a number: what it may count."""
        found = _WORD_BEHIND.match(reading.text.folded, mention.end)
        if not found:
            return False
        sense = self._reader.lexicon.latin.get(found[1])
        is_free = (sense is not None and sense.sort == "chatter") or self._ends_amount.end(found[1])
        return not is_free and self._reader.find_evidence(pack, found[1]) is None

    def _is_counted(self, pack: Pack, reading: Reading, mention: CodeMention, _: Segment) -> bool:
        """Say whether the word behind a number is what it counts.

        In Chinese a measure word, one character before the clause ends (2000 件); in English a plural of the
        trade or the platform (500 iotIds). Behind a number that nothing calls a code also a thing that has no
        fault (2000 设备在线), and any English word but chatter ("iotId list has 2000 entries").
        """
        folded = reading.text.folded
        han = _HAN_BEHIND.match(folded, mention.end)
        if han and han["measure"] not in self._reader.lexicon.han:
            return True
        is_bare = mention.watched == Naming.BARE
        found = _WORD_BEHIND.match(folded, mention.end)
        if not found:
            return is_bare and self._has_sound_thing_behind(reading, mention)
        word = found[1]
        sense = self._reader.lexicon.latin.get(word)
        if is_bare:
            return self.is_followed_by_thing(pack, reading, mention)
        if not word.endswith("s") or (sense is not None and (sense.name, sense.sign) in self._reader.faults):
            return False
        is_term = sense is not None and sense.sort == "term"
        return is_term or self._reader.find_evidence(pack, word[:-1]) is not None

    def _has_sound_thing_behind(self, reading: Reading, mention: CodeMention) -> bool:
        """Say whether a thing of the trade follows in Chinese, and no fault of it in the clause."""
        _, stop = reading.tokens.find_clause(mention.end, mention.end)
        behind = features_between(reading.features, mention.end, min(stop, mention.end + CLAUSE_REACH))
        if not behind or self._reader.tells_fault_in(behind):
            return False
        first = behind[0]
        if first.start - mention.end > 1 or not HAN.match(reading.text.folded, first.start):
            return False
        return self._reader.is_term(first.name) and not first.sign

    def _has_counterpart(self, pack: Pack, reading: Reading, mention: CodeMention, _: Segment) -> bool:
        """Say whether a bare number has another beside it that makes both amounts.

        Progress 2000/5005, a range 400-500, a change from 400 to 500, a column of numbers. Two documented
        numbers of five digits are no ratio: 28504/28601 is a list of codes. Nor is more than the whole:
        2043/460.
        """
        if mention.watched > Naming.BARE:
            return False
        folded = reading.text.folded
        head = folded[max(0, mention.start - CLAUSE_REACH) : mention.start]
        if self._number_before.search(head) or self._number_behind.match(folded, mention.end):
            return True
        return any(
            not (pack.find_code(both[0]) and pack.find_code(both[1]) and min(map(len, both)) >= LONG)
            for _, both in _find_others(folded, mention)
        )

    def _is_named_as_code(self, pack: Pack, reading: Reading, mention: CodeMention, segment: Segment) -> bool:
        """Say whether what stands before a bare number in its clause lets it be a code.

        Nothing but chatter does; so does a fault ("binding failed 2065", "it fails on staging: 2065"), unless
        the fault is all that is said (失败: 404 counts the failed), and so does the platform: its name, its
        path, its id with a value (iotId=abc).
        """
        if mention.watched > Naming.BARE:
            return True
        folded = reading.text.folded
        first = max(segment.start, mention.start - CLAUSE_REACH)
        listed = _LIST_BEFORE.search(folded, first, mention.start)
        end = listed.start() if listed else mention.start
        first = max(first, reading.tokens.find_clause(end, end)[0])
        head = folded[first:end]
        inside = features_between(reading.features, first, end)
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

    def _is_in_tally(self, pack: Pack, reading: Reading, mention: CodeMention, segment: Segment) -> bool:
        """Say whether a number is one of several that each count something: 成功 2000，失败 0，跳过 404.

        One of the names must be no fault: "binding failed 2065, unbinding failed 2066" tells two errors.
        """
        folded = reading.text.folded
        first = max(segment.start, mention.start - TALLY_REACH)
        last = min(segment.end, mention.end + TALLY_REACH)
        names: set[str] = set()
        is_counted = has_plain = False
        for part in _TALLY_PART.finditer(folded, first, last):
            name = self._read_counted(pack, part[0])
            if name is None:
                continue
            names.add(name)
            is_counted = is_counted or part.start() <= mention.start < part.end()
            inside = features_between(reading.features, part.start(), part.end())
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


def _ends_with(folded: str, words: str) -> bool:
    return any(place + len(words) == len(folded) for place in find_places(folded, words))


def _find_others(folded: str, mention: CodeMention) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what stands between a number and the one on its other side, with both in reading order."""
    before = _OTHER_BEFORE.search(folded, max(0, mention.start - CLAUSE_REACH), mention.start)
    if before:
        yield before[0], (before["other"], mention.code)
    behind = _OTHER_BEHIND.match(folded, mention.end)
    if behind:
        yield behind[0], (mention.code, behind["other"])


def _is_pair(written: str, both: tuple[str, str], pack: Pack) -> bool:
    """Say whether two numbers with a slash between are codes: no part is more than its whole."""
    families = map(pack.find_family, both)
    return "/" in written and int(both[0]) > int(both[1]) and all(families)


def _is_token(letter: str) -> bool:
    """Say whether a character may stand in an identifier or a path."""
    return not letter.isspace() and letter not in ",;。、!?()「」\"'`" and not HAN.match(letter)


_Veto = Callable[[AmountReader, Pack, Reading, CodeMention, Segment], bool]
VETOES: tuple[tuple[str, _Veto], ...] = (
    ("process-id", lambda *at: is_process_id(at[2].text.folded, at[3].start, at[3].end)),
    ("counted", AmountReader._is_counted),
    ("counterpart", AmountReader._has_counterpart),
    ("other-word", lambda reader, *at: not reader._is_named_as_code(*at)),
    ("tally", AmountReader._is_in_tally),
)
