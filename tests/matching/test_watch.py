"""Watch mode's replies: the evidence on which a post is answered. Silence: test_watch_silence.py."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.verdict import Verdict

# Rule (a): a distinctive code, named as an error code.
NAMED = [
    "错误码 28504",
    "客户说 App 报错28504，灯关不掉",
    "error code 28504",
    "errCode: 28504",
    'errCode: "28504"',
    "errorCode=28504",
    "errors by code: 28504",
    '{"code": 28504, "message": ""}',
    '{"code": 28504, "msg": null}',
    '{"code": 28504, "error": "x"}',
    '{"code":28504,"localizedMsg":""}',
    '{\n  "code": 28504,\n  "message": ""\n}',
    "Lamp dead since noon, error code 28504, two customers",
    "錯誤碼：２８５０４",
]

# Rule (b): any documented code with a second sign of the platform.
SECOND_SIGN = [
    # its own API message in the same record or line
    ('{"code":6100,"message":"device not found"}', ["6100"]),
    ('{"code":-6100,"msg":"Device not found"}', ["6100"]),
    ("ERROR 6100 device not found", ["6100"]),
    ("2066 identityId is not manager", ["2066"]),
    ("code=2096 sharing time expired", ["2096"]),
    ("28504: device is offline.", ["28504"]),
    ('{"code":401,"message":"request auth error."}', ["401"]),
    ('{"code":429,"message":"too many requests."}', ["429"]),
    # an evidence word
    ("got 2066 from /uc/bind", ["2066"]),
    ("iotId abc gives 6100", ["6100"]),
    ("6100: iotId=abc is not in the list", ["6100"]),
    ("错误码6100，用户的 iotId 是 abc", ["6100"]),
    ("DeviceName lamp, code 6100", ["6100"]),
    ("ProductKey a1xx code 5005", ["5005"]),
    ("401 with an expired iotToken", ["401"]),
    ('{"code":403,"appKey":"27"}', ["403"]),
    ("飞燕平台返回 2062", ["2062"]),
    ("6100 iotId=abc", ["6100"]),
    ("2066 identityId=abc", ["2066"]),
    ("5005 ProductKey a1xx", ["5005"]),
    # another documented code that is not HTTP-like
    ("错误码 6100 和 2065", ["6100", "2065"]),
    ("error codes 2066, 2065", ["2066", "2065"]),
    ("top errors: code 9112 and code 6100", ["9112", "6100"]),
    ("error code 404 and 28504", ["28504"]),
    # how often each came stands behind a sign of multiplication
    ("错误码：2062 ×40、9112 ×7", ["2062", "9112"]),
    ("error codes: 28504 x 4, 28530 x 2", ["28504", "28530"]),
    # its own message in escaped letters
    (r'{"code":28560,"msg":"\u8bbe\u5907\u4e0d\u5b58\u5728"}', ["28560"]),
    (r'{"body":"{\"code\":28504,\"message\":\"\\u8bbe\u5907\u79bb\u7ebf\"}"}', ["28504"]),
]

# Rule (c): a distinctive API message.
MESSAGES = [
    ("identityId is not manager", ["2066"]),
    ("identityId is not manager.", ["2066"]),
    ("IDENTITYID IS NOT MANAGER", ["2066"]),
    ("`identityId is not manager`", ["2066"]),
    ("12:00:01 WARN share: identityId is not manager (retry)", ["2066"]),
    ('{"msg":"identityId is not manager"}', ["2066"]),
    ("客户端弹出 identityId is not manager，怎么回事", ["2066"]),
    ("identityId and iotId not bound", ["2065"]),
    ("can not share to oneself", ["2086"]),
    ("not the same initiator when cancel share dev or scene", ["2078"]),
    ("forbidden to repeat cancel sharing", ["2093"]),
    ("query msg-center hsf error", ["2074"]),
]

EAGER_ONLY = [
    ("错误码 6100", ["6100"]),
    ("error code 2065", ["2065"]),
    ('errCode: "2066"', ["2066"]),
    ("the lamp says: device is offline", ["28504"]),
    ('app shows "device is offline" for the lock', ["28504"]),
    ("错误提示「设备不在线」，门锁打不开", ["28504"]),
    # what an app tells its errors in
    ("nothing moves, only a toast: device is offline", ["28504"]),
    ("一点就弹窗“设备不在线”，重进也没用", ["28504"]),
    # one string leads the others; a lone word that says all a phrase does
    ('the lock page of the app shows "user and device are not bound"', ["28601"]),
    ("门锁设置里提示：不是管理员", ["2066"]),
    ("> device is offline.", ["28504"]),
    ("走廊灯一按就跳出「裝置離線」", ["28504"]),
    ("部抽濕機一開，個app就彈出嚟話設備離線", ["28504"]),
]


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the verdict's matches."""
    return [match.entry.code for match in verdict.matches]


