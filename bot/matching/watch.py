"""Decides in watch mode: a post that nobody addressed to the desk -> speak or stay silent.

It speaks only where the post itself shows a documented error (docs/matching.md, Evidence in watch mode): a
wrong reply costs more than ten silences. What is special to a product stands in its pack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice

from bot.knowledge.entry import Entry, Pack
from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.amounts import AmountReader
from bot.matching.candidate import Candidate
from bot.matching.candidates import Finder
from bot.matching.claims import ClaimReader
from bot.matching.codes import CodeMention, Naming
from bot.matching.filled import read_filled
from bot.matching.layer_messages import LayerMessages
from bot.matching.post import Post
from bot.matching.quotes import Quote, QuoteReader
from bot.matching.reading import Reader, Reading
from bot.matching.records import Record, RecordReader
from bot.matching.text import fold, read
from bot.matching.verdict import CERTAIN, Evidence, Match, Verdict
from bot.matching.wording import any_of, holds

MOST = 5  # codes in one reply
FITS = 60.0  # score from which a message said of a code is the entry's; below, it contradicts
NEAR_EXACT = 88.0  # score of a phrase that counts in an eager channel
PLACES = 20  # places of one code, messages, announcements that are looked at: bounds the work on a long post
OWN_WORDS = frozenset({"code-with-message", "code-with-evidence", "message", "phrase"})  # rules
NEAR_MISS = 50.0  # score of a documented number that shows nothing

_QUOTED = re.compile(r"[「『\"](?P<said>[^「」『』\"\n]{3,60})[」』\"]")


@dataclass(frozen=True, slots=True)
class _Sign:
    """Why the desk may speak of an entry; [start, end) is in folded characters."""

    entry: Entry
    rule: str
    start: int
    end: int
    phrase: str


class Watcher:
    """Holds posts against the rules of evidence of every pack."""

    def __init__(self, knowledge: Knowledge, reader: Reader, finder: Finder) -> None:
        """Fold the packs' evidence words and the words that announce an error."""
        languages = tuple(knowledge.languages.values())
        announcers = any_of(word for one in languages for word in (*one.code_words, *one.hint_words))
        self._announcement = re.compile(
            rf"(?:[:「『“]|{announcers})[\s:\"'“「『]{{0,3}}(?=(?P<said>[^\n:,.;。\"”」』()=]{{3,60}}))"
        )
        self._knowledge = knowledge
        self._packs = knowledge.packs
        self._reader = reader
        self._finder = finder
        self._records = RecordReader(self._packs.values())
        self._amounts = AmountReader(languages, self._packs.values(), reader)
        self._claims = ClaimReader(languages, self._begins_with_fault)
        self._reason_phrases = {str(status.value): fold(status.phrase) for status in HTTPStatus}
        self._quotes = QuoteReader(finder.index, reader.find_evidence, reader.read_features)
        self._layers = LayerMessages(knowledge, finder.index)

    def watch(self, text: str, eager: bool = False, packs: Scope = None) -> Verdict:
        """Return "answered" for a post that shows a documented error, else "abstained" with the reason.

        Only the packs named may speak, if some are.
        """
        reading = self._reader.read(text, packs)
        messages = self._quotes.find_messages(reading.text, packs)
        asked = self._knowledge.list_packs(packs)
        documented = {pack.id: _documented(pack, reading) for pack in asked}
        if not (eager or messages or any(documented.values())):
            return Verdict("abstained", reason="nothing-near")  # as most posts do
        post = Post(reading, self._records.read_records(reading.text), messages, eager)
        signs: dict[str, _Sign] = {}
        for pack in asked:
            for sign in self._find_signs(pack, post, documented[pack.id]):
                signs.setdefault(sign.entry.id, sign)
        if signs:
            ordered = sorted(
                _tell_packs_apart(signs.values()),
                key=lambda sign: (self._is_http_like(sign.entry), sign.start),
            )
            return Verdict("answered", tuple(_match(post, sign, CERTAIN) for sign in ordered[:MOST]))
        near = [
            _match(post, _Sign(entry, "code", mention.start, mention.end, entry.code), NEAR_MISS)
            for found in documented.values()
            for mention, entry in found
        ]
        reason = "no-evidence" if near else "nothing-near"
        return Verdict("abstained", runners_up=tuple(near[:MOST]), reason=reason)

    def _find_signs(
        self, pack: Pack, post: Post, documented: Sequence[tuple[CodeMention, Entry]]
    ) -> list[_Sign]:
        standing = {m.start: m for m, _ in documented if self._stands_as_code(pack, m, post)}
        coded = (self._find_code_sign(pack, *number, post, standing) for number in documented)
        signs = [sign for sign in coded if sign]
        signs.extend(self._find_messages(pack, post))
        if post.eager and not signs:
            signs.extend(self._find_phrases(pack, post))
        return signs

    def _stands_as_code(self, pack: Pack, mention: CodeMention, post: Post) -> bool:
        record = post.find_record(mention.start)
        return record is not None and self._amounts.stands_as_code(pack, post.reading, mention, record)

    def _find_code_sign(
        self, pack: Pack, mention: CodeMention, entry: Entry, post: Post, standing: Mapping[int, CodeMention]
    ) -> _Sign | None:
        """Return the sign that lets a documented number speak, or None: rules (a) and (b).

        Only its own message makes a code of a number that is not among those `standing` as one, by where
        they begin.
        """
        record = post.find_record(mention.start)
        if record is None:
            return None

        def sign(rule: str, phrase: str) -> _Sign:
            return _Sign(entry, rule, mention.start, mention.end, phrase)

        if self._quotes_message(entry, mention, record, post):
            return sign("code-with-message", entry.message)
        if mention.start not in standing or self._is_contradicted(pack, entry, mention, record, post):
            return None
        word = self._find_evidence_beside(pack, mention, record, post.folded)
        if word:
            return sign("code-with-evidence", word)
        if self._is_http_like(entry):
            return None
        named = mention.naming == Naming.NAMED or (mention.field and bool(record.messages))
        is_long = len(entry.code) >= pack.shape.distinctive_digits
        if named and (is_long or (post.eager and not self._is_of_another_trade(mention, record, post))):
            return sign("code-named", entry.code)
        other = _find_other(pack, mention, standing.values())
        return sign("code-with-code", other) if other else None

    def _quotes_message(self, entry: Entry, mention: CodeMention, record: Record, post: Post) -> bool:
        """Say whether a record quotes the entry's API message.

        Of an HTTP-like code it must be the value of a field or stand right behind the code; where it is an
        HTTP reason phrase as well, it must be the API's to the letter.
        """
        message = self._finder.index.get_message(entry.id).folded
        if " " not in message or not holds(post.folded[record.start : record.end], message):
            return False
        if not self._is_http_like(entry):
            return True
        if message == self._reason_phrases.get(entry.code) and entry.message not in post.reading.text.raw:
            return False
        behind = self._claims.read_behind(post.folded, mention, record)
        return behind.startswith(message) or any(
            field.value.strip(" .") == message for field in record.messages
        )

    def _is_contradicted(
        self, pack: Pack, entry: Entry, mention: CodeMention, record: Record, post: Post
    ) -> bool:
        """Say whether the record gives the code another message, without a word of the platform in it."""
        return any(
            not self._reader.find_evidence(pack, claim) and not self._fits(entry, claim, post)
            for claim in self._claims.read_claims(post.folded, mention, record)
        )

    def _fits(self, entry: Entry, claim: str, post: Post) -> bool:
        if entry.in_layer:
            return self._layers.fits(entry, claim)
        candidates = self._finder.find(self._reader.read(claim, post.reading.packs))
        return any(c.unit.entry_id == entry.id and c.score >= FITS for c in candidates[:MOST])

    def _is_of_another_trade(self, mention: CodeMention, record: Record, post: Post) -> bool:
        """Say whether what is said behind a comma after a code has no word of any pack or language.

        "error code 6100, carriage jam" is a printer's. A number of distinctive length is held to be the
        pack's all the same: what stands behind the comma may as well be a place.
        """
        said = read(self._claims.read_remark(post.folded, mention, record))
        features = self._reader.read_features(said)
        known = (self._reader.is_term(one.name) or self._finder.index.knows(one.name) for one in features)
        covered = {place for one in features for place in range(one.start, one.end)}
        letters = (place for place, letter in enumerate(said.folded) if letter.isalnum())
        return len(features) > 1 and not any(known) and all(place in covered for place in letters)

    def _begins_with_fault(self, said: str) -> bool:
        """Say whether a text behind a code reads as its message: no chatter first, and a fault in it."""
        features = self._reader.read_features(read(said))
        return self._reader.tells_fault_in(features) and features[0].start == 0

    def _find_evidence_beside(
        self, pack: Pack, mention: CodeMention, record: Record, folded: str
    ) -> str | None:
        """Return a word of the platform: in the record, or in the whole post for a number called a code."""
        if mention.naming > Naming.BARE:
            return self._reader.find_evidence(pack, folded)
        return self._reader.find_evidence(pack, folded[record.start : record.end])

    def _find_messages(self, pack: Pack, post: Post) -> Iterator[_Sign]:
        """Yield the distinctive API messages of a post, rule (c); none from a record of an unknown code."""
        quotes = self._quotes.read_quotes(pack, post.messages, post.reading.text, post.records)
        found = [unit for unit in post.messages if unit.pack == pack.id]
        for quote in (*quotes, *read_filled(self._finder.string_matches, found, post.reading, post.records)):
            record = post.find_record(quote.start)
            if record and not _is_foreign(pack, record, post) and self._may_tell(pack, quote, record, post):
                yield _Sign(pack.entries[quote.unit.code], "message", quote.start, quote.end, quote.unit.text)

    def _may_tell(self, pack: Pack, quote: Quote, record: Record, post: Post) -> bool:
        """Say whether a message is a sign by itself: a layer pack's only beside a word of the platform."""
        said = post.folded[record.start : record.end]
        return not quote.unit.is_verbatim or self._reader.find_evidence(pack, said) is not None

    def _find_phrases(self, pack: Pack, post: Post) -> Iterator[_Sign]:
        """Yield phrases that stand there nearly exactly as the error of a device; for eager channels only."""
        for record in post.records[:PLACES]:
            if record.codes or _is_foreign(pack, record, post):
                continue
            spans = [(field.start, field.end) for field in record.messages]
            announced = self._announcement.finditer(post.folded, record.start, record.end)
            spans.extend(found.span("said") for found in islice(announced, PLACES))
            told = [
                (self._find_near_exact(post.folded[slice(*span)], post), *span) for span in spans[:PLACES]
            ]
            if not any(found for found, *_ in told) or self._lists_wordings(record, post):
                continue
            for found, start, end in told:
                if found and _has_subject(pack, record, post, start, end):
                    yield _Sign(self._finder.get_entry(found), "phrase", start, end, found.unit.text)

    def _lists_wordings(self, record: Record, post: Post) -> bool:
        """Say whether a record quotes the phrases of several entries: a device tells one error at a time."""
        quoted = islice(_QUOTED.finditer(post.folded, record.start, record.end), PLACES)
        near = (self._find_near_exact(found["said"], post) for found in quoted)
        return len({candidate.unit.entry_id for candidate in near if candidate}) > 1

    def _find_near_exact(self, said: str, post: Post) -> Candidate | None:
        """Return the one entry that a part of a post means nearly word for word."""
        candidates = self._finder.find(self._reader.read(said, post.reading.packs))
        near = [candidate for candidate in candidates if candidate.score >= NEAR_EXACT]
        if len(near) != 1 or len(near[0].names) < 2 or near[0].rule in ("sound", "spelling"):
            return None
        return None if near[0].unit.code in self._packs[near[0].unit.pack].http_like else near[0]

    def _is_http_like(self, entry: Entry) -> bool:
        return entry.code in self._packs[entry.pack].http_like


