"""Codes that are no plain numbers: how they are written, where they end, what is near an undocumented one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher, Verdict
from tests.matching.symbols import build_symbols


@pytest.fixture(scope="module")
def symbols(knowledge: Knowledge) -> Matcher:
    """A matcher over codes of every shape."""
    return Matcher(build_symbols(knowledge))


def read(verdict: Verdict) -> tuple[list[str], list[str]]:
    """Return the codes that are answered and those that are named as undocumented."""
    answered = [match.entry.code for match in verdict.matches] if verdict.kind == "answered" else []
    return answered, [code.code for code in verdict.unknown]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E1001", "E1001"),
        ("error e1001 again", "E1001"),
        ("报错Ｅ１００１怎么办", "E1001"),
        ("{'code': 'E1001'}", "E1001"),
        ("the app shows ERR-42", "ERR-42"),
        ('"error_code":"IOTDA.014016"', "IOTDA.014016"),
        ("iotda.014016: no such device.", "IOTDA.014016"),
        ("错误码IOTDA.014016。", "IOTDA.014016"),
        ("[InvalidParameter.NotFound] the device", "InvalidParameter.NotFound"),
        ("Code: InvalidParameter.NotFound.", "InvalidParameter.NotFound"),
        ("PAY_DECLINED", "PAY_DECLINED"),
        ("payment came back pay_declined", "PAY_DECLINED"),
        ("0x80070005", "0x80070005"),
        ("HRESULT 0X80070005", "0x80070005"),
        ("error code 2147942405", "0x80070005"),
        ("returned -2147024891", "0x80070005"),
        ("returns -35", "-35"),
        ("错误码 -35", "-35"),
        ("MissingDeviceName", "Missing%s"),
        ('{"code":"MissingProductKey"}', "Missing%s"),
        ("error code Throttled", "Throttled"),
        ("error 429", "429"),
        ("x-reason: T429PR", "429"),
        ("t429pr", "429"),
    ],
)
def test_documented(symbols: Matcher, text: str, code: str) -> None:
    """A documented code is answered however case, width and sign are written, and so are its aliases."""
    assert read(symbols.ask(text)) == ([code], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E1002", "E1002"),
        ("error code IOTDA.014099", "IOTDA.014099"),
        ("PAY_REFUSED when I try", "PAY_REFUSED"),
        ("Code: InvalidParameter.Malformed", "InvalidParameter.Malformed"),
        ("0x80070057", "0x80070057"),
        ("error code -36", "-36"),
    ],
)
def test_undocumented(symbols: Matcher, text: str, code: str) -> None:
    """A spelling of the pack's shape that it doesn't document is told, and nothing answers."""
    assert read(symbols.ask(text)) == ([], [code])


@pytest.mark.parametrize(
    "text",
    [
        "/var/log/E1001/app",
        "see https://a.example/PAY_DECLINED",
        "E1001.log",
        "src/ERR-42.c",
        "C:\\errors\\E1001",
        "iotda.014016.example.com",
        "host-E1001",
        "E1001-rc1",
        "MY_PAY_DECLINED_FLAG",
        "PAY_DECLINED2",
        "obj.InvalidParameter.NotFound.get",
        "E1001@a.example",
        "#E1001",
        "$PAY_DECLINED",
        "xE1001",
        "the link is throttled at night",
        "10-35",
        "room 35",
        "2147942406",
        "<https://a.example/|E1001>",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "it went through {} today", "今天的 {} 看一下"])
def test_not_inside_other_things(symbols: Matcher, text: str, frame: str) -> None:
    """No code is found inside a path, a host, an address, an identifier, a file's name, or a plain word."""
    assert read(symbols.ask(frame.format(text))) == ([], [])


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("error code IOTDA.014061", "IOTDA.014016"),
        ("InvalidParameter.NotFond", "InvalidParameter.NotFound"),
        ("PAY_DECLINE", "PAY_DECLINED"),
        ("E1011", "E1001"),
    ],
)
def test_nearest(symbols: Matcher, text: str, nearest: str) -> None:
    """Near an undocumented symbol is the one that shares most of its parts, then of its letters."""
    verdict = symbols.ask(text)
    assert (verdict.kind, verdict.nearest[0].code) == ("abstained", nearest)


@pytest.mark.parametrize(
    ("text", "careful", "eager"),
    [
        ("error code IOTDA.014016", ["IOTDA.014016"], ["IOTDA.014016"]),
        ("error code E1001", [], ["E1001"]),
        ("saw IOTDA.014016 in a test", [], []),
        ("error IOTDA.014016 on two hubs", [], ["IOTDA.014016"]),
        ("E1001 with iotToken", ["E1001"], ["E1001"]),
        ("errorCode=T429PR", [], ["429"]),
    ],
)
def test_watched(symbols: Matcher, text: str, careful: list[str], eager: list[str]) -> None:
    """In a post a distinctive symbol needs a name, any other a second sign."""
    assert [match.entry.code for match in symbols.watch(text).matches] == careful
    assert [match.entry.code for match in symbols.watch(text, eager=True).matches] == eager


def test_families(knowledge: Knowledge) -> None:
    """A family holds codes by their beginning, whatever their case."""
    pack = build_symbols(knowledge).packs["symbols"]
    assert [pack.find_family(code) is not None for code in ("IOTDA.014016", "iotda.9", "E1001", "-35")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_numbers_beside_a_slash(knowledge: Knowledge) -> None:
    """Where packs have symbols, a number before a slash is read whole, not cut short."""
    packs = {**knowledge.packs, **build_symbols(knowledge).packs}
    matcher = Matcher(replace(knowledge, packs=packs))
    for text in ("错误码 28527/28529", "error codes 28527/28529"):
        assert "28527" in [match.entry.code for match in matcher.ask(text).matches]
