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
from bot.matching.numbers.borders import LONG, NumberBoundary, follows_acronym, is_starred
from bot.matching.numbers.cues import LABEL_REACH, SEPARATORS, VETOES, Around, load_cues
from bot.matching.numbers.mention import CodeMention, Naming, PassedOver
from bot.matching.numbers.mentions import leave_out_denied, name_list
from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.words import Words
from bot.matching.text import HAN, Text, fold
from bot.matching.tokens import Token, Tokens
from bot.matching.wording import any_of

PLACES, MOST_JUDGED = 20, 1_500
"""Places of one code, and numbers of one text, that are read: bounds the work on a text of numbers."""

LIST_LINES = 8
"""Lines of numbers below a heading that it still names."""

ITEM_REACH = 40
"""Characters between two codes of one list: "28504 (1204 times), 28601"."""

_HEX = re.compile(r"(?<![a-z0-9_./\\@%$#&~-])0x[0-9a-f]{1,8}(?![\\/@-]|\.?[a-z0-9_])")
_FAILURE = re.compile(r"0x[8c][0-9a-f]{7}")  # HRESULT, NTSTATUS: the failure bit is set
_ITEM = re.compile(r"[、,;/|&+]\s*[\"'`*(\[]?\Z")
_SEPARATOR_ROW = re.compile(r"[|\s:-]+")


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
        """Compile the words; a pack's code fields name a code as a language's own words do."""
        languages, packs = tuple(languages), tuple(packs)
        units = [unit for language in languages for unit in language.units]
        not_units = any_of(word for language in languages for word in language.not_units)
        self._shapes = Shapes(packs)
        self.words = Words(languages, others, packs, faults)
        self._borders = NumberBoundary(
            fits=self._shapes.fits,
            is_label=self.words.is_label,
            prefixes=self._shapes.prefixes,
            ends_glued=self.words.ends_glued,
            units=frozenset(map(fold, units)),
            measures=re.compile(rf"(?!{not_units}){any_of(unit for unit in units if HAN.match(unit))}"),
            documented=self._shapes.documented,
        )

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
        mentions = leave_out_denied(text.folded, mentions, passed, self.words)
        known = {mention.start for mention in mentions}
        mentions.extend(
            CodeMention(found[0], found.start(), found.end(), Naming.NAMED, Naming.NAMED, foreign=True)
            for found in islice(_HEX.finditer(text.folded), MOST_JUDGED)
            if found.start() not in known and not text.is_sealed(found.start()) and self._is_hex_code(found)
        )
        return Numbers(tuple(mentions), tuple(passed), tokens)

    def _is_hex_code(self, found: re.Match[str]) -> bool:
        """Say whether a hexadecimal number is a code: by its shape, or as the text calls it one."""
        at = Around(found.string, found.start(), found.end(), 0, self.words)
        return bool(_FAILURE.fullmatch(found[0])) or (
            not at.key and _is_strong(self._rate(at)[0], found[0], at)
        )

    def _read_symbol(self, text: Text, token: Token) -> CodeMention | None:
        code = self._shapes.read_symbol(token)
        if code is None:
            return None
        at = Around(text.folded, token.start, token.end, 0, self.words)
        named, watched, cues = self._rate(at)
        if named == Naming.BARE and self._shapes.is_word(token, text):
            return None
        return CodeMention(code, token.start, token.end, named, watched, cues, at.is_field)

    def _read_number(
        self, text: Text, tokens: Sequence[Token], before: list[CodeMention]
    ) -> CodeMention | PassedOver | None:
        folded, token = text.folded, tokens[0]
        start, end = token.start, token.end
        fits = self._shapes.fits(token.text)
        head = folded[max(0, start - LABEL_REACH) : start]
        has_sign = head[-1:] == "-" and not head[-2:-1].isalnum()
        if (
            not fits
            and not (has_sign and self._shapes.sign(token.text)[1])
            and not head.rstrip(f"{SEPARATORS}\n,、")[-1:].isalpha()
        ):
            return self._join(folded, tokens)  # nothing stands before it that could call it a code
        if not fits and (end - start < 2 or token.text[0] == "0") and head[-1:] != "-":
            return self._join(folded, tokens) or self._name_short(folded, token)
        begin = self._borders.find_begin(head)
        if begin is None or not self._borders.may_end(folded, end) or is_starred(folded, start, end):
            return PassedOver(token.text, start, end, "border") if fits else None
        whole = self._join(folded, tokens)
        if whole is not None:
            return whole
        mention = self._judge(folded, token, begin, fits, before)
        if (
            isinstance(mention, CodeMention)
            and mention.naming == Naming.BARE
            and follows_acronym(text, start)
        ):
            return replace(mention, foreign=True)
        return mention

    def _judge(
        self, folded: str, token: Token, begin: int, fits: bool, before: list[CodeMention]
    ) -> CodeMention | PassedOver | None:
        start, end, code = token.start, token.end, token.text
        is_negative = False
        if begin and folded[start - 1] == "-":
            code, fits = self._shapes.sign(code)
            is_negative = code[0] != "-"
        at = Around(folded, start, end, begin, self.words)
        named, watched, cues = self._rate(at)
        last = before[-1] if before else None
        listed = fits and last is not None and self._continues(folded[last.end : start], last, code)
        field = at.is_field
        if last and listed and (named < last.naming or watched < last.watched):
            named, watched = max(named, last.naming), max(watched, last.watched)
            cues, field = (*cues, "list"), field or last.field
        if not fits and not _is_strong(named, code, at):
            return None
        if last and self._is_other_column(at, last, named):
            return PassedOver(code, start, end, "other-column")
        for veto in VETOES:
            if veto.stands(at, self._borders, self._shapes, named):
                return PassedOver(code, start, end, veto.name)
        return CodeMention(
            code, start, end, named, watched, cues, field, listed=listed, fits=fits, is_negative=is_negative
        )

    def _is_other_column(self, at: Around, last: CodeMention, named: Naming) -> bool:
        """Say whether a number stands in the column behind that of a code, by its heading or by blanks."""
        gap = at.folded[last.end : at.start]
        if last.field and at.is_in_cell and not at.is_field and "\n" not in gap:
            return True  # only its neighbour's heading names codes
        is_wide = not gap.strip(" \t") and (len(gap) > 1 or gap == "\t")
        may_be_code = len(last.code) == len(at.digits) or at.digits in self._shapes.documented
        return is_wide and not may_be_code and not named and last.code in self._shapes.documented

    def _rate(self, at: Around) -> tuple[Naming, Naming, tuple[str, ...]]:
        """Return how surely a text calls a number a code, in both modes, and by which cues."""
        if not at.label or (at.is_in_cell and not self.words.is_label(at.label)):
            heading = self._find_heading(at.folded, at.start)
            if heading:
                at.set_heading(heading)
        found = [cue for cue in load_cues() if cue.stands(at)]
        named = max((cue.ask for cue in found), default=Naming.BARE)
        watched = max((cue.watch for cue in found), default=Naming.BARE)
        return named, watched, tuple(cue.name for cue in found)

    def _name_short(self, folded: str, token: Token) -> CodeMention | None:
        """Return a number of one digit where a word for "error code" stands right before it."""
        label = folded[max(0, token.start - LABEL_REACH) : token.start].rstrip(SEPARATORS)
        if (
            token.text == "0"
            or not self.words.names.end(label)
            or folded[token.end : token.end + 1].isalnum()
        ):
            return None
        named, cues = Naming.NAMED, ("code-word-before",)
        return CodeMention(token.text, token.start, token.end, named, named, cues, fits=False)

    def _join(self, folded: str, tokens: Sequence[Token]) -> CodeMention | None:
        """Return the documented code that two groups of digits are together, if a word calls them a code."""
        if len(tokens) < 2 or folded[tokens[0].end : tokens[1].start] != " ":
            return None
        start, end, code = tokens[0].start, tokens[1].end, tokens[0].text + tokens[1].text
        if (
            code not in self._shapes.documented
            or len(code) < LONG
            or all(token.text in self._shapes.documented for token in tokens[:2])
        ):
            return None
        begin = self._borders.find_begin(folded[max(0, start - LABEL_REACH) : start])
        if begin is None or not self._borders.may_end(folded, end):
            return None
        named, watched, cues = self._rate(Around(folded, start, end, begin, self.words))
        return CodeMention(code, start, end, named, watched, cues) if named > Naming.BARE else None

    def counts_other_things(self, head: str) -> bool:
        """Say whether the text before a number speaks of numbers that are no codes: ports, passwords."""
        return bool(self.words.find_other.search(head, max(0, len(head) - LABEL_REACH)))

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
            above = (row.split("|")[column] if column and row.count("|") >= column else row).strip(SEPARATORS)
            if above and not above[0].isdigit() and not _SEPARATOR_ROW.fullmatch(row):
                if column:
                    return above if self.words.heads_column(above) else ""
                name = self.words.find_name.search(above)
                ends_as_heading = row.rstrip().endswith((":", ")"))
                return name[0] if name and (name[0] == above or ends_as_heading) else ""
            end = first - 1
        return ""

    def _continues(self, gap: str, last: CodeMention, code: str) -> bool:
        """Say whether what stands between two codes makes the second an item of the first one's list."""
        if len(gap) > ITEM_REACH:
            return False
        if gap == " ":
            return len(code) == len(last.code) and last.code.isdigit()
        documented, is_alike = self._shapes.documented, len(code) == len(last.code)
        is_long = is_alike and len(code) >= LONG
        is_range = last.code in documented and self.words.range.fullmatch(gap)
        if is_range and (is_long or (last.naming > Naming.BARE and code in documented)):
            return True  # both ends of a range of codes
        if is_alike and self.words.doubt.fullmatch(gap):
            return True
        return bool(self.words.joints.fullmatch(gap)) or ("\n" not in gap and bool(_ITEM.search(gap)))


def _is_strong(named: Naming, code: str, at: Around) -> bool:
    """Say whether a number that no pack's codes look like is called a code surely enough.

    A word for "error code" or a field does; a word that hints only before a long or negative number that ends
    its clause: "returns -35", "error 615000".
    """
    if named == Naming.NAMED or at.is_field:
        return True
    is_rare = code[0] == "-" or len(code) > LONG
    return named == Naming.HINTED and is_rare and (at.is_last or at.folded[at.end : at.end + 1] in ",:)]}，")
