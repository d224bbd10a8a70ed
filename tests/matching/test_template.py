"""Slots in messages: what a program fills, taken out of entries' strings."""

from __future__ import annotations

import pytest

from bot.matching.template import NONE, Slots, find_slots, take_out


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
    assert find_slots(written) == NONE


@pytest.mark.parametrize(
    ("written", "slots"),
    [
        ("door %d of locker %s is open", Slots(2, leads=False, trails=False)),
        ("'%s'@'%s' 无权访问", Slots(1, leads=True, trails=False)),
        ("%s: paper jam in %s", Slots(2, leads=True, trails=True)),
        ("paper jam", NONE),
    ],
)
def test_found_slots(written: str, slots: Slots) -> None:
    """Slots are counted, those side by side as one, and known at either end."""
    assert find_slots(written) == slots
