"""The record forgets a team whole, in as many transactions as that takes; nobody else loses anything."""

from __future__ import annotations

from functools import partial

import pytest

from bot.outbox.decision_store import Decision, PostKey, Seen
from bot.stores import teams
from tests.support.fake_workspace import TEAM
from tests.support.office import CHANNEL, Office, both, build_row

pytestmark = both

OTHER = "T0OTHER"


def take(office: Office, team: str, count: int) -> None:
    """Have posts of a team taken, each with a line of the ledger and a claim."""
    for number in range(count):
        post = PostKey(team, CHANNEL, f"{number}.1", f"{number}.1")
        decision = Decision(build_row(post), (f"post:{post.ts}",))
        office.decisions.record_decision(post, partial(_decide, decision))


def _decide(decision: Decision, _seen: Seen) -> Decision:
    return decision


def count_lines(office: Office, team: str, count: int) -> int:
    """Count the lines that the ledger has on those posts."""
    return sum(
        len(office.decisions.find_ledger_rows(team, CHANNEL, f"{number}.1")) for number in range(count)
    )


def test_forget_team(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything of the team goes, however much it is, and the record says how much that was."""
    monkeypatch.setattr(teams, "MOST_FORGOTTEN", 3)
    for team in (TEAM, OTHER):
        take(office, team, 7)
        office.decisions.mute_thread(team, CHANNEL, "1.1")
    assert office.decisions.forget_team(TEAM) == 15
    assert count_lines(office, TEAM, 7) == 0
    assert count_lines(office, OTHER, 7) == 7
    assert office.decisions.forget_team(TEAM) == 0
    take(office, TEAM, 1)  # it may install the app again
    assert count_lines(office, TEAM, 1) == 1
