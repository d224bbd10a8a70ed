"""Decides in watch mode: a post that nobody addressed to the desk -> speak or stay silent.

It speaks only where the post itself shows a documented error (MATCHING.md, Evidence in watch mode): a wrong
reply costs more than ten silences. What is special to a product stands in its pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from bot.knowledge.entry import Entry, Language, Pack
from bot.matching.candidates import Candidate, Finder
from bot.matching.codes import CodeMention, Naming
from bot.matching.lexicon import LATIN_WORD
from bot.matching.reading import Reader, Reading
from bot.matching.records import Record, RecordReader
from bot.matching.text import Text, fold, read
from bot.matching.verdict import Evidence, Match, Verdict

MOST = 5  # codes in one reply
FITS = 60.0  # score from which a text said beside a code is the entry's meaning
DISTINCTIVE_WORDS = 4  # words that make an API message its own sign
NEAR_EXACT = 88.0  # score of a phrase that counts in an eager channel
REASONS = {str(status.value): fold(status.phrase) for status in HTTPStatus}

_BEHIND = re.compile(
    r"(?P<mark>[ \t\"'`*)\]]{0,4}(?:[:=|>]|->|=>|-{1,2} |//|表示|意思是|means|is)?)"
    r"[ \t]?[\"'`*(]{0,2}(?P<said>[^\n,.;。、|)}\]\"]{0,80})"
)
_WORD_BEHIND = re.compile(r"[ \t]([a-z]+)")
_NO_MESSAGE = frozenset({"null", "none", "true", "false", "nil", "undefined"})


@dataclass(frozen=True, slots=True)
class _Sign:
    """Why the desk may speak of an entry."""

    entry: Entry
    rule: str
    start: int
    end: int
    phrase: str


class Watcher:
    """Holds posts against the rules of evidence of every pack."""

    def __init__(self, languages: Iterable[Language], packs: Iterable[Pack], reader: Reader, finder: Finder) -> None:
        """Fold the packs' evidence words and the words that announce an error."""
        words = {fold(word) for language in languages for word in (*language.code_words, *language.hint_words)}
        announcers = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        self._announcement = re.compile(
            rf"(?:[:「『“]|(?<![a-z])(?:{announcers})(?![a-z]))[\s:\"'“「『]{{0,3}}(?P<said>[^\n:,.;。\"”」』()=]{{3,60}})"
        )
        self._packs = tuple(packs)
        self._reader = reader
        self._finder = finder
        self._records = RecordReader(self._packs)
        self._evidence = {pack.id: tuple(map(fold, pack.evidence)) for pack in self._packs}
        self._messages = {entry.id: _bare(entry.message) for pack in self._packs for entry in pack.entries.values()}

    def watch(self, text: str, eager: bool = False) -> Verdict:
        """Return "answered" for a post that shows a documented error, else "abstained" with the reason."""
        reading = self._reader.read(text)
        records = self._records.read_records(reading.text)
        signs: dict[str, _Sign] = {}
        near: list[Match] = []
        for pack in self._packs:
            for mention in reading.mentions:
                entry = pack.entries.get(mention.code)
                if entry is None or entry.code in pack.never_watched:
                    continue
                record = next((r for r in records if r.holds(mention.start)), None)
                sign = record and self._find_sign(pack, entry, mention, record, reading, eager)
                if sign:
                    signs.setdefault(entry.id, sign)
                else:
                    near.append(_match(reading, _Sign(entry, "code", mention.start, mention.end, entry.code), 50.0))
            for sign in self._find_messages(pack, records, reading):
                signs.setdefault(sign.entry.id, sign)
            if eager and not signs:
                for sign in self._find_phrases(pack, records, reading):
                    signs.setdefault(sign.entry.id, sign)
        if not signs:
            return Verdict("abstained", runners_up=tuple(near[:MOST]), reason="no-evidence" if near else "nothing-near")
        ordered = sorted(signs.values(), key=lambda sign: (self._is_http_like(sign.entry), sign.start))
        return Verdict("answered", tuple(_match(reading, sign, 100.0) for sign in ordered[:MOST]))

    def _find_sign(
        self, pack: Pack, entry: Entry, mention: CodeMention, record: Record, reading: Reading, eager: bool
    ) -> _Sign | None:
        """Return the sign that lets a code speak, or None. The rules (a) and (b) of MATCHING.md."""
        folded = reading.text.folded
        said = folded[record.start : record.end]
        own_message = self._quotes_message(entry, mention, record, reading.text)
        if not own_message and self._is_contradicted(pack, entry, mention, record, reading):
            return None

        def sign(rule: str, phrase: str = entry.code) -> _Sign:
            return _Sign(entry, rule, mention.start, mention.end, phrase)

        if own_message:
            return sign("code-with-message", entry.message)
        where = said if mention.naming == Naming.BARE else folded
        counts = mention.naming == Naming.BARE and self._counts(folded, mention.end)
        word = None if counts else self._find_evidence(pack, where)
        if word:
            return sign("code-with-evidence", word)
        named = mention.naming == Naming.NAMED or (mention.field and bool(record.messages))
        if named and (eager or len(entry.code) >= pack.shape.distinctive_digits) and not self._is_http_like(entry):
            return sign("code-named")
        other = self._find_other(pack, mention, reading)
        if other and not self._is_http_like(entry):
            return sign("code-with-code", other)
        return None

    def _is_contradicted(
        self, pack: Pack, entry: Entry, mention: CodeMention, record: Record, reading: Reading
    ) -> bool:
        """Say whether the record gives the code another message, without a word of the platform in it."""
        folded = reading.text.folded
        values = [field.value for field in record.messages if not field.start <= mention.start < field.end]
        announced, after = _said_after(folded[mention.end : record.end])
        if announced or self._is_message(after):
            values.append(after)
        return any(
            _is_told(value) and not self._find_evidence(pack, value) and not self._fits(entry, value)
            for value in values
        )

    def _fits(self, entry: Entry, value: str) -> bool:
        """Say whether a text may be the entry's meaning, or says nothing the lexicon knows."""
        candidates = self._finder.find(self._reader.read(value))
        return any(c.unit.entry.id == entry.id and c.score >= FITS for c in candidates[:MOST])

    def _is_message(self, value: str) -> bool:
        """Say whether a text right behind a code reads as its message: it tells a fault from its first word on."""
        features = self._reader.read_features(read(value))
        return any((f.name, f.sign) in self._reader.faults for f in features) and features[0].start == 0

    def _quotes_message(self, entry: Entry, mention: CodeMention, record: Record, text: Text) -> bool:
        """Say whether a record quotes the entry's API message.

        Of an HTTP-like code it must be the value of a field or stand right behind the code; where it is an
        HTTP reason phrase as well, it must be the API's to the letter.
        """
        message = self._messages[entry.id]
        if " " not in message or not _holds(text.folded[record.start : record.end], message):
            return False
        if not self._is_http_like(entry):
            return True
        if message == REASONS.get(entry.code) and entry.message not in text.raw:
            return False
        behind = _said_after(text.folded[mention.end : record.end])[1]
        return behind.startswith(message) or any(_bare(field.value) == message for field in record.messages)

    def _counts(self, folded: str, end: int) -> bool:
        """Say whether a word behind a number makes it a count: 2000 entries."""
        word = _WORD_BEHIND.match(folded, end)
        sense = self._reader.lexicon.latin.get(word[1]) if word else None
        return bool(word) and (sense is None or sense.sort != "chatter")

    def _find_evidence(self, pack: Pack, said: str) -> str | None:
        return next((word for word in self._evidence[pack.id] if _holds(said, word)), None)

    def _find_other(self, pack: Pack, mention: CodeMention, reading: Reading) -> str | None:
        """Return another documented code of the text that is not HTTP-like, if one of the two is called a code."""
        for other in reading.mentions:
            if other.code in pack.entries and other.code != mention.code and other.code not in pack.http_like:
                if max(other.naming, mention.naming) > Naming.BARE:
                    return other.code
        return None

    def _find_messages(self, pack: Pack, records: Sequence[Record], reading: Reading) -> Iterable[_Sign]:
        """Yield the distinctive API messages of the text; rule (c). Not in a record of an undocumented code."""
        folded = reading.text.folded
        for entry in pack.entries.values():
            message = self._messages[entry.id]
            if len(LATIN_WORD.findall(message)) < DISTINCTIVE_WORDS and not self._find_evidence(pack, message):
                continue
            if self._is_http_like(entry):
                continue
            start = folded.find(message)
            if start < 0 or not _holds(folded, message):
                continue
            record = next((r for r in records if r.holds(start)), None)
            if record and not self._is_foreign(pack, record, reading):
                yield _Sign(entry, "message", start, start + len(message), entry.message)

    def _find_phrases(self, pack: Pack, records: Sequence[Record], reading: Reading) -> Iterable[_Sign]:
        """Yield phrases that stand there nearly exactly as the error of a device; for eager channels only."""
        folded = reading.text.folded
        for record in records:
            if record.codes or self._is_foreign(pack, record, reading):
                continue
            for start, end in self._announced(record, folded):
                candidates = self._finder.find(self._reader.read(folded[start:end]))
                found = candidates[0] if candidates else None
                if found and self._is_near_exact(found, candidates) and self._has_subject(pack, record, reading, start, end):
                    yield _Sign(found.unit.entry, "phrase", start, end, found.unit.text)

    def _announced(self, record: Record, folded: str) -> Iterable[tuple[int, int]]:
        """Yield what a record announces as an error: a message field, quoted, behind a colon or a word like 提示."""
        for field in record.messages:
            yield field.start, field.end
        for found in self._announcement.finditer(folded, record.start, record.end):
            yield found.span("said")

    @staticmethod
    def _has_subject(pack: Pack, record: Record, reading: Reading, start: int, end: int) -> bool:
        """Say whether the record speaks of the pack's devices outside the phrase itself."""
        return any(
            feature.name in pack.subjects and record.holds(feature.start) and not start <= feature.start < end
            for feature in reading.features
        )

    def _is_near_exact(self, found: Candidate, candidates: Sequence[Candidate]) -> bool:
        second = candidates[1].score if len(candidates) > 1 else 0.0
        return (
            found.score >= NEAR_EXACT
            and second < NEAR_EXACT
            and len(found.names) > 1
            and found.rule != "sound"
            and not self._is_http_like(found.unit.entry)
        )

    def _is_foreign(self, pack: Pack, record: Record, reading: Reading) -> bool:
        """Say whether a record names a code that the pack does not document."""
        fields = any(
            any(letter.isdigit() for letter in field.value) and field.value.strip("-") not in pack.entries
            for field in record.codes
        )
        return fields or any(
            record.holds(mention.start) and mention.code not in pack.entries and mention.naming > Naming.BARE
            for mention in reading.mentions
        )

    def _is_http_like(self, entry: Entry) -> bool:
        return any(pack.id == entry.pack and entry.code in pack.http_like for pack in self._packs)


