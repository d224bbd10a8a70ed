"""Watch mode: a post nobody put to the desk gets a reply on strong evidence only."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.verdict import Verdict

# Rule (a): a documented code of five digits or more, named as an error code.
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
    # another documented code that is not HTTP-like
    ("错误码 6100 和 2065", ["6100", "2065"]),
    ("error codes 2066, 2065", ["2066", "2065"]),
    ("top errors: code 9112 and code 6100", ["9112", "6100"]),
    ("error code 404 and 28504", ["28504"]),
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

SILENT = [
    # no name, no second sign
    "28504",
    "28504 28504",
    "we had 28504 visitors",
    "error 28504",
    "code 28504",
    '{"code": 28504}',
    '{"code": 6100}',
    "Fehler 28504",
    # four digits or HTTP-like, only named
    "错误码 6100",
    "error code 2065",
    "error code 403",
    "错误码：500",
    "报错 404",
    "404 and 500 errors",
    "error code 404, error code 500",
    "28504 and 404 are two numbers",
    # the HTTP reason phrase is no sign
    "429 Too Many Requests",
    "503 Service Unavailable",
    "404 Not Found",
    "403 Forbidden",
    "401 Unauthorized",
    "400 Bad Request",
    "500 Internal Server Error",
    '{"code":429,"message":"Too Many Requests"}',
    '{"status":500,"error":"Internal Server Error"}',
    "HTTP/1.1 404 Not Found",
    # success
    "28504 success",
    "success",
    '{"success":true,"count":28504}',
    # a process id, a port
    "pid 28504 crashed",
    "pid=28504 error",
    "process 28504 exited with an error",
    "进程 28504 退出",
    "进程号：28504，报错退出",
    "listening on :28504",
    "error on port 28504",
    "端口 28504 报错",
    "10.0.0.1:28504 error code",
    # 200 is never answered
    "200",
    "error code 200",
    "错误码 200",
    '{"code":200,"message":"success"}',
    '{"code":200,"message":"success","localizedMsg":"","iotId":"x"}',
    "200 iotId success",
    # what is no code
    "errCode: 1285045",
    "error code 28504.5",
    "error code PROJ-28504",
    "https://a.example/?errCode=28504",
    "<https://a.example/|error code 28504>",
    # an undocumented code
    "error code 28540",
    "错误码 28540",
    '{"code":28540,"message":"identityId is not manager"}',
    "code 28540: identityId is not manager",
    # words of a device's error without a code
    "device is offline",
    "设备离线了",
    "设备不存在",
    "设备不在线，错误提示",
    # nothing at all
    "",
    " ",
    "hello",
    "大家好",
]

VETOED = [
    '{"code":28504,"message":"order not found"}',
    '{"errCode":28504,"msg":"payment declined by the bank"}',
    "error code 28504: payment declined",
    "错误码28504：余额不足",
    "错误码 28504，提示：余额不足",
    'error code 28504 {"code":28504,"message":"disk is full"}',
]

EAGER_ONLY = [
    ("错误码 6100", ["6100"]),
    ("error code 2065", ["2065"]),
    ('errCode: "2066"', ["2066"]),
    ("the lamp says: device is offline", ["28504"]),
    ('app shows "device is offline" for the lock', ["28504"]),
    ("错误提示「设备不在线」，门锁打不开", ["28504"]),
]


DUE_IN_EAGER = {text for text, _ in EAGER_ONLY}


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the verdict's matches."""
    return [match.entry.code for match in verdict.matches]


def rules(verdict: Verdict) -> set[str]:
    """Return the rules by which a verdict speaks."""
    return {match.evidence.rule for match in verdict.matches}


@pytest.mark.parametrize("text", NAMED)
def test_named_code(matcher: Matcher, text: str) -> None:
    """A documented code of five digits speaks where it is named as an error code."""
    verdict = matcher.watch(text)
    assert (verdict.kind, codes(verdict)) == ("answered", ["28504"])
    assert rules(verdict) <= {"code-named", "code-with-evidence"}


@pytest.mark.parametrize(("text", "expected"), SECOND_SIGN)
def test_second_sign(matcher: Matcher, text: str, expected: list[str]) -> None:
    """Any documented code speaks beside its message, an evidence word or another documented code."""
    verdict = matcher.watch(text)
    assert (verdict.kind, codes(verdict)) == ("answered", expected)


@pytest.mark.parametrize(
    "text", ["we see 28504 and 6100 since noon", "2065、28504", "2065 and 28504 keep coming up"]
)
@pytest.mark.xfail(
    strict=True, reason="two codes are taken for signs of each other only if one is called a code"
)
def test_two_bare_codes(matcher: Matcher, text: str) -> None:
    """Another documented code that isn't HTTP-like is a second sign by itself."""
    assert len(codes(matcher.watch(text))) == 2


@pytest.mark.parametrize("text", ["6100 iotId=abc", "2066 identityId=abc", "5005 ProductKey a1xx"])
@pytest.mark.xfail(strict=True, reason="a Latin word right behind a bare number is taken for what it counts")
def test_evidence_word_right_behind(matcher: Matcher, text: str) -> None:
    """An evidence word is a second sign right behind the code as well."""
    assert codes(matcher.watch(text)) == [text[:4]]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_distinctive_message(matcher: Matcher, text: str, expected: list[str]) -> None:
    """A distinctive message of the API speaks without a code."""
    verdict = matcher.watch(text)
    assert (verdict.kind, codes(verdict), rules(verdict)) == ("answered", expected, {"message"})


