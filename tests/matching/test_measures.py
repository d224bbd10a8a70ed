"""What a text and a string have in common, as numbers, and what they come to."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files

import pytest

from bot.matching.candidates import Finder
from bot.matching.reading import Reader
from bot.matching.score import CHOSEN, MEASURES, MIDDLE, POINTS, SPEAK_FOR, WEIGHTS, Measures, Weights


def measure(finder: Finder, reader: Reader, text: str, code: str) -> Measures:
    """Return the measures of an entry's best string in a text."""
    return next(one for one in finder.find(reader.read(text)) if one.unit.code == code).measures


def test_nothing_but_the_string(finder: Finder, reader: Reader) -> None:
    """Of a text that is a string itself nothing speaks against it, and all letters for it."""
    found = measure(finder, reader, "设备不在线", "28504")
    assert [name for name, value in found._asdict().items() if value and name not in SPEAK_FOR] == []
    assert (found.letters, found.stated) == (1.0, 1.0)
    assert found.much > 0.4


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("宠物店离线了", "28504", "lone"),
        ("投备不在线", "28504", "slips"),
        ("恐龙化石离线了", "28504", "stranger"),
        ("the share button does not exist", "2097", "other_thing"),
        ("能分享给自己", "2086", "contradicted"),
        ("设备不在线 升级", "28504", "beside"),
    ],
)
def test_what_counts(finder: Finder, reader: Reader, text: str, code: str, name: str) -> None:
    """Each measure is more than nothing where it is seen."""
    assert getattr(measure(finder, reader, text, code), name) > 0


@pytest.mark.parametrize(
    ("reported", "plain"),
    [
        ("My mother rang, the shed panel says the device is offline", "the device is offline"),
        ("打印店楼下的面板提示设备不在线", "设备不在线"),
        ("招牌旁边那个东西话設備唔在線", "設備唔在線"),
        ('whatever I touch here, "device is offline"', "device is offline"),
    ],
)
def test_what_is_reported(finder: Finder, reader: Reader, reported: str, plain: str) -> None:
    """What stands behind a word that reports, or in quotes, is measured as if nothing stood before it."""
    said, alone = (measure(finder, reader, text, "28504") for text in (reported, plain))
    assert (said.beside, said.stranger, said.lone) == (alone.beside, alone.stranger, alone.lone) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "code", "sign"),
    [
        ("won't save because the device is online", "online", 1),
        ("can't cancel: the receiver agreed", "agree", 1),
        ("it doesn't show online", "online", -1),
        ("存不了，因为设备在线", "online", 1),
        ("不显示在线", "online", -1),
    ],
)
def test_reach_of_a_negator(reader: Reader, text: str, code: str, sign: int) -> None:
    """A negator reaches over a word that reports right behind it, and over no conjunction."""
    assert [one.sign for one in reader.read(text).features if one.name == code] == [sign]


def test_measures_are_rates(finder: Finder, reader: Reader) -> None:
    """All measures lie between 0 and 1, whatever is said, so that their weights can be compared."""
    for text in (
        "设备不在线",
        "my share with the owner failed twice because the device is offline",
        "shebei bu zaixian",
    ):
        for candidate in finder.find(reader.read(text)):
            assert all(0 <= value <= 1 for value in candidate.measures), candidate.measures


def test_signs() -> None:
    """What speaks for a string has a positive weight, what speaks against it a negative one."""
    weights = dict(zip(MEASURES, WEIGHTS.values, strict=True))
    assert all(weights[name] >= 0 if name in SPEAK_FOR else weights[name] <= 0 for name in MEASURES)
    assert set(MEASURES) >= SPEAK_FOR


def test_score_and_explanation() -> None:
    """A score is the middle with each measure's points, and the explanation lists them all."""
    weights = Weights(-1.0, tuple(float(place) for place in range(len(MEASURES))))
    measures = Measures(slips=1.0, context=0.5)
    told = weights.explain(measures)
    assert weights.score(measures) == MIDDLE + sum(points for _, _, points in told)
    assert {name for name, _, _ in told} == {"base", "slips", "context"}
    assert told[0] == ("base", 1.0, -POINTS)


def test_where_the_weights_come_from() -> None:
    """The file of weights tells its date, seed, command and questions, and how those held out fared."""
    told = json.loads(files("bot.matching").joinpath("weights.json").read_text(encoding="utf-8"))
    assert told["command"].startswith("faultbook tune --weights")
    assert {"date", "seed", "files", "questions", "loss", "held_out", "base"} <= told.keys()
    assert tuple(told["weights"]) == MEASURES
    assert told["thresholds"] == asdict(CHOSEN)
    entries = told["held_out"]["entry"]
    assert entries["wrong"] <= entries["due"] / 100
