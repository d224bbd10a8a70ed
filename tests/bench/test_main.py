"""The benchmark's shape, on toys. No time is asserted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import imports, quality, recall, scale
from bench.__main__ import ROOT, SCANNED, SECTIONS, Ground, main, parse
from bench.large_pack import KINDS, PACK, build_large_pack, draw_cases, draw_questions
from bench.packs import write_folder
from bench.peers import NAMED, PEERS, build_peers, build_strings, find_fts5_lack
from bench.quality import compare, measure_peer, simplify_kinds
from bench.scale import measure_level, prepare_level
from bot.knowledge.entry import Entry
from bot.knowledge.load import load_knowledge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher

ABLE = [kind for kind in PEERS if "FTS5" not in kind.name or not find_fts5_lack()]
SCANS = [kind.name for kind in PEERS if kind.name.startswith("rapidfuzz")]


@pytest.fixture(scope="module")
def toy(knowledge: Knowledge) -> Knowledge:
    """Return three entries of the vendor's pack, whose messages differ."""
    name, pack = "aliyun-living", knowledge.packs["aliyun-living"]
    entries = {code: pack.entries[code] for code in ("2065", "9153", "28504")}
    return replace(knowledge, packs={name: replace(pack, entries=entries)})


def test_all_contenders_get_the_same_questions(toy: Knowledge) -> None:
    """The desk comes first, every peer is told apart by language and kind, and all of it is printed."""
    questions = [Question(entry.message, (entry.code,), "message", "en") for entry in toy.entries]
    quiet = [Question("see you at lunch", (), "chat")]
    compared = compare("toy", Matcher(toy), build_peers(build_strings(toy)), questions, quiet)
    assert [one.name for one in compared.qualities] == ["faultbook", *(kind.name for kind in ABLE)]
    for one in compared.qualities:
        assert len(one.asked) == 3
        assert one.list_figures()["right_at_1"] == 1.0
        assert one.part_by("kind") == {"message": (3, 1.0)}
        assert one.part_by("language") == {"en": (3, 1.0)}
    told = quality.render(compared)
    assert all(one.name in told for one in compared.qualities)
    figures = json.loads(json.dumps(compared.list_figures()))
    assert (figures["questions"], figures["quiet"]) == (3, 1)
    assert list(figures["contenders"]) == [one.name for one in compared.qualities]


def test_a_peer_keeps_nothing_if_a_quiet_text_holds_a_documented_number(toy: Knowledge) -> None:
    """A threshold can't hide a code that an expression finds; those without a number are told apart."""
    entry = toy.entries[0]
    questions = [Question(entry.message, (entry.code,), "message")]
    quiet = [Question(f"parcel {entry.code} has arrived", (), "number")]
    for peer in build_peers(build_strings(toy)):
        figures = measure_peer(peer, questions, quiet).list_figures()
        assert (figures["kept"], figures["kept_wordy"]) == (0.0, 1.0)


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


def test_a_generated_pack_is_the_same_for_a_seed(knowledge: Knowledge) -> None:
    """A seed draws the same pack and questions, another seed others; no two entries share a message."""
    first, cases = build_large_pack(knowledge, 300, 1)
    again, _ = build_large_pack(knowledge, 300, 1)
    assert first == again
    assert draw_cases(300, 2) != cases
    assert len({entry.message for entry in first.entries}) == len(first.entries) == 300
    assert all(4 <= len(entry.code) <= 6 for entry in first.entries)
    questions = draw_questions(first, cases, 20, 1)
    assert questions == draw_questions(first, cases, 20, 1)
    assert {question.expected[0] for question in questions} <= first.packs[PACK].entries.keys()


def test_a_generated_pack_reads_back_from_its_folder(knowledge: Knowledge, tmp_path: Path) -> None:
    """What is written is what the loader reads, but for the places in the files."""
    large, _ = build_large_pack(knowledge, 30, 1)
    write_folder(large.packs[PACK], tmp_path / "knowledge")
    read = load_knowledge(tmp_path / "knowledge")
    assert [_without_places(entry) for entry in read.entries] == list(large.entries)
    assert replace(read.packs[PACK], entries={}, path="") == replace(large.packs[PACK], entries={})


def _without_places(entry: Entry) -> Entry:
    return replace(entry, path="", line=0, phrases=tuple(replace(phrase, line=0) for phrase in entry.phrases))


def test_scale(knowledge: Knowledge, tmp_path: Path) -> None:
    """At a size, all contenders race, and starts have processes of their own."""
    level = measure_level(prepare_level(tmp_path, knowledge, entries=40, questions=10, seed=1), seed=1)
    names = [one.name for one in level.standings]
    assert names == ["faultbook", *(kind.name for kind in ABLE if kind.raced)]
    assert all(one.questions == 10 and 0 < one.p50 <= one.p99 for one in level.standings)
    assert level.later.bare <= level.later.resident <= level.later.peak
    assert (level.later.bare > 0) is Path("/proc/self/status").exists()
    assert all(name in scale.render(level) for name in names)


def test_candidates_beside_a_scan(capsys: pytest.CaptureFixture[str]) -> None:
    """The desk finds what a scan of the same units finds; what it would lose is told, and fails the goal."""
    assert recall.main(["--entries", "300", "--questions", "20"]) == 0
    told = capsys.readouterr().out
    assert "units read" in told
    assert "(100.00%) that a scan finds on 20 questions" in told
    one = recall.Compared("what is it?", "log", frozenset({"1234", "5678"}), frozenset({"1234"}))
    assert recall.measure_part([one, one]) == (4, 2)
    assert "lost 5678: 'what is it?' (log)" in recall.render([one])


def test_recall_section(knowledge: Knowledge) -> None:
    """The section scans the packs that aren't too large for it, and tells what of that the desk finds."""
    ground = Ground(knowledge, {}, parse(["--entries", "60", "100000"]))
    [(name, figures, table)] = SECTIONS["recall"](ground)
    assert name == "60"
    assert isinstance(figures, dict)
    assert figures["questions"] == SCANNED
    assert 0 < figures["held"] == figures["due"]
    assert "60 entries: " in table


def test_questions_for_candidates() -> None:
    """No question that is put to candidates is a code alone, and as many are asked as were wanted."""
    kinds = [one.kind for one in recall.compare(60, 11, 1, lambda _told: None)]
    assert len(kinds) == 11
    assert "code" not in kinds
    assert len(set(kinds)) == len(KINDS) - 1


def test_imports(tmp_path: Path) -> None:
    """A table is imported anew and again, each in a process of its own, and what it cost is printed."""
    cost = imports.measure_import(tmp_path, ROOT / "knowledge", 30, 1)
    assert cost.written > 0
    assert len(list((tmp_path / "knowledge/imported/codes").iterdir())) == 30
    assert "30" in imports.render([cost])


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
