"""Watch mode's silence: posts without evidence, vetoes, and what belongs to another record."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.verdict import Verdict

# Posts without evidence.
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
    "200, 400",
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
    # how many errors
    "报错 28504 次，都是旧版本",
    "报错 28504 条。",
    "error 28504 times, one tenant",
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

DUE_IN_EAGER = {
    "错误码 6100", "error code 2065", "error 28504", "Fehler 28504",
    # statuses of HTTP, too, where a word calls them an error code
    "error code 403", "错误码：500", "报错 404", "error code 404, error code 500",
}  # fmt: skip


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the verdict's matches."""
    return [match.entry.code for match in verdict.matches]


@pytest.mark.parametrize("text", SILENT)
def test_silence(matcher: Matcher, text: str) -> None:
    """Without evidence a careful channel gets no reply, and the reason is told."""
    verdict = matcher.watch(text)
    assert (verdict.kind, verdict.matches) == ("abstained", ())
    assert verdict.reason


@pytest.mark.parametrize(
    "text",
    ["we see 28504 and 6100 since noon", "2065、28504", "2065 and 28504 keep coming up", "28504\t6100"],
)
@pytest.mark.parametrize("eager", [False, True])
def test_two_bare_codes(matcher: Matcher, text: str, eager: bool) -> None:
    """Two bare numbers are columns of a table more often than codes, though both are documented."""
    verdict = matcher.watch(text, eager=eager)
    assert (verdict.matches, verdict.reason) == ((), "no-evidence")
    assert len(verdict.runners_up) == 2


@pytest.mark.parametrize(
    "text", ["error code 6100, belt torn", "error code 2065, low ink, paper tray", "错误码 6608，皮带断裂"]
)
def test_veto_behind_a_comma(matcher: Matcher, text: str) -> None:
    """What follows a comma after a short code, all in words of another trade, is a veto."""
    assert matcher.watch(text, eager=True).matches == ()


@pytest.mark.parametrize(
    "text",
    [
        "error code 6100, the lamp is dark",
        "error code 6100, twice now",
        "错误码 6100，重启没用",
        "报错 6100，门锁",
    ],
)
def test_remark_behind_a_comma(matcher: Matcher, text: str) -> None:
    """A remark in words of this trade, or in chatter, is none."""
    assert codes(matcher.watch(text, eager=True)) == ["6100"]


@pytest.mark.parametrize(
    "text", ["App 文案清单：「设备离线」「邀请已过期」", 'App strings: "device is offline", "scene is empty"']
)
def test_list_of_wordings(matcher: Matcher, text: str) -> None:
    """The phrases of several entries side by side are a list of wordings, nobody's error."""
    assert matcher.watch(text, eager=True).matches == ()


@pytest.mark.parametrize(
    "text",
    [
        "notes for 3.2: no crash any more when the device is offline",
        "翻译表更新：device is offline → 设备不在线",
        'fixed a typo in "scene empty" on the lock page',
        "门锁页的文案「设备离线」要改",
        'it would be nice if the app showed "device is offline" on the lamp page',
        "昨天app弹「设备不在线」，今天恢复正常了",
        "app不再弹设备不在线了",
        'expected result: a toast "device is offline" on the lamp page',
        "测试用例：断电后app应弹出「设备不在线」",
        "三号厅投影弹窗：设备未连接",
        'runbook, step 2: the lamp page shows "device is offline", reset it',
        'is it known whether the lamp app shows "device is offline" at night',
        "手册第4页：app弹出「设备离线」",
    ],
)
def test_no_fault_in_eager(matcher: Matcher, text: str) -> None:
    """No error: words before it, translations, wordings, wishes, tests, what is over, another thing."""
    assert matcher.watch(text, eager=True).matches == ()


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
    """An eager channel takes no more than codes that are called errors and phrases said as an error."""
    assert matcher.watch(text, eager=True).matches == ()


@pytest.mark.parametrize("text", ["28504", "错误码 6100", '{"code":28504,"message":"order not found"}'])
def test_near_miss_is_kept(matcher: Matcher, text: str) -> None:
    """A code that lacks evidence is a near miss: recorded among the runners-up, not posted."""
    verdict = matcher.watch(text)
    assert (verdict.matches, verdict.reason) == ((), "no-evidence")
    [near] = verdict.runners_up
    assert text[slice(*near.evidence.span)] == near.entry.code


def test_every_message_elsewhere(matcher: Matcher, knowledge: Knowledge) -> None:
    """No message makes an undocumented code speak."""
    for entry in knowledge.entries:
        for eager in (False, True):
            assert codes(matcher.watch(f'{{"code":28999,"message":"{entry.message}"}}', eager)) == []
