"""Work grows as the text does: counted in calls, so that no clock and no machine is part of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from random import Random
from typing import Any

import pytest

from bot.matching.matcher import Matcher
from bot.matching.text import LONGEST
from tests.support.calls import count_calls

HOSTILE = [
    "<",
    "<@",
    "<a|",
    "<http://",
    "http://",
    "&",
    "&amp;",
    "{",
    "}",
    '{"',
    "((",
    "[",
    "`",
    '"',
    "\\",
    "|",
]
HOSTILE += [
    "a.",
    "a",
    "aB",
    "1",
    "1,",
    "1:",
    "1 ",
    "1-",
    "0x",
    "12345 ",
    "99999,",
    "E1",
    " ",
    "\n",
    "\t",
    "\r",
]
HOSTILE += [
    "\u0301",
    "e\u0301",
    "\u200b",
    "\u202e",
    "不",
    "没有",
    "不在线",
    "线",
    "線",
    "龘",
    "𠀀",
    "👍",
    "の",
    "ſ",
]
HOSTILE += [
    "not ",
    "device ",
    "device offline. ",
    "shebei ",
    "shebei",
    "zhuang",
    "错误码：",
    '"code":',
    "：「",
]
HOSTILE += ["\\u7528", "\\\\", "not the same ", "identityId and ", "iotId 5 ", "[5] INFO\n"]
HOSTILE += ['{"message":"', "ERROR ", "identityId is not "]

# Texts full of codes or of fields, documented or not.
MANY_CODES = [
    "28504,",
    "28504\n",
    "28504、",
    "错误码28504\n",
    '{"code":28504}',
    "message: x\n",
    "code=28504\n",
    "28540,",
    "429ms ",
    "iotId 28504, ",
    "iotId x 28504 of 6100\n",
    "[28504] INFO iotId\n",
    "失败 28504，",
    "28504 ×3、",
]


def measure(decide: Callable[[str], Any], text: str) -> int:
    """Return how many functions are called for a text that was read before, so that nothing is made once."""
    decide(text)
    return count_calls(lambda: decide(text))


def check_growth(matcher: Matcher, piece: str) -> None:
    """Assert that four times the text costs about four times the calls, in both modes."""
    for decide in (matcher.ask, lambda one: matcher.watch(one, eager=True)):
        short, long = (measure(decide, piece * (size // len(piece))) for size in (500, 2_000))
        assert long <= 5 * short + 500, f"{short} calls for 500 characters, {long} for 2,000"


@pytest.mark.parametrize("piece", HOSTILE)
def test_growth(matcher: Matcher, piece: str) -> None:
    """Four times the text costs about four times the calls, whatever is repeated in it."""
    check_growth(matcher, piece)


@pytest.mark.parametrize("piece", MANY_CODES)
def test_growth_with_codes(matcher: Matcher, piece: str) -> None:
    """The work for a text full of codes or fields grows as the text does."""
    check_growth(matcher, piece)


@pytest.mark.parametrize(("piece", "mode"), list(zip(HOSTILE, cycle(["ask", "watch"]))))
def test_longest_hostile_text(matcher: Matcher, piece: str, mode: str) -> None:
    """A hostile text as long as any that is read, and longer, is handled; the modes read in the same way."""
    text = piece * (LONGEST // len(piece) + 1)
    verdict = matcher.ask(text) if mode == "ask" else matcher.watch(text)
    assert len(verdict.matches) <= 5
    assert all(match.evidence.span[1] <= LONGEST for match in verdict.matches)


LOG = (
    "2024-05-02 08:11:09,482 ERROR [pool-3-thread-17] c.a.iot.gateway.HomeService - request 88213 finished: "
    "timeout after 512 ms (requestId=7f3a91)\n"
)
NUMBERS = [f"{number}" for number in range(10_000, 19_999, 7)]
JOINTS = [" ", "、", "/", "\n", " error ", " code=", ") (", " - x\n", " | x |\n| ", "-"]


@pytest.fixture(scope="module")
def log(matcher: Matcher) -> int:
    """The work of reading the codes of a log as long as any text that is read."""
    return measure(matcher.read, (LOG * LONGEST)[:LONGEST])


@pytest.mark.parametrize("joint", JOINTS)
def test_many_numbers_cost_as_much_as_two_logs(matcher: Matcher, log: int, joint: str) -> None:
    """Reading the codes of the longest text, all different numbers, takes at most twice the work of a log."""
    assert measure(matcher.read, joint.join(NUMBERS * 8)[:LONGEST]) <= 2 * log


@pytest.mark.parametrize("piece", ["1 ", "1-", "E1", "a.", *MANY_CODES])
def test_many_codes_cost_as_much_as_three_logs(matcher: Matcher, log: int, piece: str) -> None:
    """Reading the codes of a text that repeats one takes at most thrice the work of a log."""
    assert measure(matcher.read, (piece * LONGEST)[:LONGEST]) <= 3 * log


def test_random_chinese_costs_as_much_as_two_logs(matcher: Matcher) -> None:
    """Characters drawn at random, or one that becomes four, as many as are read, cost as much as two logs."""
    rng = Random(1)  # noqa: S311 - it draws a text
    size = 8_000
    most = 2 * measure(matcher.ask, (LOG * size)[:size])
    drawn = "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(size))
    for text in (drawn, "㍿" * (size // 4)):
        assert measure(matcher.ask, text) <= most
