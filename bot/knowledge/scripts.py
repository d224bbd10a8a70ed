"""Which scripts a text is written in, and which language that tells. Settings stand in languages.yaml.

Called where a question's language isn't given: by the command line, the questions' reader and the linter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache

LATIN = "Latin"
SCRIPTS: Mapping[str, Collection[str]] = {"en": (LATIN,), "zh": ("Han",)}
"""The scripts by language where the caller has no knowledge at hand."""

UNSPACED = frozenset({"Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"})
"""Scripts that are written without a space between words."""

_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")  # E28504 is a code, not a word
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# Letters whose Unicode names begin with something else than their script; "" is every script's.
_NAMES = {"CJK": "Han", "IDEOGRAPHIC": "Han", "KATAKANA-HIRAGANA": "", "MODIFIER": ""}


def find_language(text: str, default: str, scripts: Mapping[str, Collection[str]]) -> str:
    """Return the language whose scripts a text is written in, else the default.

    >>> find_language("设备 iotId 不存在", "en", SCRIPTS), find_language("28504", "zh", SCRIPTS)
    ('zh', 'zh')
    """
    found = find_languages(text, scripts)
    return default if not found or default in found else found[0]


def find_languages(text: str, scripts: Mapping[str, Collection[str]]) -> list[str]:
    """Return the languages whose scripts a text is written in, those of fewer scripts first.

    Latin words count only where nothing else tells, for names of fields are Latin in every language; a text
    with letters of a script that a language lacks (kana beside Han) is not in that language.
    """
    others = find_scripts(text) - {LATIN}
    found = [language for language, own in scripts.items() if others and others <= set(own)]
    if not found and _LATIN_WORD.search(unicodedata.normalize("NFKC", text)):
        found = [language for language, own in scripts.items() if LATIN in own]
    return sorted(found, key=lambda language: len(scripts[language]))


def weigh_words(text: str, words: Iterable[str]) -> int:
    """Return how many letters of a text are those of the words, a word counted once.

    >>> weigh_words("Was bedeutet 1001", ["was", "be"]), weigh_words("错误码1001", ["错误码", "码"])
    (3, 4)
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    spaced = f" {' '.join(_WORD.findall(folded))} "
    return sum(
        len(word)
        for word in {word.casefold() for word in words}
        if (word in folded if find_scripts(word) & UNSPACED else f" {word} " in spaced)
    )


def find_scripts(text: str) -> set[str]:
    """Return the scripts of a text's letters, named as in languages.yaml."""
    letters = unicodedata.normalize("NFKC", "".join(set(text)))  # one letter may become eighteen: ﷺ
    return {_script(char) for char in set(letters) if char.isalpha()} - {""}


@cache
def _script(char: str) -> str:
    """Return the script a letter's Unicode name begins with, as languages.yaml writes it."""
    first = unicodedata.name(char, "").partition(" ")[0]
    return _NAMES.get(first, first.title())
