"""Measure, print the tables, write bench/out/NAME.json and the pictures: `python -m bench [SECTION ...]`.

Sections: quality, generated, unseen (needs --table), coverage, recall, scale, length, cold, mentions; all of
them if none is named. No date is written: the name says what the run was for.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, is_dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import generated, recall, tables, unseen
from bench.coverage import measure_coverage
from bench.engines import build_peers, find_fts5_lack
from bench.machine import describe_machine
from bench.mentions import measure_mentions
from bench.packs import read_rows, write_pack
from bench.peers import build_strings
from bench.pictures import draw_coverage, draw_growth
from bench.quality import compare, simplify_kinds
from bench.questions import Generator
from bench.scale import Prepared, measure_level, prepare_level, prepare_shipped
from bench.speed import measure_cold, measure_growth
from bot.authoring.evaluate import find_question_files, load_question_files
from bot.authoring.render import align
from bot.knowledge.entry import Question
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
OUT = ROOT / "bench" / "out"
UNSEEN = 100  # questions of each kind and language about an unseen table

Finding = tuple[str, object, str]
"""What was measured, by name; the figures; the table."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is measured on: the shipped knowledge, and sets of questions, each with its quiet texts."""

    knowledge: Knowledge
    sets: dict[str, tuple[list[Question], list[Question]]]
    prepared: list[Future[Prepared]]
    out: Path
    options: argparse.Namespace


def load_ground(out: Path, options: argparse.Namespace) -> Ground:
    """Read the knowledge and the questions in ask mode, their kinds simplified."""
    knowledge = load_knowledge(KNOWLEDGE)
    messages = {entry.code: entry.message for entry in knowledge.entries}
    golden = [*find_question_files(KNOWLEDGE), ROOT / "tests" / "abstain.yaml"]
    blind = [ROOT / "tests" / "queries" / "ask.jsonl"]
    sets = {}
    for name, paths in (("golden", golden), ("blind", blind)):
        found = [one for one in load_question_files(paths).questions if one.mode == "ask"]
        due = simplify_kinds([one for one in found if one.expected], messages)
        sets[name] = (due, [one for one in found if not one.expected])
    made = Generator(knowledge).generate(options.compared, options.seed)
    sets["generated"] = ([one.question for one in made], sets["golden"][1])
    return Ground(knowledge, sets, [], out, options)


def measure_unseen(ground: Ground) -> Iterator[Finding]:
    """Ask about the table that was named, if any, as a pack that nobody has written phrases for."""
    if ground.options.table is None:
        return
    rows = read_rows(ground.options.table, "code", {"message": {"en": "message_en", "zh": "message_zh"}})
    with TemporaryDirectory() as folder:
        write_pack(rows, Path(folder))
        measured = unseen.measure(rows, load_knowledge(Path(folder)), UNSEEN, ground.options.seed)
    yield "misses", unseen.list_misses(measured), unseen.render(measured)


def prepare_packs(ground: Ground, place: Path) -> Iterator[Callable[[], Prepared]]:
    """Yield what compiles the packs that are raced on, the smallest first, in folders of `place`."""
    options = ground.options
    questions = ground.sets["golden"][0]
    yield partial(prepare_shipped, place / "shipped", KNOWLEDGE, ground.knowledge, questions)
    for entries in sorted(options.entries):
        folder = place / str(entries)
        yield partial(
            prepare_level, folder, KNOWLEDGE, ground.knowledge, entries, options.questions, options.seed
        )


def measure_quality(ground: Ground) -> Iterator[Finding]:
    """Compare with the peers on each set of questions."""
    matcher, peers = Matcher(ground.knowledge), build_peers(build_strings(ground.knowledge))
    for name, (questions, quiet) in ground.sets.items():
        compared = compare(name, matcher, peers, questions, quiet)
        yield name, compared, tables.render_compared(compared)


def measure_generated(ground: Ground) -> Iterator[Finding]:
    """Ask the desk alone many more generated questions, and texts that no entry answers."""
    options = ground.options
    measured = generated.measure(ground.knowledge, options.made, options.negatives, options.seed)
    yield "goals", generated.list_goals(measured), generated.render(measured)


def measure_scale(ground: Ground) -> Iterator[Finding]:
    """Race against the peers on the shipped pack, then on larger ones, once all of them are compiled."""
    for future in [*ground.prepared]:
        future.result()
    while ground.prepared:
        prepared = ground.prepared.pop(0).result()
        level = measure_level(prepared, ground.options.seed)
        yield str(level.entries), level, tables.render_level(level)


def measure_candidates(ground: Ground) -> Iterator[Finding]:
    """Hold the candidates against a scan of all units, on the packs that aren't too large for it."""
    options = ground.options
    for entries in sorted(options.entries):
        if entries <= options.scan_up_to:
            compared = list(recall.compare(entries, options.scanned, options.seed, lambda _done: None))
            due, held = recall.measure_part(compared)
            figures = {"questions": len(compared), "due": due, "held": held}
            yield str(entries), figures, f"{entries} entries: {recall.render(compared)}"


