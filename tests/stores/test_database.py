"""The database: opened, migrated, written to in transactions; and what is said when it fails."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.errors import SettingError, StoreError
from bot.redaction import redact
from bot.stores import channels, ledger, outbox, sent_messages
from bot.stores.database import CONNECTIONS, Database, open_database
from bot.stores.desk_state import OLDEST_CODE, read_state, write_state
from bot.stores.tables import metadata
from demo.ports import ReservedPort
from tests.support.patience import PATIENCE
from tests.support.rows import CHANNEL, TEAM, build_line, build_reply


def count_waiting(database: Database) -> int:
    with database.read() as connection:
        return outbox.count_waiting(connection)


def put(connection: sa.Connection) -> int:
    return outbox.enqueue(connection, TEAM, CHANNEL, "chat.postMessage", {"text": "offline"}, "", 0.0)


def test_migrates_once(empty: Database) -> None:
    """A new database isn't current until it's migrated, which is done once."""
    assert not empty.is_compatible()
    with pytest.raises(SettingError, match="setting_not_migrated"):
        empty.require_compatible()
    assert empty.migrate() == ("0001", "0002", "0003", "0004", "0005", "0006")
    assert empty.is_compatible()
    assert empty.migrate() == ()


def test_migrations_make_the_tables(database: Database) -> None:
    """What the migrations make is what the tables say, column by column and index by index."""
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_newer_database(database: Database) -> None:
    """A database of a newer version isn't current, and isn't touched."""
    with database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert not database.is_compatible()
    with pytest.raises(StoreError) as raised:
        database.migrate()
    assert (raised.value.key, raised.value.values) == ("store_newer", {"revision": "9999"})


@pytest.mark.parametrize(
    ("declared", "is_compatible"),
    [
        ("9999 0001", True),
        ("9999 0006", True),
        ("9999 0007", False),  # the tables lost something that this version needs
        ("9998 0001", False),  # the declaration is another revision's
        ("", False),
    ],
)
def test_two_versions_at_once(database: Database, declared: str, is_compatible: bool) -> None:
    """A newer revision declares the oldest program that may run on it: that one serves and starts."""
    with database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        write_state(connection, OLDEST_CODE, declared)
    assert database.is_compatible() is is_compatible
    if is_compatible:
        database.require_compatible()
        assert database.migrate() == ()
    else:
        with pytest.raises(StoreError, match="store_newer"):
            database.require_compatible()  # as at a start: to migrate would not help
        with pytest.raises(StoreError, match="store_newer"):
            database.migrate()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("postgresql://desk:s3cret@127.0.0.1:1/x", "store_unreachable"),
        ("postgresql://desk:s3cret@no-such-host.invalid/x", "store_unreachable"),
    ],
)
def test_reason_of_a_server_that_is_away(url: str, key: str) -> None:
    """What a person is told names neither host nor port; the log has the database's own words."""
    database = open_database(url)
    with pytest.raises(StoreError) as raised, database.read():
        pass
    database.close()
    assert (raised.value.key, raised.value.values) == (key, {})
    assert "127.0.0.1" in raised.value.detail or "no-such-host" in raised.value.detail


def test_reason_of_a_missing_table(empty: Database) -> None:
    """A statement that the database refuses is no part of what a person is told."""
    with pytest.raises(StoreError) as raised:
        count_waiting(empty)
    assert (raised.value.key, raised.value.values) == ("store_failed", {})


def test_reason_of_no_such_database(postgres_url: str) -> None:
    """A database that the server doesn't have is told from a server that is away."""
    database = open_database(f"{postgres_url}_gone")
    with pytest.raises(StoreError, match="store_refused"), database.read():
        pass
    database.close()


def test_every_migration_declares(database: Database) -> None:
    """Each migration names the oldest code that may run on it, and the database knows the last one's."""
    with database.read() as connection:
        assert read_state(connection, OLDEST_CODE) == "0006 0001"


def test_unmigrated_database(empty: Database) -> None:
    """Without tables, reading is a StoreError that names the table."""
    with pytest.raises(StoreError, match="outbox"):
        count_waiting(empty)


def test_all_or_nothing(database: Database) -> None:
    """An exception rolls back what was written in the transaction, and comes through as it is."""
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        _ = put(connection) / 0
    assert count_waiting(database) == 0
    with database.write() as connection:
        put(connection)
    assert count_waiting(database) == 1


def test_survives_closing(database: Database, url: str) -> None:
    """What was committed is there for whoever opens the database next."""
    with database.write() as connection:
        put(connection)
    database.close()
    again = open_database(url)
    assert again.is_compatible()
    assert count_waiting(again) == 1
    again.close()


def test_locked_too_long(database: Database, url: str) -> None:
    """A lock that another holds too long is a StoreError; nothing is written, and later it works."""
    impatient, other = open_database(url, patience=0.05), open_database(url, patience=PATIENCE)
    with database.write() as connection:
        channels.mute_channel(connection, TEAM, CHANNEL, 1.0, 0.5)
    with database.write() as holding:
        channels.mute_channel(holding, TEAM, CHANNEL, 2.0, 0.5)
        with pytest.raises(StoreError, match="store_busy"), impatient.write() as connection:
            channels.mute_channel(connection, TEAM, CHANNEL, 3.0, 0.5)
        with other.read() as connection:  # a reader waits for nobody
            assert channels.find_channel(connection, TEAM, CHANNEL) == channels.ChannelRow(
                TEAM, CHANNEL, muted_until=1.0, muted_at=0.5
            )
    with other.write() as connection:
        channels.mute_channel(connection, TEAM, CHANNEL, 4.0, 0.5)
    with other.read() as connection:
        found = channels.find_channel(connection, TEAM, CHANNEL)
    assert found
    assert found.muted_until == 4.0
    impatient.close()
    other.close()


