"""What a record says that a code means: its message fields, and the words right behind the code."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.claims import MOST_CLAIMS, ClaimReader
from bot.matching.numbers.rules import CodeRules
from bot.matching.segments import Segment, SegmentReader
from bot.matching.text import read
from tests.matching.mentions import list_mentions


def begins_with_broken(said: str) -> bool:
    """Take only one word for the telling of a fault."""
    return said.startswith("broken")


@pytest.fixture(scope="module")
def claims(rules: CodeRules) -> ClaimReader:
    """The reader of claims with the real languages, and a single word that tells a fault."""
    return ClaimReader(rules.words, begins_with_broken)


def place(knowledge: Knowledge, rules: CodeRules, text: str) -> tuple[str, int, Segment]:
    """Return a folded text, where its first code ends and the record this stands in."""
    mention, folded = list_mentions(rules, text)[0], read(text)
    records = SegmentReader(knowledge.packs.values()).read_segments(folded)
    return folded.folded, mention.end, next(record for record in records if record.holds(mention.start))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # a message field
        ('{"code":28504,"message":"gone away"}', ["gone away"]),
        ('{"message":"gone away","code":28504}', ["gone away"]),
        ('{"code":28504,"msg":"gone","tip":"try again"}', ["gone", "try again"]),
        ("code: 28504\nmessage: Gone Away", ["gone away"]),
        # behind the code, announced
        ("28504: gone away", ["gone away"]),
        ("28504 - gone away", ["gone away"]),
        ("28504 -> gone away. And more", ["gone away"]),
        ("28504 means gone away", ["gone away"]),
        ("28504：余额不足，请充值", ["余额不足"]),
        ("`28504`: `gone away`", ["gone away"]),
        # behind the code, telling a fault
        ("28504 broken down", ["broken down"]),
        # no message at all
        ("28504 since noon", []),
        ("28504", []),
        ("28504: 17", []),
        ('{"code":28504,"message":""}', []),
        ('{"code":28504,"message":"null"}', []),
        ('{"code":28504,"error":true}', []),
        ('{"code":28504,"error":"x"}', []),
        ("28504\nmessage gone away", []),
    ],
)
def test_claims(
    claims: ClaimReader, knowledge: Knowledge, rules: CodeRules, text: str, said: list[str]
) -> None:
    """A claim is a message of the same record, or what stands behind the code if announced or a fault."""
    assert claims.read_claims(*place(knowledge, rules, text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("28504 gone away, and more", "gone away"),
        ("28504 since noon", "since noon"),
        ("28504 (gone away) since noon", "gone away"),
        ('"28504" gone', "gone"),
        ("28504", ""),
        ("28504\ngone", ""),
    ],
)
def test_behind(claims: ClaimReader, knowledge: Knowledge, rules: CodeRules, text: str, said: str) -> None:
    """What stands behind a code goes up to the next punctuation, and no further than the line."""
    assert claims.read_behind(*place(knowledge, rules, text))[1].strip() == said


def test_number_in_a_message_field(claims: ClaimReader, knowledge: Knowledge, rules: CodeRules) -> None:
    """The field in which a code stands says nothing of it but what stands behind it."""
    text = '{"message":"error 28504 since noon","detail":"all of it"}'
    assert claims.read_claims(*place(knowledge, rules, text)) == ["all of it"]


def test_many_messages(claims: ClaimReader, knowledge: Knowledge, rules: CodeRules) -> None:
    """Of many messages in one record the first ones are read."""
    many = ",".join(f'"msg":"gone {letter}"' for letter in "abcdefghijklmnop")
    found = claims.read_claims(*place(knowledge, rules, f'{{"code":28504,{many}}}'))
    assert found == [f"gone {letter}" for letter in "abcdefghijklmnop"][:MOST_CLAIMS]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("28504, belt torn, call Jo", "belt torn"),
        ("错误码 28504，皮带断裂", "皮带断裂"),
        ("`28504`, belt torn", "belt torn"),
        ("28504: belt torn, call Jo", ""),
        ("28504 again, belt torn", ""),
        ("28504", ""),
    ],
)
def test_remark(knowledge: Knowledge, rules: CodeRules, claims: ClaimReader, text: str, said: str) -> None:
    """A remark stands right behind a comma after the code, up to the next punctuation."""
    assert claims.read_remark(*place(knowledge, rules, text)) == said
