"""The words that tell what a number is, by the settings of languages.yaml and pack.yaml that list them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from bot.matching.text import HAN
from bot.matching.wording import Endings, any_of

_SCRIPTS = {
    "HAN": HAN.pattern,
    "UNSPACED": rf"(?:{HAN.pattern}|[\u3040-\u30ff\uac00-\ud7af])",
}  # kana, too
_NAME = re.compile(r"\{([A-Za-z_|]+)\}")


class Words:
    """The words of all languages and packs; `a|b` are those of two settings.

    `ends` looks for them at the end of a text, `compile` puts them where an expression names {a|b}.
    """

    def __init__(self, holders: Iterable[object], faults: Iterable[str]) -> None:
        """`holders` are languages and packs, `faults` forms that tell a fault by themselves."""
        holders = tuple(holders)

        def gather(settings: str) -> list[str]:
            names = settings.split("|")
            return [word for each in holders for name in names for word in getattr(each, name, ())]

        def fill(name: re.Match[str]) -> str:
            return _SCRIPTS.get(name[1]) or any_of(gather(name[1]))

        self.faults = tuple(form for form in faults if len(form) > 3)
        self.ends: Callable[[str], Endings] = cache(lambda settings: Endings(gather(settings)))
        self.compile: Callable[[str], re.Pattern[str]] = cache(
            lambda expression: re.compile(_NAME.sub(fill, expression))
        )

    def is_label(self, text: str) -> bool:
        """Say whether a folded text ends as the label of a code."""
        return self.ends("code_fields|code_words|hint_words").end(text)

    def names_code(self, key: str) -> bool:
        """Say whether the key of a field, or the heading of a column, names a code."""
        constant = self.compile(r"code|err|exception|(?:\A|[_.]){glued_words}\Z")
        return bool(constant.search(key)) or self.is_label(key)