def rules(verdict: Verdict) -> set[str]:
    """Return the rules by which a verdict speaks."""
    return {match.evidence.rule for match in verdict.matches}


@pytest.mark.parametrize("text", NAMED)
def test_named_code(matcher: Matcher, text: str) -> None:
    """A distinctive code speaks where it is named as an error code."""
    verdict = matcher.watch(text)
    assert (verdict.kind, codes(verdict)) == ("answered", ["28504"])
    assert rules(verdict) <= {"code-named", "code-with-evidence"}


@pytest.mark.parametrize(("text", "expected"), SECOND_SIGN)
def test_second_sign(matcher: Matcher, text: str, expected: list[str]) -> None:
    """Any documented code speaks beside its message, an evidence word or another documented code."""
    verdict = matcher.watch(text)
    assert (verdict.kind, codes(verdict)) == ("answered", expected)


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_distinctive_message(matcher: Matcher, text: str, expected: list[str]) -> None:
    """A distinctive message of the API speaks without a code."""
    verdict = matcher.watch(text)
    assert (verdict.kind, codes(verdict), rules(verdict)) == ("answered", expected, {"message"})


@pytest.mark.parametrize(("text", "expected"), EAGER_ONLY)
def test_eager(matcher: Matcher, text: str, expected: list[str]) -> None:
    """An eager channel also takes four-digit codes named as such, and near-exact phrases said as an error."""
    assert matcher.watch(text).kind == "abstained"
    assert codes(matcher.watch(text, eager=True)) == expected


@pytest.mark.parametrize("text", [*NAMED, *(text for text, _ in [*SECOND_SIGN, *MESSAGES])])
def test_eager_holds_what_careful_holds(matcher: Matcher, text: str) -> None:
    """What speaks in a careful channel speaks in an eager one."""
    assert set(codes(matcher.watch(text))) <= set(codes(matcher.watch(text, eager=True)))


def test_most_codes_in_a_reply(matcher: Matcher) -> None:
    """A reply holds five codes at most, those that are not HTTP-like first."""
    verdict = matcher.watch("iotId x: error codes 404, 28504, 2065, 2066, 6100, 2086, 2087")
    assert codes(verdict) == ["28504", "2065", "2066", "6100", "2086"]


@pytest.mark.parametrize(
    "name", ["错误码", "报错", "error code ", "errCode: ", "errorCode=", "errors by code: "]
)
def test_every_way_of_naming(matcher: Matcher, name: str) -> None:
    """Each name makes a distinctive code speak, and one that other systems use in eager channels only."""
    for code in ("28504", "28530"):
        assert codes(matcher.watch(f"{name}{code}")) == [code]
    for code in ("10198", "20004", "2066"):
        assert codes(matcher.watch(f"{name}{code}")) == []
        assert codes(matcher.watch(f"{name}{code}", eager=True)) == [code]


def test_every_message_in_a_record(matcher: Matcher, knowledge: Knowledge) -> None:
    """Every code but 200 speaks in a record with its own message of more than one word."""
    for entry in knowledge.entries:
        if entry.code != "200" and " " in entry.message and '"' not in entry.message:
            record = f'{{"code":{entry.code},"message":"{entry.message}"}}'
            assert codes(matcher.watch(record)) == [entry.code], record


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👍 錯誤碼：２８５０４。", "２８５０４"),
        ("設備: identityId is not manager", "identityId is not manager"),
    ],
)
def test_evidence(matcher: Matcher, text: str, shown: str) -> None:
    """The evidence of a reply is a span in the post as given."""
    [match] = matcher.watch(text).matches
    assert text[slice(*match.evidence.span)] == shown
