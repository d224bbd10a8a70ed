"""The benchmark's shape, on toys. No time is asserted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import recall, tables
from bench.__main__ import SECTIONS, Ground, main, parse, write
from bench.coverage import THRESHOLDS, measure_coverage
from bench.engines import build_peers, find_fts5_lack
from bench.large_folder import write_folder
from bench.large_pack import PACK, build_large_pack, draw_cases
from bench.large_questions import draw_questions
from bench.mentions import measure_mentions
from bench.peers import NAMED, build_strings
from bench.pictures import draw_coverage, draw_growth
from bench.quality import compare, measure_peer, simplify_kinds
from bench.scale import BARE, measure_level, prepare_level
from bench.speed import measure_growth
from bot.knowledge.entry import Entry, Question
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
SCANS = ["rapidfuzz WRatio", "rapidfuzz token_set_ratio", "rapidfuzz ratio"]
ENGINES = ["BM25 (bm25s)", *([] if find_fts5_lack() else ["SQLite FTS5 trigram"]), "tantivy"]


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    """Return the shipped knowledge."""
    return load_knowledge(KNOWLEDGE)


@pytest.fixture(scope="module")
def toy(shipped: Knowledge) -> Knowledge:
    """Return three entries of the vendor's pack, whose messages differ."""
    [(name, pack)] = shipped.packs.items()
    entries = {code: pack.entries[code] for code in ("2065", "9153", "28504")}
    return replace(shipped, packs={name: replace(pack, entries=entries)})


def test_all_contenders_get_the_same_questions(toy: Knowledge) -> None:
    """The desk comes first, every peer is told apart by language and kind, and all of it is printed."""
    questions = [Question(entry.message, (entry.code,), "message", "en") for entry in toy.entries]
    quiet = [Question("see you at lunch", (), "chat")]
    compared = compare("toy", Matcher(toy), build_peers(build_strings(toy)), questions, quiet)
    assert [one.name for one in compared.qualities] == ["faultbook", *SCANS, *ENGINES]
    assert (compared.questions, compared.quiet) == (3, 1)
    for one in compared.qualities:
        assert (
            one.whole.right_at_1
            == one.by_kind["message"].right_at_1
            == one.by_language["en"].right_at_1
            == 1.0
        )
    told = tables.render_compared(compared)
    assert all(one.name in told for one in compared.qualities)


def test_a_peer_keeps_nothing_if_a_quiet_text_holds_a_documented_number(toy: Knowledge) -> None:
    """A threshold can't hide a code that an expression finds; those without a number are told apart."""
    entry = toy.entries[0]
    questions = [Question(entry.message, (entry.code,), "message")]
    quiet = [Question(f"parcel {entry.code} has arrived", (), "number")]
    for peer in build_peers(build_strings(toy)):
        quality = measure_peer(peer, questions, quiet)
        assert (quality.threshold, quality.whole.kept, quality.wordy.kept) == (None, 0.0, 1.0)


def test_peers_find_codes_and_strings(toy: Knowledge) -> None:
    """Each peer ranks a named code above all, and an entry by a string of its own where none is named."""
    entry = toy.entries[0]
    for peer in build_peers(build_strings(toy)):
        assert peer.rank(f"what is {entry.code}?")[0] == (entry.code, NAMED)
        assert peer.look_up(f"what is {entry.code}?") == [entry.code]
        assert peer.rank(entry.title["zh"])[0][0] == entry.code
        assert peer.rank("") == [] or peer.name in SCANS


def test_strings(toy: Knowledge) -> None:
    """A peer gets message, titles and phrases of every entry: what the desk matches against."""
    strings = build_strings(toy)
    own = {
        text for text, code in zip(strings.texts, strings.codes, strict=True) if code == toy.entries[0].code
    }
    assert len(own) == len(set(map(str.casefold, toy.entries[0].strings)))
    assert strings.known == {entry.code for entry in toy.entries}


def test_kinds_are_told_in_few() -> None:
    """Kinds of the question files become those of the tables; a text that quotes its entry is a message."""
    questions = [
        Question("a", ("1",), "trad"),
        Question("why Device is offline now", ("1",), "sentence"),
        Question("it is gone", ("1",), "sentence"),
    ]
    kinds = [one.kind for one in simplify_kinds(questions, {"1": "device is offline."})]
    assert kinds == ["Traditional", "message", "phrase"]


def test_a_generated_pack_is_the_same_for_a_seed(shipped: Knowledge) -> None:
    """A seed draws the same pack and questions, another seed others; no two entries share a message."""
    first, cases = build_large_pack(shipped, 300, 1)
    again, _ = build_large_pack(shipped, 300, 1)
    assert first == again
    assert draw_cases(300, 2) != cases
    assert len({entry.message for entry in first.entries}) == len(first.entries) == 300
    assert all(4 <= len(entry.code) <= 6 for entry in first.entries)
    entries = first.packs[PACK].entries
    assert draw_questions(entries, cases, 20, 1) == draw_questions(entries, cases, 20, 1)
    assert {question.expected[0] for question in draw_questions(entries, cases, 20, 1)} <= entries.keys()


