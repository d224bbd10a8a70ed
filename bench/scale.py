"""How the desk and its peers do as a pack grows: time for a question, right answers, start, memory.

Packs are large_pack.py's, written as folders, compiled and opened as users' are. The shipped pack comes
beside them, with its golden questions. Called by bench/__main__.py.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from bench.engines import Bm25, Fts5, Tantivy, find_fts5_lack, split_words
from bench.large_folder import write_folder
from bench.large_pack import PACK, build_large_pack
from bench.large_questions import draw_questions
from bench.peers import LIMIT, Engine, Peer, Strings, build_scans, build_strings
from bench.quality import DESK
from bench.race import Contender, LookUp, Standing, race
from bench.start import Start, measure_start, open_matcher
from bot.knowledge.entry import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Verdict, fold

BARE = "tantivy, bare lookup"
SLOW_WORK = 1_000_000  # strings times questions of a peer that reads every string: a minute at most
FEWEST = 5  # questions that a slow peer is given at least
WARM_UP = 5  # questions that aren't counted, one of each kind: what is built lazily is built then


@dataclass(frozen=True, slots=True)
class Level:
    """One size; the desk comes first in `standings`.

    `first` is the start that compiles, `later` the next one.
    """

    entries: int
    strings: int
    standings: list[Standing]
    first: Start
    later: Start


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder compiled into a cache, what is in it, and questions; the first `warm_up` don't count."""

    folder: Path
    cache: Path
    knowledge: Knowledge
    questions: Sequence[Question]
    warm_up: int
    first: Start


def prepare_shipped(place: Path, root: Path, knowledge: Knowledge, questions: Sequence[Question]) -> Prepared:
    """Compile the shipped knowledge, read from `root`, with its golden questions; `place` is a new folder."""
    first = measure_start(root, _choose_code(knowledge), place)
    return Prepared(root, place, knowledge, [questions[0], *questions], 1, first)


def prepare_level(
    place: Path, root: Path, base: Knowledge, entries: int, questions: int, seed: int
) -> Prepared:
    """Generate a pack, write it into a new folder, compile it; languages and terms are the base's."""
    knowledge, cases = build_large_pack(base, entries, seed)
    pack, folder = knowledge.packs[PACK], place / "knowledge"
    asked = draw_questions(pack.entries, cases, WARM_UP + questions, seed)
    write_folder(pack, folder, root)
    first = measure_start(folder, _choose_code(knowledge), place / "cache")
    return Prepared(folder, place / "cache", knowledge, asked, WARM_UP, first)


def measure_level(prepared: Prepared, seed: int) -> Level:
    """Start once more, and race."""
    knowledge, questions = prepared.knowledge, prepared.questions
    later = measure_start(prepared.folder, _choose_code(knowledge), prepared.cache)
    matcher = open_matcher(prepared.folder, prepared.cache)
    strings = build_strings(knowledge)
    counted = len(questions) - prepared.warm_up
    desk = Contender(DESK, lambda text: _rank(matcher.ask(text)), counted, prepared.first.ready)
    contenders = [desk, *_build_contenders(strings, questions)]
    standings = race(contenders, questions, prepared.warm_up, seed)
    return Level(len(knowledge.entries), len(strings.texts), standings, prepared.first, later)


def _choose_code(knowledge: Knowledge) -> str:
    return next(code for pack in knowledge.packs.values() for code in pack.entries)


def _build_contenders(strings: Strings, questions: Sequence[Question]) -> list[Contender]:
    every = len(questions)
    few = max(FEWEST, SLOW_WORK // len(strings.texts))
    slow = few < every
    scans = build_scans(strings, (fuzz.WRatio, fuzz.token_set_ratio))
    found = [Contender(peer.name, peer.look_up, few, 0.0, slow) for peer in scans]
    for build in (Bm25, Tantivy) if find_fts5_lack() else (Bm25, Fts5, Tantivy):
        began = time.perf_counter()
        engine: Engine = build(strings)
        built = time.perf_counter() - began
        look_up = Peer(engine, strings).look_up
        if isinstance(engine, Fts5):
            found.append(Contender(engine.name, look_up, few, built, slow))
            continue
        found.append(Contender(engine.name, look_up, every, built))
        if isinstance(engine, Tantivy):
            found.append(Contender(BARE, _look_up_barely(engine, questions), every, built, ranks=False))
    return found


def _look_up_barely(engine: Tantivy, questions: Sequence[Question]) -> LookUp:
    """Return tantivy's lookup and nothing else: words are split beforehand, no document is read."""
    words = {question.text: split_words(fold(question.text)) for question in questions}

    def look_up(text: str) -> Sequence[str]:
        engine.search(words[text], LIMIT)
        return ()

    return look_up


def _rank(verdict: Verdict) -> list[str]:
    return [match.entry.code for match in (*verdict.matches, *verdict.runners_up)]
