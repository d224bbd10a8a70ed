"""The units a text falls into for the rules of evidence: objects, lines, blocks of fields."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.segments import DEEPEST, MOST_FIELDS, Segment, SegmentReader
from bot.matching.text import Text, read


@pytest.fixture(scope="module")
def records(knowledge: Knowledge) -> SegmentReader:
    """The reader of records with the real names of fields."""
    return SegmentReader(knowledge.packs.values())


def shown(text: Text, found: list[Segment]) -> list[str]:
    """Return the stretches of the records."""
    return [text.folded[record.start : record.end].strip() for record in found]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("\n\n", []),
        ("one line", ["one line"]),
        ("one\ntwo", ["one", "two"]),
        ("one\n\ntwo", ["one", "two"]),
        ('{"code":1}', ['{"code":1}']),
        ('{"code":1}\n{"code":2}', ['{"code":1}', '{"code":2}']),
        ('{"code":1}{"code":2}', ['{"code":1}', '{"code":2}']),
        ('resp = {"code":1}', ['resp = {"code":1}']),
        ('before\nresp = {"code":1} end\nafter', ["before", 'resp = {"code":1} end', "after"]),
        ('{\n "code":1,\n "msg":"x"\n}', ['{\n "code":1,\n "msg":"x"\n}']),
        ('{"a":{"code":1}}', ['{"a":{"code":1}}']),
        ("code: 28504\nmessage: x", ["code: 28504\nmessage: x"]),
        ("code: 28504\n\nmessage: x", ["code: 28504", "message: x"]),
        ("错误码：28504\n提示：设备不在线", ["错误码:28504\n提示:设备不在线"]),
        ("*code*: 28504\n*message*: x", ["*code*: 28504\n*message*: x"]),
        ("text\ncode: 1\nmsg: x\ntext", ["text", "code: 1\nmsg: x", "text"]),
        (
            "2018-09-04 12:00 error a\n2018-09-04 12:01 error b",
            ["2018-09-04 12:00 error a", "2018-09-04 12:01 error b"],
        ),
        ("ERROR a: 1\nERROR b: 2", ["error a: 1", "error b: 2"]),
        ("{ unclosed\nline", ["{ unclosed", "line"]),
        ("} stray {", ["} stray {"]),
    ],
)
def test_splitting(records: SegmentReader, text: str, parts: list[str]) -> None:
    """A JSON object, a log line and a block of fields are each one record."""
    reading = read(text)
    assert shown(reading, records.read_segments(reading)) == parts


@pytest.mark.parametrize(
    "text", ["a\nb {c} d\n\ne: f\ng: h\n{", "{}{}\n}{", "设备\n{设备}设备\n错误码:1\n提示:x", "{" * 30 + "a"]
)
def test_every_character_has_its_record(records: SegmentReader, text: str) -> None:
    """Records come in order, don't overlap, and hold every visible character."""
    reading = read(text)
    found = records.read_segments(reading)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for at, letter in enumerate(reading.folded):
        if not letter.isspace():
            assert sum(record.holds(at) for record in found) == 1


@pytest.mark.parametrize(
    ("text", "codes", "messages"),
    [
        ('{"code":28504,"message":"device is offline."}', ["28504"], ["device is offline."]),
        ("{'code':'28504','msg':'x y'}", ["28504"], ["x y"]),
        ('{\\"code\\":28504,\\"message\\":\\"gone\\"}', ["28504"], ["gone"]),
        ("errCode: 28504\nerrorMsg: gone away", ["28504"], ["gone away"]),
        ("错误码：28504\n错误信息：设备不在线", ["28504"], ["设备不在线"]),
        ("code=-28504, msg=gone", ["-28504"], ["gone"]),
        ('{"message":""}', [], [""]),
        ("barcode: 28504", [], []),
        ("the code is 28504", [], []),
        ('{"localizedMsg":"设备不在线"}', [], ["设备不在线"]),
    ],
)
def test_fields(records: SegmentReader, text: str, codes: list[str], messages: list[str]) -> None:
    """A record knows the values of its fields for codes and for messages."""
    [record] = records.read_segments(read(text))
    assert [field.value for field in record.codes] == codes
    assert [field.value for field in record.messages] == messages


def test_field_span(records: SegmentReader) -> None:
    """The span of a field is that of its value."""
    text = read('{"code":28504,"message":"device is offline."}')
    [record] = records.read_segments(text)
    [code], [message] = record.codes, record.messages
    assert text.folded[code.start : code.end] == "28504"
    assert text.folded[message.start : message.end] == "device is offline."


def test_fields_of_their_own_record(records: SegmentReader) -> None:
    """A field belongs to the record it stands in."""
    one, other = records.read_segments(read('{"code":1}\n{"message":"x"}'))
    assert ([len(one.codes), len(one.messages)], [len(other.codes), len(other.messages)]) == ([1, 0], [0, 1])


def test_long_block(records: SegmentReader) -> None:
    """A block takes a limited number of field lines; the next ones are another record."""
    found = records.read_segments(read("\n".join(f"name{number}: x" for number in range(MOST_FIELDS + 1))))
    assert len(found) == 2


def test_deep_object(records: SegmentReader) -> None:
    """Braces nested too deep are plain text."""
    deep = "{" * (DEEPEST + 1) + "\n" + "}" * (DEEPEST + 1)
    assert len(records.read_segments(read(deep))) == 2
    fair = "{" * DEEPEST + "\n" + "}" * DEEPEST
    assert len(records.read_segments(read(fair))) == 1