def test_a_generated_pack_reads_back_from_its_folder(shipped: Knowledge, tmp_path: Path) -> None:
    """What is written is what the loader reads, but for the places in the files."""
    knowledge, _ = build_large_pack(shipped, 30, 1)
    write_folder(knowledge.packs[PACK], tmp_path / "knowledge", KNOWLEDGE)
    read = load_knowledge(tmp_path / "knowledge")
    assert [_without_places(entry) for entry in read.entries] == list(knowledge.entries)
    assert replace(read.packs[PACK], entries={}, path="") == replace(knowledge.packs[PACK], entries={})


def _without_places(entry: Entry) -> Entry:
    return replace(entry, path="", line=0, phrases=tuple(replace(phrase, line=0) for phrase in entry.phrases))


def test_scale(shipped: Knowledge, tmp_path: Path) -> None:
    """At a size, all contenders race, and starts have processes of their own."""
    prepared = prepare_level(tmp_path, KNOWLEDGE, shipped, entries=40, questions=10, seed=1)
    level = measure_level(prepared, seed=1)
    names = [one.times.name for one in level.standings]
    assert names == ["faultbook", *SCANS[:2], *ENGINES, BARE]
    assert all(one.questions == 10 and 0 < one.times.p50 <= one.times.p99 for one in level.standings)
    assert level.standings[-1].right_at_1 is None
    assert level.later.bare <= level.later.resident <= level.later.peak
    assert (level.later.bare > 0) is Path("/proc/self/status").exists()
    assert all(name in tables.render_level(level) for name in names)


def test_candidates_beside_a_scan(capsys: pytest.CaptureFixture[str]) -> None:
    """The desk finds what a scan of the same units finds; what it would lose is told, and fails the goal."""
    assert recall.main(["--entries", "300", "--questions", "20"]) == 0
    told = capsys.readouterr().out
    assert "units read" in told
    assert "(100.00%) that a scan finds on 20 questions" in told
    one = recall.Compared("what is it?", "log", frozenset({"1234", "5678"}), frozenset({"1234"}))
    assert recall.measure_part([one, one]) == (4, 2)
    assert "lost 5678: 'what is it?' (log)" in recall.render([one])


def test_recall_section(shipped: Knowledge, tmp_path: Path) -> None:
    """The section scans the packs that aren't too large for it, and tells what of that the desk finds."""
    ground = Ground(shipped, {}, [], tmp_path, parse(["--entries", "60", "100000", "--scanned", "6"]))
    [(name, figures, table)] = SECTIONS["recall"](ground)
    assert name == "60"
    assert isinstance(figures, dict)
    assert figures["questions"] == 6
    assert 0 < figures["held"] == figures["due"]
    assert "60 entries: " in table


def test_questions_for_candidates() -> None:
    """No question that is put to candidates is a code alone, and as many are asked as were wanted."""
    kinds = [one.kind for one in recall.compare(60, 11, 1, lambda _told: None)]
    assert len(kinds) == 11
    assert "code" not in kinds
    assert len(set(kinds)) == recall.KINDS - 1


def test_pictures(toy: Knowledge, tmp_path: Path) -> None:
    """Both curves are drawn, the same for the same figures."""
    growth = measure_growth(Matcher(toy).ask, toy.entries[0].message, seed=1, times=1)
    points = measure_coverage(toy, [Question(toy.entries[0].message, (toy.entries[0].code,), "message")], [])
    assert {point.threshold for point in points} > set(THRESHOLDS)
    for turn in ("once", "again"):
        draw_growth(growth, tmp_path / f"{turn}-growth.svg")
        draw_coverage(points, tmp_path / f"{turn}-coverage.svg")
    for name in ("growth", "coverage"):
        assert (tmp_path / f"once-{name}.svg").read_bytes() == (tmp_path / f"again-{name}.svg").read_bytes()
    assert "slope" in tables.render_growth(growth)
    assert "coverage" in tables.render_coverage(points)


def test_mentions() -> None:
    """A mention is timed from its arrival to the answer's, beside an app that does nothing else."""
    times = measure_mentions(["28504"], 2, seed=1)
    assert [spent.name for spent in times] == ["faultbook", "a bare Bolt app"]
    assert all(0 < spent.p50 <= spent.slowest for spent in times)
    assert "a bare Bolt app" in tables.render_times(times)


def test_options(capsys: pytest.CaptureFixture[str]) -> None:
    """All sections by default; a wrong section or name ends the program and says what would be right."""
    assert parse([]).sections == []
    for wrong in (["haste"], ["--name", "a/b"], ["--questions", "0"], ["--table", "nowhere.csv"]):
        with pytest.raises(SystemExit):
            main(wrong)
        capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["haste"])
    told = capsys.readouterr().err
    assert all(section in told for section in SECTIONS)


def test_figures_are_json(toy: Knowledge, tmp_path: Path) -> None:
    """The file holds all figures of what was measured, and nothing that JSON doesn't know."""
    entry = toy.entries[0]
    quiet = [Question(entry.code, (), "number")]
    compared = compare(
        "toy", Matcher(toy), build_peers(build_strings(toy)), [Question("hi", (entry.code,), "x")], quiet
    )
    write(tmp_path / "told.json", {"toy": compared})

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"), parse_constant=refuse)
    assert [one["name"] for one in told["toy"]["qualities"]] == [one.name for one in compared.qualities]
