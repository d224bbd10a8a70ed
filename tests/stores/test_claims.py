"""Claims: whoever comes first has it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from bot.stores import claims
from bot.stores.database import Database, open_database
from tests.support.patience import PATIENCE
from tests.support.rows import CHANNEL, OTHER, TEAM

NAMES = ("toy/28504", "post:1.0", "toy/28505")


def claim(database: Database, *names: str, key: str = "a", root: str = "1.0") -> tuple[str, ...]:
    with database.write() as connection:
        return claims.claim_names(connection, TEAM, CHANNEL, root, names, key)


def test_first_come(database: Database) -> None:
    """A name is claimed once in a thread; who comes later gets the rest, in the order asked for."""
    assert claim(database, *NAMES[:2], NAMES[0]) == NAMES[:2]
    assert claim(database, *NAMES, key="b") == NAMES[2:]
    assert claim(database, *NAMES, key="c") == ()
    assert claim(database) == ()
    with database.read() as connection:
        found = claims.find_claims(connection, TEAM, CHANNEL, "1.0")
    assert found == {NAMES[0]: "a", NAMES[1]: "a", NAMES[2]: "b"}


def test_another_thread(database: Database) -> None:
    """The same name is free in another thread, channel and team."""
    claim(database, *NAMES)
    assert claim(database, NAMES[0], root="2.0") == NAMES[:1]
    with database.write() as connection:
        for team, channel in ((TEAM, OTHER), ("T0OTHER", CHANNEL)):
            assert claims.find_claims(connection, team, channel, "1.0") == {}
            assert claims.claim_names(connection, team, channel, "1.0", NAMES, "a") == NAMES


def test_rolled_back(database: Database) -> None:
    """A claim whose transaction fails is free again."""
    try:
        with database.write() as connection:
            claims.claim_names(connection, TEAM, CHANNEL, "1.0", NAMES, "a")
            raise ZeroDivisionError
    except ZeroDivisionError:
        assert claim(database, *NAMES) == NAMES


def test_many_at_once(database: Database, url: str) -> None:
    """Of many threads that claim the same names in whatever order, each name goes to one of them."""
    patient = open_database(url, patience=PATIENCE)
    together = threading.Barrier(8)

    def race(number: int) -> tuple[str, ...]:
        together.wait()
        return claim(patient, *(NAMES if number % 2 else NAMES[::-1]), key=str(number))

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(race, range(8)))
    patient.close()
    assert sorted(name for names in got for name in names) == sorted(NAMES)
