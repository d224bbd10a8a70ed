"""Numbers and symbols of a text that stand where a code can stand, and how surely the text calls them codes.

Exact after folding, never fuzzy. What follows from a documented or an undocumented code is decided in
decide.py and codes_in_posts.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.index import Index
from bot.matching.numbers.lists import continues, is_other_column, leave_out_denied, name_list
from bot.matching.numbers.mention import CodeMention, Naming, PassedOver
from bot.matching.numbers.neighbourhood import LONG, SEPARATORS, Neighbourhood
from bot.matching.numbers.other_use import OtherUse
from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.table import load_rows
from bot.matching.numbers.words import Words
from bot.matching.reading import Reader
from bot.matching.text import Text
from bot.matching.tokens import Token, Tokens

PLACES, MOST_JUDGED = 20, 1_500
"""Places of one code, and numbers of one text, that are read: bounds the work on a text of numbers."""

_HEX = re.compile(r"(?<![a-z0-9_./\\@%$#&~-])0x[0-9a-f]{1,8}(?![\\/@-]|\.?[a-z0-9_])")
_FAILURE = re.compile(r"0x[8c][0-9a-f]{7}")  # HRESULT, NTSTATUS: the failure bit is set
# 28 504; 2 0 6 6
_GROUPS = re.compile(r"(?=(?:\d ?){5})\d{1,6} \d{1,6}(?!\d)|(?<!\d )\d(?: \d){3,6}(?! ?\d)")


class CodeRules:
    """The tables of one snapshot of knowledge, and what they find; `messages` are what its entries say."""

    def __init__(self, knowledge: Knowledge, reader: Reader, messages: Index) -> None:
        """Compile the tables, with the words of all languages and packs."""
        self.knowledge, self.reader, self.messages = knowledge, reader, messages
        packs = tuple(knowledge.packs.values())
        forms = (*reader.lexicon.latin.items(), *reader.lexicon.han.items())
        faults = (form for form, sense in forms if (sense.name, sense.sign) in reader.faults)
        holders = (*knowledge.languages.values(), *knowledge.error_words.values(), *packs)
        self.words, self._shapes = Words(holders, faults), Shapes(packs)
        borders, self.cues, self.vetoes, self.frames = (
            load_rows(f"{table}.yaml", self.words) for table in ("borders", "cues", "vetoes", "frames")
        )
        self._borders = [[row for row in borders if side in row.parts] for side in ("before", "behind")]

    def is_error(self, entry: Entry) -> bool:
        """Say whether a code tells an error: 200 doesn't."""
        return entry.code not in self.knowledge.packs[entry.pack].never_watched

    def read_codes(self, text: Text) -> tuple[list[CodeMention], list[PassedOver]]:
        """Return the codes that a text mentions, in reading order, and the numbers that are none."""
        tokens = Tokens(text, self._shapes.has_symbols)
        mentions: list[CodeMention] = []
        passed: list[PassedOver] = []
        places: Counter[str] = Counter()
        # Where the last mention ends: a symbol's digits and the second half of 28 504 are no more numbers.
        done = judged = 0
        for place, token in enumerate(tokens.found):
            if token.start < done or judged >= MOST_JUDGED or places[token.text] >= PLACES:
                continue
            at = self._look_around(tokens, token.start, token.end)
            found = (
                self._read_symbol(text, token, at)
                if token.sort == "symbol"
                else self._join(tokens, place) or self._read_number(at, mentions)
            )
            if isinstance(found, CodeMention):
                if found.listed:
                    name_list(mentions, found)
                mentions.append(found)
                places[token.text] += 1
                judged += 1
                done = found.end
            elif found is not None:
                passed.append(found)
                judged += found.veto != "border"
        mentions = leave_out_denied(mentions, passed)
        known = {mention.start for mention in mentions}
        mentions.extend(
            CodeMention(found[0], at, Naming.NAMED, Naming.NAMED)
            for found in islice(_HEX.finditer(text.folded), MOST_JUDGED)
            if found.start() not in known and not text.is_sealed(found.start())
            if self._is_hex_code(at := self._look_around(tokens, *found.span()))
        )
        return mentions, passed

    def _look_around(self, tokens: Tokens, start: int, end: int) -> Neighbourhood:
        return Neighbourhood(tokens, start, end, self.words, self._shapes)

    def _is_hex_code(self, at: Neighbourhood) -> bool:
        """Say whether a hexadecimal number is a code: by its shape, or as the text calls it one."""
        is_failure = bool(_FAILURE.fullmatch(at.number))
        return is_failure or (not at.key and _is_strong(self._rate(at)[0], at.number, at))

    def _read_symbol(self, text: Text, token: Token, at: Neighbourhood) -> CodeMention | None:
        code = self._shapes.read_symbol(token)
        if code is None:
            return None
        named, watched, cues = self._rate(at)
        if named == Naming.BARE and self._shapes.is_word(token, text):
            return None
        return CodeMention(code, at, named, watched, cues)

    def _join(self, tokens: Tokens, place: int) -> CodeMention | None:
        """Return the documented code that groups of digits are together, if a word calls them a code.

        They are two, 28 504, or single digits, 2 0 6 6.
        """
        run = _GROUPS.match(tokens.folded, tokens.found[place].start)
        code = run[0].replace(" ", "") if run else ""
        if run is None or not self._shapes.is_documented(code):
            return None
        at = self._look_around(tokens, run.start(), run.end())
        if not self._is_bordered(at):
            return None
        named, watched, cues = self._rate(at)
        return CodeMention(code, at, named, watched, cues) if named > Naming.BARE else None

    def _read_number(
        self, at: Neighbourhood, before: Sequence[CodeMention]
    ) -> CodeMention | PassedOver | None:
        code, is_negative = at.number, False
        fits = self._shapes.fits(code)
        if not fits and not self._may_be_named(at):
            return None
        if not self._is_bordered(at):
            return PassedOver(code, at.start, at.end, "border") if fits else None
        if at.begin and at.before[-1] == "-":
            code, fits = self._shapes.sign(code)
            is_negative = code[0] != "-"
        named, watched, cues = self._rate(at)
        last = before[-1] if before else None
        listed = fits and last is not None and continues(at, last, code)
        if last and listed and named < last.naming:
            named, watched, cues = last.naming, max(watched, last.watched), (*cues, "list")
        if not fits and not _is_strong(named, code, at):
            return None
        veto = self._find_veto(at, named, last)
        if veto:
            return PassedOver(code, at.start, at.end, veto)
        return CodeMention(code, at, named, watched, cues, listed, is_negative)

    def _may_be_named(self, at: Neighbourhood) -> bool:
        """Say whether something may call a number a code though it has no code's shape.

        Before the short ones a word for "error code" must stand.
        """
        if at.before[-1:] == "-" or at.is_set_apart:
            return True
        if len(at.number) < 2 or at.number[0] == "0":
            return at.number != "0" and self.words.ends("code_words").end(at.before.rstrip(SEPARATORS))
        return at.before.rstrip(f"{SEPARATORS}\n,、")[-1:].isalpha()

    def _is_bordered(self, at: Neighbourhood) -> bool:
        """Say whether a code can begin and end where a number does."""
        first = (next((row for row in side if row.holds(at, at)), None) for side in self._borders)
        return all(row is None or row.ask for row in first)

    def _rate(self, at: Neighbourhood) -> tuple[Naming, Naming, tuple[str, ...]]:
        """Return how surely a text calls a number a code, in both modes, and by which cues."""
        found = [cue for cue in self.cues if cue.holds(at, at)]
        named = max((cue.ask for cue in found), default=0)
        watched = max((cue.watch for cue in found), default=0)
        return Naming(named), Naming(watched), tuple(cue.name for cue in found)

    def _find_veto(self, at: Neighbourhood, named: Naming, last: CodeMention | None) -> str | None:
        """Return the name of what makes a number no code, if something does."""
        if last is not None and is_other_column(at, last):
            return "other-column"
        use = OtherUse(at)
        rows = (row for row in self.vetoes if not (row.bare and named))
        return next((row.name for row in rows if row.holds(at, use)), None)


def _is_strong(named: Naming, code: str, at: Neighbourhood) -> bool:
    """Say whether a number that no pack's codes look like is called a code surely enough.

    A word for "error code" or a field does; a word that hints only before a long or negative number that ends
    its clause: "returns -35", "error 615000". Of one that is set apart the frames decide.
    """
    if named == Naming.NAMED or at.is_field or at.is_set_apart:
        return True
    is_rare = code[0] == "-" or len(code) > LONG
    return named == Naming.HINTED and is_rare and at.behind[:1] in "?!.,:;)]}，。、？！\n"
