"""Measure, print the tables, write all figures to bench/out/NAME.json: `python -m bench [SECTION ...]`.

No date is written: the name says what the run was for.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import generated, imports, ledger, outcomes, quality, recall, scale, unseen
from bench.machine import describe_machine
from bench.packs import MESSAGE_COLUMNS, read_rows, write_pack
from bench.peers import build_peers, build_strings, find_fts5_lack
from bench.questions import Generator
from bench.strings import list_searched
from bot.authoring.evaluate import find_question_files, load_question_files
from bot.authoring.render import align
from bot.console.progress import ProgressBars
from bot.knowledge.load import load_knowledge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher
from bot.reports.report_store import PATIENCE
from bot.stores.database import open_database
from bot.track import Track, track_silently

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
OUT = ROOT / "bench" / "out"
COMPARED = 2_000  # generated questions that peers get, too
MADE, NEGATIVES = 10_000, 3_000  # generated questions for the desk alone, and posts without an answer
UNSEEN = 100  # questions of each kind and language about an unseen table
SCANNED = 60  # questions that are asked of a full scan, too

Finding = tuple[str, object, str]
"""What was measured, by name; the figures; the table."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is measured on: the shipped knowledge, and sets of questions, each with its quiet texts."""

    knowledge: Knowledge
    sets: dict[str, tuple[list[Question], list[Question]]]
    options: argparse.Namespace
    track: Track = track_silently


def load_ground(options: argparse.Namespace, track: Track) -> Ground:
    """Read the knowledge and the questions in ask mode, their kinds simplified."""
    knowledge = load_knowledge(KNOWLEDGE)
    messages = {entry.code: entry.message for entry in list_searched(knowledge)}
    golden = [*find_question_files(KNOWLEDGE), ROOT / "tests" / "abstain.yaml"]
    blind = [ROOT / "tests" / "queries" / "ask.jsonl"]
    sets = {}
    for name, paths in (("golden", golden), ("blind", blind)):
        found = [one for one in load_question_files(paths).questions if one.mode == "ask"]
        due = quality.simplify_kinds([one for one in found if one.expected], messages)
        sets[name] = (due, [one for one in found if not one.expected])
    made = Generator(knowledge).generate(COMPARED, options.seed)
    sets["generated"] = ([one.question for one in made], sets["golden"][1])
    return Ground(knowledge, sets, options, track)


def measure_quality(ground: Ground) -> Iterator[Finding]:
    """Compare with the peers on each set of questions."""
    matcher, peers = Matcher(ground.knowledge), build_peers(build_strings(ground.knowledge))
    for name, (questions, quiet) in ground.sets.items():
        compared = quality.compare(name, matcher, peers, questions, quiet, ground.track)
        yield name, compared.list_figures(), quality.render(compared)


def measure_generated(ground: Ground) -> Iterator[Finding]:
    """Ask the desk alone many more generated questions, and texts that no entry answers."""
    measured = generated.measure(ground.knowledge, MADE, NEGATIVES, ground.options.seed, ground.track)
    yield "goals", [asdict(goal) for goal in measured.goals], outcomes.render(measured)


def measure_unseen(ground: Ground) -> Iterator[Finding]:
    """Ask about the table that was named, if any, as a pack that nobody has written phrases for."""
    if ground.options.table is None:
        return
    with TemporaryDirectory() as folder:
        write_pack(read_rows(ground.options.table, "code", MESSAGE_COLUMNS), Path(folder))
        measured = unseen.measure(
            load_knowledge(Path(folder)), UNSEEN, ground.options.seed, track=ground.track
        )
    yield "goals", [asdict(goal) for goal in measured.goals], outcomes.render(measured)


def measure_recall(ground: Ground) -> Iterator[Finding]:
    """Hold the candidates against a scan of all units, on the packs that aren't too large for it."""
    options = ground.options
    for entries in sorted(options.entries):
        if entries <= options.scan_up_to:
            compared = list(recall.compare(entries, SCANNED, options.seed, lambda _done: None, ground.track))
            due, held = recall.measure_part(compared)
            figures = {"questions": len(compared), "due": due, "held": held}
            yield str(entries), figures, f"{entries} entries: {recall.render(compared)}"


