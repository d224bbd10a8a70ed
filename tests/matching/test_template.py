"""Slots in messages: what a program fills, taken out of entries' strings."""

from __future__ import annotations

import pytest

from bot.matching.template import read_template, split_words, take_out


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("door %d of %s", "door   of  "),
        ("label %`s and %`-.64s", "label   and  "),
        ("'%-.200s' for %.*s", "' ' for  "),
        ("%lu bytes, %llu rows, %M, %T, %u", "  bytes,   rows,  ,  ,  "),
        ("first %2$s, then %1$s", "first  , then  "),
        ("%(name)s is away", "  is away"),
        ("{0} of {name} at {time:%H} and {}", "  of   at   and  "),
        ("parcel ${parcel} by <courier name>", "parcel   by  "),
        ("列%s在表%s中", "列 在表 中"),
    ],
)
def test_slots(written: str, fixed: str) -> None:
    """Every common way of writing a slot leaves a blank."""
    assert take_out(written) == fixed


@pytest.mark.parametrize(
    "written",
    [
        "100% sure",
        "battery below 20%",
        "100%d",
        "100%% done",
        "a < b and c > d",
        "x <-> y",
        "10 %discount",
        "<3",
    ],
)
def test_no_slots(written: str) -> None:
    """A percentage, a comparison or an arrow is no slot."""
    assert take_out(written) == written
    assert not read_template(written).slots


@pytest.mark.parametrize(
    ("written", "words", "slots"),
    [
        ("door %d of locker %s is open", ("door", "of", "locker", "is", "open"), {1, 3}),
        ("'%s'@'%s' 无权访问", ("无", "权", "访", "问"), {0}),
        ("%s: Paper jam in %s", ("paper", "jam", "in"), {0, 3}),
        ("paper jam", ("paper", "jam"), set()),
        ("%s", (), {0}),
    ],
)
def test_template(written: str, words: tuple[str, ...], slots: set[int]) -> None:
    """A template has its fixed words, folded, and where slots stand; those side by side are one."""
    template = read_template(written)
    assert template.words == words
    assert template.slots == slots
    assert len(template.weights) == len(words)


def test_words() -> None:
    """A word keeps its "n't", and leaves quotes and the sign of a joined name."""
    words = [word[0] for word in split_words("it can't open 'ix_2's door")]
    assert words == ["it", "can't", "open", "ix", "2", "s", "door"]
