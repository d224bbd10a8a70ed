"""What was measured, as aligned text. Nothing is measured here. Called by bench/__main__.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.coverage import Point
from bench.quality import Compared, Rates
from bench.scale import Level
from bench.speed import IMPORTS, Growth, Times
from bench.start import Start
from bot.authoring.render import align, percent

KEPT = (
    "kept, wrong: answered right or otherwise by the lowest threshold that answers no quiet text; faultbook\n"
    "runs with its own thresholds. kept, no numbers: the same among texts without a number."
)


def render_compared(compared: Compared) -> str:
    """Return the rates of all contenders, then right at 1 by language and kind."""
    rows: list[tuple[str, ...]] = [("", "right at 1", "in top 3", "MRR", "kept", "wrong", "kept, no numbers")]
    for one in compared.qualities:
        whole = one.whole
        ranking = (percent(whole.right_at_1), percent(whole.in_top_3), f"{whole.mrr:.3f}")
        rows.append((one.name, *ranking, percent(whole.kept), percent(whole.wrong), percent(one.wordy.kept)))
    return "\n\n".join((
        f"{compared.name}: {compared.questions} questions; {compared.quiet} texts that need no answer, "
        f"of which faultbook answers {compared.false_answers}",
        align(rows),
        _render_parts(compared, "language", [one.by_language for one in compared.qualities]),
        _render_parts(compared, "kind", [one.by_kind for one in compared.qualities]),
    ))  # fmt: skip


def _render_parts(compared: Compared, heading: str, parts: Sequence[Mapping[str, Rates]]) -> str:
    rows = [(f"right at 1, by {heading}", "questions", *(one.name for one in compared.qualities))]
    for name, rates in parts[0].items():
        shares = (percent(part[name].right_at_1) for part in parts)
        rows.append((name, str(rates.questions), *shares))
    return align(rows)


def render_level(level: Level) -> str:
    """Return one size's contenders and starts."""
    ours = level.standings[0].times
    heading = (
        "ms a question",
        "p50",
        "p99",
        "p50, times ours",
        "questions",
        "right at 1",
        "in top 3",
        "built in s",
    )
    rows: list[tuple[str, ...]] = [heading]
    for one in level.standings:
        times = (f"{one.times.p50:.3f}", f"{one.times.p99:.3f}", f"{one.times.p50 / ours.p50:.2f}")
        rates = (percent(one.right_at_1), percent(one.in_top_3))
        rows.append((one.times.name, *times, str(one.questions), *rates, f"{one.built_s:.2f}"))
    head = f"{level.entries} entries, {level.strings} strings"
    return "\n\n".join((head, align(rows), _render_starts(level)))


def _render_starts(level: Level) -> str:
    rows: list[tuple[str, ...]] = [
        ("a fresh process", "imports, s", "ready, s", "first answer, ms", "MiB", "over imports", "most")
    ]
    for name, start in (("first start, compiles", level.first), ("next start", level.later)):
        rows.append((name, *_render_start(start)))
    return align(rows)


def _render_start(start: Start) -> Iterable[str]:
    yield from (f"{start.imports:.2f}", f"{start.ready:.2f}", f"{1000 * start.answer:.1f}")
    yield from (f"{start.resident:.0f}", f"{start.resident - start.bare:.0f}", f"{start.peak:.0f}")


def render_growth(growth: Growth) -> str:
    """Return the times of long texts and their slope."""
    rows = [("characters of a log", "ms", "µs a character")]
    for length, ms in zip(growth.lengths, growth.ms, strict=True):
        rows.append((str(length), f"{ms:.2f}", f"{1000 * ms / length:.2f}"))
    return align(rows) + f"\nslope of the logarithms {growth.slope:.2f}; 1 is linear"


def render_coverage(points: Iterable[Point]) -> str:
    """Return the points of the curve."""
    rows = [("answered from score", "coverage", "precision")]
    rows += [(f"{p.threshold:g}", percent(p.coverage), percent(p.precision)) for p in points]
    return align(rows)


def render_cold(cold: Mapping[str, float]) -> str:
    """Return the times of fresh processes."""
    rows = [("cold start, ms", "", "times the imports")]
    rows += [(name, f"{ms:.0f}", f"{ms / cold[IMPORTS]:.2f}") for name, ms in cold.items()]
    return align(rows)


def render_times(times: Sequence[Times]) -> str:
    """Return the times of mentions in Slack."""
    rows: list[tuple[str, ...]] = [
        ("ms from a mention to its answer", "p50", "p99", "mean", "slowest", "p50, times ours")
    ]
    for spent in times:
        figures = (spent.p50, spent.p99, spent.mean, spent.slowest)
        rows.append((spent.name, *(f"{ms:.3f}" for ms in figures), f"{spent.p50 / times[0].p50:.2f}"))
    return align(rows)