def measure_scale(ground: Ground) -> Iterator[Finding]:
    """Race against the peers on the shipped pack, then on larger ones."""
    options = ground.options
    with TemporaryDirectory() as folder:
        place = Path(folder)
        golden = ground.sets["golden"][0]
        prepared = scale.prepare_shipped(place / "shipped", KNOWLEDGE, ground.knowledge, golden)
        for entries in (0, *sorted(options.entries)):
            if entries:
                room, asked = place / str(entries), options.questions
                prepared = scale.prepare_level(room, ground.knowledge, entries, asked, options.seed)
            level = scale.measure_level(prepared, options.seed)
            yield str(level.entries), asdict(level), scale.render(level)


def measure_imports(ground: Ground) -> Iterator[Finding]:
    """Import generated tables, in processes of their own."""
    seed = ground.options.seed
    with TemporaryDirectory() as folder:
        costs = [
            imports.measure_import(Path(folder) / str(rows), KNOWLEDGE, rows, seed)
            for rows in sorted(ground.options.entries)
        ]
    yield "costs", [asdict(cost) for cost in costs], imports.render(costs)


def measure_ledger(ground: Ground) -> Iterator[Finding]:
    """Time reports and gaps over a large ledger, on SQLite, and on PostgreSQL where one is named."""
    rows, urls = ground.options.rows, {"SQLite": "", "PostgreSQL": ground.options.database or ""}
    with TemporaryDirectory() as folder:
        for name, url in urls.items():
            if not (url or name == "SQLite"):
                continue
            database = open_database(url or f"sqlite:///{folder}/ledger.db", patience=PATIENCE)
            database.migrate()
            ledger.fill(database, rows, ground.options.seed)
            timings = ledger.measure(database, ground.knowledge)
            database.close()
            yield name, [asdict(one) for one in timings], ledger.render(name, rows, timings)


SECTIONS: dict[str, Callable[[Ground], Iterator[Finding]]] = {
    "quality": measure_quality,
    "generated": measure_generated,
    "unseen": measure_unseen,
    "recall": measure_recall,
    "scale": measure_scale,
    "imports": measure_imports,
    "ledger": measure_ledger,
}


def main(arguments: Sequence[str]) -> None:
    """Measure section by section; tables are printed, and figures written, as each is done."""
    options = parse(arguments)
    OUT.mkdir(parents=True, exist_ok=True)
    machine = describe_machine() | ({"left out": find_fts5_lack()} if find_fts5_lack() else {})
    figures: dict[str, Any] = {"command": " ".join(["python -m bench", *arguments]), "seed": options.seed}
    figures["machine"] = machine
    print(figures["command"], f"(seed {options.seed})")
    print(align(list(machine.items()), left=(0, 1)), flush=True)
    with ProgressBars(sys.stderr, str) as bars:
        measure_sections(options, bars, figures)


def measure_sections(options: argparse.Namespace, track: Track, figures: dict[str, Any]) -> None:
    """Print the tables of the sections that were asked for, and write the figures after each."""
    ground = load_ground(options, track)
    for section in [one for one in SECTIONS if not options.sections or one in options.sections]:
        began = time.perf_counter()
        figures[section] = {}
        for name, measured, table in SECTIONS[section](ground):
            figures[section][name] = measured
            print(f"\n{table}", flush=True)
        seconds = figures[section]["seconds"] = round(time.perf_counter() - began, 1)
        print(f"\n({section}: {seconds} s)", flush=True)
        text = json.dumps(figures, ensure_ascii=False, indent=2)
        (OUT / f"{options.name}.json").write_text(text + "\n", encoding="utf-8")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the options; ends the program if they are wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"{', '.join(SECTIONS)}; else all")
    parser.add_argument("--name", default="latest", help="the file's name under bench/out")
    parser.add_argument("--table", type=Path, help="a CSV file (code, message_en, message_zh) for `unseen`")
    sizes = [1_000, 10_000, 100_000]
    parser.add_argument("--entries", type=int, nargs="*", default=sizes, help="sizes of generated packs")
    parser.add_argument("--scan-up-to", type=int, default=10_000, help="the largest pack that is scanned")
    parser.add_argument("--questions", type=int, default=500, help="questions on each generated pack")
    parser.add_argument("--rows", type=int, default=1_000_000, help="lines of the ledger for `ledger`")
    parser.add_argument("--database", help="an empty PostgreSQL for `ledger`: postgresql://...")
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
    if min(options.questions, *options.entries, 1) < 1:
        parser.error("--questions and --entries must be 1 or more")
    return options


if __name__ == "__main__":
    main(sys.argv[1:])
