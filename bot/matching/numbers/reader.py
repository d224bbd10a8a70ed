"""Numbers and symbols of a text that stand where a code can stand, and how surely the text calls them codes.

Exact after folding, never fuzzy. What follows from a documented or an undocumented code is decided in
decide.py and codes_in_posts.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from bot.knowledge.language import ErrorWords, Language
from bot.knowledge.pack import Pack
from bot.matching.numbers.around import LABEL_REACH, LONG, SEPARATORS, Around, Context
from bot.matching.numbers.mention import CodeMention, Naming, PassedOver
from bot.matching.numbers.mentions import leave_out_denied, name_list
from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.table import load_rows
from bot.matching.numbers.words import Words
from bot.matching.text import Text
from bot.matching.tokens import Token, Tokens

PLACES, MOST_JUDGED = 20, 1_500
"""Places of one code, and numbers of one text, that are read: bounds the work on a text of numbers."""

LIST_LINES = 8
"""Lines of numbers below a heading that it still names."""

ITEM_REACH = 40
"""Characters between two codes of one list: "28504 (1204 times), 28601"."""

_HEX = re.compile(r"(?<![a-z0-9_./\\@%$#&~-])0x[0-9a-f]{1,8}(?![\\/@-]|\.?[a-z0-9_])")
_FAILURE = re.compile(r"0x[8c][0-9a-f]{7}")  # HRESULT, NTSTATUS: the failure bit is set
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]{2,9}[\s:-]{1,2}\Z")
_ITEM = re.compile(r"[、,;/|&+]\s*[\"'`*(\[]?\Z")


class Numbers(NamedTuple):
    """What was read from one text: the mentions in reading order, what was passed over, and the tokens."""

    mentions: tuple[CodeMention, ...]
    passed_over: tuple[PassedOver, ...]
    tokens: Tokens


class CodeReader:
    """Finds codes of the packs' shapes, with the words of all languages and packs."""

    def __init__(
        self,
        languages: Iterable[Language],
        packs: Iterable[Pack],
        others: Iterable[ErrorWords] = (),
        faults: Iterable[str] = (),
    ) -> None:
        """Compile the words and the tables; a pack's code fields name a code as a language's own words do."""
        packs = tuple(packs)
        self.context = Context(Words(tuple(languages), others, packs, faults), Shapes(packs))
        self._words, self._shapes = self.context
        borders = load_rows("borders.yaml")
        self._borders_before = tuple(row for row in borders if row.before.pattern or row.needs)
        self._borders_behind = tuple(row for row in borders if row not in self._borders_before)
        self._cues = load_rows("cues.yaml", {"error": self._words.error})
        self._vetoes = load_rows("vetoes.yaml", {"to": self._words.to, "year": self._words.years})

    def read_codes(self, text: Text) -> Numbers:
        """Return the codes that a text mentions, in reading order, each place once."""
        tokens = Tokens(text, self._shapes.has_symbols)
        mentions: list[CodeMention] = []
        passed: list[PassedOver] = []
        places: Counter[str] = Counter()
        # Where the last mention ends: a symbol's digits and the second half of 28 504 are no more numbers.
        done = judged = 0
        for place, token in enumerate(tokens.found):
            if token.start < done or judged >= MOST_JUDGED or places[token.text] >= PLACES:
                continue
            found = (
                self._read_symbol(text, token)
                if token.sort == "symbol"
                else self._read_number(text, tokens.found[place : place + 2], mentions)
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
        mentions = leave_out_denied(text.folded, mentions, passed, self.context)
        known = {mention.start for mention in mentions}
        mentions.extend(
            CodeMention(found[0], found.start(), found.end(), Naming.NAMED, Naming.NAMED, foreign=True)
            for found in islice(_HEX.finditer(text.folded), MOST_JUDGED)
            if found.start() not in known and not text.is_sealed(found.start()) and self._is_hex_code(found)
        )
        return Numbers(tuple(mentions), tuple(passed), tokens)

    def _is_hex_code(self, found: re.Match[str]) -> bool:
        """Say whether a hexadecimal number is a code: by its shape, or as the text calls it one."""
        at = Around(found.string, found.start(), found.end(), self.context)
        return bool(_FAILURE.fullmatch(found[0])) or (
            not at.key and _is_strong(self._rate(at)[0], found[0], at)
        )

    def _read_symbol(self, text: Text, token: Token) -> CodeMention | None:
        code = self._shapes.read_symbol(token)
        if code is None:
            return None
        at = Around(text.folded, token.start, token.end, self.context)
        named, watched, cues = self._rate(at)
        if named == Naming.BARE and self._shapes.is_word(token, text):
            return None
        return CodeMention(code, token.start, token.end, named, watched, cues, at.is_field)

    def _read_number(
        self, text: Text, tokens: Sequence[Token], before: list[CodeMention]
    ) -> CodeMention | PassedOver | None:
        token = tokens[0]
        whole = self._join(text.folded, tokens)
        if whole is not None:
            return whole
        at = Around(text.folded, token.start, token.end, self.context)
        fits = self._shapes.fits(token.text)
        if not fits and not self._may_be_named(at):
            return None
        if not self._is_bordered(at):
            return PassedOver(token.text, token.start, token.end, "border") if fits else None
        mention = self._judge(at, fits, before)
        if isinstance(mention, CodeMention) and not mention.naming and _follows_acronym(text, token.start):
            return replace(mention, foreign=True)
        return mention

    def _may_be_named(self, at: Around) -> bool:
        """Say whether something may call a number a code though it has no code's shape.

        Before the short ones a word for "error code" must stand.
        """
        if at.before[-1:] == "-" or at.is_long_in_brackets:
            return True
        if len(at.digits) < 2 or at.digits[0] == "0":
            return at.digits != "0" and self._words.names.end(at.before.rstrip(SEPARATORS))
        return at.before.rstrip(f"{SEPARATORS}\n,、")[-1:].isalpha()

    def _is_bordered(self, at: Around) -> bool:
        """Say whether a code can begin and end where a number does."""
        sides = (self._borders_before, self._borders_behind)
        first = (next((row for row in side if row.holds(at)), None) for side in sides)
        return all(row is None or row.ask for row in first)

    def _judge(self, at: Around, fits: bool, before: list[CodeMention]) -> CodeMention | PassedOver | None:
        code, is_negative = at.digits, False
        if at.begin and at.before[-1] == "-":
            code, fits = self._shapes.sign(code)
            is_negative = code[0] != "-"
        named, watched, cues = self._rate(at)
        last = before[-1] if before else None
        listed = fits and last is not None and self._continues(at.folded[last.end : at.start], last, code)
        if last and listed and named < last.naming:
            named, watched, cues = last.naming, max(watched, last.watched), (*cues, "list")
        if not fits and not _is_strong(named, code, at):
            return None
        at.named = named
        is_other = last is not None and self._is_other_column(at, last)
        vetoes = (row.name for row in self._vetoes if row.holds(at))
        veto = "other-column" if is_other else next(vetoes, None)
        if veto:
            return PassedOver(code, at.start, at.end, veto)
        return CodeMention(
            code,
            at.start,
            at.end,
            named,
            watched,
            cues,
            at.is_field,
            listed=listed,
            is_negative=is_negative,
        )

    def _is_other_column(self, at: Around, last: CodeMention) -> bool:
        """Say whether a number stands in the column behind that of a code, by its heading or by blanks."""
        gap = at.folded[last.end : at.start]
        if last.field and at.is_in_cell and not at.is_field:
            return True  # only its neighbour's heading names codes
        may_be_code = len(last.code) == len(at.digits) or at.is_documented(at.digits)
        return not gap.strip(" \t") and not may_be_code

    def _rate(self, at: Around) -> tuple[Naming, Naming, tuple[str, ...]]:
        """Return how surely a text calls a number a code, in both modes, and by which cues."""
        if not at.own_label or at.is_in_cell:
            at.heading = self._find_heading(at.folded, at.start)
        found = [cue for cue in self._cues if cue.holds(at)]
        named = max((cue.ask for cue in found), default=0)
        watched = max((cue.watch for cue in found), default=0)
        return Naming(named), Naming(watched), tuple(cue.name for cue in found)

    def _join(self, folded: str, tokens: Sequence[Token]) -> CodeMention | None:
        """Return the documented code that two groups of digits are together, if a word calls them a code."""
        if len(tokens) < 2 or folded[tokens[0].end : tokens[1].start] != " ":
            return None
        code = tokens[0].text + tokens[1].text
        at = Around(folded, tokens[0].start, tokens[1].end, self.context)
        if len(code) < LONG or not at.is_documented(code) or not self._is_bordered(at):
            return None
        named, watched, cues = self._rate(at)
        return CodeMention(code, at.start, at.end, named, watched, cues) if named > Naming.BARE else None

    def counts_other_things(self, head: str) -> bool:
        """Say whether the text before a number speaks of numbers that are no codes: ports, passwords."""
        return bool(self._words.find_other.search(head, max(0, len(head) - LABEL_REACH)))

    def _find_heading(self, folded: str, start: int) -> str:
        """Return the name of a code that stands above a number, or above a list of numbers; else ""."""
        line_start = folded.rfind("\n", 0, start) + 1
        column = folded.count("|", line_start, start)
        end = line_start - 1
        for _ in range(LIST_LINES):
            if end < 0:
                break
            first = folded.rfind("\n", 0, end) + 1
            row = folded[first:end]
            above = (row.split("|")[column] if row.count("|") >= column else row).strip(SEPARATORS)
            if above and not above[0].isdigit():
                if column:
                    return above if self._words.names_code(above) else ""
                name = self._words.find_name.search(above)
                ends_as_heading = row.rstrip().endswith((":", ")"))
                return name[0] if name and (not name.start() or ends_as_heading) else ""
            end = first - 1
        return ""

    def _continues(self, gap: str, last: CodeMention, code: str) -> bool:
        """Say whether what stands between two codes makes the second an item of the first one's list."""
        if len(gap) > ITEM_REACH:
            return False
        is_alike = len(code) == len(last.code)
        if gap == " ":
            return is_alike
        if is_alike and (self._words.range.fullmatch(gap) or self._words.doubt.fullmatch(gap)):
            return True
        return bool(self._words.joints.fullmatch(gap)) or ("\n" not in gap and bool(_ITEM.search(gap)))


def _is_strong(named: Naming, code: str, at: Around) -> bool:
    """Say whether a number that no pack's codes look like is called a code surely enough.

    A word for "error code" or a field does; a word that hints only before a long or negative number that ends
    its clause: "returns -35", "error 615000". Of a long one in brackets the frames decide.
    """
    if named == Naming.NAMED or at.is_field or at.is_long_in_brackets:
        return True
    is_rare = code[0] == "-" or len(code) > LONG
    return named == Naming.HINTED and is_rare and at.behind[:1] in "?!.,:;)]}，。、？！\n"


def _follows_acronym(text: Text, start: int) -> bool:
    """Say whether a number stands behind capitals that name no code: SMTP 550, ISO 9103."""
    first = max(0, start - 12)
    return bool(_ACRONYM.search("".join(text.letter(position) for position in range(first, start))))
