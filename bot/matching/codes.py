"""Numbers in a text that stand where a code can stand, by explicit look-around (MATCHING.md, Codes).

`\\b` is wrong here: it fails beside Chinese letters and matches PROJ-28504. Exact, never fuzzy. What
follows from a documented or an undocumented code is decided in matcher.py and watch.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.knowledge.entry import Language, Pack
from bot.matching.text import HAN, Text, fold

LABEL_REACH = 40
"""Folded characters before a number in which its label is looked for."""


LIST_LINES = 8
"""Lines of numbers below a heading that it still names."""


class Naming(IntEnum):
    """How surely the text calls a number an error code."""

    BARE = 0
    HINTED = 1
    NAMED = 2


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A number that stands where a code can stand. [start, end) is in folded characters.

    `field` tells that it is the value of a field that packs use for codes (`"code": 28504`); `foreign`
    that it stands as codes of other systems do (0x80070005, SMTP 550).
    """

    code: str
    start: int
    end: int
    naming: Naming
    field: bool
    foreign: bool = False


_NUMBER = re.compile(r"(?<!\d)\d{1,12}(?!\d)")
_HEX = re.compile(r"(?<![a-z0-9])0x[0-9a-f]{4,16}(?![a-z0-9])")
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]{2,9}[\s:-]{1,2}$")
_LETTERS_BEFORE = re.compile(r"[a-z]{1,24}$")
_LETTERS = re.compile(r"[a-z]+")
_HAN_AFTER = re.compile(r"[\u3400-\u9fff]{1,3}")
_KEY = re.compile(r"(?:[\"']([^\"'\n]{1,40})[\"']\s*[:=]|([a-z_][\w.]{0,60})\s*=)\s*[\"']?-?$")
_CODE_NAME = re.compile(r"code|err")  # an identifier such as ERROR_NO_DEVICE or CodeNotFound
_COMPARED = re.compile(r"(?:[<>!]=|[<>≥≤~≈$¥€£+])\s*$")
_ARROW_OR_TAG = re.compile(r"(?:[=-]>|<[a-z_]{2,20}>|^\s*>|\n\s*>)\s*$")
_CLOCK = re.compile(r"\d:\d{1,2}(?:[:.,]\d{1,2})?[.,:]$")
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_GROUPS = re.compile(r"(?<![\d.:,])\d+(?: \d+)+(?![\d.:])")
_SUM_BEFORE, _SUM_AFTER = re.compile(r"\d\s?[*+/×÷-]\s$"), re.compile(r"\s[*+/×÷-]\s?\d|\(\w\)")
_ITEM = re.compile(r"[、,;/|&+]\s*[\"'`*(\[]?$")
_LIST_GAP = re.compile(r"[\"'`*\])]{0,3}\s?(?:[、,/;|&]|and\b|or\b|和|与|及|或|跟)\s?[\"'`*(\[\-]{0,3}")
_SEPARATORS = " \t:=\"'`([{<>*#|~-_\\【「"


