"""`/fault doctor`: for the operator's admins alone; what is found comes later, to whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.app import Service
from bot.config import Settings
from bot.replies.findings import Finding
from tests.slack.conftest import DESK
from tests.support.fake_slack import FakeSlack
from tests.support.front import OTHER, PERSON, Front
from tests.support.house_rules import find_house_faults
from tests.support.slack_limits import find_faults, list_texts

ADMINS = frozenset({OTHER})
FOUND = (
    Finding("neutral", "doctor_setting_set", {"name": "HOST", "value": "<!channel> & co"}),
    Finding("good", "doctor_sessions"),
    Finding("wrong", "doctor_scopes_missing", {"scopes": "chat:write"}),
)


class Surgery:
    """A front whose examination a test decides on."""

    def __init__(self, slack: FakeSlack, folder: Path, admins: frozenset[str] = ADMINS) -> None:
        self.examined: list[Service] = []
        self.found: Sequence[Finding] = FOUND
        self.front = Front(slack, DESK, folder, Settings(admins=admins), examine=self._examine)

    def _examine(self, service: Service) -> Sequence[Finding]:
        self.examined.append(service)
        if not self.found:
            raise RuntimeError("the doctor is ill")
        return self.found

    def ask(self, text: str = "doctor", user: str = OTHER) -> str:
        """Return what the command is acknowledged with."""
        told = self.front.command(text, user_id=user).get_json()
        assert told["response_type"] == "ephemeral"
        assert find_faults(told) + find_house_faults(told) == []
        return str(told["text"])


@pytest.fixture
def surgery(slack: FakeSlack, tmp_path: Path) -> Iterator[Surgery]:
    built = Surgery(slack, tmp_path)
    yield built
    built.front.settle()


@pytest.mark.parametrize("text", ["doctor", " DOCTOR ", "ｄｏｃｔｏｒ"])
def test_admin(surgery: Surgery, slack: FakeSlack, text: str) -> None:
    """An admin's command is acknowledged at once; what is found comes to the admin alone, gravest first."""
    with slack.hold("response_url"):
        assert "in a moment" in surgery.ask(text)
    told = slack.wait_for("response_url")[0].arguments
    assert told["response_type"] == "ephemeral"
    assert find_faults(told) == []
    assert told["text"] == "Problems found: 1"
    assert "\n".join(list_texts(told["blocks"])).splitlines() == [
        "Problems found: 1",
        "✗ Scopes are missing: chat:write. Add them on the app's page “OAuth & Permissions” and reinstall "
        "the app.",
        "✓ Socket Mode is connected.",
        "· HOST: &lt;!channel&gt; &amp; co",
    ]
    assert surgery.examined == [surgery.front.service]


def test_anybody_else(surgery: Surgery) -> None:
    """Others are refused, and nothing is examined."""
    assert "FAULTBOOK_ADMINS" in surgery.ask(user=PERSON)
    surgery.front.settle()
    assert surgery.examined == []


def test_no_admins(slack: FakeSlack, tmp_path: Path) -> None:
    """Where nobody is named nobody may, and that is said."""
    surgery = Surgery(slack, tmp_path, admins=frozenset())
    assert "FAULTBOOK_ADMINS is empty" in surgery.ask()
    surgery.front.settle()
    assert surgery.examined == []


def test_more_words(surgery: Surgery) -> None:
    """Anything more behind the word makes it a question."""
    assert "in a moment" not in surgery.ask("doctor says the device is offline")
    assert surgery.examined == []


def test_many_findings(surgery: Surgery, slack: FakeSlack) -> None:
    """However much is found, Slack takes it."""
    surgery.found = [Finding("wrong", "doctor_problem", {"problem": "k/a.yaml:1: x: " + "long " * 60})] * 40
    surgery.ask()
    told = slack.wait_for("response_url")[0].arguments
    assert find_faults(told) == []


def test_examination_fails(surgery: Surgery, slack: FakeSlack) -> None:
    """An examination that fails is told with a reference."""
    surgery.found = ()
    surgery.ask()
    assert "reference" in slack.wait_for("response_url")[0].arguments["text"]
