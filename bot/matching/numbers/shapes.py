"""What the codes of all packs look like, and which of a text's numbers and symbols are written as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.codes import read_number
from bot.knowledge.pack import Pack
from bot.matching.template import may_have_slots, split_slots
from bot.matching.text import Text
from bot.matching.tokens import Token

_HUMP = re.compile(r"[a-z][A-Z]|[A-Z]{2}")
_FILL = r"[a-z0-9_]{1,40}"  # one word in the place of a slot: Missing%s, MissingDeviceName


class Shapes:
    """Tells the codes of several packs by their shape."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._shapes = tuple(pack.shape for pack in packs)
        self.prefixes = frozenset(prefix.lower() for shape in self._shapes for prefix in shape.prefixes)
        spelt = {spelling for pack in packs for spelling in pack.spellings}
        codes = {code for pack in packs for code in (*pack.entries, *spelt)}
        self.documented = frozenset(code for code in codes if read_number(code) is not None)
        self._symbols = frozenset(spelt - self.documented)
        made = sorted({code for pack in packs for code in pack.spellings.values() if may_have_slots(code)})
        self._templates = {
            code.lower(): re.compile(_FILL.join(map(re.escape, split_slots(code))), re.IGNORECASE)
            for code in made
        }
        patterns = "|".join(f"(?:{pattern})" for shape in self._shapes for pattern in shape.patterns)
        self._patterns = re.compile(patterns or r"(?!)", re.IGNORECASE)
        self.has_symbols = bool(self._symbols or patterns)

    def fits(self, digits: str) -> bool:
        """Say whether a number has the shape of a code; one that begins with 0 must be documented."""
        if digits[0] == "0":
            return digits in self.documented
        return digits in self.documented or any(shape.fits(digits) for shape in self._shapes)

    def is_documented(self, digits: str) -> bool:
        """Say whether digits are a documented code."""
        return digits in self.documented

    def sign(self, digits: str) -> tuple[str, bool]:
        """Return the code that a number with a minus sign before it is, and whether it has a code's shape."""
        signed = f"-{digits}"
        if signed in self.documented or any(digits in shape.signed for shape in self._shapes):
            return signed, True
        drops = any(digits in shape.negative and self.fits(digits) for shape in self._shapes)
        return (digits, True) if drops else (signed, False)

    def read_symbol(self, token: Token) -> str | None:
        """Return the code that a symbol is: documented, made from a template, or of a pack's shape."""
        if token.text in self._symbols:
            return token.text
        made = next((code for code, made in self._templates.items() if made.fullmatch(token.text)), None)
        return made or (token.text if self._patterns.fullmatch(token.text) else None)

    def is_word(self, token: Token, text: Text) -> bool:
        """Say whether a symbol is written as a word is: it is a code only where something calls it one."""
        written = text.raw[slice(*text.span(token.start, token.end))]
        return token.text.isalpha() and not _HUMP.search(written)