def _match(reading: Reading, sign: _Sign, score: float) -> Match:
    return Match(sign.entry, score, Evidence(sign.rule, reading.text.span(sign.start, sign.end), sign.phrase))


def _bare(message: str) -> str:
    """Return a message folded, without the quotes and stops around it."""
    return fold(message).strip(" .。!\"'")


def _holds(said: str, words: str) -> bool:
    """Say whether a folded text holds these words, not inside longer Latin words."""
    start = said.find(words)
    while start >= 0:
        before, after = said[start - 1 : start], said[start + len(words) : start + len(words) + 1]
        inside = _is_latin(before) and _is_latin(words[0]) or _is_latin(after) and _is_latin(words[-1])
        if not inside:
            return True
        start = said.find(words, start + 1)
    return False


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _said_after(rest: str) -> tuple[bool, str]:
    """Return whether a colon, a dash or a word like "means" follows a code, and what is said right behind it."""
    found = _BEHIND.match(rest)
    if not found:
        return False, ""
    said = found["said"].strip(" `*")
    return bool(said and found["mark"].strip(" \t\"'`*)]")), said


def _is_told(value: str) -> bool:
    """Say whether a field's value is a message at all, not a number, a flag or nothing."""
    return sum(letter.isalpha() for letter in value) >= 2 and value not in _NO_MESSAGE
