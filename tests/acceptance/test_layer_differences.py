"""Layer packs change no verdict on the project's question sets but those that were reviewed."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.layer_differences import Difference, find_differences
from tests.support.shipped import read_yaml

REVIEWED = Path(__file__).with_name("layer-differences.yaml")


def test_differences_are_reviewed() -> None:
    """Each verdict that the layers change is listed with the reason why that is right, and no other is."""
    reviewed = read_yaml(REVIEWED)
    assert all(one["why"] for one in reviewed)
    listed = {Difference(**{key: value for key, value in one.items() if key != "why"}) for one in reviewed}
    assert set(find_differences()) == listed
