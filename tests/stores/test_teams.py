"""Teams: one is forgotten in every table, the others stay."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.stores import ledger, teams
from bot.stores.database import Database
from bot.stores.tables import metadata
from tests.support.rows import build_line

TABLES = [table for table in metadata.sorted_tables if table.name != "desk_state"]  # which is of no team
GONE, STAYS = "T0GONE", "T0STAYS"


def build_value(column: sa.Column[Any], team: str, number: int) -> object:
    """Return a value for a column of the numbered row of a team."""
    if column.name == "team":
        return team
    if column.name in ("key", "reply_key"):
        return f"{team}-{number}"
    if column.foreign_keys and column.nullable:
        return None
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, sa.JSON):
        return []
    if isinstance(column.type, sa.Double):
        return float(number)
    return number if isinstance(column.type, sa.Integer) else str(number)


def fill(database: Database, team: str, rows: int) -> None:
    """Write rows of a team into every table."""
    with database.write() as connection:
        for table in TABLES:
            columns = [column for column in table.c if column.name != "id"]
            connection.execute(
                table.insert(),
                [
                    {column.name: build_value(column, team, number) for column in columns}
                    for number in range(rows)
                ],
            )


def count(database: Database, team: str) -> dict[str, int]:
    """Count the rows of a team, by table."""
    with database.read() as connection:
        return {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table).where(table.c.team == team)
            ).scalar_one()
            for table in TABLES
        }


def forget(database: Database, team: str) -> list[int]:
    """Forget a team; return how many rows each transaction deleted."""
    gone: list[int] = []
    while not gone or gone[-1]:
        with database.write() as connection:
            gone.append(teams.forget_team(connection, team))
    return gone


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_names_the_team(table: sa.Table) -> None:
    """Each table has the team's id in a column of its own, so that nothing of a team can be overlooked."""
    assert isinstance(table.c.team.type, type(metadata.tables["ledger"].c.team.type))
    assert not table.c.team.nullable


def test_forget(database: Database) -> None:
    """Nothing is left of a team that is forgotten, everything of another; a second time does nothing."""
    for team in (GONE, STAYS):
        fill(database, team, rows=3)
    assert set(count(database, GONE).values()) == {3}
    assert forget(database, GONE) == [3 * len(TABLES), 0]
    assert set(count(database, GONE).values()) == {0}
    assert set(count(database, STAYS).values()) == {3}
    assert forget(database, GONE) == [0]


def test_forget_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rows go in several transactions, none of which is long."""
    monkeypatch.setattr(teams, "MOST_FORGOTTEN", 2)
    fill(database, GONE, rows=5)
    fill(database, STAYS, rows=1)
    gone = forget(database, GONE)
    assert len(gone) > 3
    assert max(gone) <= 2 * len(TABLES)
    assert set(count(database, GONE).values()) == {0}
    assert set(count(database, STAYS).values()) == {1}


def test_similar_ids(database: Database) -> None:
    """A team is its whole id, as it is written."""
    for team in ("T0A", "T0AB", "t0a", "T0%", ""):
        fill(database, team, rows=1)
    forget(database, "T0A")
    assert set(count(database, "T0A").values()) == {0}
    for team in ("T0AB", "t0a", "T0%", ""):
        assert set(count(database, team).values()) == {1}


def test_listed(database: Database) -> None:
    """The teams are those that the ledger has lines of, each once."""
    with database.write() as connection:
        assert teams.list_teams(connection) == []
        for place, team in enumerate(("T2", "T1", "T2", "T3")):
            ledger.add_row(connection, build_line(f"{place}.0", team=team))
        assert teams.list_teams(connection) == ["T1", "T2", "T3"]
