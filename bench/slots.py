"""Messages with slots: `%s`, `{name}`, `<id>`. Read here on their own, not as the matcher reads them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bench.edits import CHINESE, NEGATING, NEGATORS, WORD

SLOT = re.compile(
    r"%(?:\d\$\*1\$)?(?P<flags>[`-]*)(?:\d+)?(?:\.(?:\d+|\*))?(?:ll|l|z|h)?(?P<letter>[diuxXscMTQ])"
    r"|\$?\{\w*\}|<[a-z][a-z _-]*>"
)
FEWEST = 4  # Chinese characters, or half as many words, by which a message can be told
NOUNS = ("orders", "t1", "shop", "user_mail", "ix_name", "tmp42", "Kunden", "a_b", "web01", "Ümit")
ENDS = ("", "", "_old", "_2", "_v3", "_id")
CHINESE_NAMES = ("订单", "张伟", "库存_2", "北京", "客户档案")
PATHS = ("/srv/d7/{}.bin", "./{}/part.7", r"C:\work\{}.dat", "{}.internal:3307", "10.0.3.17")
SYSTEM = ('13 "Permission denied"', '2 "No such file or directory"', '28 "No space left on device"', "150")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message: fixed words, or a slot, as it is written or filled."""

    text: str
    fixed: bool


Pieces = tuple[Piece, ...]


def split_message(message: str) -> Pieces:
    """Return the pieces of a message, its slots as they are written."""
    return tuple(_split(message))


def _split(message: str) -> Iterator[Piece]:
    place = 0
    for slot in SLOT.finditer(message):
        if slot.start() > place:
            yield Piece(message[place : slot.start()].replace("%%", "%"), fixed=True)
        yield Piece(slot[0], fixed=False)
        place = slot.end()
    if place < len(message):
        yield Piece(message[place:].replace("%%", "%"), fixed=True)


def fill(pieces: Pieces, language: str, codes: Collection[str], rng: Random) -> Pieces:
    """Return the pieces with their slots filled; no number is one of the codes."""
    return tuple(
        piece if piece.fixed else Piece(_fill(piece.text, language, codes, rng), fixed=False)
        for piece in pieces
    )


def join(pieces: Sequence[Piece]) -> str:
    """Return the text."""
    return "".join(piece.text for piece in pieces)


def join_fixed(pieces: Sequence[Piece]) -> str:
    """Return the fixed words, a blank where a slot is."""
    return "".join(piece.text if piece.fixed else " " for piece in pieces).strip()


def is_telling(fixed: str) -> bool:
    """Say whether fixed words are enough for a person to tell a message: two words, four characters.

    >>> is_telling("Out of memory"), is_telling("NO"), is_telling("表已满")
    (True, False, False)
    """
    return sum(map(len, CHINESE.findall(fixed))) + 2 * len(WORD.findall(fixed)) >= FEWEST


def cut_end(pieces: Pieces) -> Pieces:
    """Leave the last third out, at the end of a word."""
    text = join(pieces)
    return _take(pieces, 0, _find_joint(text, len(text) * 2 // 3, -1))


def cut_start(pieces: Pieces, rng: Random) -> Pieces:
    """Leave the first words out, at most a third; nothing is returned where a negator would go with them."""
    text = join(pieces)
    start = _find_joint(text, rng.randrange(2, max(3, len(text) // 3)), 1)
    gone = text[:start]
    return () if NEGATING.search(gone) or NEGATORS & set(gone) else _take(pieces, start, len(text))


def _fill(slot: str, language: str, codes: Collection[str], rng: Random) -> str:
    found = SLOT.fullmatch(slot)
    letter = (found and found["letter"]) or ""
    if letter == "M":
        return rng.choice(SYSTEM)
    if letter == "c":
        return rng.choice("abcxyz")
    if letter and letter in "diuxX":
        return _draw_number(codes, rng)
    name, draw = rng.choice(NOUNS) + rng.choice(ENDS), rng.random()
    if draw < 0.15:
        name = rng.choice(PATHS).format(name)
    elif draw < 0.25:
        name = _draw_number(codes, rng)
    elif draw < 0.35 and language == "zh":
        name = rng.choice(CHINESE_NAMES)
    return f"`{name}`" if found and "`" in (found["flags"] or "") else name


def _draw_number(codes: Collection[str], rng: Random) -> str:
    number = ""
    while not number or number in codes:
        number = str(rng.randrange(10 ** rng.choice((1, 2, 2, 3, 4, 5, 7))))
    return number


def _find_joint(text: str, place: int, step: int) -> int:
    """Return the place itself, or the next one in a direction that cuts no Latin word in two."""
    while 0 < place < len(text) and _is_latin(text[place - 1]) and _is_latin(text[place]):
        place += step
    return place


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and not CHINESE.match(letter)


def _take(pieces: Pieces, start: int, end: int) -> Pieces:
    """Return what of the pieces stands within [start, end) of their text."""
    taken, place = [], 0
    for piece in pieces:
        part = piece.text[max(0, start - place) : max(0, end - place)]
        if part:
            taken.append(Piece(part, piece.fixed))
        place += len(piece.text)
    return tuple(taken)
