"""The words that tell what a number is, of all languages and packs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.knowledge.language import ErrorWords, Language
from bot.knowledge.pack import Pack
from bot.matching.text import HAN, fold
from bot.matching.wording import Endings, any_of, find_any

CHATTER_MOST = 4
"""Words of chatter between a label and its number: "the error code I got was 28504"."""

_CONSTANT = re.compile(r"code|err|exception")  # an identifier such as ERROR_NO_DEVICE or CodeNotFound
_GLUED = re.compile(r"[_-](?P<last>[a-z]{1,24})[-_]\Z")  # bind_reply-2043
_CALL = re.compile(r"(?P<last>[a-z]{4,40})\(\Z")


class Words:
    """The words that the tables look for, of all languages and packs; `parts` are what patterns name."""

    def __init__(
        self,
        languages: Sequence[Language],
        others: Iterable[ErrorWords],
        packs: Sequence[Pack],
        faults: Iterable[str],
    ) -> None:
        """`faults` are forms that tell by themselves that something is wrong."""

        def gather(setting: str) -> list[str]:
            return [word for language in languages for word in getattr(language, setting)]

        others = tuple(others)
        names = [*gather("code_words"), *(word for each in others for word in each.code_words)]
        hints = [*gather("hint_words"), *(word for each in others for word in each.hint_words)]
        chatter = any_of(gather("chatter"))
        ends = rf"[ \t]?(?:~|{any_of(gather('range_words'))})[ \t]?"
        units, not_units = gather("units"), gather("not_units")
        self.units = Endings(units)
        self.measures = re.compile(
            rf"(?!{any_of(not_units)}){any_of(unit for unit in units if HAN.match(unit))}"
        )
        self.names, self.find_name = Endings(names), find_any(names)
        self.hints = Endings(hints)
        self.faults = tuple(form for form in faults if len(form) > 3)
        self.fields = Endings(field for pack in packs for field in pack.code_fields)
        self._glued = frozenset(gather("glued_words"))
        fields = {fold(field) for pack in packs for field in pack.code_fields}
        self.hints_only = Endings(word for word in hints if fold(word) not in fields)
        self.platforms = Endings(name for pack in packs for name in pack.names)
        self.others, self.find_other = Endings(gather("number_words")), find_any(gather("number_words"))
        self.amounts, self.places = Endings(gather("amount_words")), Endings(gather("place_words"))
        self.chatter, self.fractions = Endings(gather("chatter")), Endings(gather("fractions"))
        self.lasting = Endings(gather("ongoing_words"))
        self.find_amount = find_any(gather("amount_words"))
        self.find_comparison = find_any(gather("comparisons"))
        self.asking, self.denials = Endings(gather("asking_words")), Endings(gather("denials"))
        self.retracts = find_any(gather("retractions"))
        self.range = re.compile(rf"{ends}|[ \t]?[~-][ \t]?")
        either, sequel = any_of([*gather("alternatives"), *gather("exclusives")]), any_of(gather("sequels"))
        self.sequel = re.compile(rf"[^\n。.?!]*{sequel}[^\n。.?!]*")
        self.doubt = re.compile(rf"[ \t]?[,;、]?[ \t]?{either}(?:[ \t]?{chatter}){{0,{CHATTER_MOST}}}[ \t]?")
        self.joints = re.compile(
            rf"(?:[^\n]*[、,;/|&+]|[\"'`*\])]{{0,3}}\s?{any_of(gather('joiners'))})\s*[\"'`*(\[\-]{{0,3}}"
        )
        self.exclusive = re.compile(rf"[ \t]?[,、]?[ \t]?{any_of(gather('exclusives'))}[ \t]?\d")
        self.parts = {
            "HAN": HAN.pattern,
            "UNSPACED": rf"(?:{HAN.pattern}|[\u3040-\u30ff\uac00-\ud7af])",  # kana and Hangul, too
            "to": ends,
            "and": rf"[ \t]?(?:[~&-]|{any_of([*gather('joiners'), *gather('range_words')])})[ \t]?",
            "between": any_of(gather("between_words")),
            "is": any_of(gather("copulas")),
            "year": any_of(gather("year_words")),
            "name": any_of(names),
            "error": any_of([*names, *gather("behind_words")]),
            "joint": rf"(?:[/|&]|{any_of([*gather('joiners'), *gather('contrasts')])})",
            "asking": any_of(gather("asking_words")),
            "chatter": chatter,
            "idle": any_of([*gather("chatter"), *gather("absences")]),
            "lasting": any_of([*gather("ongoing_words"), *gather("pervading_words")]),
        }

    def is_label(self, text: str) -> bool:
        """Say whether a folded text ends as the label of a code."""
        return any(words.end(text) for words in (self.fields, self.names, self.hints))

    def ends_glued(self, head: str) -> bool:
        """Say whether a folded text ends in an identifier that a code is glued to."""
        glued = _GLUED.search(head)
        if glued is not None:
            return glued["last"] in self._glued
        call = _CALL.search(head)  # ApiError(2043, ...)
        return call is not None and any(
            call["last"].endswith(word) for word in self._glued if _CONSTANT.search(word)
        )

    def names_code(self, key: str) -> bool:
        """Say whether the key of a field, or the heading of a column, names a code."""
        last = re.split(r"[_.]", key)[-1]
        return bool(_CONSTANT.search(key)) or last in self._glued or self.is_label(key)
