"""Several packs that document the same code: what tells them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher

CODE, LAMP = "28504", "lamp"


@pytest.fixture(scope="module")
def two(knowledge: Knowledge) -> Matcher:
    """A matcher over the real pack and a made-up one with one code of the same number."""
    [pack] = knowledge.packs.values()
    entry = replace(
        pack.entries[CODE],
        pack=LAMP,
        message="lamp overheated",
        title={"en": "The lamp is too hot", "zh": "灯过热"},
        phrases=(),
    )
    lamp = replace(
        pack,
        id=LAMP,
        entries={CODE: entry},
        evidence=("AcmeLamp",),
        never_watched=frozenset({CODE}),
        terms=(),
    )
    return Matcher(replace(knowledge, packs={pack.id: pack, LAMP: lamp}))


def ids(matcher: Matcher, text: str) -> tuple[str, list[str]]:
    """Ask, and return the kind of verdict with the entries' ids."""
    verdict = matcher.ask(text)
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
