"""Messages with slots in posts that nobody put to the desk."""

from __future__ import annotations

import pytest

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from tests.matching.lockers import build_lockers


@pytest.fixture(scope="module")
def lockers(knowledge: Knowledge) -> Matcher:
    """A matcher over messages of parcel lockers."""
    return build_lockers(knowledge)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("since noon: Station 'Ulm' cannot read label 'x1' (reason: 5)\nanybody an idea?", "4104"),
        ("WARN Payment by gift card is not possible at station Ulm", "4105"),
        ('{"code": 4103, "detail": "Door 12 of locker c/7 does not close"}', "4103"),
    ],
)
def test_found(lockers: Matcher, text: str, code: str) -> None:
    """A distinctive message whose slots are filled is a sign by itself."""
    assert [match.entry.code for match in lockers.watch(text).matches] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Station 'Ulm' can read label 'x1' (reason: 5)",
        "not once: Payment by gift card is possible at station Ulm",
        "Station 'Ulm' cannot read label",
        "Station 'Ulm' cannot\nread\nlabel 'x1'\nreason: 5",
        "Parcel 'RX 77' already lies in locker 'north_2'",
        "error code 6777: Station 'Ulm' cannot read label 'x1' (reason: 5)",
        "the station where nobody I asked today cannot, at least not before the break and only if the kids"
        " let them, read what stands on that torn and wet and dirty label for whatever reason",
    ],
)
def test_silent(lockers: Matcher, text: str) -> None:
    """One turned, cut, torn apart, of few words, or beside an undocumented code is none."""
    assert lockers.watch(text, eager=True).kind == "abstained"
