"""Whether an alert says that its trouble is over."""

from __future__ import annotations

import pytest

from bot.alert_state import AlertStateReader
from tests.support.shipped import load_shipped

READER = AlertStateReader(load_shipped().languages.values())


@pytest.mark.parametrize(
    "text",
    [
        "[RESOLVED] device control fails",
        "[RESOLVED:2] device control fails",
        "*[Resolved]* 28504",
        ":white_check_mark: Resolved: 28504",
        "✅ Recovered: lock service",
        "OK: lock service (was CRITICAL)",
        "Status: resolved\nerror code 28504",
        "*State:* `OK`",
        "【恢复通知】设备控制",
        "[已恢复] 错误码 28504",
        "告警状态：已恢复",
        "lock service\nResolved after 5 minutes",
        "【恢復】設備控制",
    ],
)
def test_over(text: str) -> None:
    """A state in brackets, at a line's beginning or in a field tells it, in both languages."""
    assert READER.is_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "[FIRING:1] device control fails",
        "[FIRING:1, RESOLVED:2] device control fails",
        "can this be resolved?",
        "the issue isn't resolved, error code 28504",
        "Status: firing",
        "错误码 28504，怎么恢复",
        "【告警中】设备控制\n状态：已恢复的有 2 台",
        "设备无法恢复出厂设置",
        "okay, error code 28504",
        "",
    ],
)
def test_not_over(text: str) -> None:
    """A text without a state, or one that says first that the trouble goes on, is not over."""
    assert not READER.is_over(text)
