"""Ask the desk what was made from its own strings: `python -m bench.generated [--count N] [--seed N] ...`.

Questions come from bench/questions.py, texts without an answer from bench/negatives.py. Prints how each kind
fares, and the goals; exits with 1 where one is missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.negatives import TURNED, list_foreign, list_turned
from bench.outcomes import Asked, Goal, Measured, render, render_failures, share
from bench.questions import Generator
from bench.strings import Strings
from bot.authoring.outcome import Outcome, judge
from bot.authoring.render import percent
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher
from bot.track import Track, track_silently

ROOT = Path(__file__).parents[1]
FEWEST_RIGHT = {0: 0.97, 1: 0.97, 2: 0.90}  # by edits; the goals of the project
MOST_WRONG = 0.002


def measure(
    knowledge: Knowledge, count: int, negatives: int, seed: int, track: Track = track_silently
) -> Measured:
    """Make the questions and the texts without an answer, and ask them all."""
    matcher = Matcher(knowledge)
    made = Generator(knowledge).generate(count, seed)
    asked = [
        Asked(one.cell, judge(one.question, matcher.ask(one.question.text), "ask"))
        for one in track(made, "generated questions")
    ]
    quiet: list[Outcome] = []
    turned = list_turned(knowledge, Strings(knowledge))
    for question in track((*turned, *list_foreign(knowledge, negatives, seed)), "texts without an answer"):
        if question.kind == TURNED:
            quiet.append(judge(question, matcher.ask(question.text), "ask"))
        quiet.append(judge(question, matcher.watch(question.text), "careful"))
        quiet.append(judge(question, matcher.watch(question.text, eager=True), "eager"))
    return Measured(asked, quiet, list_goals(asked, quiet))


def list_goals(asked: Sequence[Asked], quiet: Sequence[Outcome]) -> list[Goal]:
    """Return the goals beside what was reached."""
    goals: list[Goal] = []
    for edits, fewest in FEWEST_RIGHT.items():
        rate = share(one.mark == "right" for one in asked if one.cell.edits == edits)
        name = f"right at {edits} edit{'' if edits == 1 else 's'}, {fewest:.0%} or more"
        goals.append(Goal(name, percent(rate), rate >= fewest))
    wrong = sum(one.outcome.mark == "wrong" for one in asked) / max(1, len(asked))
    goals.append(Goal(f"wrong entry, {MOST_WRONG:.1%} or less", f"{wrong:.2%}", wrong <= MOST_WRONG))
    replies = sum(one.mark == "false_reply" for one in quiet)
    goals.append(Goal("false replies in watch mode, none", str(replies), not replies))
    answers = sum(one.mark == "false_answer" for one in quiet)
    goals.append(Goal("entries answered to a turned meaning, none", str(answers), not answers))
    return goals


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables, write the failures where a file is named; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.generated", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="questions")
    parser.add_argument("--negatives", type=int, default=3_000, help="posts with numbers that are no codes")
    parser.add_argument("--seed", type=int, default=1, help="draws the questions")
    parser.add_argument("--failures", type=Path, help="where to write what failed")
    options = parser.parse_args(arguments)
    if options.count < 1 or options.negatives < 0:
        parser.error("--count must be 1 or more, --negatives 0 or more")
    measured = measure(load_knowledge(ROOT / "knowledge"), options.count, options.negatives, options.seed)
    print(f"seed {options.seed}\n\n{render(measured)}")
    if options.failures:
        options.failures.write_text(render_failures(measured), encoding="utf-8")
    return 0 if measured.are_goals_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