@pytest.mark.parametrize(
    "text",
    [
        "identityId  is not manager",
        "identityId is not\nmanager",
        "identityId is not a manager",
        "identityId is not manger",
        "identityId and iotId are not bound",
    ],
)
@pytest.mark.xfail(strict=True, reason="the message must stand there to the letter")
def test_nearly_verbatim_message(matcher: Matcher, text: str) -> None:
    """A distinctive message speaks also where it stands nearly verbatim."""
    assert matcher.watch(text).kind == "answered"


@pytest.mark.parametrize("text", SILENT)
def test_silence(matcher: Matcher, text: str) -> None:
    """Without evidence a careful channel gets no reply, and the reason is told."""
    verdict = matcher.watch(text)
    assert (verdict.kind, verdict.matches) == ("abstained", ())
    assert verdict.reason


@pytest.mark.parametrize("text", VETOED)
@pytest.mark.parametrize("eager", [False, True])
def test_veto(matcher: Matcher, text: str, eager: bool) -> None:
    """A different message in the same record is a veto."""
    assert matcher.watch(text, eager=eager).kind == "abstained"


@pytest.mark.parametrize(
    "text",
    [
        '{"code":28504,"message":"call refused, iotId=abc"}',
        '{"errCode":28504,"msg":"no route for iotToken"}',
        "错误码28504：iotId 无响应",
    ],
)
def test_no_veto_with_an_evidence_word(matcher: Matcher, text: str) -> None:
    """A different message that holds an evidence word is no veto."""
    assert codes(matcher.watch(text)) == ["28504"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"code":1,"message":"order not found"}\n错误码 28504', ["28504"]),
        (
            '{"code":28504,"message":"order not found"}\n{"code":28504,"message":"device is offline."}',
            ["28504"],
        ),
        ('{"code":6100,"message":"order not found"}\nlater: device not found', []),
        ('{"code":404,"message":"x"}\nservice not found.', []),
    ],
)
def test_one_record(matcher: Matcher, text: str, expected: list[str]) -> None:
    """A code and a message say something of each other only within one record."""
    assert codes(matcher.watch(text)) == expected


@pytest.mark.parametrize("text", [text for text in SILENT if text not in DUE_IN_EAGER])
def test_eager_is_not_blind(matcher: Matcher, text: str) -> None:
    """An eager channel takes no more than codes named as error codes and phrases said as an error."""
    assert matcher.watch(text, eager=True).matches == ()


@pytest.mark.parametrize(("text", "expected"), EAGER_ONLY)
def test_eager(matcher: Matcher, text: str, expected: list[str]) -> None:
    """An eager channel also takes four-digit codes named as such, and near-exact phrases said as an error."""
    assert matcher.watch(text).kind == "abstained"
    assert codes(matcher.watch(text, eager=True)) == expected


@pytest.mark.parametrize("text", [*NAMED, *(text for text, _ in [*SECOND_SIGN, *MESSAGES])])
def test_eager_holds_what_careful_holds(matcher: Matcher, text: str) -> None:
    """What speaks in a careful channel speaks in an eager one."""
    assert codes(matcher.watch(text, eager=True)) == codes(matcher.watch(text))


@pytest.mark.parametrize("text", ["28504", "错误码 6100", '{"code":28504,"message":"order not found"}'])
def test_near_miss_is_kept(matcher: Matcher, text: str) -> None:
    """A code that lacks evidence is a near miss: recorded among the runners-up, not posted."""
    verdict = matcher.watch(text)
    assert (verdict.matches, verdict.reason) == ((), "no-evidence")
    [near] = verdict.runners_up
    assert text[slice(*near.evidence.span)] == near.entry.code


def test_most_codes_in_a_reply(matcher: Matcher) -> None:
    """A reply holds five codes at most, those that are not HTTP-like first."""
    verdict = matcher.watch("iotId x: error codes 404, 28504, 2065, 2066, 6100, 2086, 2087")
    assert codes(verdict) == ["28504", "2065", "2066", "6100", "2086"]


@pytest.mark.parametrize("code", ["28504", "28530", "10198", "20004"])
def test_every_way_of_naming(matcher: Matcher, code: str) -> None:
    """Each name of the page makes a five-digit code speak."""
    for name in ("错误码", "报错", "error code ", "errCode: ", "errorCode=", "errors by code: "):
        assert codes(matcher.watch(f"{name}{code}")) == [code]


def test_every_message_in_a_record(matcher: Matcher, knowledge: Knowledge) -> None:
    """Every code but 200 speaks in a record with its own message of more than one word."""
    for entry in knowledge.entries:
        if entry.code != "200" and '"' not in entry.message:
            record = f'{{"code":{entry.code},"message":"{entry.message}"}}'
            assert codes(matcher.watch(record)) == [entry.code], record


def test_every_message_elsewhere(matcher: Matcher, knowledge: Knowledge) -> None:
    """No message makes an undocumented code speak."""
    for entry in knowledge.entries:
        for eager in (False, True):
            assert codes(matcher.watch(f'{{"code":28999,"message":"{entry.message}"}}', eager)) == []


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
