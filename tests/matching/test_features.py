"""What a text says: terms with their polarity, and the words and pairs of characters no term covers."""

from __future__ import annotations

import pytest

from bot.matching.features import REACH, stem
from bot.matching.lexicon import NOT
from bot.matching.reading import Reader
from bot.matching.text import read


def said(reader: Reader, text: str) -> list[tuple[str, int]]:
    """Return the names and signs of a text's features."""
    return [(feature.name, feature.sign) for feature in reader.read_features(read(text))]


ONLINE, OFFLINE = [("device", 0), ("online", 1)], [("device", 0), ("online", -1)]


@pytest.mark.parametrize(
    "text", ["设备在线", "device is online", "the device is connected", "設備在線", "Device 在线"]
)
def test_one_side(reader: Reader, text: str) -> None:
    """Words of either language that mean the same are the same features."""
    assert said(reader, text) == ONLINE


@pytest.mark.parametrize(
    "text",
    [
        "设备不在线",
        "设备离线",
        "设备没有在线",
        "设备未在线",
        "設備不在線",
        "device is not online",
        "device isn't online",
        "device is offline",
        "device never online",
        "device not yet online",
        "device does not seem to be online",
        "deviceNotOnline",
        "DeviceIsOffline",
    ],
)
def test_negation_turns(reader: Reader, text: str) -> None:
    """A negator turns the polar term behind it into its opposite."""
    assert [pair for pair in said(reader, text) if pair[0] in {"device", "online", NOT}] == OFFLINE


@pytest.mark.parametrize(
    "text", ["the device is not offline", "设备没有离线", "设备未离线", "device isn't disconnected"]
)
def test_negation_of_the_opposite(reader: Reader, text: str) -> None:
    """A negated opposite is the other side again."""
    assert said(reader, text) == ONLINE


@pytest.mark.parametrize(
    "text", ["not, device online", "not. Device online", "不，设备在线", "没有。设备在线"]
)
def test_negation_ends_with_its_clause(reader: Reader, text: str) -> None:
    """A negator doesn't reach beyond a comma or a stop."""
    assert ("online", 1) in said(reader, text)


def test_negation_has_a_reach(reader: Reader) -> None:
    """A negator doesn't reach over more words than it has reach."""
    far = " ".join(["zebra", "quagga", "okapi", "tapir", "ibex", "lemur"][: REACH + 1])
    assert ("online", 1) in said(reader, f"not {far} online")
    assert ("online", -1) in said(reader, "not zebra online")


@pytest.mark.parametrize("text", ["not agreed", "did not agree", "没同意", "还没有同意"])
def test_what_has_a_middle(reader: Reader, text: str) -> None:
    """Who has not agreed has not rejected."""
    assert ("agree", -1) not in said(reader, text)


@pytest.mark.parametrize("text", ["rejected", "已拒绝", "refused"])
def test_rejected(reader: Reader, text: str) -> None:
    """Who rejects says the opposite of agreeing."""
    assert ("agree", -1) in said(reader, text)


@pytest.mark.parametrize("text", ["没有场景", "no scene", "there is no scene"])
def test_absence(reader: Reader, text: str) -> None:
    """A denied thing is one that doesn't exist."""
    assert ("exist", -1) in said(reader, text)
    assert ("scene", 0) in said(reader, text)


def test_negator_left_over(reader: Reader) -> None:
    """A negator that meets no polar term is a feature of its own."""
    assert (NOT, -1) in said(reader, "I can not share it")


@pytest.mark.parametrize(
    ("text", "sign"), [('{"success": false}', -1), ('{"success": true}', 1), ("online=false", -1)]
)
def test_false_field(reader: Reader, text: str, sign: int) -> None:
    """A field that is false says the opposite of its name."""
    assert said(reader, text)[0][1] == sign


@pytest.mark.parametrize(
    "text", ["请问怎么办", "hello, please help me", "what is this?", "的了吗呢", "28504 !!!", ""]
)
def test_chatter_says_nothing(reader: Reader, text: str) -> None:
    """Chatter, digits and marks give no feature."""
    assert said(reader, text) == []


@pytest.mark.parametrize(
    "text", ["deviceOffline", "DeviceOffline", "device_offline", "device-offline", "deviceoffline"]
)
def test_words_joined(reader: Reader, text: str) -> None:
    """Names of programs are taken apart into their words."""
    assert said(reader, text) == OFFLINE


@pytest.mark.parametrize(
    ("text", "pairs"),
    [("天气晴朗", ["天气", "气晴", "晴朗"]), ("猫", ["猫"]), ("天气device猫", ["天气", "device", "猫"])],
)
def test_unknown_chinese(reader: Reader, text: str, pairs: list[str]) -> None:
    """Chinese that no form covers is read by overlapping pairs of characters."""
    assert [name for name, _ in said(reader, text)] == pairs


def test_spans(reader: Reader) -> None:
    """Each feature stands where its words stand; a turned one reaches from its negator on."""
    text = read("my device is not online")
    spans = [text.folded[feature.start : feature.end] for feature in reader.read_features(text)]
    assert spans == ["device", "not online"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("device offline", [(0, 0), (0, 0)]),
        ("device. offline", [(0, 0), (1, 0)]),
        ("device, offline", [(0, 0), (0, 1)]),
        ("设备。离线", [(0, 0), (1, 0)]),
        ("设备，离线", [(0, 0), (0, 1)]),
        ("设备（离线）", [(0, 0), (0, 1)]),
        ("device\noffline", [(0, 0), (1, 0)]),
    ],
)
def test_clauses_and_pauses(reader: Reader, text: str, places: list[tuple[int, int]]) -> None:
    """Stops and commas before a feature are counted."""
    assert [(feature.clause, feature.pause) for feature in reader.read_features(read(text))] == places


def test_likeness(reader: Reader) -> None:
    """A feature read from a misspelt word is less sure than one spelt right."""
    [right] = reader.read_features(read("device"))
    [wrong] = reader.read_features(read("devcie"))
    assert (right.name, right.likeness) == ("device", 1.0)
    assert wrong.name == "device"
    assert wrong.likeness < 1.0


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("cancelled", "cancel"),
        ("cancelling", "cancel"),
        ("keys", "key"),
        ("boxes", "box"),
        ("class", "class"),
        ("red", "red"),
        ("ring", "ring"),
        ("", ""),
    ],
)
def test_stem(word: str, cut: str) -> None:
    """The commonest endings of English are cut where enough of a word is left."""
    assert stem(word) == cut
