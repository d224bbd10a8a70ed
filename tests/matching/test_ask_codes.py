"""Ask mode with codes: documented ones are answered, of others the desk says that it doesn't know them."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.knowledge.entry import Entry
from bot.matching.matcher import Matcher
from bot.matching.verdict import Verdict
from tests.support.shipped import load_shipped

KNOWLEDGE = load_shipped()
ENTRIES = KNOWLEDGE.entries
NEGATIVE = [entry for entry in ENTRIES if entry.code in KNOWLEDGE.packs[entry.pack].shape.negative]
CODES = sorted(code for code, packs in Counter(entry.code for entry in ENTRIES).items() if packs == 1)

# One code is the answer: text, the code.
ANSWERED = [
    ("28504", "28504"),
    ("500", "500"),
    ("200", "200"),
    ("429 Too Many Requests", "429"),
    ("报错28504怎么办", "28504"),
    ("２８５０４", "28504"),
    ("what is 28504?", "28504"),
    ('{"code":-6100,"data":null}', "6100"),
    ("28504, and the request took 429ms", "28504"),
    ("error code 403 after 401 requests", "403"),
    # success beside an error is none
    ('HTTP 200 OK {"code": 6100}', "6100"),
]

UNKNOWN = [
    # text, the code, its family or None
    ("28540", "28540", "lock"),
    ("28505", "28505", "control"),
    ("error code 28540", "28540", "lock"),
    ("错误码 28540", "28540", "lock"),
    ("报错 2099 怎么办", "2099", "sharing"),
    ("error 99999", "99999", None),
    ("errCode: 10150", "10150", "scene"),
    # its message never answers
    ("28540 设备不在线", "28540", "lock"),
    ("code 28540: device is offline", "28540", "lock"),
    ('{"code":28540,"message":"device is offline."}', "28540", "lock"),
    ('{"code":2069,"message":"identityId is not manager"}', "2069", "account"),
    ("错误码2099，分享已过期", "2099", "sharing"),
]


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the verdict's matches."""
    return [match.entry.code for match in verdict.matches]


@pytest.mark.parametrize(("text", "code"), ANSWERED)
def test_one_code(matcher: Matcher, text: str, code: str) -> None:
    """A documented code is answered with its entry, however it is written."""
    verdict = matcher.ask(text)
    assert (verdict.kind, codes(verdict)) == ("answered", [code])


def test_every_code(matcher: Matcher) -> None:
    """Every documented code is answered, alone and in either language."""
    for code in CODES:
        for text in (code, f"what is {code}?", f"错误码{code}是什么意思", f'{{"code": {code}}}'):
            verdict = matcher.ask(text)
            assert (verdict.kind, codes(verdict)) == ("answered", [code]), text
            assert {match.evidence.rule for match in verdict.matches} == {"code"}, text


@pytest.mark.parametrize("entry", NEGATIVE, ids=lambda entry: entry.id)
def test_every_negative_code(matcher: Matcher, entry: Entry) -> None:
    """Behind a minus sign a code is that of the packs that print one, and no other's."""
    verdict = matcher.ask(f"= -{entry.code}")
    assert (verdict.kind, [match.entry.id for match in verdict.matches]) == ("answered", [entry.id])


@pytest.mark.parametrize("code", ["2043", "29003", "20056"])
def test_minus_is_no_part_of_it(matcher: Matcher, code: str) -> None:
    """Where no pack prints a minus sign before a code, a text that has one means none of its entries."""
    assert matcher.ask(f"= -{code}").kind == "abstained"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28504 2066", ["28504", "2066"]),
        ("2066 28504", ["2066", "28504"]),
        ("先报2066，后来又报28504", ["2066", "28504"]),
        ("28504? 2065?", ["28504", "2065"]),
        ("28504 and again 28504", ["28504"]),
        ("400, 200", ["400"]),
        ("200, 400", ["400"]),
        ("errors 500, 28504 and 2066", ["500", "28504", "2066"]),
        ("errors 28504, 2066, 2086, 2087, 2093 and 2096", ["28504", "2066", "2086", "2087", "2093"]),
    ],
)
def test_several_codes(matcher: Matcher, text: str, expected: list[str]) -> None:
    """Several documented codes are all answered, each once, in reading order, five at most."""
    verdict = matcher.ask(text)
    assert (verdict.kind, codes(verdict)) == ("answered", expected)


def test_documented_beside_unknown(matcher: Matcher) -> None:
    """A documented code is answered, and the undocumented one beside it is named."""
    verdict = matcher.ask("error codes 28504 and 28540")
    assert (verdict.kind, codes(verdict)) == ("answered", ["28504"])
    assert [unknown.code for unknown in verdict.unknown] == ["28540"]


@pytest.mark.parametrize(("text", "code", "family"), UNKNOWN)
def test_unknown_code(matcher: Matcher, text: str, code: str, family: str | None) -> None:
    """Of an undocumented code the desk says so, with its family; nothing answers, not even its message."""
    verdict = matcher.ask(text)
    assert (verdict.kind, verdict.matches, verdict.reason) == ("abstained", (), "code-undocumented")
    [unknown] = verdict.unknown
    assert (unknown.code, unknown.family.id if unknown.family else None) == (code, family)
    assert text[slice(*unknown.span)] == code


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("28505", "28504"), ("28540", "28530"), ("2068", "2066"), ("2095", "2096"), ("9152", "9153")],
)
def test_nearest_documented_codes(matcher: Matcher, text: str, nearest: str) -> None:
    """Beside an undocumented code stand documented ones, the nearest of its family first."""
    verdict = matcher.ask(text)
    assert verdict.nearest[0].code == nearest
    assert 1 <= len(verdict.nearest) <= 5


def test_message_of_an_unknown_code_is_near(matcher: Matcher) -> None:
    """What an undocumented code's message says is named as near, at most."""
    verdict = matcher.ask("code 28540: device is offline")
    assert verdict.matches == ()
    assert "28504" in [entry.code for entry in verdict.nearest]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("错误码：２８５０４。", "２８５０４"),
        ("<@U012AB3CD> 28504 please", "28504"),
        ("👍 28504", "28504"),
        ("設備 28504", "28504"),
        ("&amp; 28504", "28504"),
    ],
)
def test_evidence_of_a_code(matcher: Matcher, text: str, shown: str) -> None:
    """The evidence names the rule, the span in the text as given and the entry's code."""
    [match] = matcher.ask(text).matches
    assert (match.evidence.rule, match.evidence.phrase, match.score) == ("code", "28504", 100.0)
    assert text[slice(*match.evidence.span)] == shown


@pytest.mark.parametrize("text", ["404 service not found", "2065 设备没绑定", "一直6100，设备不存在"])
def test_number_with_its_words(matcher: Matcher, text: str) -> None:
    """Where the words fit the number, the number answers."""
    assert matcher.ask(text).kind == "answered"
