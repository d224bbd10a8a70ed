"""What a text says, as features: terms with their polarity, and the words and characters no term covers.

Polarity: a negator turns the next polar term of its clause ("not yet online", 没有被绑定); left over,
it is a feature of its own. weighed_text.py compares the features of a text with those of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from bot.matching.lexicon import LATIN_WORD, NOT, Lexicon, Sense
from bot.matching.search_string import SearchString
from bot.matching.text import Text

REACH = 4
"""Items between a negator and the polar term that it turns: "does not seem to be currently online"."""

ABSENT = "exist"
"""The polar term that a denied thing is the opposite of: "no scene" = "the scene does not exist"."""

_PIECE = re.compile(
    rf"(?P<han>[\u3400-\u9fff\U00020000-\U0002ebef]+)|(?P<word>{LATIN_WORD.pattern})"
    r"|(?P<stop>[!?;。\n]+|(?<!\.)\.++(?=\s|$|[\u3400-\u9fff]))|(?P<pause>[,、|()\[\]{}」』\U0001f300-\U0001faff])"
    r"|(?P<report>[:=「『]|(?<=\s)-{1,2}>?(?=\s))|(?P<quote>\")"
)


class Feature(NamedTuple):
    """One thing said. `name` is a term, a word or a pair of characters; `sign` -1 or +1 for a polar term.

    [start, end) is in folded characters; `likeness` (0-1) tells how surely it was read; `clause`
    counts the stops before it, `pause` the commas, brackets and conjunctions, `report` what announces
    somebody's words: "says", a colon, a quote.
    """

    name: str
    sign: int
    start: int
    end: int
    likeness: float = 1.0
    clause: int = 0
    pause: int = 0
    report: int = 0

    def is_close(self, other: Feature) -> bool:
        """Say whether no stop, no comma and no announcement stands between this and another one."""
        return self[5:] == other[5:]


class _Read(NamedTuple):
    """What was read at one place: a feature and its sense, or (no feature) a sign or an announcement."""

    kind: Literal["said", "stop", "pause", "report"]
    feature: Feature | None = None
    sense: Sense | None = None


def read_features(text: Text, lexicon: Lexicon) -> list[Feature]:
    """Return the features of a text in reading order; chatter is left out."""
    features: list[Feature] = []
    open_at: int | None = None  # where a negator stands that has met no polar term yet
    denies: set[int] = set()  # where a negator denies the thing right behind it
    can_deny = False
    for item, sense in _items(text, lexicon):
        if open_at is not None:
            negator = features[open_at]
            behind = len(features) - open_at - 1
            # "doesn't show online": an announcement right behind a negator ends nothing.
            if item[5:7] != negator[5:7] or (behind and item.report != negator.report) or behind >= REACH:
                open_at = None
            elif item.sign and item.name != NOT:
                turned = (f"{NOT} {item.name}", 0) if sense and sense.firm else (item.name, -item.sign)
                item = item._replace(name=turned[0], sign=turned[1], start=negator.start)
                denies.discard(open_at)
                del features[open_at]
                open_at = None
            elif can_deny and not behind and sense and not item.sign and (item.name, 0) not in lexicon.faults:
                denies.add(open_at)
        if item.name == "false" and features and features[-1].sign > 0:  # JSON: {"success": false}
            features[-1] = features[-1]._replace(sign=-1, end=item.end)
            continue
        if item.name == NOT:
            open_at, can_deny = len(features), bool(sense and sense.denies)
        features.append(item)
    named = [item._replace(name=ABSENT) if number in denies else item for number, item in enumerate(features)]
    return sorted(
        named, key=lambda item: item.start
    )  # a term turned by a negator begins where the negator did


def _items(text: Text, lexicon: Lexicon) -> Iterator[tuple[Feature, Sense | None]]:
    """Yield terms, negators, unknown words and character pairs in reading order, each with its place."""
    counts = dict.fromkeys(("stop", "pause", "report"), 0)
    for kind, feature, sense in _read_pieces(text, lexicon):
        if feature is None:
            counts[kind] += 1
        else:
            yield Feature(*feature[:5], *counts.values()), sense


def _read_pieces(text: Text, lexicon: Lexicon) -> Iterator[_Read]:
    words: list[tuple[str, int, int, float]] = []
    is_quoted = False
    for piece in _PIECE.finditer(text.folded):
        if piece.lastgroup == "word":
            words.extend(_spelt(text, piece.start(), piece.end(), lexicon))
            continue
        yield from _latin_items(words, lexicon)
        words = []
        match piece.lastgroup:
            case "han":
                yield from _han_items(piece[0], piece.start(), lexicon)
            case "quote":  # the first of a pair opens it
                is_quoted = not is_quoted
                yield _Read("report" if is_quoted else "pause")
            case "stop" | "pause" | "report" as sign:
                yield _Read(sign)
    yield from _latin_items(words, lexicon)


def _read_sense(sense: Sense, start: int, end: int, likeness: float) -> Iterator[_Read]:
    if sense.sort != "chatter":
        yield _Read("said", Feature(sense.name, sense.sign, start, end, likeness), sense)
    elif sense.name == "report":
        yield _Read("report")
    elif sense.name == "pause":
        yield _Read("pause")


def _spelt(text: Text, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[str, int, int, float]]:
    """Yield the known words that one written word stands for; camelCase is taken apart."""
    for first, last in _humps(text, start, end):
        word = text.folded[first:last]
        if word.endswith("'s") and word not in lexicon.latin:
            word = word[:-2]
        spelling = lexicon.spell(word)
        for known in spelling.words:
            yield known, first, last, spelling.likeness


def _humps(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a camelCase word, as spans of the folded text."""
    first = start
    written = text.raw[slice(*text.span(start, end))][1:]
    if written == written.lower():
        yield start, end
        return
    for position in range(start + 1, end):
        here, before = text.letter(position), text.letter(position - 1)
        if here.isupper() and before.islower():
            yield first, position
            first = position
    yield first, end


