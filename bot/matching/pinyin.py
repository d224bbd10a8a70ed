"""Chinese by its sound: pinyin, and characters that sound like the right ones (设被不再线).

Every syllable becomes one character of a plane no text uses, so lexicon, features and index serve sounds
as they serve characters. pypinyin (150 ms to import) is loaded at the first use only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from bot.matching.text import HAN, Text

_INITIALS = ("", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = (
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "i", "ia", "ie", "iao",
    "iu", "ian", "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "v",
    "ve", "van", "vn",
)  # fmt: skip
_SYLLABLE = re.compile(
    rf"(?P<initial>{'|'.join(sorted(_INITIALS, key=len, reverse=True))})"
    rf"(?P<final>{'|'.join(sorted(_FINALS, key=len, reverse=True))})"
)
_FIRST_SYMBOL = 0x2_8000  # in CJK Extension B, which HAN covers and support chats do not use
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(rf"{_HAN_RUN.pattern}|(?:(?![\u3400-\u9fff])[^\W\d_][1-5]?)+")
_LONGEST_WORD, _LONGEST_SYLLABLE = 60, 6
REMEMBERED = 8192  # words of which pinyin, or that they're none, is remembered: packs repeat theirs
_FEWEST = 2  # syllables of pinyin that a text must have: "he", "men" and "fan" alone are English


def speak(text: Text, is_known: Callable[[str], bool], joined: bool = False) -> Text | None:
    """Return the text with Han characters and pinyin words as syllables, or None if it has neither.

    A word that `is_known` (English) stays as it is, unless it is one syllable beside a word of pinyin.
    Words of several syllables stay apart unless `joined`: "xiaoxi zhongxin" is one word in Chinese.
    """
    words = list(_WORD.finditer(text.folded))
    syllables = _find_pinyin(words, is_known)
    if not syllables and not HAN.search(text.folded):
        return None
    spoken: list[str] = []
    starts: list[int] = []
    end = before = 0  # where the word before ended, and of how many syllables it was
    for number, word in enumerate(words):
        parts = syllables.get(number, ())
        blank = text.folded[end : word.start()]
        if not (parts and before and blank.isspace() and (joined or 1 in {before, len(parts)})):
            _put(spoken, starts, text, blank, range(end, word.start()))
        if parts:
            sizes = [len(part) for part in parts]
            begins = [word.start() + sum(sizes[:index]) for index in range(len(parts))]
            _put(spoken, starts, text, [_symbol(part, part) for part in parts], begins)
        else:
            _put(spoken, starts, text, _sounds(word[0]), range(word.start(), word.end()))
        end, before = word.end(), len(parts)
    _put(spoken, starts, text, text.folded[end:], range(end, len(text.folded)))
    return Text(text.raw, "".join(spoken), starts, ())


def sound_out(forms: Iterable[str]) -> list[str]:
    """Return each folded form with its Han characters as syllables."""
    return [_HAN_RUN.sub(lambda run: "".join(_sounds(run[0])), form) for form in forms]


def write_initials(run: str) -> str:
    """Return the first letter of each syllable of a run of Han characters.

    >>> write_initials("设备不在线")
    'sbbzx'
    """
    return "".join(syllable[:1] for syllable in _pinyin()(run))


def _find_pinyin(
    words: Sequence[re.Match[str]], is_known: Callable[[str], bool]
) -> Mapping[int, tuple[str, ...]]:
    """Return the syllables of the words that are pinyin, by the word's number; empty if too few are."""
    plain = [_plain(word[0]) for word in words]
    split = [_split(word) for word in plain]
    sure = {n for n, word in enumerate(plain) if split[n] and not is_known(word)}
    if sum(len(split[number]) for number in sure) < _FEWEST:
        return {}
    beside = {n for n, parts in enumerate(split) if len(parts) == 1 and {n - 1, n + 1} & sure}
    return {number: split[number] for number in sure | beside}


def _put(
    spoken: list[str], starts: list[int], text: Text, letters: Sequence[str], positions: Iterable[int]
) -> None:
    """Append letters, each with the place in the given text that its folded position came from."""
    for letter, position in zip(letters, positions, strict=True):
        spoken.append(letter)
        starts.append(text.span(position, position + 1)[0])


@lru_cache(maxsize=REMEMBERED)
def _plain(word: str) -> str:
    """Drop tone digits and tone marks; ü is written v.

    >>> _plain("lǜ4")
    'lv'
    """
    decomposed = unicodedata.normalize("NFD", word.replace("ü", "v"))
    letters = "".join(letter for letter in decomposed if letter.isalpha() or letter == "\u0308")
    return letters.replace("u\u0308", "v")


@lru_cache(maxsize=REMEMBERED)
def _split(word: str) -> tuple[str, ...]:
    """Split a word into pinyin syllables, as few as possible; empty if it is no pinyin.

    >>> _split("zaixian")
    ('zai', 'xian')
    """
    if len(word) > _LONGEST_WORD or not word.isascii():
        return ()
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(word)):
        if start not in reached:
            continue
        for end in range(start + 1, min(len(word), start + _LONGEST_SYLLABLE) + 1):
            if _SYLLABLE.fullmatch(word, start, end):
                parts = (*reached[start], word[start:end])
                if end not in reached or len(parts) < len(reached[end]):
                    reached[end] = parts
    return reached.get(len(word), ())


@cache
def _pinyin() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin  # 150 ms: only for a text that needs it
    from pypinyin.core import Pinyin

    split = Pinyin().seg

    @lru_cache(maxsize=REMEMBERED)
    def say(word: str) -> list[str]:
        return lazy_pinyin([word], v_to_u=False)

    return lambda run: [syllable for word in split(run) for syllable in say(word)]


def _sounds(run: str) -> tuple[str, ...]:
    """Return one letter for each letter of a word: a syllable's for a Han character, else itself."""
    if not _HAN_RUN.fullmatch(run):
        return tuple(run)
    return tuple(map(_symbol, _pinyin()(run), run))


def _symbol(syllable: str, letter: str) -> str:
    """Return the character that stands for a syllable; `letter` where it is none."""
    parts = _SYLLABLE.fullmatch(syllable)
    if not parts:
        return letter[:1]
    return chr(
        _FIRST_SYMBOL + len(_FINALS) * _INITIALS.index(parts["initial"]) + _FINALS.index(parts["final"])
    )
