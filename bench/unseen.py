"""Ask the desk about a table it has never seen: `python -m bench.unseen CSV [--seed N] [--failures FILE]`.

The table becomes a pack without phrases; unseen_questions.py makes questions from its messages. Talk of the
same trade that is no message needs no answer. Prints how each kind fares beside rapidfuzz on the same strings
and what goals are missed; exits with 1 if any is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.database_talk import TALK
from bench.packs import Row, TableError, add_columns, list_columns, read_rows, write_pack
from bench.peers import Peer, build_scans, build_strings
from bench.unseen_questions import Generator
from bot.authoring.outcome import Outcome, judge
from bot.authoring.render import align, percent
from bot.knowledge.entry import Question
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher

MARKS = ("right", "offered", "silent", "wrong")
FEWEST_FIRST = 0.97  # right at rank 1; the goals of the project
MOST_WRONG = 0.005
CODED = "code"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how the desk's verdict fares, its best entry, and each peer's best entry."""

    outcome: Outcome
    best: str
    peers: tuple[str, ...]

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.outcome.question

    @property
    def mark(self) -> str:
        """The verdict's mark; choices without a right one, and answers with one too many, are wrong."""
        return "wrong" if self.outcome.mark in ("misoffered", "partial") else self.outcome.mark

    @property
    def is_first(self) -> bool:
        """Say whether a right entry leads, whether it is answered or not."""
        return self.best in self.question.expected


@dataclass(frozen=True, slots=True)
class Measured:
    """All questions in their order, and all talk that needs no answer."""

    asked: tuple[Asked, ...]
    quiet: tuple[Outcome, ...]
    peers: tuple[str, ...]


def measure(
    rows: Sequence[Row], knowledge: Knowledge, count: int, seed: int, with_peers: bool = True
) -> Measured:
    """Ask at most `count` questions of each kind and language, and all talk in both modes."""
    matcher = Matcher(knowledge)
    peers = build_scans(build_strings(knowledge)) if with_peers else []
    asked = tuple(
        _ask(matcher, peers, question) for question in Generator(rows, knowledge).generate(count, seed)
    )
    quiet: list[Outcome] = []
    for language, sentences in TALK.items():
        for text in sentences:
            question = Question(text, (), "talk", language)
            quiet.append(judge(question, matcher.ask(text), "ask"))
            quiet.append(judge(question, matcher.watch(text, eager=True), "eager"))
    return Measured(asked, tuple(quiet), tuple(peer.name for peer in peers))


def list_misses(measured: Measured) -> list[str]:
    """Return the goals that were missed, each with what was reached."""
    worded = [one for one in measured.asked if one.question.kind != CODED]
    coded = [one for one in measured.asked if one.question.kind == CODED]
    first = _share(one.is_first for one in worded)
    wrong = _share(one.mark == "wrong" for one in measured.asked)
    named = _share(one.mark == "right" for one in coded)
    goals = (
        (f"right at 1, {FEWEST_FIRST:.0%} or more: {first:.2%}", first >= FEWEST_FIRST),
        (f"wrong, {MOST_WRONG:.1%} or less: {wrong:.2%}", wrong <= MOST_WRONG),
        (f"right with the code in front, all: {named:.2%}", named == 1.0),
    )
    return [told for told, is_met in goals if not is_met]


def render(measured: Measured) -> str:
    """Return the tables: by kind and language, all, and talk that needs no answer."""
    rows = [("kind", "language", "asked", "right at 1", *MARKS, "right", *measured.peers)]
    cells: dict[tuple[str, str], list[Asked]] = {}
    for one in measured.asked:
        cells.setdefault((one.question.kind, one.question.language), []).append(one)
    worded = [one for one in measured.asked if one.question.kind != CODED]
    for language in dict.fromkeys(one.question.language for one in worded):
        cells["all but code", language] = [one for one in worded if one.question.language == language]
    cells["all but code", ""] = worded
    for (kind, language), asked in cells.items():
        marks = [one.mark for one in asked]
        peers = [
            percent(_share(one.peers[place] in one.question.expected for one in asked))
            for place in range(len(measured.peers))
        ]
        counts = (str(marks.count(mark)) for mark in MARKS)
        first, right = _share(one.is_first for one in asked), _share(mark == "right" for mark in marks)
        rows.append((kind, language, str(len(asked)), percent(first), *counts, percent(right), *peers))
    quiet = [("talk that needs no answer", "texts", "kept", "offered", "answered")]
    for setting in ("ask", "eager"):
        marks = [one.mark for one in measured.quiet if one.setting == setting]
        false = str(marks.count("false_answer") + marks.count("false_reply"))
        quiet.append(
            (setting, str(len(marks)), str(marks.count("kept")), str(marks.count("false_offer")), false)
        )
    return "\n\n".join((align(rows, left=(0, 1)), align(quiet)))


def render_failures(measured: Measured) -> str:
    """Return a line for each question that isn't right or whose entry doesn't lead, and each false answer."""
    lines = [
        _tell(one.outcome, one.mark, one.best)
        for one in measured.asked
        if one.mark != "right" or not one.is_first
    ]
    lines += [_tell(one, one.mark, "") for one in measured.quiet if not one.good]
    return "".join(f"{line}\n" for line in sorted(lines))


def _ask(matcher: Matcher, peers: Sequence[Peer], question: Question) -> Asked:
    explained = matcher.explain(question.text)
    outcome = judge(question, explained.verdict, "ask")
    by_code = outcome.rule == "code"
    leading = explained.verdict.matches if by_code else explained.candidates
    best = leading[0].entry.code if leading else ""
    return Asked(
        outcome, best, tuple(next((code for code, _ in peer.rank(question.text)), "") for peer in peers)
    )


def _tell(outcome: Outcome, mark: str, best: str) -> str:
    question = outcome.question
    due = ",".join(question.expected) or "nothing"
    got = ",".join(outcome.got) or f"nothing ({outcome.reason})"
    told = f"{outcome.score:.1f}  {question.text!r}  <- {question.id!r}"
    return f"{mark}  {question.kind} {question.language}  {due} -> {got}, first {best or 'none'}  {told}"


def _share(held: Iterable[bool]) -> float:
    marks = list(held)
    return sum(marks) / len(marks) if marks else 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and tell what was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.unseen", description="Ask about an unseen table.")
    parser.add_argument("table", type=Path, metavar="CSV")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300, help="questions of each kind in each language")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="where what isn't right is written")
    parser.add_argument("--no-peers", action="store_true", help="ask the desk alone, which is faster")
    add_columns(parser)
    options = parser.parse_args(arguments)
    try:
        rows = read_rows(options.table, options.code, list_columns(options))
        with tempfile.TemporaryDirectory() as folder:
            write_pack(rows, Path(folder))
            knowledge = load_knowledge(Path(folder))
    except (OSError, TableError) as error:
        print(f"{options.table}: {error}", file=sys.stderr)
        return 2
    measured = measure(rows, knowledge, options.count, options.seed, with_peers=not options.no_peers)
    print(f"seed {options.seed}, {len(rows)} entries\n\n{render(measured)}")
    if options.failures:
        options.failures.write_text(render_failures(measured), encoding="utf-8")
    misses = list_misses(measured)
    print("\n" + "\n".join(f"missed: {miss}" for miss in misses) if misses else "\nall goals are met")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
