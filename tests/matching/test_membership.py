"""The membership filter: no member is ever missed, in this process or the next, and few others pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.membership import Membership


@given(st.sets(st.text()), st.sets(st.text()))
def test_members(members: set[str], others: set[str]) -> None:
    """Each member may be in it, also where it was told as bytes; what is empty holds nothing."""
    known = Membership.build(members)
    assert known.sift(members) == members
    assert Membership(known.tell()).sift(members) == members
    assert not Membership().sift(others)


def test_few_others_pass() -> None:
    """Of 10,000 strings that aren't in a set of 20,000 it turns down all but one in a thousand."""
    known = Membership.build(f"token {number}" for number in range(20_000))
    assert len(known.sift(f"device {number}" for number in range(10_000))) <= 10


def test_bytes() -> None:
    """Four bytes stand for a member, and equal ones stand there once."""
    assert len(Membership.build(["device offline", "未 绑", "device offline"]).tell()) == 8
