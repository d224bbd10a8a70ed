"""Permissions: who may do what, for every act, whoever the operator names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.replies.sentences import DoctorSentence, ReportSentence, SlackSentence
from bot.slack.commands.fault import SUBCOMMANDS
from bot.slack.permissions import ROLES, Act, Permissions, Role
from tests.slack.conftest import DESK
from tests.support.front import Front

ADMIN, AUTHOR, MEMBER = "U0ADMIN", "U0AUTHOR", "U0MEMBER"
NAMED = Permissions(frozenset({ADMIN}), frozenset({AUTHOR}))
ROOT = Path(__file__).resolve().parents[2]
ACTS = {
    "watch auto": Act.SET_CHANNEL,
    "packs all": Act.SET_CHANNEL,
    "note 28504 known outage": Act.SET_CHANNEL,
    "doctor": Act.EXAMINE,
    "gaps": Act.SEE_GAPS,
    "report": Act.SEE_REPORT,
}
"""Commands behind /fault that not everybody may give."""

REFUSALS = (
    SlackSentence.WATCH_REFUSED,
    DoctorSentence.DOCTOR_REFUSED,
    DoctorSentence.DOCTOR_NO_ADMINS,
    ReportSentence.AUTHORS_ONLY,
)
FOR_ALL = ("watch status", "packs", "notes", "mute channel", "28504", "help")


def list_allowed(permissions: Permissions, act: Act) -> list[str]:
    return [user for user in (ADMIN, AUTHOR, MEMBER) if permissions.allows(act, user)]


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (Act.SET_CHANNEL, [ADMIN]),
        (Act.EXAMINE, [ADMIN]),
        (Act.SEE_GAPS, [ADMIN, AUTHOR]),
        (Act.SEE_REPORT, [ADMIN, AUTHOR]),
    ],
)
def test_named(act: Act, allowed: list[str]) -> None:
    """Where admins and authors are named, an act is for those of its role; an author is no admin."""
    assert list_allowed(NAMED, act) == allowed


@pytest.mark.parametrize("act", Act)
def test_nobody_named(act: Act) -> None:
    """Where nobody is named everybody may set a channel, and nobody may do anything else of these."""
    allowed = [ADMIN, AUTHOR, MEMBER] if ROLES[act] is Role.MANAGER else []
    assert list_allowed(Permissions(), act) == allowed


def test_authors_alone() -> None:
    """Authors who are named without admins see gaps; a channel is everybody's to set, the doctor nobody's."""
    permissions = Permissions(authors=frozenset({AUTHOR}))
    allowed = {act: list_allowed(permissions, act) for act in Act}
    assert allowed[Act.SEE_GAPS] == allowed[Act.SEE_REPORT] == [AUTHOR]
    assert allowed[Act.SET_CHANNEL] == [ADMIN, AUTHOR, MEMBER]
    assert allowed[Act.EXAMINE] == []


@pytest.mark.parametrize("permissions", [NAMED, Permissions(), Permissions(authors=frozenset({AUTHOR}))])
def test_commands(open_front: Callable[..., Front], permissions: Permissions) -> None:
    """Each command is refused to exactly those whom its act doesn't allow, whoever is named."""
    front = open_front(admins=permissions.admins, authors=permissions.authors)
    messages = DESK.knowledge.messages["en"]
    for user in (ADMIN, AUTHOR, MEMBER):
        for text, act in ACTS.items():
            said = front.command(text, user_id=user).get_json()["text"]
            is_refused = said in [messages[refusal] for refusal in REFUSALS]
            assert is_refused is not permissions.allows(act, user), f"{text} by {user}: {said}"
        for text in FOR_ALL:
            assert front.command(text, user_id=user).get_json()["text"] not in map(messages.get, REFUSALS)


def test_every_act_is_asked_for() -> None:
    """Each act is asked for by a command of the table above, and by no other."""
    assert set(ACTS.values()) == set(Act)
    words = {each.word for each in SUBCOMMANDS if "call.may(" in read_source(each.answer)}
    assert words - {"notes"} == {text.split()[0] for text in ACTS}  # which stands in the file of `note`


def read_source(function: Callable[..., object]) -> str:
    return Path(inspect.getfile(function)).read_text(encoding="utf-8")


def test_the_page_says_the_same() -> None:
    """SECURITY.md names for each of those commands the setting that its role goes by."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (`/fault [^|]+) \| ([^|]+) \|", text, re.MULTILINE)
    rows = [(cell, who) for cell, who in found if who != "anybody in the channel"]
    said = {command: who for cell, who in rows for command in re.findall(r"`/fault (\w+)", cell)}
    for word, act in {text.split()[0]: act for text, act in ACTS.items()}.items():
        who = said[word]
        as_another = re.match(r"as `/fault (\w+)", who)
        who = said[as_another[1]] if as_another else who
        assert "`FAULTBOOK_ADMINS`" in who, word
        assert ("`FAULTBOOK_AUTHORS`" in who) is (ROLES[act] is Role.AUTHOR), word
        assert ("any member" in who) is (ROLES[act] is Role.MANAGER), word


def test_every_act_has_a_role() -> None:
    """No act is forgotten in the table."""
    assert ROLES.keys() == set(Act)


def test_nowhere_else() -> None:
    """No other file looks at who is an admin or an author: they ask for an act."""
    looks = re.compile(r"\.(?:admins|authors)\b")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if looks.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["bot/app.py", "bot/slack/permissions.py"]