class CodeReader:
    """Finds codes of the packs' shapes, with the words of all languages and packs."""

    def __init__(self, languages: Iterable[Language], packs: Iterable[Pack]) -> None:
        """Compile the words; a pack's code fields name a code as a language's own words do."""
        languages, packs = tuple(languages), tuple(packs)
        self._shapes = tuple(pack.shape for pack in packs)
        self._prefixes = frozenset(fold(prefix) for shape in self._shapes for prefix in shape.prefixes)
        self._negative = any(shape.negative for shape in self._shapes)
        self._documented = frozenset(code for pack in packs for code in pack.entries)
        names = [word for language in languages for word in language.code_words]
        hints = [word for language in languages for word in language.hint_words]
        self._fields = _ending(field for pack in packs for field in pack.code_fields)
        self._named = _ending(names)
        self._names = words_pattern(names)
        self._hinted = _ending(hints)
        self._others = _ending(word for language in languages for word in language.number_words)
        self._units = frozenset(fold(unit) for language in languages for unit in language.units)
        self._chatter = _ending(word for language in languages for word in language.chatter)
        self._hinted_after = _beginning([*names, *hints])

    def read_codes(self, text: Text) -> list[CodeMention]:
        """Return the codes that a text mentions, in reading order, each place once."""
        mentions: list[CodeMention] = []
        for number in _NUMBER.finditer(text.folded):
            if self._fits(number[0]) and not text.is_sealed(number.start()):
                mention = self._read(text.folded, number.start(), number.end(), mentions)
                if mention:
                    if mention.naming == Naming.BARE and self._follows_acronym(text, number.start()):
                        mention = replace(mention, foreign=True)
                    mentions.append(mention)
        mentions.extend(
            CodeMention(found[0], found.start(), found.end(), Naming.NAMED, False, foreign=True)
            for found in _HEX.finditer(text.folded)
        )
        return mentions

    def _follows_acronym(self, text: Text, start: int) -> bool:
        """Say whether a number stands behind capitals that name no code: SMTP 550, ISO 9103."""
        first = max(0, start - 12)
        return bool(_ACRONYM.search("".join(text.letter(position) for position in range(first, start))))

    def _fits(self, digits: str) -> bool:
        return digits[0] != "0" and any(low <= len(digits) <= high for low, high in (s.digits for s in self._shapes))

    def _read(self, folded: str, start: int, end: int, before: list[CodeMention]) -> CodeMention | None:
        head = folded[max(0, start - LABEL_REACH) : start]
        begin = self._left_edge(head)
        if begin is None or not self._right_edge(folded, end) or self._is_grouped(folded, start, end):
            return None
        line = head[head.rfind("\n") + 1 : len(head) - begin] if begin else head[head.rfind("\n") + 1 :]
        label = line.rstrip(_SEPARATORS) or self._heading(folded, start - len(line))
        named = self._naming(
            line, label, glued=folded[start - 1 : start].isalpha() and begin > 0,
            documented=folded[start:end] in self._documented,
        )
        if named is None:
            return None
        naming, field = named
        last = before[-1] if before else None
        if last and naming < last.naming and self._continues(folded[last.end : start]):
            naming, field = last.naming, last.field
        if naming == Naming.BARE and self._hinted_after.match(folded, end):
            naming = Naming.HINTED
        return CodeMention(folded[start:end], start, end, naming, field)

    def _left_edge(self, head: str) -> int | None:
        """Return how many characters before the digits belong to the code (sign, prefix), or None if it is none."""
        last, rest = head[-1:], head[:-1]
        if _COMPARED.search(head) and not _ARROW_OR_TAG.search(head) or head.endswith("***"):
            return None
        if last == "-":
            return 1 if self._negative and not _is_alphanumeric(rest[-1:]) else None
        if last == ".":
            return 0 if not rest or not _is_alphanumeric(rest[-1]) else None
        if last == ":":
            return 0 if self._is_label(rest) else None
        if last == "/":
            return 0 if self._ends_code(rest) else None
        if last == "[" and rest[-1:].isascii() and rest[-1:].isalpha():
            return 0 if self._is_label(rest) else None
        if last == "#":
            return 0 if self._is_label(rest.rstrip()) else None
        if last == "_":
            return 0 if not _is_alphanumeric(rest[-1:]) or self._is_label(rest) else None
        if last in "@%^\\" and last:
            return None
        letters = _LETTERS_BEFORE.search(head)
        if letters:
            return self._glued(letters[0], head[: letters.start()])
        return None if last.isalpha() and not HAN.match(last) else 0

    def _glued(self, letters: str, rest: str) -> int | None:
        """Return the length of letters written before the digits (E28504, error28504), or None."""
        if letters in {"n", "t", "r"} and rest.endswith("\\"):
            return 0  # an escaped line end in a pasted string
        if _is_alphanumeric(rest[-1:]) or rest.endswith(("-", ".", "_")):
            return None
        known = letters in self._prefixes or self._is_label(letters)
        return len(letters) if known else None

    def _is_label(self, text: str) -> bool:
        """Say whether a text ends as the label of a code, or of nothing in particular."""
        text = text.rstrip("\"'`* ")
        if not text or text[-1].isdigit():
            return False
        if HAN.match(text[-1]) or not _is_alphanumeric(text[-1]):
            return True
        return any(words.search(text) for words in (self._fields, self._named, self._hinted))

    def _ends_code(self, rest: str) -> bool:
        digits = re.search(r"(?<![\d./:-])\d+$", rest)
        return bool(digits and self._fits(digits[0]))

    def _right_edge(self, folded: str, end: int) -> bool:
        """Say whether a code can end here: no unit, no fraction, no longer word follows."""
        first, second = folded[end : end + 1], folded[end + 1 : end + 2]
        if first in "%°℃$€£¥+~#@\\" and first:
            return False
        if first in ".:-" and first and second.isdigit():
            return False
        if first == "/" and second.isdigit():
            digits = _NUMBER.match(folded, end + 1)
            return bool(digits and self._fits(digits[0]))
        spaced = end + 1 if first == " " else end
        letters = _LETTERS.match(folded, spaced)
        if letters:
            word = letters[0]
            if word in self._units or folded[letters.end() : letters.end() + 1].isdigit():
                return False
            return spaced > end or len(word) >= 4 or self._is_label(word)
        if first in "._/-" and first and second.isascii() and second.isalpha():
            word = _LETTERS.match(folded, end + 1)
            return bool(word and len(word[0]) > 4)
        han = _HAN_AFTER.match(folded, spaced)
        return not (han and any(han[0][:size] in self._units for size in (1, 2, 3)))

    def _is_grouped(self, folded: str, start: int, end: int) -> bool:
        """Say whether the digits are part of a number with thousands, a clock time, or groups of a phone number."""
        if _CLOCK.search(folded, max(0, start - 12), start):
            return True
        for chain in _THOUSANDS.finditer(folded, max(0, start - 16), end + 16):
            if chain.start() <= start < chain.end():
                return not all(group in self._documented for group in chain[0].split(","))
        around = _GROUPS.search(folded, max(0, start - 24), end + 24)
        while around and around.end() < end:
            around = _GROUPS.search(folded, around.end(), end + 24)
        if around and around.start() <= start:
            return not all(group in self._documented for group in around[0].split(" "))
        return bool(_SUM_BEFORE.search(folded, max(0, start - 12), start) or _SUM_AFTER.match(folded, end))

    def _naming(self, line: str, label: str, glued: bool, documented: bool) -> tuple[Naming, bool] | None:
        """Return how a label names its number and whether it is a code field; None if it names something else."""
        field = bool(self._fields.search(label)) and len(label) < len(line)
        key = _KEY.search(line)
        if self._others.search(label):
            return None
        if key and not field:
            name = key[1] or key[2]
            if not (_CODE_NAME.search(name) or self._named.search(name) or self._hinted.search(name)):
                return None if documented or "_" not in name else (Naming.HINTED, False)
        hinted = field or glued or bool(key) or bool(self._hinted.search(label))
        shortened = label
        for _ in range(4):
            if self._named.search(shortened):
                return Naming.NAMED, field
            word = self._chatter.search(shortened)
            if not word:
                break
            shortened = shortened[: word.start()].rstrip(_SEPARATORS)
            if self._others.search(shortened) and not hinted:
                return None
        clause = re.split(r"[。;!?]", label)[-1]
        if ":" in line[len(label) :] and self._names.search(clause):
            return Naming.NAMED, field
        return (Naming.HINTED if hinted or self._hinted.search(shortened) else Naming.BARE), field

    def _heading(self, folded: str, line_start: int) -> str:
        """Return the name of a code that stands alone above a number, or above a list of numbers."""
        end = line_start - 1
        for _ in range(LIST_LINES):
            if end < 0:
                break
            start = folded.rfind("\n", 0, end) + 1
            above = folded[start:end].strip(_SEPARATORS + "\n")
            if above and not above[0].isdigit():
                name = self._names.search(above)
                alone = name and (len(name[0]) == len(above) or above[-1] in ":)" or folded[end - 1 : end] == ":")
                return name[0] if name and alone else ""
            end = start - 1
        return ""

    @staticmethod
    def _continues(gap: str) -> bool:
        """Say whether what stands between two codes makes the second an item of the first one's list."""
        return bool(_LIST_GAP.fullmatch(gap)) or ("\n" not in gap and len(gap) <= 40 and bool(_ITEM.search(gap)))


def _is_alphanumeric(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or r"(?!)"


def _bounded(words: Iterable[str]) -> str:
    """Match any of the words; a Latin one not inside a longer Latin word."""
    return rf"(?:(?<![a-z])(?=[a-z])|(?![a-z]))(?:{_alternatives(words)})(?:(?<![a-z])|(?<=[a-z])(?![a-z]))"


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_bounded(words) + r"$")


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that finds any of the words, a Latin one not inside a longer Latin word."""
    return re.compile(_bounded(words))


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"[\s\"'`*)\]】」是的这个种]{0,6}" + _bounded(words))