def measure_length(ground: Ground) -> Iterator[Finding]:
    """Time long texts, draw their curve."""
    growth = measure_growth(
        Matcher(ground.knowledge).ask, ground.knowledge.entries[-1].message, ground.options.seed
    )
    draw_growth(growth, ground.out.with_name(f"{ground.out.name}-length.svg"))
    yield "growth", growth, tables.render_growth(growth)


def measure_thresholds(ground: Ground) -> Iterator[Finding]:
    """Answer the blind questions at many thresholds, draw the curve."""
    points = measure_coverage(ground.knowledge, *ground.sets["blind"])
    draw_coverage(points, ground.out.with_name(f"{ground.out.name}-coverage.svg"))
    yield "blind", points, tables.render_coverage(points)


def measure_starts(ground: Ground) -> Iterator[Finding]:
    """Time fresh processes of the command."""
    cold = measure_cold(ground.options.starts)
    yield "cold", cold, tables.render_cold(cold)


def measure_slack(ground: Ground) -> Iterator[Finding]:
    """Time mentions in Slack."""
    texts = [question.text for part in ground.sets["golden"] for question in part]
    times = measure_mentions(texts, ground.options.mentions, ground.options.seed)
    yield "mentions", times, tables.render_times(times)


SECTIONS: dict[str, Callable[[Ground], Iterator[Finding]]] = {
    "quality": measure_quality,
    "generated": measure_generated,
    "unseen": measure_unseen,
    "coverage": measure_thresholds,
    "recall": measure_candidates,
    "scale": measure_scale,
    "length": measure_length,
    "cold": measure_starts,
    "mentions": measure_slack,
}
"""What takes no times comes first: packs are compiled beside it."""


def main(arguments: Sequence[str]) -> None:
    """Measure section by section; tables are printed, and figures written, as each is done."""
    options = parse(arguments)
    OUT.mkdir(parents=True, exist_ok=True)
    out = OUT / options.name
    told: dict[str, Any] = {
        "command": " ".join(["python -m bench", *arguments]),
        "seed": options.seed,
        "machine": describe_machine(),
        "left_out": {"SQLite FTS5 trigram": find_fts5_lack()} if find_fts5_lack() else {},
    }
    print(told["command"], f"(seed {options.seed})")
    print(align([*told["machine"].items(), *told["left_out"].items()], left=(0, 1)), flush=True)
    ground = load_ground(out, options)
    chosen = [section for section in SECTIONS if not options.sections or section in options.sections]
    with TemporaryDirectory() as place, ThreadPoolExecutor(1) as aside:
        if "scale" in chosen:
            ground.prepared.extend(map(aside.submit, prepare_packs(ground, Path(place))))
        for section in chosen:
            began = time.perf_counter()
            told[section] = {}
            for name, figures, table in SECTIONS[section](ground):
                told[section][name] = figures
                print(f"\n{table}", flush=True)
            told[section]["seconds"] = round(time.perf_counter() - began, 1)
            print(f"\n({section}: {told[section]['seconds']} s)", flush=True)
            write(out.with_name(f"{out.name}.json"), told)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the options; ends the program if they are wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--name", default="latest", help="the files' name under bench/out")
    parser.add_argument(
        "--entries", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="sizes of packs"
    )
    parser.add_argument("--compared", type=int, default=2_000, help="generated questions that peers get, too")
    parser.add_argument("--made", type=int, default=10_000, help="generated questions for the desk alone")
    parser.add_argument("--negatives", type=int, default=3_000, help="texts with numbers that are no codes")
    parser.add_argument("--table", type=Path, help="a CSV file (code, message_en, message_zh) for `unseen`")
    parser.add_argument("--questions", type=int, default=500, help="questions on each generated pack")
    parser.add_argument("--scanned", type=int, default=60, help="questions asked of a full scan, too")
    parser.add_argument("--scan-up-to", type=int, default=10_000, help="the largest pack that is scanned")
    parser.add_argument("--starts", type=int, default=15, help="counted cold starts")
    parser.add_argument("--mentions", type=int, default=300, help="mentions in Slack")
    parser.add_argument(
        "--seed", type=int, default=1, help="draws packs, questions and the order of contenders"
    )
    options = parser.parse_args(arguments)
    if not re.fullmatch(r"[\w.-]+", options.name):
        parser.error("--name may hold letters, digits, dots, dashes and underscores")
    if unknown := set(options.sections) - SECTIONS.keys():
        parser.error(f"there is no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    if options.table and not options.table.is_file():
        parser.error(f"--table: there is no file {options.table}")
    if min(options.starts, options.mentions, options.questions, *options.entries) < 1:
        parser.error("--starts, --mentions, --questions and --entries must be 1 or more")
    return options


def write(path: Path, told: object) -> None:
    """Write the figures as JSON."""
    text = json.dumps(told, ensure_ascii=False, indent=2, default=_unfold)
    path.write_text(text + "\n", encoding="utf-8")


def _unfold(told: object) -> object:
    if is_dataclass(told) and not isinstance(told, type):
        return asdict(told)
    raise TypeError(f"{type(told).__name__} has no JSON")


if __name__ == "__main__":
    main(sys.argv[1:])
