"""Several packs that document the same code: what tells them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.snapshot import Knowledge, Scope
from bot.matching.matcher import Matcher

CODE, LAMP = "28504", "lamp"


@pytest.fixture(scope="module")
def known(knowledge: Knowledge) -> Knowledge:
    """The real pack and a made-up one with one code of the same number."""
    pack = knowledge.packs["aliyun-living"]
    entry = replace(
        pack.entries[CODE],
        pack=LAMP,
        message="lamp overheated",
        title={"en": "The lamp is too hot", "zh": "灯过热"},
        phrases=(),
    )
    lamp = replace(pack, id=LAMP, entries={CODE: entry}, evidence=("AcmeLamp",), terms=())
    return replace(knowledge, packs={pack.id: pack, LAMP: lamp})


@pytest.fixture(scope="module")
def watched(known: Knowledge) -> Matcher:
    """A matcher over both packs."""
    return Matcher(known)


@pytest.fixture(scope="module")
def two(known: Knowledge) -> Matcher:
    """A matcher over both packs; the code is no error in the made-up one."""
    lamp = replace(known.packs[LAMP], never_watched=frozenset({CODE}))
    return Matcher(replace(known, packs={**known.packs, LAMP: lamp}))


@pytest.fixture(scope="module")
def crowded(knowledge: Knowledge) -> Matcher:
    """A matcher over a crowd of entries that say the same, and a pack with a single one that says it too."""
    pack = knowledge.packs["aliyun-living"]
    title = {"en": "the user is not manager of the device", "zh": "用户不是设备管理员"}
    entry = replace(pack.entries["2066"], title=title, phrases=())
    crowd = {str(code): replace(entry, code=str(code)) for code in range(30000, 30300)}
    lone = replace(
        entry,
        pack=LAMP,
        code="5",
        message="identityId is not manager of the lamp",
        title=title,
    )
    packs = {pack.id: replace(pack, entries=crowd), LAMP: replace(pack, id=LAMP, entries={"5": lone})}
    return Matcher(replace(knowledge, packs=packs))


def ids(matcher: Matcher, text: str, packs: Scope = None) -> tuple[str, list[str]]:
    """Ask, and return the kind of verdict with the entries' ids."""
    verdict = matcher.ask(text, packs)
    return verdict.kind, [match.entry.id for match in verdict.matches]


def test_one_code_of_two_packs(two: Matcher) -> None:
    """A code that two packs document is one question with two candidates."""
    assert ids(two, CODE) == ("choices", ["aliyun-living/28504", "lamp/28504"])


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ('{"code":28504,"message":"lamp overheated"}', "lamp/28504"),
        ('{"code":28504,"message":"device is offline."}', "aliyun-living/28504"),
        ("AcmeLamp says 28504", "lamp/28504"),
        ("28504 for iotId q7Kd", "aliyun-living/28504"),
    ],
)
def test_what_tells_packs_apart(two: Matcher, text: str, entry: str) -> None:
    """The message of an entry or a word of its platform tells which pack is meant."""
    assert ids(two, text) == ("answered", [entry])


def test_no_error_in_one_pack_only(two: Matcher) -> None:
    """A code that is no error in one pack stays one in the other."""
    kind, entries = ids(two, "errors 28504 and 2066 on iotId q7Kd")
    assert (kind, entries) == ("answered", ["aliyun-living/28504", "aliyun-living/2066"])


@pytest.mark.parametrize("pack", ["aliyun-living", LAMP])
def test_one_pack_asked(two: Matcher, pack: str) -> None:
    """Where one pack is asked, a code that another one documents as well is no choice."""
    assert ids(two, CODE, frozenset({pack})) == ("answered", [f"{pack}/28504"])
    assert ids(two, CODE, frozenset({"aliyun-living", LAMP}))[0] == "choices"


def test_undocumented_in_the_pack_asked(two: Matcher) -> None:
    """A code of another pack is undocumented to the one that is asked, and so are its neighbours."""
    verdict = two.ask("error code 28601", frozenset({LAMP}))
    assert (verdict.kind, verdict.reason) == ("abstained", "code-undocumented")
    assert [code.code for code in verdict.unknown] == ["28601"]
    assert {entry.pack for entry in verdict.nearest} == {LAMP}
    assert ids(two, "error code 28601", frozenset({"aliyun-living"}))[0] == "answered"


def test_watched_for_one_pack(two: Matcher) -> None:
    """A post shows an error of the packs that are asked, or none."""
    own, other = frozenset({"aliyun-living"}), frozenset({LAMP})
    for text in ("error code 28601", "identityId is not manager", '{"code": 2066, "iotId": "q7Kd"}'):
        assert two.watch(text, packs=own).kind == "answered"
        assert two.watch(text, packs=other).kind == "abstained"
    assert {match.entry.pack for match in two.watch(f"error code {CODE}", packs=other).runners_up} <= {LAMP}


@pytest.mark.parametrize(
    "text",
    [
        "user is not the device manager",  # by meaning
        "identityId is not mnaagre",  # by spelling
        "yonghu bushi shebei guanliyuan",  # by sound
    ],
)
def test_lone_entry_beside_a_crowd(crowded: Matcher, text: str) -> None:
    """However many entries of other packs say the same, those of the pack asked are found."""
    found = crowded.explain(text, packs=frozenset({LAMP})).candidates
    assert [match.entry.id for match in found] == ["lamp/5"]


def test_quoted_beside_a_crowd(crowded: Matcher) -> None:
    """A post that quotes a message finds it in the packs asked alone."""
    lone = crowded.watch("identityId is not manager of the lamp", packs=frozenset({LAMP}))
    assert [match.entry.id for match in lone.matches] == ["lamp/5"]
    many = crowded.watch("identityId is not manager of the lamp", packs=frozenset({"aliyun-living"}))
    assert {match.entry.pack for match in many.matches} == {"aliyun-living"}


@pytest.mark.parametrize(
    ("text", "packs"),
    [
        ("error code 28504 on AcmeLamp 7", [LAMP]),
        ("error code 28504, lamp overheated", [LAMP]),
        ("error code 28504 for iotId q7Kd", ["aliyun-living"]),
        ('{"code": 28504, "message": "device is offline."}', ["aliyun-living"]),
        ("error code 28504, who can help?", ["aliyun-living", LAMP]),
    ],
)
def test_what_tells_packs_apart_in_a_post(watched: Matcher, text: str, packs: list[str]) -> None:
    """Of two packs' entries of one code a post shows that whose message or platform it names."""
    assert [match.entry.pack for match in watched.watch(text).matches] == packs


def test_explained_for_one_pack(two: Matcher) -> None:
    """What led to a verdict names no candidate of a pack that isn't asked."""
    told = two.explain("the lamp is too hot", packs=frozenset({"aliyun-living"}))
    assert LAMP not in {match.entry.pack for match in told.candidates}
    assert LAMP in {match.entry.pack for match in two.explain("the lamp is too hot").candidates}
