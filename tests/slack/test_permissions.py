"""Permissions: who may do what, for every act, whoever the operator names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.slack.permissions import ROLES, Act, Permissions, Role

ADMIN, AUTHOR, MEMBER = "U0ADMIN", "U0AUTHOR", "U0MEMBER"
NAMED = Permissions(frozenset({ADMIN}), frozenset({AUTHOR}))
ROOT = Path(__file__).resolve().parents[2]


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