def test_no_connection_left(url: str) -> None:
    """More transactions at once than there are connections are a StoreError, not a wait without end."""
    database = open_database(url, patience=0.05)
    with contextlib.ExitStack() as stack:
        for _ in range(CONNECTIONS):
            stack.enter_context(database.read())
        with pytest.raises(StoreError), database.read():
            pass
    database.close()


def test_error_repeats_no_words(database: Database) -> None:
    """What people wrote doesn't stand in the error of a statement that failed, nor in what caused that."""
    reply = build_reply("a", recall="my password is hunter2")
    with database.write() as connection:
        sent_messages.add_reply(connection, reply)
    with pytest.raises(StoreError) as raised, database.write() as connection:
        sent_messages.add_reply(connection, reply)
    assert "hunter2" not in f"{raised.value} {raised.value.__cause__}"


def test_text_that_no_database_holds(database: Database) -> None:
    """A NUL character and a lone surrogate are replaced in texts; what was sent as JSON stays as it was."""
    with database.write() as connection:
        ledger.add_row(connection, build_line("1.0", text=redact("a\0b\ud800c")))
        row_id = outbox.enqueue(connection, TEAM, CHANNEL, "job:x", {"text": "a\0b\ud800c 离线"}, "", 0.0)
        [line] = ledger.find_rows(connection, TEAM, CHANNEL, "1.0")
        row = outbox.find_row(connection, row_id)
    assert line.text == "a�b�c"
    assert row
    assert row.payload == {"text": "a\0b\ud800c 离线"}


class TestFile:
    """What is special about a file of SQLite."""

    def test_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        """The file is made, with its folder; only its owner may read it and what SQLite puts beside it."""
        database = open_database(f"sqlite:///{tmp_path}/new/folder/faultbook.db")
        database.migrate()
        with database.read():
            made = list((tmp_path / "new" / "folder").iterdir())
        assert {path.name for path in made} >= {"faultbook.db", "faultbook.db-wal"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
        database.close()

    def test_keeps_the_mode_it_has(self, tmp_path: Path) -> None:
        """The rights of a file that is there already are its owner's business."""
        path = tmp_path / "faultbook.db"
        path.touch(0o640)
        path.chmod(0o640)
        open_database(f"sqlite:///{path}").close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_set_up(self, tmp_path: Path) -> None:
        """Each connection has the write-ahead log, foreign keys, and the patience that was asked for."""
        database = open_database(f"sqlite:///{tmp_path}/faultbook.db", patience=1.25)
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        with database.read() as connection:
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
        assert found == ["wal", 1, 1, 1250]
        database.close()

    @pytest.mark.parametrize("place", ["file/faultbook.db", "folder"])
    def test_path_that_cannot_be(self, tmp_path: Path, place: str) -> None:
        """A path below a file, or of a folder, is a SettingError with the system's reason."""
        (tmp_path / "file").touch()
        (tmp_path / "folder").mkdir()
        with pytest.raises(SettingError) as raised:
            open_database(f"sqlite:///{tmp_path}/{place}")
        assert raised.value.key == "setting_database_path"
        assert raised.value.values["path"] == tmp_path / place
        assert raised.value.values["why"] in {"Not a directory", "Is a directory", "File exists"}

    def test_another_file(self, tmp_path: Path) -> None:
        """A file that is no database is a StoreError."""
        path = tmp_path / "notes.txt"
        path.write_text("not a database\n" * 100, encoding="utf-8")
        database = open_database(f"sqlite:///{path}")
        with pytest.raises(StoreError) as raised:
            database.is_compatible()
        assert (raised.value.values, raised.value.detail) == ({}, "file is not a database")
        database.close()


class TestServer:
    """What is special about PostgreSQL."""

    def test_statement_takes_too_long(self, postgres_url: str) -> None:
        """A statement that runs beyond the patience is a StoreError."""
        database = open_database(postgres_url, patience=0.05)
        with pytest.raises(StoreError, match="statement timeout"), database.read() as connection:
            connection.execute(sa.text("SELECT pg_sleep(60)"))
        database.close()

    def test_connection_that_was_cut(self, postgres_url: str, postgres: str) -> None:
        """After the server cut all connections the next transaction has a new one."""
        database = open_database(postgres_url)
        database.migrate()
        killer = open_database(f"{postgres}postgres")
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        with killer.write() as connection:
            connection.execute(sa.text(cut), {"name": postgres_url.rpartition("/")[2]})
        assert database.is_compatible()
        for each in (database, killer):
            each.close()

    def test_nobody_there(self) -> None:
        """A server that isn't there is a StoreError that tells no password."""
        reserved = ReservedPort()
        database = open_database(f"postgres://desk:s3cret@127.0.0.1:{reserved.number}/faultbook")
        with pytest.raises(StoreError) as raised:
            database.is_compatible()
        assert "refused" in str(raised.value)
        assert "s3cret" not in f"{raised.value} {database}"
        database.close()
