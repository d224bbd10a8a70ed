"""The words and the features of texts by their sound: what pinyin.py writes, read as characters are.

Made at the first text that needs it, for the tables of sounds take their time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from bot.matching.features import Feature, read_features
from bot.matching.lexicon import Lexicon
from bot.matching.pinyin import sound_out, speak
from bot.matching.reading import Reader
from bot.matching.text import Text


class Phonetics:
    """Hears what a text says."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, text: Text) -> Iterator[Text]:
        """Yield a text by its sounds: words of pinyin apart, then joined; or nothing."""
        for joined in (False, True):
            spoken = speak(text, self._is_english, joined)
            if spoken is None:
                return
            yield spoken

    def extract(self, text: Text) -> list[Feature]:
        """Return the features of an entry's string by its sounds."""
        return read_features(speak(text, self._reader.lexicon.knows) or text, self.lexicon)

    def _is_english(self, word: str) -> bool:
        return len(word) > 1 and self._reader.lexicon.spell(word).likeness == 1.0

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the knowledge by their sounds."""
        lexicon = self._reader.lexicon
        written = {**lexicon.standard_han, **lexicon.latin}
        spoken = list(zip(sound_out(written), written.values(), strict=True))
        meant: dict[str, set[str]] = {}
        for form, sense in spoken:
            meant.setdefault(form, set()).add(sense.name)
        unambiguous = ((form, sense) for form, sense in spoken if len(meant[form]) == 1)
        return Lexicon(unambiguous, (), self._reader.faults)
