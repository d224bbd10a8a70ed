"""Packs of any size, and questions about them; the same seed draws the same.

Words follow Zipf's law, as in real tables: the commonest fault stands in a fifth of all entries. A fifth of
the entries repeat another's fault with another component. Every entry has both languages. A question says all
that its case is about, so that exactly one entry answers it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from bench.edits import LATIN_EDITS, Editor
from bench.packs import Row, make_pack
from bench.word_lists import read_words
from bench.wrappers import wrap
from bot.knowledge.entry import Entry, Phrase
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge

PACK = "generated"
FEWEST, MOST = 1_000, 999_999  # codes have four to six digits
REPEATED = 0.2  # entries that take over another's fault
NAMED = 0.5  # entries whose component bears a product's name, which is rare
FRAMES = 3  # sentences to say a fault in; each fault has as many wordings
ENTRIES_PER_NAME = 5  # so that words go on being new, as in a real table of 100,000
SYLLABLES = ("ba", "co", "dex", "fi", "gra", "hul", "jo", "kem", "lor", "mi", "nav", "pex", "qua", "ri")
KINDS = ("code", "message with a typo", "phrase reworded", "log", "Chinese")
CODE = ("{}", "what does {} mean?", "错误码 {} 是什么意思", "error code: {}", "报错{}怎么办")

T = TypeVar("T")
Word = tuple[str, str]
"""One thing in English and in Chinese."""


class Fault(NamedTuple):
    """How one fault is said in each language: as a message says it, then as people do."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


def _read_pairs(name: str) -> list[Word]:
    pairs = (line.partition(" = ") for line in read_words("packs")[name])
    return [(english, chinese) for english, _, chinese in pairs]


PLACES, COMPONENTS, PARTS = map(_read_pairs, ("places", "components", "parts"))
FAULTS = [Fault(tuple(en.split(" / ")), tuple(zh.split(" / "))) for en, zh in _read_pairs("faults")]


@dataclass(frozen=True, slots=True)
class Case:
    """What one generated entry is about; `name` is a product's name or empty. No two cases are equal."""

    name: str
    place: Word
    component: Word
    part: Word
    fault: Fault

    @property
    def en(self) -> str:
        """Of what part of which component, in English."""
        return " ".join(filter(None, (self.name, self.place[0], self.component[0], self.part[0])))

    @property
    def zh(self) -> str:
        """The same in Chinese; a product's name stays Latin."""
        return f"{self.name}{self.place[1]}{self.component[1]}{self.part[1]}"

    def say_en(self, frame: int, wording: int) -> str:
        """Say the fault in English, as people do: one of FRAMES sentences, in one of the fault's wordings."""
        said = self.fault.en[wording]
        named = " ".join(filter(None, (self.name, self.place[0], self.component[0])))
        return (
            f"the {self.part[0]} of the {named} {said}",
            f"{self.en} {said}",
            f"on our {named} the {self.part[0]} {said}",
        )[frame]

    def say_zh(self, frame: int, wording: int) -> str:
        """Say the fault in Chinese, likewise."""
        said = self.fault.zh[wording]
        named = f"{self.name}{self.place[1]}{self.component[1]}"
        return (
            f"{named}的{self.part[1]}{said}",
            f"{self.zh}{said}",
            f"我们{named}上{self.part[1]}{said}",
        )[frame]


def draw_cases(entries: int, seed: int) -> dict[str, Case]:
    """Return cases by code, in the order of the codes."""
    dice = random.Random(seed)
    names = _Urn([_draw_name(dice) for _ in range(max(1, entries // ENTRIES_PER_NAME))])
    places, components, parts, faults = _Urn(PLACES), _Urn(COMPONENTS), _Urn(PARTS), _Urn(FAULTS)
    drawn: dict[Case, None] = {}
    ordered: list[Case] = []
    while len(ordered) < entries:
        if ordered and dice.random() < REPEATED:
            case = replace(dice.choice(ordered), place=places.draw(dice), component=components.draw(dice))
        else:
            name = names.draw(dice) if dice.random() < NAMED else ""
            case = Case(name, places.draw(dice), components.draw(dice), parts.draw(dice), faults.draw(dice))
        if case not in drawn:
            drawn[case] = None
            ordered.append(case)
    codes = map(str, sorted(dice.sample(range(FEWEST, MOST + 1), entries)))
    dice.shuffle(ordered)
    return dict(zip(codes, ordered, strict=True))


def build_large_pack(base: Knowledge, entries: int, seed: int) -> tuple[Knowledge, dict[str, Case]]:
    """Return knowledge with one pack of so many entries, and its cases; all else is the base's."""
    cases = draw_cases(entries, seed)
    dice = random.Random(seed)
    rows = (_build_row(code, case, dice) for code, case in cases.items())
    return replace(base, packs={PACK: make_pack(rows, tuple(base.languages), PACK)}), cases


def _build_row(code: str, case: Case, dice: random.Random) -> Row:
    """Return the case's row, with one to three phrases in each language."""
    phrases = tuple(
        Phrase(say(way, way), language)
        for language, say in (("en", case.say_en), ("zh", case.say_zh))
        for way in sorted(dice.sample(range(FRAMES), dice.randint(1, FRAMES)))
    )
    message = {"en": f"{case.en} {case.fault.en[0]}", "zh": f"{case.zh}{case.fault.zh[0]}"}
    return Row(code, message, phrases)


def draw_questions(knowledge: Knowledge, cases: Mapping[str, Case], count: int, seed: int) -> list[Question]:
    """Return `count` questions, of each of KINDS as many, about entries of a large pack drawn evenly."""
    dice, editor = random.Random(seed), Editor(knowledge)
    entries, codes = knowledge.packs[PACK].entries, list(cases)
    questions: list[Question] = []
    while len(questions) < count:
        code, kind = dice.choice(codes), KINDS[len(questions) % len(KINDS)]
        text = _ask(kind, entries[code], cases[code], entries, editor, dice)
        if text is not None:
            questions.append(Question(text, (code,), kind, "zh" if kind == "Chinese" else "en"))
    return questions


def _ask(
    kind: str,
    entry: Entry,
    case: Case,
    entries: Mapping[str, Entry],
    editor: Editor,
    dice: random.Random,
) -> str | None:
    if kind == "code":
        return dice.choice(CODE).format(entry.code)
    if kind == "message with a typo":
        return editor.edit(entry.message, dice.choice(LATIN_EDITS), 1, dice)
    if kind == "log":
        return wrap(entry.message, dice.choice(("log", "JSON")), "en", entries, dice)
    language, wordings, say = (
        ("zh", case.fault.zh, case.say_zh) if kind == "Chinese" else ("en", case.fault.en, case.say_en)
    )
    known = [n for n, wording in enumerate(wordings) if any(wording in own for own in entry.strings)]
    said = say(dice.randrange(FRAMES), dice.choice(known))
    return wrap(said, "chatter", language, entries, dice) if dice.random() < 0.75 else said


class _Urn(Generic[T]):
    """Things drawn by Zipf's law: the second half as often as the first, the third a third as often."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things
        self._weights = tuple(accumulate(1 / rank for rank in range(1, len(things) + 1)))

    def draw(self, dice: random.Random) -> T:
        return dice.choices(self._things, cum_weights=self._weights)[0]


def _draw_name(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(3, 4))).capitalize()