def _documented(pack: Pack, reading: Reading) -> list[tuple[CodeMention, Entry]]:
    """Return the numbers of a post that the pack documents and watch mode may answer."""
    found: list[tuple[CodeMention, Entry]] = []
    places: Counter[str] = Counter()
    for mention in reading.mentions:
        entry = pack.entries.get(mention.code)
        if entry and entry.code not in pack.never_watched:
            places[mention.code] += 1
            if places[mention.code] <= PLACES:
                found.append((mention, entry))
    return found


def _tell_packs_apart(signs: Collection[_Sign]) -> list[_Sign]:
    """Return of several packs' signs of one code those that rest on a pack's own words; all, if none does."""
    told = {sign.entry.code for sign in signs if sign.rule in OWN_WORDS}
    return [sign for sign in signs if sign.rule in OWN_WORDS or sign.entry.code not in told]


def _find_other(pack: Pack, mention: CodeMention, standing: Iterable[CodeMention]) -> str | None:
    """Return another code that is not HTTP-like, if one of the two is called a code.

    Two bare numbers are columns of a table more often than codes.
    """
    for other in standing:
        is_other = other.code != mention.code and other.code not in pack.http_like
        if is_other and max(other.naming, mention.naming) > Naming.BARE:
            return other.code
    return None


def _is_foreign(pack: Pack, record: Record, post: Post) -> bool:
    """Say whether a record names a code that the pack does not document."""
    fields = (field.value for field in record.codes if any(letter.isdigit() for letter in field.value))
    return any(value.strip("-") not in pack.entries for value in fields) or any(
        mention.code not in pack.entries and mention.naming > Naming.BARE
        for mention in post.list_mentions(record)
    )


def _has_subject(pack: Pack, record: Record, post: Post, start: int, end: int) -> bool:
    """Say whether the record speaks of the pack's devices outside the phrase itself."""
    return any(
        feature.name in pack.subjects and record.holds(feature.start) and not start <= feature.start < end
        for feature in post.reading.features
    )


def _match(post: Post, sign: _Sign, score: float) -> Match:
    span = post.reading.text.span(sign.start, sign.end)
    return Match(sign.entry, score, Evidence(sign.rule, span, sign.phrase))
