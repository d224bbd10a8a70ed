"""What an evaluation found: outcomes kept apart by what they count for, figures by language and kind.

Nothing is judged (outcome.py) or printed (render.py) here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.authoring.figures import AskFigures, WatchFigures, count_ask, count_watch, share
from bot.authoring.outcome import ANSWERED_WRONGLY, Mark, Outcome
from bot.authoring.question_files import Skipped
from bot.errors import Problem
from bot.knowledge.question import Question

GRAVITY: tuple[Mark, ...] = ("false_reply", "false_answer", "wrong", "partial", "misoffered", "false_offer",
                             "missed", "silent", "offered")  # fmt: skip
NO_LANGUAGE = "-"  # a bare code has none


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of one evaluation.

    `outcomes` make the figures. `borderline` and `known` (failures) are counted apart, in no gate.
    `fixed` tells each known failure that fails no more: it must be removed from its file.
    `unphrased` holds the codes whose phrases were left out in turn; empty in a plain evaluation.
    """

    outcomes: tuple[Outcome, ...]
    borderline: tuple[Outcome, ...] = ()
    known: tuple[Outcome, ...] = ()
    fixed: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unphrased: tuple[str, ...] = field(default=())

    @property
    def ask(self) -> AskFigures:
        """The figures of ask mode over all outcomes."""
        return count_ask(self.outcomes)

    @property
    def careful(self) -> WatchFigures:
        """The figures of watch mode in careful channels."""
        return count_watch(self.outcomes, "careful")

    @property
    def eager(self) -> WatchFigures:
        """The figures of watch mode in eager channels."""
        return count_watch(self.outcomes, "eager")

    @property
    def confusions(self) -> tuple[Outcome, ...]:
        """The outcomes that want fixing, the gravest first, then in the order of the questions."""
        bad = (outcome for outcome in self.outcomes if not outcome.good)
        return tuple(sorted(bad, key=lambda outcome: GRAVITY.index(outcome.mark)))

    @property
    def answered_wrongly(self) -> int:
        """How many outcomes are answers that are not right."""
        return sum(outcome.mark in ANSWERED_WRONGLY for outcome in self.outcomes)

    @property
    def good_rate(self) -> float | None:
        """Outcomes that call for no fixing, among all; None where nothing was asked."""
        return share(sum(outcome.good for outcome in self.outcomes), len(self.outcomes))

    def by_language(self) -> Mapping[str, Report]:
        """Part the report by the questions' language, sorted."""
        return self._by(lambda asked: asked.language or NO_LANGUAGE)

    def by_kind(self) -> Mapping[str, Report]:
        """Part the report by the questions' kind (typo, pinyin, in a log ...), sorted."""
        return self._by(lambda asked: asked.kind or "-")

    def _by(self, name: Callable[[Question], str]) -> Mapping[str, Report]:
        parts: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            parts.setdefault(name(outcome.question), []).append(outcome)
        return {part: Report(tuple(parts[part])) for part in sorted(parts)}
