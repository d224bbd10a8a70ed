"""A table of messages with slots, of parcel lockers, for which nobody wrote phrases."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher

MESSAGES = {
    "4101": ("Parcel '%s' already lies in locker '%-.64s'", "包裹'%s'早已放在柜子'%-.64s'里"),
    "4102": (
        "Parcel '%s' already lies in locker '%-.64s' of station %d",
        "包裹'%s'早已放在柜子'%-.64s'里，站点%d",
    ),
    "4103": ("Door %d of locker %s does not close", "柜子%2$s的%1$d号门关不上"),
    "4104": ("Station %s cannot read label '%s' (reason: %M)", "站点%s无法读取标签'%s'（原因：%M）"),
    "4105": ("Payment by {card} is not possible at station {name}", "站点{name}不支持{card}付款"),
    "4106": ("Courier <name> may not open locker %s", "快递员<name>无权打开柜子%s"),
    "4107": ("Label printer of %s ran out of paper", "%s的标签打印机缺纸"),
}


def build_lockers(knowledge: Knowledge) -> Matcher:
    """Return a matcher over the table."""
    pack = knowledge.packs["aliyun-living"]
    some = next(iter(pack.entries.values()))

    def make(code: str) -> Entry:
        english, chinese = MESSAGES[code]
        title = {"en": english, "zh": chinese}
        return replace(some, pack="lockers", code=code, message=english, title=title, phrases=())

    lockers = replace(
        pack,
        id="lockers",
        entries={code: make(code) for code in MESSAGES},
        http_like=frozenset(),
        never_watched=frozenset(),
        terms=(),
    )
    return Matcher(replace(knowledge, packs={"lockers": lockers}))