def _latin_items(words: Sequence[tuple[str, int, int, float]], lexicon: Lexicon) -> Iterator[_Read]:
    spelt = [word for word, *_ in words]
    index = 0
    while index < len(words):
        word, start, end, likeness = words[index]
        first, found = index, lexicon.find_latin(spelt, index)
        if found:
            index, sense = found
            likeness = min(part[3] for part in words[first:index]) or 1.0
            yield from _read_sense(sense, start, words[index - 1][2], likeness)
        else:
            index += 1
            yield _Read("said", Feature(stem(word), 0, start, end, likeness or 1.0))


def _han_items(run: str, offset: int, lexicon: Lexicon) -> Iterator[_Read]:
    uncovered = 0
    for start, end, sense in lexicon.segment(run):
        yield from _pairs(run, uncovered, start, offset)
        yield from _read_sense(sense, offset + start, offset + end, 1.0)
        uncovered = end
    yield from _pairs(run, uncovered, len(run), offset)


def _pairs(run: str, start: int, end: int, offset: int) -> Iterator[_Read]:
    """Yield the overlapping character pairs of run[start:end], or its one character."""
    if end - start == 1:
        yield _Read("said", Feature(run[start:end], 0, offset + start, offset + end))
    for index in range(start, end - 1):
        yield _Read("said", Feature(run[index : index + 2], 0, offset + index, offset + index + 2))


def stem(word: str) -> str:
    """Cut the commonest English endings, so that one word's forms meet.

    >>> stem("cancelled"), stem("cancelling"), stem("keys")
    ('cancel', 'cancel', 'key')
    """
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            cut = word[: -len(ending)]
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "aeious" else cut
    return word


def agrees(said: Iterable[Feature], unit: SearchString) -> bool:
    """Say whether a stretch denies something where the string does, and of no term says the other side."""
    told = list(said)
    if any(feature.sign * unit.features.get(feature.name, 0) < 0 for feature in told):
        return False
    return any(feature.sign < 0 for feature in told) == unit.is_negative
