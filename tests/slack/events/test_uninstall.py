"""The app is taken away: nothing of the workspace is left, and nobody else loses anything."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.stores.teams import TABLES
from tests.support.fake_slack import FakeSlack
from tests.support.fake_workspace import TEAM
from tests.support.front import CHANNEL, Front

UNINSTALLED: dict[str, Any] = {"type": "app_uninstalled", "event_ts": "1.1"}
REVOKED: dict[str, Any] = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}
OTHER_TEAM = "T0OTHER"


def count(front: Front, team: str) -> int:
    """Count what is kept of a team in all tables."""
    with front.service.database.read() as connection:
        return sum(
            connection.execute(
                sa.select(sa.func.count()).select_from(table).where(table.c.team == team)
            ).scalar_one()
            for table in TABLES
        )


def use(front: Front, team: str) -> None:
    """Have something kept of a team: a setting, an answer, a question without one, a mute."""
    front.command("watch auto", team_id=team)
    front.event(front.build_post("<@UFAULTBOT> 28504", type="app_mention", team=team), team_id=team)
    front.command("the toaster burns", team_id=team)
    front.service.decisions.mute_thread(team, CHANNEL, "1.1")


@pytest.mark.parametrize("event", [UNINSTALLED, REVOKED], ids=["uninstalled", "revoked"])
def test_forgotten(front: Front, event: dict[str, Any]) -> None:
    """Either event deletes all of the team, told twice as well, and leaves another team's alone."""
    for team in (TEAM, OTHER_TEAM):
        use(front, team)
    kept = count(front, OTHER_TEAM)
    assert count(front, TEAM) >= 5
    for _ in range(2):
        assert front.event(event).status_code == 200
        assert count(front, TEAM) == 0
    assert count(front, OTHER_TEAM) == kept >= 5


def test_token_is_gone_already(front: Front, slack: FakeSlack) -> None:
    """The token need not be good any more, and Slack is told nothing."""
    use(front, TEAM)
    before = len(slack.calls)
    slack.fail("auth.test", "token_revoked", times=9)
    assert front.event(UNINSTALLED).status_code == 200
    assert count(front, TEAM) == 0
    assert len(slack.calls) == before


@pytest.mark.parametrize(
    "tokens", [{"oauth": ["U0MEI"]}, {"oauth": ["U0MEI"], "bot": []}, {}, None, [], "bot", {"bot": None}]
)
def test_token_of_a_person(front: Front, tokens: object) -> None:
    """That a person's token was revoked, or that nobody can tell whose, deletes nothing."""
    use(front, TEAM)
    kept = count(front, TEAM)
    assert front.event(REVOKED | {"tokens": tokens}).status_code == 200
    assert count(front, TEAM) == kept


def test_no_team(front: Front) -> None:
    """An event that names no team deletes nothing."""
    use(front, TEAM)
    kept = count(front, TEAM)
    assert front.event(UNINSTALLED, team_id=None).status_code == 200
    assert count(front, TEAM) == kept


def test_what_was_to_be_said(front: Front, slack: FakeSlack) -> None:
    """What still waits to be posted is not posted."""
    front.start_holding()
    front.mention("28504")
    front.event(UNINSTALLED)
    front.release()
    assert not [call for call in slack.calls if call.method == "chat.postMessage"]
