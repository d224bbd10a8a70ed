"""Chinese as it was meant: 投备不荐在 and shebei bu cunzai are 设备不存在.

One search finds the cheapest way through a run of characters and syllables of pinyin: by the words that
stand there, and by those that would but for a slip. A slip costs half of a strange character, so that both of
a word's may be slips, and what is written right is left alone. No slip touches a negator or makes one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from bot.matching.index import Index
from bot.matching.lexicon import CHATTER, Lexicon, Piece, find_cheapest
from bot.matching.pinyin import Syllable, read_syllables, sound_out
from bot.matching.text import LONGEST_TYPED, Text

MOST_SLIPS = 2
"""Slips of one word. What has more is another word."""

SHORTEST = 2
"""Characters of a word that may have a slip."""

UNWRITTEN = "\0"
"""Stands in a run where a syllable of pinyin does."""

LONGEST_RUN = 30
"""Characters without a break that are read so. Few messages have as many."""


class Mended(NamedTuple):
    """A text as it was meant, with how many slips it had, and whether some of it was written by its sound."""

    text: Text
    slips: int
    is_sounded: bool


class SlipReader:
    """Reads what was meant, by the forms of a lexicon; `index` tells how many entries speak of each."""

    def __init__(self, lexicon: Lexicon, index: Index) -> None:
        self._lexicon = lexicon
        self._index = index
        self._fixed = frozenset(lexicon.negating_letters)

    def mend(self, text: Text) -> Mended | None:
        """Return a text as it was meant, or None where it stands so."""
        if len(text.folded) > LONGEST_TYPED:
            return None
        parts: list[tuple[int, int, str]] = []
        slips, is_sounded = 0, False
        for run in self._find_runs(text):
            pieces = self._read(run)
            is_typed = not all(one.letter for one in run)
            # Pinyin that tells nothing is English: debate is no 的吧te.
            tells = is_typed and any(piece.sense and piece.sense.sort != "chatter" for _, piece in pieces)
            if not tells and not any(piece.slips for _, piece in pieces):
                continue
            last = run[0].start
            for start, piece in pieces:
                first, end = run[start].start, run[piece.end - 1].end
                # Blanks between syllables are none of Chinese.
                parts.append((last if text.folded[last:first].isspace() else first, end, piece.letters))
                last, slips = end, slips + piece.slips
            is_sounded = is_sounded or is_typed
        return Mended(text.replace(parts), slips, is_sounded) if parts else None

    def _find_runs(self, text: Text) -> Iterator[list[Syllable]]:
        """Yield the runs of characters and syllables that nothing but blanks parts."""
        run: list[Syllable] = []
        for syllable in (*read_syllables(text, self._lexicon.is_english), None):
            if run and not (syllable and _joins(text, run[-1], syllable)):
                if 1 < len(run) <= LONGEST_RUN:
                    yield run
                run = []
            if syllable:
                run.append(syllable)

    def _read(self, run: Sequence[Syllable]) -> list[tuple[int, Piece]]:
        """Return the pieces of the cheapest way to read a run, each with its start."""
        written = "".join(one.letter or UNWRITTEN for one in run)
        plain = find_cheapest(len(run), lambda start: self._lexicon.list_pieces(written, start))
        covered = {place for start, piece in plain for place in range(start, piece.end)}
        strange = [place for place in range(len(run)) if place not in covered]
        if not strange:
            return plain
        sounds = [one.said or sound for one, sound in zip(run, sound_out(written), strict=True)]

        def list_pieces(start: int) -> Iterator[Piece]:
            yield from self._lexicon.list_pieces(written, start)
            behind = next((place for place in strange if place >= start), len(run))
            # What is written right is left alone: a piece that mends covers a strange character.
            for piece in self._find(written, sounds, start):
                tells = len(piece.letters) >= SHORTEST and piece.sense and piece.sense.sort != "chatter"
                if piece.end > behind and (tells or not piece.slips):
                    yield piece

        return find_cheapest(len(run), list_pieces)

    def _find(
        self, run: str, sounds: Sequence[str], place: int, begun: str = "", slips: int = 0
    ) -> Iterator[Piece]:
        """Yield the words that what stands at `place` may go on with, each with its slips."""
        if sense := self._lexicon.han.get(begun):
            yield Piece(place, begun, sense.cost + CHATTER * slips, sense, slips)
        following = self._following.get(begun)
        if place == len(run) or following is None:
            return
        letter, said = run[place], sounds[place]
        if letter == UNWRITTEN:  # pinyin is no slip
            for other in following.get(said, ""):
                yield from self._find(run, sounds, place + 1, begun + other, slips)
            return
        if letter in following:
            yield from self._find(run, sounds, place + 1, begun + letter, slips)
        if slips < MOST_SLIPS and letter not in self._fixed:
            for size, meant in self._list_slips(run, place, said, begun, following):
                yield from self._find(run, sounds, place + size, begun + meant, slips + 1)

    def _list_slips(
        self, run: str, place: int, said: str, begun: str, following: Mapping[str, str]
    ) -> Iterator[tuple[int, str]]:
        """Yield how many characters a slip takes, and what is meant by them."""
        letter, behind = run[place], run[place + 1 : place + 2]
        alike = following.get(said, "") + read_lookalikes().get(letter, "")
        for other in dict.fromkeys(alike):
            if other in following and other != letter and other not in self._fixed:
                yield 1, other
        if begun.endswith(letter):  # it stands twice
            yield 1, ""
        exchanged = self._following.get(begun + behind, ())
        if behind in following and behind not in self._fixed and letter in exchanged:
            yield 2, behind + letter

    @cached_property
    def _following(self) -> Mapping[str, Mapping[str, str]]:
        """The characters that follow each beginning of a word, by themselves and by their sounds.

        Of several that sound alike those come first that most entries speak of.
        """
        forms = self._lexicon.han
        following: dict[str, dict[str, str]] = defaultdict(dict)
        ranks = {
            form: (len(form), self._index.weight(sense.name), sense.name, form)
            for form, sense in forms.items()
        }
        for word in sorted(forms, key=ranks.__getitem__):
            for place, (letter, said) in enumerate(zip(word, sound_out(word), strict=True)):
                keys = following[word[:place]]
                for key in (letter, said):
                    if letter not in keys.get(key, ""):
                        keys[key] = keys.get(key, "") + letter
        return dict(following)


def _joins(text: Text, one: Syllable, other: Syllable) -> bool:
    """Say whether a character or syllable goes on where another ends: pinyin may have blanks between."""
    gap = text.folded[one.end : other.start]
    return not gap or (gap.isspace() and "\n" not in gap and not (one.letter and other.letter))


@cache
def read_lookalikes() -> Mapping[str, str]:
    """Return the characters that look like each common one, as bench/lookalikes.py drew them.

    >>> "设" in read_lookalikes()["投"], "投" in read_lookalikes()["设"]
    (True, True)
    """
    alike: dict[str, dict[str, None]] = {}
    for line in files("bot.matching").joinpath("lookalikes.txt").read_text(encoding="utf-8").split():
        for other in line[1:]:
            alike.setdefault(line[0], {})[other] = None
            alike.setdefault(other, {})[line[0]] = None
    return {letter: "".join(others) for letter, others in alike.items()}
