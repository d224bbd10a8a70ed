"""A text as given and as read: folded for comparing, with a map back to the given characters.

Folding: NFKC, casefold, Traditional to Simplified, invisible characters out, smart quotes plain,
Slack's tokens reduced to their label, letters that JSON escapes read. No code or phrase is searched
here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]")

LONGEST = 40_000
"""Characters read of one text, as given and as folded: as many as Slack lets a message have."""

LONGEST_TYPED = 2_000
"""Characters of a text that somebody types: what is longer was pasted, and is read as it stands."""

REMEMBERED = 20_000
"""Words, strings and letters of which what was read is remembered; a bound on memory."""

MOST_FOLDED = 18  # characters that one becomes: U+FDFA, the longest by NFKC (Unicode 16)

# The slash inside ¼ becomes a point: no code begins or ends beside a decimal point.
_PLAIN = str.maketrans(
    "\u2018\u2019\u201a\u201b\u2032\u02bc\u201c\u201d\u201e\u2033\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00a0\u3000\u2044",
    "''''''\"\"\"\"-------  .",
)
# Slack's own tokens (docs.slack.dev, formatting message text, retrieving messages), or a bare address.
_TOKEN = re.compile(
    r"<[@#!][^<>\s|]{0,200}(?:\|(?P<label>[^<>]{0,300}))?>"
    r"|<(?:https?://|mailto:|tel:)[^<>\s|]{0,3000}(?:\|(?P<title>[^<>]{0,300}))?>"
    r"|(?<![\w/])(?:/[\w.~%-]{1,100}){1,20}\?[^\s<>\"'`，。；、）】\u3400-\u9fff]{1,2000}"
    r"|(?:https?://|www\.)[^\s<>\"'`，。；、）】\u3400-\u9fff]{1,3000}",
    re.IGNORECASE,
)
# What folding leaves at its place: ASCII that begins no token, and the common Chinese characters.
_PLAIN_TEXT = re.compile(r"[\n\t -%'-.0-;=-~\u4e00-\u9fff]*+")
# The parts of a text where tokens are known: what is plain; an entity; a letter escaped in JSON (RFC 8259,
# section 7), or in JSON within JSON, outside the basic plane a pair; any other character.
_PART = re.compile(
    r"(?P<plain>[\n\t -%'-\[\]-~\u4e00-\u9fff]++)|&(?P<entity>amp|lt|gt);"
    r"|\\{1,4}[uU](?:(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\{1,4}[uU](?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<unit>[0-9a-fA-F]{4}))"
    r"|(?P<letter>[\s\S])"
)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text, folded. `starts[i]` is where folded character i began in the text as given.

    `starts` is None where folding kept every position. `sealed` holds the folded spans of links,
    mentions and addresses: no code is read inside them.
    """

    raw: str
    folded: str
    starts: Sequence[int] | None
    sealed: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a folded [start, end) to the text as given, in code points.

        >>> read("ﬁrmware").span(0, 2)
        (0, 1)
        """
        if self.starts is None or end <= start:
            return start, end
        first, last = self.starts[start], self.starts[end - 1]
        following = self.starts[end] if end < len(self.starts) else len(self.raw)
        return first, max(following, last + 1)

    def replace(self, parts: Iterable[tuple[int, int, str]]) -> Text:
        """Return the text with other letters at some folded spans, in order; they stand where those stood."""
        letters: list[str] = []
        starts: list[int] = []
        given = range(len(self.raw)) if self.starts is None else self.starts
        last = 0
        for start, end, new in (*parts, (len(self.folded), len(self.folded), "")):
            letters += self.folded[last:start], new
            starts += given[last:start]
            starts += (given[min(start + place, end - 1)] for place in range(len(new)))
            last = end
        return Text(self.raw, "".join(letters), starts, ())

    def letter(self, position: int) -> str:
        """Return the given character that a folded position came from."""
        return self.raw[position if self.starts is None else self.starts[position]]

    def is_sealed(self, start: int) -> bool:
        """Say whether a folded position lies in a link, mention or address."""
        number = bisect_right(self.sealed, start, key=lambda span: span[0]) - 1
        return number >= 0 and start < self.sealed[number][1]


def read(raw: str) -> Text:
    """Fold a text for comparing; at most LONGEST characters are read, and no more come of it.

    >>> read("錯誤碼：２８５０４").folded
    '错误码:28504'
    """
    raw = raw[:LONGEST]
    if _PLAIN_TEXT.fullmatch(raw) and not any(mark in raw for mark in ("\\u", "www.")):
        return Text(raw, _simplify(raw.lower()), None, ())
    folded: list[str] = []
    starts: list[int] = []
    sealed: list[tuple[int, int]] = []
    position = 0
    for token in _TOKEN.finditer(raw):
        _fold_into(folded, starts, raw, position, token.start())
        begin = len(folded)
        if token["label"] or token["title"]:
            group = "label" if token["label"] else "title"
            _fold_into(folded, starts, raw, token.start(group), token.end(group))
        elif raw[token.start()] == "<":
            folded.append(" ")
            starts.append(token.start())
        else:
            _fold_into(folded, starts, raw, token.start(), token.end())
        sealed.append((begin, len(folded)))
        position = token.end()
    _fold_into(folded, starts, raw, position, len(raw))
    if len(folded) > LONGEST:
        end = bisect_left(starts, starts[LONGEST])  # what became of one character stays together
        raw = raw[: starts[end]]
        del folded[end:], starts[end:]
    return Text(raw, _simplify("".join(folded)), starts, tuple(sealed))


def fold(text: str) -> str:
    """Return the folded text alone, without its map.

    >>> fold("設備不在線")
    '设备不在线'
    """
    return read(text).folded


def find_ends(raw: str, head: int, tail: int) -> tuple[int, int] | None:
    """Return where the beginning of a text ends and its end begins, as given; None where all of it is read.

    Folded, the beginning has `head` characters at most, the end `tail`.

    >>> find_ends("abcdefgh", 3, 2)
    (3, 6)
    """
    if len(raw) <= head + tail and (raw.isascii() or len(raw) * MOST_FOLDED <= head + tail):
        return None
    if len(raw) <= head + tail and len(read(raw).folded) <= head + tail:
        return None
    first, last = read(raw[:head]), read(raw[-tail:])
    end = min(head, len(raw))
    if len(first.folded) > head and first.starts is not None:
        end = first.starts[head]
    begin, over = max(end, len(raw) - tail), len(last.folded) - tail
    if over > 0 and last.starts is not None:
        while over < len(last.starts) and last.starts[over] == last.starts[over - 1]:
            over += 1  # amid what one character became
        begin = len(raw) - tail + (last.starts[over] if over < len(last.starts) else tail)
    return end, begin


def _fold_into(folded: list[str], starts: list[int], raw: str, start: int, end: int) -> None:
    """Append the folded characters of raw[start:end], each with the position it came from."""
    for part in _PART.finditer(raw, start, end):
        if len(folded) > LONGEST:
            return
        letter = "" if part["plain"] else _decode(part)
        if not letter:
            folded.extend(part[0].lower())
            starts.extend(range(part.start(), part.end()))
        elif (
            unicodedata.combining(letter)
            and folded
            and folded[-1].isprintable()
            and len(joined := _fold_letter(folded[-1] + letter)) == 1
        ):
            folded[-1] = joined  # a combining mark belongs to the letter before it
        else:
            letters = _fold_letter(letter)
            folded.extend(letters)
            starts.extend([part.start()] * len(letters))


def _decode(part: re.Match[str]) -> str:
    """Return the letter that a part of a text stands for, or "" for what must stay as it is written.

    A quote or a control character would end the string that it stands in; half of a pair is no letter.
    """
    if part["letter"] or part["entity"]:
        return part["letter"] or _ENTITIES[part["entity"]]
    digits = part["unit"] or part["high"] + part["low"]
    letter = bytes.fromhex(digits).decode("utf-16-be", errors="ignore")
    return "" if letter in '"\\' or unicodedata.category(letter) == "Cc" else letter


@lru_cache(maxsize=REMEMBERED)
def _fold_letter(letter: str) -> str:
    """Fold one character, or one and its mark; what isn't seen becomes nothing."""
    if letter in "\n\t":
        return letter
    if letter == "\r":
        return "\n"
    plain = unicodedata.normalize("NFKC", letter.translate(_PLAIN)).translate(_PLAIN)
    plain = unicodedata.normalize("NFKC", plain.casefold())
    return "".join(each for each in plain if not _is_invisible(each))


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} or "\ufe00" <= letter <= "\ufe0f"


def _simplify(folded: str) -> str:
    """Turn Traditional characters into Simplified ones, one for one."""
    try:
        folded.encode("gb2312", errors="strict")
    except UnicodeEncodeError:
        pass
    else:
        return folded  # GB 2312 holds Simplified characters only, so there is nothing to turn
    if not HAN.search(folded):
        return folded
    turned: str = _converter().convert(folded)
    if len(turned) == len(folded):
        return turned
    # A conversion by words changed the length: convert by characters, so that positions stay true.
    single = (_converter().convert(letter) if HAN.match(letter) else letter for letter in folded)
    return "".join(new if len(new) == 1 else old for new, old in zip(single, folded, strict=True))


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc is imported only when a text needs it (16 ms)
    import opencc

    return opencc.OpenCC("t2s")
