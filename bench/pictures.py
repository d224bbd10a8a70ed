"""The two curves as pictures: time against length, and precision against coverage. SVG, the same each time.

Called by bench/__main__.py with what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.coverage import Point
from bench.speed import Growth
from bot.matching import CHOSEN

SIZE = (6.4, 4.0)  # inches
mpl.rcParams["svg.hashsalt"] = "faultbook"  # else each run names its parts anew


def draw_growth(growth: Growth, path: Path) -> None:
    """Draw the time of long texts on two logarithmic scales, beside a straight line."""
    figure = Figure(SIZE, layout="constrained")
    axes = figure.subplots()
    first_length, first = growth.lengths[0], growth.ms[0]
    axes.loglog(growth.lengths, growth.ms, marker="o", label=f"faultbook, slope {growth.slope:.2f}")
    linear = [first * length / first_length for length in growth.lengths]
    axes.loglog(growth.lengths, linear, linestyle=":", color="grey", label="linear")
    axes.set(xlabel="characters", ylabel="milliseconds", title="Time for a long log")
    _finish(figure, path)


def draw_coverage(points: Sequence[Point], path: Path) -> None:
    """Draw precision against coverage, with the chosen threshold marked."""
    figure = Figure(SIZE, layout="constrained")
    axes = figure.subplots()
    axes.plot([100 * p.coverage for p in points], [100 * p.precision for p in points], marker=".")
    for point in points:
        if point.threshold == CHOSEN.answer:
            axes.plot(100 * point.coverage, 100 * point.precision, "o", label=f"chosen: {point.threshold:g}")
    axes.set(xlabel="answered, % of questions", ylabel="right, % of answers", title="Coverage and precision")
    _finish(figure, path)


def _finish(figure: Figure, path: Path) -> None:
    axes = figure.axes[0]
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(path, metadata={"Date": None})
