"""Layer packs change no verdict on the project's question sets but those that were reviewed."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.acceptance.layer_differences import Difference, find_differences

REVIEWED = Path(__file__).with_name("layer-differences.yaml")


def test_differences_are_reviewed() -> None:
    """Each verdict that the layers change is listed with the reason why that is right, and no other is."""
    reviewed = yaml.safe_load(REVIEWED.read_text(encoding="utf-8"))
    assert all(one["why"] for one in reviewed)
    listed = {Difference(**{key: value for key, value in one.items() if key != "why"}) for one in reviewed}
    assert set(find_differences()) == listed
