"""Packs of any size, drawn from large_words.py.

Words follow Zipf's law, as in real tables: the commonest fault stands in a fifth of all entries. A fifth of
the entries repeat another's fault with another component. Every entry has both languages. The same seed
draws the same pack. Questions are large_questions.py's part, files large_folder.py's.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Generic, TypeVar

from bench.large_words import COMPONENTS, FAULTS, PARTS, PLACES, Fault, Word
from bot.knowledge.entry import CodeShape, Entry, Family, Pack, Phrase, Step
from bot.knowledge.snapshot import Knowledge

PACK = "generated"
FEWEST, MOST = 1_000, 999_999  # codes have four to six digits
REPEATED = 0.2  # entries that take over another's fault
NAMED = 0.5  # entries whose component bears a product's name, which is rare
FRAMES = 3  # sentences to say a fault in; each fault has as many wordings
ENTRIES_PER_NAME = 5  # so that words go on being new, as in a real table of 100,000
SYLLABLES = ("ba", "co", "dex", "fi", "gra", "hul", "jo", "kem", "lor", "mi", "nav", "pex", "qua", "ri")

T = TypeVar("T")


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


def build_entry(code: str, case: Case, dice: random.Random) -> Entry:
    """Return the case's entry, with one to three phrases in each language."""
    spoken = {"en": case.say_en, "zh": case.say_zh}
    phrases = [
        Phrase(say(way, way), language)
        for language, say in spoken.items()
        for way in sorted(dice.sample(range(FRAMES), dice.randint(1, FRAMES)))
    ]
    en, zh = f"{case.en} {case.fault.en[0]}", f"{case.zh}{case.fault.zh[0]}"
    return Entry(
        pack=PACK,
        code=code,
        message=f"{en}.",
        family="all",
        title={"en": f"The {en}", "zh": zh},
        description={
            "en": f"The service reports that the {en}; what was asked for has not been done.",
            "zh": f"服务报告{zh}，请求的操作没有完成。",
        },
        cause={
            "en": f"The {case.part[0]} of the {case.component[0]} needs care.",
            "zh": f"{case.component[1]}的{case.part[1]}需要维护。",
        },
        cause_basis="inference",
        steps=(
            Step(
                {
                    "en": f"Look at the {case.part[0]}, put it right, and try again.",
                    "zh": f"检查{case.part[1]}，处理后再试一次。",
                },
                "inference",
            ),
        ),
        customer={
            "en": f"The {case.component[0]} needs attention; we are on it.",
            "zh": f"{case.component[1]}需要处理，我们正在解决。",
        },
        phrases=tuple(phrases),
    )


def build_large_pack(base: Knowledge, entries: int, seed: int) -> tuple[Knowledge, dict[str, Case]]:
    """Return knowledge with one pack of so many entries, and its cases; all else is the base's."""
    cases = draw_cases(entries, seed)
    dice = random.Random(seed)
    pack = Pack(
        id=PACK,
        title={"en": "Generated", "zh": "生成的错误码"},
        source_title={"en": "Generated", "zh": "生成的错误码"},
        source_date="2026-01-01",
        shape=CodeShape(digits=(4, 6), distinctive_digits=5),
        families={"all": Family("all", {"en": "All", "zh": "全部"}, ((FEWEST, MOST),))},
        evidence=(),
        subjects=(),
        code_fields=("code", "errorCode", "错误码"),
        message_fields=("message", "msg", "错误信息"),
        http_like=frozenset(),
        never_watched=frozenset(),
        terms=(),
        entries={code: build_entry(code, case, dice) for code, case in cases.items()},
    )
    return replace(base, packs={PACK: pack}), cases


class _Urn(Generic[T]):
    """Things drawn by Zipf's law: the second half as often as the first, the third a third as often."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things
        self._weights = tuple(accumulate(1 / rank for rank in range(1, len(things) + 1)))

    def draw(self, dice: random.Random) -> T:
        return dice.choices(self._things, cum_weights=self._weights)[0]


def _draw_name(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(3, 4))).capitalize()
