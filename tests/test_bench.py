"""The benchmark's shape, on a toy of three entries. No time is asserted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.__main__ import measure, render
from bench.peers import build_strings
from bot.knowledge.entry import Question
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
CONTENDERS = ["faultbook", "rapidfuzz WRatio", "rapidfuzz token_set_ratio", "rapidfuzz ratio", "BM25"]


def build_toy() -> Knowledge:
    """Build the knowledge of the vendor pack's first three entries."""
    loaded = load_knowledge(KNOWLEDGE)
    [(name, pack)] = loaded.packs.items()
    toy = replace(pack, entries=dict(list(pack.entries.items())[:3]))
    return replace(loaded, packs={name: toy})


def test_shape() -> None:
    """Every contender is timed and measured on the same texts, the desk first, and all of it is printed."""
    toy = build_toy()
    questions = [Question(entry.message, (entry.code,), "message") for entry in toy.entries]
    quiet = [Question("see you at lunch", (), "chat")]
    measured = measure(toy, questions, quiet, rounds=1, starts=0, mentions=2, seed=1)
    assert [spent.name for spent in measured.speed_ms] == CONTENDERS
    assert [one.name for one in measured.quality] == CONTENDERS
    assert (measured.entries, measured.questions, measured.quiet_texts) == (3, 3, 1)
    assert all(0 < spent.p50 <= spent.p99 <= spent.slowest for spent in measured.speed_ms)
    assert {one.name: one.right_at_1 for one in measured.quality}["rapidfuzz ratio"] == 1.0
    assert [spent.name for spent in measured.mention_ms] == ["faultbook", "a bare Bolt app"]
    assert all(0 < spent.p50 <= spent.slowest for spent in measured.mention_ms)
    told = render(measured)
    assert all(name in told for name in CONTENDERS)


def test_strings() -> None:
    """A peer gets message, titles, descriptions and phrases of every entry, each folded."""
    toy = build_toy()
    strings = build_strings(toy)
    first = toy.entries[0]
    own = {text for text, code in zip(strings.texts, strings.codes, strict=True) if code == first.code}
    assert len(own) >= 1 + len(first.title) + len(first.phrases)
    assert set(strings.codes) == {entry.code for entry in toy.entries}
