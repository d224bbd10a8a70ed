"""Chinese by its sound: pinyin, and characters that sound like the right ones (设被不再线).

Every syllable becomes one character of a plane no text uses, so lexicon, features and index serve sounds
as they serve characters. pypinyin (150 ms to import) is loaded at the first use only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from bot.matching.text import HAN, Text

_FIRST_SYLLABLE = 0x2_8000  # in CJK Extension B, which HAN covers and support chats do not use
_SYLLABLE = re.compile(
    r"zhuang|chuang|shuang|[jqxln]iang|[jqx]iong|[gkh]uang|(?:zh|ch|sh)(?:ang|eng|ong|uai|uan|ai|an|ao|ei|en|ou|ua|ui|un|uo|a|e|i|u)"
    r"|[bpmdtnlgkhzcsrfwyjqx](?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
    r"|(?:ang|ai|an|ao|ei|en|er|ou|a|e|o)"
)
_WORD = re.compile(r"(?:[^\W\d_][1-5]?)+")
_LONGEST_WORD = 60


def speak(text: Text, is_known: Callable[[str], bool], joined: bool = False) -> Text | None:
    """Return the text with Han characters and pinyin words as syllables, or None if it has neither.

    Words of several syllables stay apart unless `joined`: "xiaoxi zhongxin" is one word in Chinese.

    A word that `is_known` (English) stays as it is, unless it is one syllable beside a word of pinyin.
    """
    words = list(_WORD.finditer(text.folded)) if not text.folded.isdigit() else []
    pinyin = {m.start(): s for m in words if not HAN.search(m[0]) and (s := _split(_plain(m[0])))}
    sure = {m.start() for m in words if m.start() in pinyin and not is_known(_plain(m[0]))}
    if sum(len(pinyin[start]) for start in sure) < 2:
        sure = set()
    if not sure and not HAN.search(text.folded):
        return None
    spoken: list[str] = []
    starts: list[int] = []

    def put(letters: str, position: int) -> None:
        for letter in letters:
            spoken.append(letter)
            starts.append(text.span(position, position + 1)[0])

    position = 0
    for number, word in enumerate(words):
        before, start = text.folded[position : word.start()], word.start()
        neighbours = [words[n].start() for n in (number - 1, number + 1) if 0 <= n < len(words)]
        is_spoken = start in sure or (len(pinyin.get(start, ())) == 1 and any(n in sure for n in neighbours))
        # The blank beside a single syllable goes: "she bei" is one word.
        sizes = [len(pinyin.get(words[n].start(), ())) for n in (number, number - 1) if n >= 0]
        is_short = joined or 1 in sizes
        glue = is_spoken and is_short and before.isspace() and spoken and HAN.match(spoken[-1])
        for offset, letter in enumerate("" if glue else before):
            put(letter, position + offset)
        if is_spoken:
            at = start
            for syllable in pinyin[start]:
                put(_symbol(syllable), at)
                at += len(syllable)
        elif HAN.search(word[0]):
            for offset, syllable in enumerate(_sounds(word[0])):
                put(syllable, start + offset)
        else:
            for offset, letter in enumerate(word[0]):
                put(letter, start + offset)
        position = word.end()
    for offset, letter in enumerate(text.folded[position:]):
        put(letter, position + offset)
    return Text(text.raw, "".join(spoken), starts, ())


def sound_out(forms: Iterable[str]) -> list[str]:
    """Return each folded form with its Han characters as syllables."""
    return ["".join(_sounds(form)) for form in forms]


def _plain(word: str) -> str:
    """Drop tone digits and tone marks; ü is written v.

    >>> _plain("lǜ4")
    'lv'
    """
    decomposed = unicodedata.normalize("NFD", word.replace("ü", "v"))
    letters = "".join(letter for letter in decomposed if letter.isalpha() or letter == "\u0308")
    return letters.replace("u\u0308", "v")


@lru_cache(maxsize=4096)
def _split(word: str) -> tuple[str, ...]:
    """Split a word into pinyin syllables, as few as possible; empty if it is no pinyin."""
    if len(word) > _LONGEST_WORD or not word.isascii():
        return ()
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(word)):
        if start not in reached:
            continue
        for end in range(start + 1, min(len(word), start + 6) + 1):
            if _SYLLABLE.fullmatch(word, start, end):
                parts = (*reached[start], word[start:end])
                if end not in reached or len(parts) < len(reached[end]):
                    reached[end] = parts
    return reached.get(len(word), ())


@cache
def _pinyin() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin  # 150 ms: only for a text that needs it

    return lambda run: lazy_pinyin(run, v_to_u=False)


@lru_cache(maxsize=8192)
def _sounds(run: str) -> tuple[str, ...]:
    """Return one letter for each letter of the run: a syllable's for a Han character, else itself."""
    spoken: list[str] = []
    for part in re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", run):
        spoken.extend(map(_symbol, _pinyin()(part)) if HAN.match(part) else part)
    return tuple(spoken)


_symbols: dict[str, str] = {}


def _symbol(syllable: str) -> str:
    """Return the character that stands for a syllable; an unknown character stands for itself.

    The order of first use does not matter: symbols are only compared with symbols of one process.
    """
    if not syllable.isascii():
        return syllable[:1]
    return _symbols.setdefault(syllable, chr(_FIRST_SYLLABLE + len(_symbols)))
