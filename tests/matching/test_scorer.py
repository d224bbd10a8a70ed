"""How well a text says what a unit says: recall times precision, around one place, polarity right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.reading import Reader
from bot.matching.scorer import Likeness, Weighed, score
from bot.matching.text import read
from tests.matching.units import list_units

Scorer = Callable[[str, str], Likeness]


@pytest.fixture(scope="module")
def like(finder: Finder, reader: Reader, knowledge: Knowledge) -> Scorer:
    """Score a text against the message of a code."""
    messages = {unit.code: unit for unit in list_units(finder.index) if unit.origin == "message"}

    def weigh(text: str, code: str) -> Likeness:
        weighed = Weighed(reader.read_features(read(text)), finder.index)
        return score(weighed, messages[code], finder.index)

    return weigh


@pytest.mark.parametrize(
    "text", ["device is offline", "设备不在线", "设备离线", "device not online", "offline device"]
)
def test_all_of_it_and_nothing_else(like: Scorer, text: str) -> None:
    """A text that says what the unit says and nothing else scores 100, in any words and language."""
    assert like(text, "28504").score == pytest.approx(100)


def test_every_unit_is_like_itself(finder: Finder, reader: Reader) -> None:
    """Every string of every entry with features scores against itself, never above 100."""
    for unit in (unit for unit in list_units(finder.index) if not unit.is_verbatim):
        weighed = Weighed(reader.read_features(read(unit.text)), finder.index)
        assert 40 <= score(weighed, unit, finder.index).score <= 100 + 1e-9, unit.text


@pytest.mark.parametrize("text", ["", "hello", "the weather is nice", "今天天气不错", "28504"])
def test_nothing_of_it(like: Scorer, text: str) -> None:
    """A text that says nothing of the unit scores 0."""
    assert like(text, "28504").score == 0


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("device is online", "28504", "online"),
        ("设备在线", "28504", "online"),
        ("device is not offline", "28504", "online"),
        ("firmware exists", "9119", "exist"),
        ("固件存在", "9119", "exist"),
        ("identityId is manager", "2066", "manager"),
    ],
)
def test_opposite(like: Scorer, text: str, code: str, name: str) -> None:
    """A text that says the opposite of the unit scores 0, and what it turns is told."""
    likeness = like(text, code)
    assert likeness.score == 0
    assert likeness.opposed == {name}


# Each pair: what scores higher, what scores lower, for a code.
ORDERED = [
    # recall: more of it is said
    ("device is offline", "device", "28504"),
    ("sharing time expired", "sharing", "2096"),
    # precision: less else is said between and beside
    ("device is offline", "the zebra of the device is a quagga, tapir, okapi, offline", "28504"),
    ("device offline", "device zebra quagga tapir offline", "28504"),
    # what stands close together counts
    ("device offline", "device, zebra. offline", "28504"),
    ("设备离线", "设备。离线", "28504"),
    # a misspelt word is less sure
    ("device is offline", "device is offlne", "28504"),
    # another fault right beside
    ("firmware does not exist", "firmware upgrade failed does not exist", "9119"),
]


@pytest.mark.parametrize(("better", "worse", "code"), ORDERED)
def test_better_and_worse(like: Scorer, better: str, worse: str, code: str) -> None:
    """Recall, precision, closeness and sure spelling raise a score."""
    assert like(better, code).score > like(worse, code).score


@pytest.mark.parametrize(
    "around", ["zebra. {}", "{}. zebra quagga", "斑马。{}。长颈鹿", "zebra " * 200 + ". {}"]
)
def test_place_counts(like: Scorer, around: str) -> None:
    """What stands elsewhere in a long text costs little."""
    assert like(around.format("device is offline"), "28504").score > 60


def test_longer_is_not_worse_than_longish(like: Scorer) -> None:
    """From some length on more text elsewhere costs no more."""
    longish, long = (f"device is offline. {'zebra quagga ' * count}" for count in (30, 300))
    assert like(long, "28504").score == pytest.approx(like(longish, "28504").score)


def test_span(like: Scorer) -> None:
    """The span reaches from the first matched feature to the last."""
    text = "good morning, my device is offline today"
    likeness = like(text, "28504")
    assert text[likeness.start : likeness.end] == "device is offline"
    assert likeness.names == {"device", "online"}


@pytest.mark.parametrize(
    "text", ["device is offline", "offline! device, device; zebra", "不在线 不在线 设备"]
)
def test_range(finder: Finder, reader: Reader, text: str) -> None:
    """Scores of any unit lie between 0 and 100, and spans inside the text."""
    weighed = Weighed(reader.read_features(read(text)), finder.index)
    for unit in list_units(finder.index):
        likeness = score(weighed, unit, finder.index)
        assert 0 <= likeness.score <= 100 + 1e-9
        assert 0 <= likeness.start <= likeness.end <= len(text)


def test_no_features(finder: Finder) -> None:
    """A text without features scores 0 against everything."""
    weighed = Weighed([], finder.index)
    assert all(score(weighed, unit, finder.index).score == 0 for unit in list_units(finder.index))
