"""Who may do what in Slack: the one place that decides it. SECURITY.md has the same in words.

What isn't named here anybody may do who can use the app: ask, vote, share, mute, look up what a channel is
set to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What not everybody may do."""

    SET_CHANNEL = "set-channel"  # watch, packs, notes
    EXAMINE = "examine"  # the doctor
    SEE_GAPS = "see-gaps"  # what was asked without an answer, in every channel
    SEE_REPORT = "see-report"  # counts of every channel


class Role(StrEnum):
    """Who may. A manager is an admin; where the operator names no admins, everybody is one.

    Admins and authors are those whom the operator names; an admin may do what authors may.
    """

    MANAGER = "manager"
    ADMIN = "admin"
    AUTHOR = "author"


ROLES: Mapping[Act, Role] = {
    Act.SET_CHANNEL: Role.MANAGER,
    Act.EXAMINE: Role.ADMIN,
    Act.SEE_GAPS: Role.AUTHOR,
    Act.SEE_REPORT: Role.AUTHOR,
}


@dataclass(frozen=True, slots=True)
class Permissions:
    """The people whom the operator names, by their user ids."""

    admins: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def allows(self, act: Act, user: str) -> bool:
        """Say whether a person may do something."""
        return user in self.list_named(act) or (ROLES[act] is Role.MANAGER and not self.admins)

    def list_named(self, act: Act) -> frozenset[str]:
        """Return those who are named for an act; nobody may do it where it is no manager's and none is."""
        return self.admins | self.authors if ROLES[act] is Role.AUTHOR else self.admins
