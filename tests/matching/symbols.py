"""A pack whose codes are of every shape, for tests."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.code_shapes import find_spellings
from bot.knowledge.codes import CodeSet, CodeShape
from bot.knowledge.pack import Family
from bot.knowledge.snapshot import Knowledge

PACK = "symbols"
CODES = (
    "429", "E1001", "ERR-42", "IOTDA.014016", "InvalidParameter.NotFound", "PAY_DECLINED", "0x80070005",
    "-35", "Missing%s", "Throttled",
)  # fmt: skip
PATTERNS = (
    r"E[0-9]{4}", r"ERR-[0-9]{2}", r"IOTDA\.[0-9]{6}", r"PAY_[A-Z][A-Z_]{2,30}", r"0x[0-9a-f]{8}",
    r"[A-Z][A-Za-z]{2,30}\.[A-Z][A-Za-z]{2,30}",
)  # fmt: skip


def build_symbols(knowledge: Knowledge) -> Knowledge:
    """Return a knowledge whose one pack has codes of every shape."""
    base = knowledge.packs["aliyun-living"]
    some = base.entries["28504"]
    entries = {
        code: replace(
            some,
            pack=PACK,
            code=code,
            message=f"fault number {number}",
            family="all",
            title={"en": f"kettle fault {number}", "zh": f"水壶故障{number}"},
            phrases=(),
            aliases=("T429PR",) if code == "429" else (),
        )
        for number, code in enumerate(CODES)
    }
    pack = replace(
        base,
        id=PACK,
        shape=CodeShape(
            digits=(3, 3),
            distinctive=CodeSet(beginnings=("iotda.", "pay_"), spellings=frozenset({"t429pr"})),
            signed=CodeSet(ranges=((1, 99),)),
            patterns=PATTERNS,
        ),
        families={"all": Family("all", {"en": "All", "zh": "全部"}, CodeSet(beginnings=("iotda.", "pay_")))},
        http_like=frozenset({"429"}),
        never_watched=frozenset(),
        entries=entries,
        spellings=find_spellings(entries.values()),
    )
    return replace(knowledge, packs={PACK: pack})
