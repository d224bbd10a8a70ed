"""Ask the desk about a table it has never seen: `python -m bench.unseen CSV [--seed N] [--failures FILE]`.

The table becomes a pack without phrases; questions are made from its messages. Talk of the same trade that is
no message needs no answer. Prints how each kind fares beside rapidfuzz on the same strings, and the goals;
exits with 1 if one is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.outcomes import Asked, Goal, Measured, render, render_failures, share
from bench.packs import TableError, add_columns, list_columns, read_rows, write_pack
from bench.peers import PEERS, Peer, build_peers, build_strings
from bench.questions import CODED, Generated, Generator, list_unseen_cells
from bench.word_lists import read_words
from bot.authoring.outcome import Outcome, judge
from bot.knowledge.load import load_knowledge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher
from bot.track import Track, track_silently

FEWEST_FIRST = 0.97  # right at rank 1; the goals of the project
MOST_WRONG = 0.005
SCANS = [kind for kind in PEERS if kind.name.startswith("rapidfuzz")]


def measure(
    knowledge: Knowledge, count: int, seed: int, with_peers: bool = True, track: Track = track_silently
) -> Measured:
    """Ask at most `count` questions of each kind and language, and all talk in both modes."""
    matcher = Matcher(knowledge)
    peers = build_peers(build_strings(knowledge), SCANS) if with_peers else []
    cells = list_unseen_cells()
    made = Generator(knowledge, is_written=False).generate(count * len(cells), seed, cells, each=count)
    asked = [_ask(matcher, peers, one) for one in track(made, "questions on an unseen table")]
    quiet: list[Outcome] = []
    for language, sentences in read_words("database_talk").items():
        for text in sentences:
            question = Question(text, (), "talk", language)
            quiet.append(judge(question, matcher.ask(text), "ask"))
            quiet.append(judge(question, matcher.watch(text, eager=True), "eager"))
    return Measured(asked, quiet, list_goals(asked), [peer.name for peer in peers])


def list_goals(asked: Sequence[Asked]) -> list[Goal]:
    """Return the goals beside what was reached."""
    first = share(one.is_first for one in asked if one.cell.kind != CODED)
    wrong = sum(one.mark == "wrong" for one in asked) / max(1, len(asked))
    named = share(one.mark == "right" for one in asked if one.cell.kind == CODED)
    return [
        Goal(f"right at rank 1, {FEWEST_FIRST:.0%} or more", f"{first:.2%}", first >= FEWEST_FIRST),
        Goal(f"wrong, {MOST_WRONG:.1%} or less", f"{wrong:.2%}", wrong <= MOST_WRONG),
        Goal("right with the code in front, all", f"{named:.2%}", named == 1.0),
    ]


def _ask(matcher: Matcher, peers: Sequence[Peer], made: Generated) -> Asked:
    text = made.question.text
    explained = matcher.explain(text)
    outcome = judge(made.question, explained.verdict, "ask")
    leading = explained.verdict.matches if outcome.rule == "code" else explained.candidates
    best = leading[0].entry.code if leading else ""
    firsts = tuple(next((code for code, _ in peer.rank(text)), "") for peer in peers)
    return Asked(made.cell, outcome, best, firsts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables; 1 where a goal is missed."""
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
    measured = measure(knowledge, options.count, options.seed, with_peers=not options.no_peers)
    print(f"seed {options.seed}, {len(rows)} entries\n\n{render(measured)}")
    if options.failures:
        options.failures.write_text(render_failures(measured), encoding="utf-8")
    return 0 if measured.are_goals_met else 1


if __name__ == "__main__":
    sys.exit(main())
