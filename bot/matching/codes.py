"""Numbers in a text that stand where a code can stand, and how surely the text calls them error codes.

Exact after folding, never fuzzy (docs/matching.md, Codes). What follows from a documented or an undocumented
code is decided in matcher.py and watch.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.knowledge.entry import Language, Pack
from bot.matching.look_around import NUMBER, LookAround
from bot.matching.text import HAN, Text, fold
from bot.matching.wording import Endings, any_of, find_any

LABEL_REACH = 40
"""Folded characters before a number in which its label is looked for."""

LIST_LINES = 8
"""Lines of numbers below a heading that it still names."""

ITEM_REACH = 40
"""Characters between two codes of one list: "28504 (1204 times), 28601"."""

CHATTER_MOST = 4
"""Words of chatter between a label and its number: "the error code I got was 28504"."""


class Naming(IntEnum):
    """How surely the text calls a number an error code."""

    BARE = 0
    HINTED = 1
    NAMED = 2


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A number that stands where a code can stand. [start, end) is in folded characters.

    `field` tells that it is the value of a field that packs use for codes (`"code": 28504`); `foreign`
    that it stands as codes of other systems do (0x80070005, SMTP 550); `listed` that it is an item of one
    list with the code before it.
    """

    code: str
    start: int
    end: int
    naming: Naming
    field: bool
    foreign: bool = False
    listed: bool = False


_HEX = re.compile(r"(?<![a-z0-9])0x[8c][0-9a-f]{7}(?![a-z0-9])")  # HRESULT, NTSTATUS: the failure bit is set
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]{2,9}[\s:-]{1,2}\Z")
_KEY = re.compile(r"(?:[\"']([^\"'\n]{1,40})[\"']\s*[:=]|([a-z_][\w.]{0,60})\s*=)\s*[\"']?-?\Z")
_CODE_NAME = re.compile(r"code|err")  # an identifier such as ERROR_NO_DEVICE or CodeNotFound
_ITEM = re.compile(r"[、,;/|&+]\s*[\"'`*(\[]?\Z")
_SEPARATORS = " \t:=\"'`([{<>*#|~-_\\【「"


