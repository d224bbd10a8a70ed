"""Measure, print the tables, write bench/out/NAME.json: `python -m bench [--name NAME] [--seed N] ...`.

No date is written: the name says what the run was for.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.machine import describe_machine
from bench.mentions import measure_mentions
from bench.peers import Bm25, build_peers, build_strings
from bench.quality import Quality, measure_desk, measure_peer
from bench.speed import IMPORTS, Times, measure_cold, measure_times, time_once
from bot.authoring.evaluate import find_question_files, load_question_files
from bot.authoring.render import align, percent
from bot.knowledge.entry import Question
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher

ROOT = Path(__file__).parents[1]
OUT = ROOT / "bench" / "out"
OURS = "faultbook"
QUALITY_COLUMNS = ("", "right at 1", "in top 3", "MRR", "kept", "wrong", "kept, no numbers")


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of one run; times are milliseconds, rates 0 to 1. The desk comes first in each list."""

    entries: int
    strings: int
    questions: int
    quiet_texts: int
    false_answers: int
    quality: list[Quality]
    speed_ms: list[Times]
    build_ms: dict[str, float]
    cold_start_ms: dict[str, float]
    mention_ms: list[Times]


def measure(
    knowledge: Knowledge,
    questions: Sequence[Question],
    quiet: Sequence[Question],
    rounds: int,
    starts: int,
    mentions: int,
    seed: int,
) -> Measured:
    """Measure the desk and its peers; `starts` 0 leaves the cold start out, `mentions` 0 Slack."""
    matcher, strings = Matcher(knowledge), build_strings(knowledge)
    peers = build_peers(strings)
    ours, false_answers = measure_desk(matcher, questions, quiet)
    texts = [question.text for question in (*questions, *quiet)]
    contenders = {OURS: matcher.ask, **{peer.name: peer.look_up for peer in peers}}
    times = measure_times(contenders, texts, rounds, seed)
    return Measured(
        entries=len(knowledge.entries),
        strings=len(strings.texts),
        questions=len(questions),
        quiet_texts=len(quiet),
        false_answers=false_answers,
        quality=[ours, *(measure_peer(peer, questions, quiet) for peer in peers)],
        speed_ms=times,
        build_ms={OURS: time_once(lambda: Matcher(knowledge)), "BM25": time_once(lambda: Bm25(strings))},
        cold_start_ms=measure_cold(starts) if starts else {},
        mention_ms=measure_mentions(texts, mentions, seed) if mentions else [],
    )


def render(measured: Measured) -> str:
    """Return the tables as text."""
    quality: list[tuple[str, ...]] = [QUALITY_COLUMNS]
    for one in measured.quality:
        ranking = (percent(one.right_at_1), percent(one.in_top_3), f"{one.mrr:.3f}")
        quality.append((one.name, *ranking, percent(one.kept), percent(one.wrong), percent(one.kept_wordy)))
    parts = [
        f"{measured.entries} entries, {measured.strings} strings; {measured.questions} questions; "
        f"{measured.quiet_texts} texts that need no answer; faultbook answers {measured.false_answers}",
        _render_times("ms a question", measured.speed_ms),
        align(quality),
        "kept, wrong: answered right or otherwise by the lowest threshold that answers no quiet text;\n"
        "kept, no numbers: the same among texts without a number. faultbook runs with its own thresholds.",
        align([("built in ms", ""), *((name, f"{spent:.1f}") for name, spent in measured.build_ms.items())]),
    ]
    if measured.cold_start_ms:
        cold = [("cold start, ms", "", "times the imports")]
        imports = measured.cold_start_ms[IMPORTS]
        cold += [(name, f"{ms:.0f}", f"{ms / imports:.2f}") for name, ms in measured.cold_start_ms.items()]
        parts.append(align(cold))
    if measured.mention_ms:
        parts.append(_render_times("ms from a mention to its answer", measured.mention_ms))
    return "\n\n".join(parts)


def _render_times(heading: str, times: Sequence[Times]) -> str:
    ours = times[0]
    rows: list[tuple[str, ...]] = [(heading, "p50", "p99", "mean", "slowest", "p50, times ours")]
    for spent in times:
        figures = (spent.p50, spent.p99, spent.mean, spent.slowest)
        rows.append((spent.name, *(f"{figure:.3f}" for figure in figures), f"{spent.p50 / ours.p50:.2f}"))
    return align(rows)


def main(arguments: Sequence[str]) -> None:
    """Measure on the golden questions and the quiet texts, print the tables, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--name", default="latest", help="the file's name under bench/out")
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds over all texts")
    parser.add_argument("--starts", type=int, default=15, help="counted cold starts; 0 leaves them out")
    parser.add_argument("--mentions", type=int, default=500, help="mentions in Slack; 0 leaves them out")
    parser.add_argument("--seed", type=int, default=1, help="draws the order of texts and contenders")
    options = parser.parse_args(arguments)
    if not re.fullmatch(r"[\w.-]+", options.name):
        parser.error("--name may hold letters, digits, dots, dashes and underscores")
    if options.rounds < 1 or min(options.starts, options.mentions) < 0:
        parser.error("--rounds must be 1 or more, --starts and --mentions 0 or more")
    knowledge = load_knowledge(ROOT / "knowledge")
    golden = load_question_files(find_question_files(ROOT / "knowledge")).questions
    quiet = load_question_files([ROOT / "tests" / "abstain.yaml"]).questions
    asked = [question for question in golden if question.mode == "ask" and question.expected]
    machine = describe_machine()
    measured = measure(
        knowledge, asked, quiet, options.rounds, options.starts, options.mentions, options.seed
    )
    command = " ".join(["python -m bench", *arguments])
    told = {"command": command, "seed": options.seed, "machine": machine, **asdict(measured)}
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{options.name}.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    print(command, f"(seed {options.seed})")
    print(align([(name, str(value)) for name, value in machine.items()], left=(0, 1)))
    print()
    print(render(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
