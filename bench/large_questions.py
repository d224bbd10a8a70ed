"""Questions with known answers about a generated pack, by kind; the same seed draws the same questions.

Each says all that its case is about, so that exactly one entry answers it. Called by bench/scale.py.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bench.large_pack import FRAMES, Case
from bot.knowledge.entry import Entry, Question

CODE = ("{}", "what does {} mean?", "错误码 {} 是什么意思", "error code: {}", "报错{}怎么办")
LOG = (
    "2026-03-02 11:04:{second:02} ERROR [worker-{thread}] c.e.Client - request failed: {message}",
    '{{"id":"{thread}","code":{code},"message":"{message}"}}',
    "E/Client({thread}): onFailure reason={message}",
)
BEFORE = ("hi all, since this morning ", "any idea why ", "customer says ", "")
AFTER = (" - please help", ", what can we do?", " again", "")
BEFORE_ZH = ("大家好，今天早上开始", "客户说", "请问一下，", "")
AFTER_ZH = ("，怎么处理？", "，求助", "，麻烦看看", "")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONG_WORD = re.compile(r"[a-z]{5,}")


class About(NamedTuple):
    """The entry that a question is about."""

    entry: Entry
    case: Case

    def choose_wording(self, wordings: Sequence[str], dice: random.Random) -> int:
        """Return one of the fault's wordings that the entry has: titles have the first, phrases others."""
        return dice.choice(
            [n for n, said in enumerate(wordings) if any(said in own for own in self.entry.strings)]
        )


def draw_questions(
    entries: Mapping[str, Entry], cases: Mapping[str, Case], count: int, seed: int
) -> list[Question]:
    """Return `count` questions, of each kind as many, about entries drawn evenly."""
    dice = random.Random(seed)
    codes, kinds = list(cases), list(_KINDS)
    questions = []
    for number in range(count):
        code, kind = dice.choice(codes), kinds[number % len(kinds)]
        text = _KINDS[kind](About(entries[code], cases[code]), dice)
        questions.append(Question(text, (code,), kind, "zh" if kind == "Chinese" else "en"))
    return questions


def _ask_code(about: About, dice: random.Random) -> str:
    return dice.choice(CODE).format(about.entry.code)


def _misspell(about: About, dice: random.Random) -> str:
    """Edit one letter of one word of the message."""
    message = about.entry.message
    word = dice.choice(list(LONG_WORD.finditer(message)))
    place = dice.randrange(word.start() + 1, word.end() - 1)
    edited = dice.choice((
        message[place + 1],  # dropped
        message[place] * 2 + message[place + 1],  # doubled
        message[place + 1] + message[place],  # swapped
        dice.choice(LETTERS) + message[place + 1],
    ))  # fmt: skip
    return message[:place] + edited + message[place + 2 :]


def _reword(about: About, dice: random.Random) -> str:
    return (
        dice.choice(BEFORE)
        + about.case.say_en(dice.randrange(FRAMES), about.choose_wording(about.case.fault.en, dice))
        + dice.choice(AFTER)
    )


def _log(about: About, dice: random.Random) -> str:
    second, thread = dice.randrange(60), dice.randrange(1, 100)
    return dice.choice(LOG).format(
        second=second, thread=thread, code=about.entry.code, message=about.entry.message
    )


def _ask_chinese(about: About, dice: random.Random) -> str:
    return (
        dice.choice(BEFORE_ZH)
        + about.case.say_zh(dice.randrange(FRAMES), about.choose_wording(about.case.fault.zh, dice))
        + dice.choice(AFTER_ZH)
    )


_KINDS: dict[str, Callable[[About, random.Random], str]] = {
    "code": _ask_code,
    "message with a typo": _misspell,
    "phrase reworded": _reword,
    "log": _log,
    "Chinese": _ask_chinese,
}
