"""How the desk and its peers do as a pack grows: time for a question, right answers, start, memory.

Packs are large_pack.py's, written as folders, compiled and opened as users' are. The shipped pack comes
beside them, with its golden questions. Called by bench/__main__.py.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz import fuzz

from bench.engines import Bm25, Fts5, Tantivy, find_fts5_lack, split_words
from bench.exhaustive import build_exhaustive, measure_recall
from bench.large_folder import write_folder
from bench.large_pack import PACK, build_large_pack
from bench.large_questions import draw_questions
from bench.peers import LIMIT, Engine, Peer, Strings, build_scans, build_strings
from bench.quality import DESK
from bench.race import Contender, LookUp, Standing, race
from bench.start import Start, measure_start, open_matcher
from bot.knowledge.entry import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching.text import fold
from bot.matching.verdict import Verdict

BARE = "tantivy, bare lookup"
SLOW_WORK = 1_000_000  # strings times questions of a peer that reads every string: a minute at most
FEWEST = 5  # questions that a slow peer is given at least
WARM_UP = 5  # questions that aren't counted, one of each kind: what is built lazily is built then


@dataclass(frozen=True, slots=True)
class Level:
    """One size; the desk comes first in `standings`.

    `first` is the start that compiles, `later` the next one. `recall` is the part (0 to 1) of what a scan of
    all units finds that the candidates hold, over `scanned` questions; None if none was scanned.
    """

    entries: int
    strings: int
    standings: list[Standing]
    first: Start
    later: Start
    recall: float | None
    scanned: int


def measure_shipped(root: Path, knowledge: Knowledge, questions: Sequence[Question], seed: int) -> Level:
    """Measure at the shipped pack's size, on its golden questions; all of them are scanned for, too."""
    with TemporaryDirectory() as cache:
        return _measure(root, Path(cache), knowledge, [questions[0], *questions], 1, len(questions), seed)


def measure_level(
    root: Path, base: Knowledge, entries: int, questions: int, scanned: int, seed: int
) -> Level:
    """Measure on a generated pack; languages and terms are the base's, read from `root`.

    The first `scanned` questions are also put to a desk that scans all units: memory and time grow with them.
    """
    knowledge, cases = build_large_pack(base, entries, seed)
    pack = knowledge.packs[PACK]
    asked = draw_questions(pack.entries, cases, WARM_UP + questions, seed)
    with TemporaryDirectory() as place:
        folder = Path(place) / "knowledge"
        write_folder(pack, folder, root)
        return _measure(folder, Path(place) / "cache", knowledge, asked, WARM_UP, scanned, seed)


def _measure(
    root: Path,
    cache: Path,
    knowledge: Knowledge,
    questions: Sequence[Question],
    warm_up: int,
    scanned: int,
    seed: int,
) -> Level:
    code = knowledge.entries[0].code
    first, later = (measure_start(root, code, cache) for _ in range(2))
    matcher = open_matcher(root, cache)
    strings = build_strings(knowledge)
    desk = Contender(DESK, lambda text: _rank(matcher.ask(text)), len(questions) - warm_up, first.ready)
    contenders = [desk, *_build_contenders(strings, questions)]
    standings = race(contenders, questions, warm_up, seed)
    recall = None
    if scanned:
        texts = [question.text for question in questions[warm_up : warm_up + scanned]]
        recall = measure_recall(matcher.ask, build_exhaustive(knowledge).ask, texts)
    return Level(len(knowledge.entries), len(strings.texts), standings, first, later, recall, scanned)


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
