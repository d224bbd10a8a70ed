"""Which scripts a text is written in, and which language that tells. Settings stand in languages.yaml.

Called where a question's language isn't given: by the command line, the questions' reader and the linter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache

LATIN = "Latin"
SCRIPTS: Mapping[str, Collection[str]] = {"en": (LATIN,), "zh": ("Han",)}
"""The scripts by language where the caller has no knowledge at hand."""

_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")  # E28504 is a code, not a word


def find_language(text: str, default: str, scripts: Mapping[str, Collection[str]]) -> str:
    """Return the language whose scripts a text is written in, else the default.

    Latin words count only where nothing else tells, for names of fields are Latin in every language; a text
    with letters of a script that a language lacks (kana beside Han) is not in that language.

    >>> find_language("设备 iotId 不存在", "en", SCRIPTS), find_language("28504", "zh", SCRIPTS)
    ('zh', 'zh')
    """
    others = find_scripts(text) - {LATIN}
    found = next((language for language, own in scripts.items() if others and others <= set(own)), None)
    if found is None and _LATIN_WORD.search(unicodedata.normalize("NFKC", text)):
        found = next((language for language, own in scripts.items() if LATIN in own), None)
    return default if found is None else found


def find_scripts(text: str) -> set[str]:
    """Return the scripts of a text's letters, named as in languages.yaml."""
    return {_script(char) for char in set(unicodedata.normalize("NFKC", text)) if char.isalpha()}


@cache
def _script(char: str) -> str:
    """Return the script a letter's Unicode name begins with, as languages.yaml writes it."""
    first = unicodedata.name(char, "").partition(" ")[0]
    return "Han" if first == "CJK" else first.title()
