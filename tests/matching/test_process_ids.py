"""Process ids in log lines, as the programs that write them do; and codes that stand much alike."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from bot.matching.numbers.decide import Codes
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reader


def read_processes(reader: Reader, rules: CodeRules, text: str) -> list[str]:
    """Return the numbers of a text that are process ids."""
    places = Codes(reader.read(text), rules).places
    return [one.mention.code for one in places if any(row.name == "process" for row in one.frames)]


@pytest.mark.parametrize(
    "text",
    [
        "[28504] INFO feed closed",
        "`[28504] WARN feed closed`",
        "[28504]: [ERROR] feed closed",
        "[28504] 07:58:11 ERROR feed closed",
        "[28504] 2026-05-11 07:58:11 feed closed",
        "2026-05-11 07:58:11 UTC [28504] ERROR:  deadlock detected",
        "2026-05-11 07:58:11.120 GMT [28504] LOG:  checkpoint",
        "first line\n[28504] INFO feed closed",
        "2026-05-11 07:58:11 | 28504 | INFO | feed closed",
        "05-11 09:12:44.210  28504  4410 I HLink   : feed closed",
        "2026-05-11 07:58:11.120  INFO 28504 --- [main] c.h.Feed : closed",
        "E0511 07:20:02.123456   28504 feed.go:127] closed",
    ],
)
def test_process_id(reader: Reader, rules: CodeRules, text: str) -> None:
    """A number among the columns of a log line before its level is a process id."""
    assert "28504" in read_processes(reader, rules, text)


@pytest.mark.parametrize(
    "text",
    [
        "[28504] device is offline.",
        "CloudError: [28504] INFO follows",
        "the lamp says [28504] again",
        "10:20 28504 error again",
        "28504 error again",
        "[28504] 设备离线",
        "28504 - device is offline",
        "28504: see the log",
    ],
)
def test_no_process_id(reader: Reader, rules: CodeRules, text: str) -> None:
    """Where no level follows, or words stand before it, a number is none."""
    assert read_processes(reader, rules, text) == []


@pytest.mark.parametrize("eager", [False, True])
def test_process_id_beside_the_platform(matcher: Matcher, eager: bool) -> None:
    """A process id is no sign beside a word of the platform, nor a foreign code beside a message."""
    assert matcher.watch("[28504] INFO iotId x7 synced\n[28527] INFO iotId x8 synced", eager).matches == ()
    [match] = matcher.watch("[10200] 07:58:11 ERROR job: query msg-center hsf error", eager).matches
    assert match.entry.code == "2074"
