"""The page: what Slack would refuse is never built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.matching import Verdict
from bot.replies.page import Page, build_button
from bot.replies.recall import Recall

RECALL = Recall(Verdict("abstained", reason="nothing-near"), "en")


def test_buttons() -> None:
    """A button carries its recall; equal ones but for that stand side by side."""
    page = Page("")
    page.add_buttons(
        [build_button("a", "Show", RECALL), build_button("a", "Show", replace(RECALL, asker="U1"))]
    )
    [block] = page.blocks
    assert block["type"] == "actions"
    assert [one["value"] for one in block["elements"]] == [
        RECALL.write_value(),
        replace(RECALL, asker="U1").write_value(),
    ]


def test_too_many_buttons() -> None:
    """Slack takes 25 in a row."""
    button = build_button("a", "Show", RECALL)
    Page("").add_buttons([button] * 25)
    with pytest.raises(ValueError, match="26"):
        Page("").add_buttons([button] * 26)


def test_too_long_a_value() -> None:
    """Slack takes 2,000 characters."""
    with pytest.raises(ValueError, match="2000"):
        build_button("a", "Show", replace(RECALL, asker="U" * 2000))
