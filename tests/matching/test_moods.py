"""Which parts of a text state no fault, and why."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from bot.matching.reading import Reader
from bot.matching.text import LONGEST_TYPED, fold


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how do I pair a lamp", {"how do i pair a lamp": "how-to"}),
        ("the lamp is offline, how do I pair it", {"how do i pair it": "how-to"}),
        ("where in it do I see what is offline", {"where in it do i see what is offline": "how-to"}),
        ("如何绑定设备", {"如何绑定设备": "how-to"}),
        ("设备是否离线在哪看", {"设备是否离线在哪看": "how-to", "在哪看": "how-to"}),
        ("设备离线了，在哪里查", {"在哪里查": "how-to"}),
        ("how do I fix an offline lamp", {}),
        ("it would be nice if a bell rang when the lamp is offline", "wish"),
        ("Feature idea: a list of what is offline", "wish"),
        ("please fix it soon, the lamp is offline", {}),
        ("要是设备离线的时候，能响一声就好了", "wish"),
        ("建议你们查查，设备一直离线", {}),
        ("how many lamps were offline in May?", "general"),
        ("12 lamps were offline last week", "general"),
        ("the statistics page says the request is forbidden", {}),
        ("should a lamp be online at night", "general"),
        ("按楼统计离线的设备", "general"),
        ("设备离线的比例是多少", "general"),
        ("the lamp works again", "solved"),
        ("the lamp never works again", {}),
        ("the lamp is offline, it was all good last week", {}),
        ("it's all good", "solved"),
        ("设备已经恢复了", "solved"),
        ("设备没恢复正常", {}),
        ("the lamp is offline", {}),
        ("设备离线", {}),
        ("", {}),
    ],
)
def test_parts(reader: Reader, text: str, parts: dict[str, str] | str) -> None:
    """A part states no fault by the words of one list; a bare reason covers all the text says."""
    folded = reader.read(text).text.folded
    moods = reader.moods.find(fold(text))
    found = {folded[mood.start : mood.end].strip(" ,"): mood.reason for mood in moods}
    if isinstance(parts, str):
        assert moods[0].reason == parts
        covered = {place for mood in moods for place in range(mood.start, mood.end)}
        assert all(place in covered for place, letter in enumerate(folded) if letter.isalnum())
    else:
        assert found == parts


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("it would be nice if it told me when the device is offline", "", "wish"),
        ("it would be nice if it told me, but the device is offline", "28504", ""),
        ("a share that lasts a week would be nice. The share has expired", "2096", ""),
        ("where do I see that the device is offline", "", "how-to"),
        ("where do I see it? The device is offline", "28504", ""),
        ("如果设备离线能响就好了", "", "wish"),
        ("希望尽快处理，分享已过期", "2096", ""),
        ("设备离线的比例是多少", "", "general"),
        ("设备离线，请按楼汇总。另外分享已过期", "2096", ""),
        ("how many times did we restart it, the device is still offline", "28504", ""),
        ("重启了几次，设备还是离线", "28504", ""),
        ("分享了还能不能取消", "", "how-to"),
        ("昨天设备离线，今天自己好了", "", "solved"),
        ("昨天自己好了，今天设备离线", "28504", ""),
        ("thanks, the share has expired but works now", "", "solved"),
    ],
)
def test_verdict(matcher: Matcher, text: str, code: str, reason: str) -> None:
    """What stands in such a part is no answer; what the rest of the text states is answered."""
    verdict = matcher.ask(text)
    assert [match.entry.code for match in verdict.matches] == ([code] if code else [])
    assert verdict.reason == reason


def test_long_text(reader: Reader) -> None:
    """A text of many sentences has a part in each; one that is longer than a question has none."""
    text = "I wish it rang. "
    assert len(reader.moods.find(fold(text * 100))) == 100
    assert reader.moods.find(fold(text * (LONGEST_TYPED // len(text) + 1))) == []
