"""The votes of people on answers, in the database, where every process finds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.stores import gaps, votes
from bot.stores.database import Database
from bot.stores.gaps import Gap, GapRow
from bot.stores.votes import Reason, VoteKind, VoteRow

__all__ = ["Gap", "Reason", "VoteKind", "VoteRow", "VoteStore"]


class VoteStore:
    """Reads and writes votes. Each method is one transaction; StoreError tells that it failed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_vote(self, row: VoteRow, gap: Gap, language: str) -> None:
        """Write a vote in place of the person's one before; where it rejects the answer, the gap with it.

        Where it doesn't, the gap that the one before had added goes.
        """
        places = {name: getattr(row, name) for name in ("team", "channel", "root", "ts", "person", "surface")}
        lacking = GapRow(gap, **places, language=language, first_at=row.at, latest_at=row.at)
        with self._database.write() as connection:
            votes.set_vote(connection, row)
            if row.kind == "not-it":
                gaps.add_gaps(connection, [lacking])
            else:
                gaps.take_back_not_it(connection, lacking)

    def set_reason(self, team: str, answer: str, person: str, reason: Reason) -> bool:
        """Note why an answer is not it; return False where the person doesn't say so."""
        with self._database.write() as connection:
            return votes.set_reason(connection, team, answer, person, reason)

    def set_step(self, team: str, answer: str, person: str, entry: str, step: int, step_hash: str) -> bool:
        """Note which step fixed it; return False where the person doesn't say that the answer helped."""
        with self._database.write() as connection:
            return votes.set_step(connection, team, answer, person, entry, step, step_hash)

    def count_fixes(self, team: str, entries: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return how many votes say of each step that it fixed it: entry -> hash of the step -> votes."""
        with self._database.read() as connection:
            return votes.count_fixes(connection, team, entries)
