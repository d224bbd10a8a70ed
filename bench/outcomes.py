"""How generated questions fared: counted by cell, held against goals, failures listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.questions import Cell
from bot.authoring.outcome import Outcome
from bot.authoring.render import align, percent

MARKS = ("right", "offered", "silent", "wrong")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the desk's verdict, its best entry, each peer's best entry."""

    cell: Cell
    outcome: Outcome
    best: str = ""
    peers: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The verdict's mark; choices without a right one, and answers with one too many, are wrong."""
        return "wrong" if self.outcome.mark in ("misoffered", "partial") else self.outcome.mark

    @property
    def is_first(self) -> bool:
        """Say whether a right entry leads, whether it is answered or not."""
        return self.best in self.outcome.question.expected


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached, what was, and whether that will do."""

    name: str
    reached: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """All questions, all texts that need no answer in each setting, and the goals of the run."""

    asked: Sequence[Asked]
    quiet: Sequence[Outcome]
    goals: Sequence[Goal]
    peers: Sequence[str] = ()

    @property
    def are_goals_met(self) -> bool:
        """Say whether no goal is missed."""
        return all(goal.is_met for goal in self.goals)


def share(held: Iterable[bool]) -> float:
    """Return the part that holds; 1 of nothing."""
    marks = list(held)
    return sum(marks) / len(marks) if marks else 1.0


def render(measured: Measured) -> str:
    """Return the tables: questions by kind, language and edits; quiet texts that were answered; the goals."""
    rows: list[tuple[str, ...]] = [("kind", "language", "edits", "asked", *MARKS, "right", *measured.peers)]
    groups: dict[tuple[str, str, str], list[Asked]] = {}
    for one in sorted(measured.asked, key=lambda one: (one.cell.language, one.cell.edits)):
        groups.setdefault((one.cell.kind, one.cell.language, str(one.cell.edits)), []).append(one)
    for (_, language, edits), asked in list(groups.items()):
        groups.setdefault(("all", language, edits), []).extend(asked)
    groups["all", "", ""] = list(measured.asked)
    for heading, asked in groups.items():
        rows.append((*heading, *_count(asked, len(measured.peers))))
    goals = [(goal.name, goal.reached, "" if goal.is_met else "missed") for goal in measured.goals]
    return "\n\n".join((align(rows, left=(0, 1)), _render_quiet(measured.quiet), align(goals)))


def render_failures(measured: Measured) -> str:
    """Return one line a failure: mark, kind, text, expected, got, and what the text was made from."""
    failed = [(one.mark, one.outcome) for one in measured.asked if one.mark != "right"]
    failed += [(one.mark, one) for one in measured.quiet if not one.good]
    lines = []
    for mark, one in failed:
        question = one.question
        got = ",".join(one.got) or f"nothing ({one.reason})"
        due = ",".join(question.expected) or "nothing"
        told = f"{one.score:.1f}  {question.text!r}  <- {question.id!r}"
        lines.append(f"{mark} ({one.setting})  {question.kind} {question.language}  {due} -> {got}  {told}\n")
    return "".join(sorted(lines))


def _count(asked: Sequence[Asked], peers: int) -> Iterable[str]:
    marks = [one.mark for one in asked]
    yield str(len(asked))
    yield from (str(marks.count(mark)) for mark in MARKS)
    yield percent(share(mark == "right" for mark in marks))
    for place in range(peers):
        yield percent(share(one.peers[place] in one.outcome.question.expected for one in asked))


def _render_quiet(quiet: Sequence[Outcome]) -> str:
    rows = [("texts that need no answer", "setting", "texts", "offered", "answered")]
    kinds = dict.fromkeys((one.question.kind, one.setting) for one in quiet)
    for kind, setting in kinds:
        marks = [one.mark for one in quiet if (one.question.kind, one.setting) == (kind, setting)]
        offered = marks.count("false_offer")
        answered = marks.count("false_answer") + marks.count("false_reply")
        if offered or answered:
            rows.append((kind, setting, str(len(marks)), str(offered), str(answered)))
    rows.append(("all", "", str(len(quiet)), "", str(sum(not one.good for one in quiet))))
    return align(rows, left=(0, 1)) + "\nkinds of which nothing was answered are not listed"
