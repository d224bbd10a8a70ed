"""Makes questions from the messages of a table that nobody wrote phrases for: slots filled, then changed.

Slots are read here on their own, not as the matcher reads them. What several messages say alike is right for
each of their codes; what nobody could tell is left out. Called by unseen.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bench.edits import CHINESE, CHINESE_EDITS, LATIN_EDITS, NEGATING, NEGATORS, WORD, Editor
from bench.packs import Row
from bench.strings import flatten, strip
from bench.wrappers import wrap
from bot.knowledge.entry import Question
from bot.knowledge.snapshot import Knowledge

KINDS = ("plain", "cut end", "cut start", "typo", "log", "JSON", "code")
SLOT = re.compile(
    r"%(?:\d\$\*1\$)?(?P<flags>[`-]*)(?:\d+)?(?:\.(?:\d+|\*))?(?:ll|l|z|h)?(?P<letter>[diuxXscMTQ])"
    r"|\$?\{\w*\}|<[a-z][a-z _-]*>"
)
FEWEST = 4  # Chinese characters, or half as many words, by which a message can be told
MOST_SHARED = 5  # codes that one question may be right for
STATES = ("28000", "42000", "42S02", "HY000", "23000", "08S01", "22007", "0A000")
CODED = {
    "en": (
        "ERROR {code} ({state}): {text}",
        "ERROR {code} ({state}) at line {line}: {text}",
        "Error {code}: {text}",
        "error code {code}, {text}",
        "[{code}] {text}",
        "{code} - {text}",
        "({code}, \"{text}\")",
        "SQLSTATE[{state}]: {code} {text}",
    ),
    "zh": (
        "错误 {code} ({state}): {text}",
        "错误 {code}：{text}",
        "错误码 {code}，{text}",
        "报错{code}：{text}",
        "ERROR {code} ({state}): {text}",
        "[{code}] {text}",
        "{code} {text}",
    ),
}  # fmt: skip
NOUNS = (
    "orders",
    "t1",
    "shop",
    "user_mail",
    "ix_name",
    "tmp42",
    "Kunden",
    "a_b",
    "web01",
    "audit2024",
    "Ümit",
)
ENDS = ("", "", "_old", "_2", "_v3", "_id")
CHINESE_NAMES = ("订单", "张伟", "库存_2", "北京", "客户档案")
PATHS = (
    "/srv/d7/{}.bin",
    "./{}/part.7",
    "C:\\work\\{}.dat",
    "/data/#{}_1f_3",
    "{}.internal:3307",
    "10.0.3.17",
)
SYSTEM = ('13 "Permission denied"', '2 "No such file or directory"', '28 "No space left on device"', "150")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message: fixed words, or a slot with what fills it."""

    text: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Source:
    """One message of one code, in pieces, its slots as they were written."""

    code: str
    language: str
    pieces: tuple[Piece, ...]

    @property
    def fixed(self) -> str:
        """The fixed words, slots left out."""
        return join_fixed(self.pieces)