class CodeReader:
    """Finds codes of the packs' shapes, with the words of all languages and packs."""

    def __init__(self, languages: Iterable[Language], packs: Iterable[Pack]) -> None:
        """Compile the words; a pack's code fields name a code as a language's own words do."""
        languages, packs = tuple(languages), tuple(packs)
        names = [word for language in languages for word in language.code_words]
        hints = [word for language in languages for word in language.hint_words]
        joiners = [word for language in languages for word in language.joiners]
        chatter = [word for language in languages for word in language.chatter]
        not_units = [word for language in languages for word in language.not_units]
        han_units = [unit for language in languages for unit in language.units if HAN.match(unit)]
        self._shapes = tuple(pack.shape for pack in packs)
        self._documented = frozenset(code for pack in packs for code in pack.entries)
        self._fields = Endings(field for pack in packs for field in pack.code_fields)
        self._ends_named, self._names = Endings(names), find_any(names)
        self._ends_hinted = Endings(hints)
        others = [word for language in languages for word in language.number_words]
        self._ends_other, self._other = Endings(others), find_any(others)
        self._ends_amount = Endings(word for language in languages for word in language.amount_words)
        self._ends_chatter = Endings(chatter)
        self._hinted_behind = re.compile(
            rf"(?:[\s\"'`*)\]】」]|{any_of(chatter)}){{0,{CHATTER_MOST}}}{any_of([*names, *hints])}"
        )
        self._joint = re.compile(
            rf"[\"'`*\])]{{0,3}}\s?(?:[、,/;|&]|{any_of(joiners)})\s?[\"'`*(\[\-]{{0,3}}"
        )
        self._around = LookAround(
            fits=self._fits,
            is_label=self._is_label,
            prefixes=frozenset(fold(prefix) for shape in self._shapes for prefix in shape.prefixes),
            units=frozenset(fold(unit) for language in languages for unit in language.units),
            measures=re.compile(rf"(?!{any_of(not_units)}){any_of(han_units)}"),
            documented=self._documented,
            negative=any(shape.negative for shape in self._shapes),
        )

    def read_codes(self, text: Text) -> list[CodeMention]:
        """Return the codes that a text mentions, in reading order, each place once; hexadecimal ones last."""
        mentions: list[CodeMention] = []
        for number in NUMBER.finditer(text.folded):
            if not self._fits(number[0]) or text.is_sealed(number.start()):
                continue
            mention = self._read(text.folded, number.start(), number.end(), mentions)
            if mention and mention.naming == Naming.BARE and _follows_acronym(text, number.start()):
                mention = replace(mention, foreign=True)
            if mention:
                mentions.append(mention)
        mentions.extend(
            CodeMention(found[0], found.start(), found.end(), Naming.NAMED, field=False, foreign=True)
            for found in _HEX.finditer(text.folded)
            if not text.is_sealed(found.start())
        )
        return mentions

    def _fits(self, digits: str) -> bool:
        sizes = (shape.digits for shape in self._shapes)
        if digits[0] == "0":
            return digits in self._documented
        return any(low <= len(digits) <= high for low, high in sizes)

    def _is_label(self, text: str) -> bool:
        return any(words.end(text) for words in (self._fields, self._ends_named, self._ends_hinted))

    def _read(self, folded: str, start: int, end: int, before: list[CodeMention]) -> CodeMention | None:
        head = folded[max(0, start - LABEL_REACH) : start]
        begin = self._around.find_begin(head)
        if begin is None or not self._around.may_end(folded, end) or self._around.is_part(folded, start, end):
            return None
        line = head[head.rfind("\n") + 1 : len(head) - begin]
        label = line.rstrip(_SEPARATORS) or self._find_heading(folded, start - len(line))
        is_last = not folded[end : end + 2].strip(" \t?!.,。、？！")
        named = self._find_naming(line, label, folded[start:end], is_last)
        if named is None:
            return None
        naming, field = named
        is_long = any(end - start >= shape.distinctive_digits for shape in self._shapes)
        if self._around.is_measured(folded, end, is_named=is_long and naming > Naming.BARE):
            return None
        if begin and folded[start - 1].isalpha():
            naming = max(naming, Naming.HINTED)
        last = before[-1] if before else None
        listed = last is not None and self._continues(folded[last.end : start])
        if last and listed and naming < last.naming:
            naming, field = last.naming, last.field
        if naming == Naming.BARE and self._hinted_behind.match(folded, end):
            naming = Naming.HINTED
        return CodeMention(folded[start:end], start, end, naming, field, listed=listed)

    def _find_naming(self, line: str, label: str, digits: str, is_last: bool) -> tuple[Naming, bool] | None:
        """Return how a label names its number and if it is a code field; None if it names something else."""
        if self._ends_other.end(label) or (not is_last and self._is_amount(label, digits)):
            return None
        field = self._fields.end(label) and len(label) < len(line)
        key = None if field else _KEY.search(line)
        if key and not self._names_code(key[1] or key[2]):
            # `RET_NOT_BOUND = 1903` is the constant of another table; `size = 500` is no code at all.
            is_constant = "_" in (key[1] or key[2]) and digits not in self._documented
            return (Naming.HINTED, False) if is_constant else None
        hinted = field or bool(key) or self._ends_hinted.end(label)
        shortened = label
        for _ in range(CHATTER_MOST):
            if self._ends_named.end(shortened):
                return Naming.NAMED, field
            word = self._ends_chatter.find(shortened)
            if word is None:
                break
            shortened = shortened[:word].rstrip(_SEPARATORS)
            is_other = self._ends_other.end(shortened) or (not is_last and self._is_amount(shortened, digits))
            if is_other and not hinted:
                return None
        clause = re.split(r"[。;!?]", label)[-1]
        if ":" in line[len(label) :] and self._names.search(clause):
            return Naming.NAMED, field
        return (Naming.HINTED if hinted or self._ends_hinted.end(shortened) else Naming.BARE), field

    def counts_other_things(self, head: str) -> bool:
        """Say whether the text before a number speaks of numbers that are no codes: ports, passwords."""
        return bool(self._other.search(head, max(0, len(head) - LABEL_REACH)))

    def _is_amount(self, label: str, digits: str) -> bool:
        """Say whether a word like "about" stands before a number too short to be a code by its length."""
        is_short = all(len(digits) < shape.distinctive_digits for shape in self._shapes)
        return is_short and self._ends_amount.end(label)

    def _names_code(self, key: str) -> bool:
        return bool(_CODE_NAME.search(key)) or self._ends_named.end(key) or self._ends_hinted.end(key)

    def _find_heading(self, folded: str, line_start: int) -> str:
        """Return the name of a code that stands above a number, or above a list of numbers; else ""."""
        end = line_start - 1
        for _ in range(LIST_LINES):
            if end < 0:
                break
            start = folded.rfind("\n", 0, end) + 1
            above = folded[start:end].strip(_SEPARATORS + "\n")
            if above and not above[0].isdigit():
                name = self._names.search(above)
                ends_as_heading = above.endswith((":", ")")) or folded[end - 1] == ":"
                return name[0] if name and (name[0] == above or ends_as_heading) else ""
            end = start - 1
        return ""

    def _continues(self, gap: str) -> bool:
        """Say whether what stands between two codes makes the second an item of the first one's list."""
        if len(gap) > ITEM_REACH:
            return False
        return bool(self._joint.fullmatch(gap)) or ("\n" not in gap and bool(_ITEM.search(gap)))


def _follows_acronym(text: Text, start: int) -> bool:
    """Say whether a number stands behind capitals that name no code: SMTP 550, ISO 9103."""
    first = max(0, start - 12)
    return bool(_ACRONYM.search("".join(text.letter(position) for position in range(first, start))))