class Generator:
    """Makes questions from the messages of a table."""

    def __init__(self, rows: Sequence[Row], knowledge: Knowledge) -> None:
        """Read the messages; `knowledge` is the pack made of them."""
        self._codes = frozenset(row.code for row in rows)
        self._editor = Editor(knowledge)
        self._sources = [
            Source(row.code, language, tuple(split_message(text)))
            for row in rows
            for language, text in row.message.items()
        ]
        self._known: dict[str, set[str]] = {}
        for source in self._sources:
            self._known.setdefault(flatten(source.fixed), set()).add(source.code)
        self._bare: dict[str, set[str]] = {}
        for source in self._sources:
            self._bare.setdefault(strip(source.fixed), set()).add(source.code)

    def generate(self, count: int, seed: int) -> Iterator[Question]:
        """Yield at most `count` questions of each kind in each language; the same for the same seed."""
        languages = dict.fromkeys(source.language for source in self._sources)
        for kind in KINDS:
            for language in languages:
                rng = Random(f"{seed} {kind} {language}")
                sources = [source for source in self._sources if source.language == language]
                rng.shuffle(sources)
                made = 0
                for source in sources:
                    question = self._make(source, kind, rng)
                    if question and made < count:
                        made += 1
                        yield question

    def _make(self, source: Source, kind: str, rng: Random) -> Question | None:
        filled = tuple(
            piece if piece.fixed else self._fill(piece.text, source, rng) for piece in source.pieces
        )
        text = "".join(piece.text for piece in filled)
        if kind == "code":
            shape = rng.choice(CODED[source.language])
            coded = shape.format(
                code=source.code, state=rng.choice(STATES), line=rng.randrange(1, 90), text=text
            )
            return self._ask(coded, {source.code}, kind, source)
        if not is_telling(source.fixed):
            return None
        owners = self._bare[strip(source.fixed)]
        if kind in ("log", "JSON"):
            text = wrap(text, "log" if kind == "log" else "JSON", source.language, self._codes, rng)
        elif kind == "typo":
            edited = self._slip(filled, owners, rng)
            if edited is None:
                return None
            text = edited
        elif kind.startswith("cut"):
            cut = _cut_end(filled) if kind == "cut end" else _cut_start(filled, rng)
            left = join_fixed(cut)
            if not cut or not is_telling(left):
                return None
            text = "".join(piece.text for piece in cut).strip()
            flat = flatten(left)
            owners = {code for known, codes in self._known.items() if flat in known for code in codes}
        return self._ask(text, owners, kind, source)

    def _ask(self, text: str, owners: set[str], kind: str, source: Source) -> Question | None:
        if len(owners) > MOST_SHARED:
            return None
        written = "".join(piece.text for piece in source.pieces)
        expected = tuple(sorted(owners, key=lambda code: (code != source.code, code)))
        return Question(
            text, expected, kind, source.language, any_of=len(owners) > 1, id=f"{source.code} {written}"
        )

    def _slip(self, filled: tuple[Piece, ...], owners: set[str], rng: Random) -> str | None:
        """Return the text with one slip in its fixed words, if it is still nearest to its own message."""
        places = [place for place, piece in enumerate(filled) if piece.fixed and is_telling(piece.text)]
        if not places:
            return None
        place = rng.choice(places)
        kinds = CHINESE_EDITS if CHINESE.search(filled[place].text) else LATIN_EDITS
        edited = self._editor.edit(filled[place].text, rng.choice(kinds), 1, rng)
        if edited is None:
            return None
        changed = (*filled[:place], Piece(edited, fixed=True), *filled[place + 1 :])
        near = process.extract(
            flatten(join_fixed(changed)), self._known.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
        )
        if any(self._known[known] - owners for known, *_ in near):
            return None
        return "".join(piece.text for piece in changed)

    def _fill(self, slot: str, source: Source, rng: Random) -> Piece:
        found = SLOT.fullmatch(slot)
        letter = (found["letter"] if found else None) or ""
        if letter == "M":
            return Piece(rng.choice(SYSTEM), fixed=False)
        if letter == "c":
            return Piece(rng.choice("abcxyz"), fixed=False)
        if letter in {"d", "i", "u", "x", "X"}:
            return Piece(self._draw_number(rng), fixed=False)
        name = rng.choice(NOUNS) + rng.choice(ENDS)
        draw = rng.random()
        if draw < 0.15:
            name = rng.choice(PATHS).format(name)
        elif draw < 0.25:
            name = self._draw_number(rng)
        elif draw < 0.35 and source.language == "zh":
            name = rng.choice(CHINESE_NAMES)
        quoted = found is not None and "`" in (found["flags"] or "")
        return Piece(f"`{name}`" if quoted else name, fixed=False)

    def _draw_number(self, rng: Random) -> str:
        """Return a number that is none of the codes."""
        number = ""
        while not number or number in self._codes:
            number = str(rng.randrange(10 ** rng.choice((1, 2, 2, 3, 4, 5, 7))))
        return number


def split_message(message: str) -> Iterator[Piece]:
    """Yield the pieces of a message, its slots as they are written."""
    place = 0
    for slot in SLOT.finditer(message):
        if slot.start() > place:
            yield Piece(message[place : slot.start()].replace("%%", "%"), fixed=True)
        yield Piece(slot[0], fixed=False)
        place = slot.end()
    if place < len(message):
        yield Piece(message[place:].replace("%%", "%"), fixed=True)


def join_fixed(pieces: Sequence[Piece]) -> str:
    """Return the fixed words of pieces, a blank where a slot is."""
    return "".join(piece.text if piece.fixed else " " for piece in pieces).strip()


def is_telling(fixed: str) -> bool:
    """Say whether fixed words are enough for a person to tell a message: two words, four characters.

    >>> is_telling("Out of memory"), is_telling("NO"), is_telling("表已满")
    (True, False, False)
    """
    return sum(map(len, CHINESE.findall(fixed))) + 2 * len(WORD.findall(fixed)) >= FEWEST


def _cut_end(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave the last third out, at the end of a word."""
    text = "".join(piece.text for piece in pieces)
    return _take(pieces, 0, _find_joint(text, len(text) * 2 // 3, -1))


def _cut_start(pieces: tuple[Piece, ...], rng: Random) -> tuple[Piece, ...]:
    """Leave the first words out, at most a third; nothing is returned where a negator would go with them."""
    text = "".join(piece.text for piece in pieces)
    start = _find_joint(text, rng.randrange(2, max(3, len(text) // 3)), 1)
    gone = text[:start]
    if NEGATING.search(gone) or NEGATORS & set(gone):
        return ()
    return _take(pieces, start, len(text))


def _find_joint(text: str, place: int, step: int) -> int:
    """Return the place itself, or the next one in a direction that cuts no Latin word in two."""
    while 0 < place < len(text) and _is_latin(text[place - 1]) and _is_latin(text[place]):
        place += step
    return place


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and not CHINESE.match(letter)


def _take(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[Piece, ...]:
    """Return what of the pieces stands within [start, end) of their text."""
    taken, place = [], 0
    for piece in pieces:
        part = piece.text[max(0, start - place) : max(0, end - place)]
        if part:
            taken.append(Piece(part, piece.fixed))
        place += len(piece.text)
    return tuple(taken)
