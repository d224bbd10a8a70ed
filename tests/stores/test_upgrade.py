"""From the tables of 0.1.0 with what a desk had written there: all of it is read again, and counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command

from bot.outbox.decision_store import DecisionStore, PostKey
from bot.reports.periods import DAY, Period
from bot.reports.report_store import ReportStore
from bot.stores import channels, gap_groups, ledger, migrations, outbox, teams
from bot.stores.channels import ChannelRow
from bot.stores.database import MIGRATION_PATIENCE, Database
from tests.support.rows import CHANNEL, TEAM
from tests.support.shipped import load_shipped

RELEASED = "0004"  # the revision of 0.1.0
NOW = 1_790_000_000.0
POST = PostKey(TEAM, CHANNEL, "1.000100", "1.000100")
WRITTEN = [
    "INSERT INTO ledger (team, channel, ts, root, surface, by_bot, kind, rule, score, entries, runners_up,"
    " reason, action, at, latency_ms, text) VALUES"
    " ('T0ACME', 'C0SUPPORT', '1.000100', '1.000100', 'mention', false, 'answered', 'code', 100.0,"
    " '[\"kettle/101\"]', '[]', '', 'card', 1789900000.0, 1.5, ''),"
    " ('T0ACME', 'C0SUPPORT', '', '', 'command', false, 'abstained', '', 0.0,"
    " '[]', '[\"kettle/102\"]', 'nothing-near', 'told-alone', 1789900001.0, 1.5, 'the toaster burns')",
    "INSERT INTO claims (team, channel, root, name, reply_key) VALUES"
    " ('T0ACME', 'C0SUPPORT', '1.000100', 'kettle/101', 'k1')",
    "INSERT INTO replies (key, team, channel, root, post_ts, kind, recall, entries, ts, first_at, count,"
    " text_hash, is_deleted) VALUES ('k1', 'T0ACME', 'C0SUPPORT', '1.000100', '1.000100', 'card', '{}',"
    " '[\"kettle/101\"]', '2.000100', 1789900000.0, 1, '', false)",
    "INSERT INTO outbox (team, channel, method, is_job, payload, reply_key, created_at, due_at, attempts,"
    " maybe_taken, state, error, owner, leased_until, done_at, look_at) VALUES"
    " ('T0ACME', 'C0SUPPORT', 'chat.postMessage', false, '{\"text\": \"hello\"}', 'k1', 1789999000.0,"
    " 1789999000.0, 0, false, 'waiting', '', '', 0.0, 0.0, 0.0)",
    "INSERT INTO channels (team, channel, mode, eager, language, external, muted_until, changed_by,"
    " changed_at, packs) VALUES"
    " ('T0ACME', 'C0SUPPORT', 'auto', true, 'zh', false, 0.0, 'U0MEI', 1789900000.0, '[\"kettle\"]')",
    "INSERT INTO thread_mutes (team, channel, root) VALUES ('T0ACME', 'C0SUPPORT', '9.000100')",
    "INSERT INTO notes (team, channel, code, text, author, author_name, at, until) VALUES"
    " ('T0ACME', '', '101', 'known outage', 'U0MEI', 'mei', 1789900000.0, NULL)",
]


def stamp(database: Database) -> None:
    """Make the tables of 0.1.0, and write what it wrote."""
    with database._run("BEGIN IMMEDIATE", MIGRATION_PATIENCE) as connection:
        config = migrations._build_config()
        config.attributes["connection"] = connection
        command.upgrade(config, RELEASED)
    with database.write() as connection:
        for statement in WRITTEN:
            connection.execute(sa.text(statement.replace(":", "\\:")))


def test_all_is_read_again(empty: Database) -> None:
    """After the migration every table's rows are there, with the defaults of what is new."""
    stamp(empty)
    assert not empty.is_compatible()
    assert empty.migrate() == ("0005", "0006")
    assert empty.is_compatible()
    with empty.read() as connection:
        [answered] = ledger.find_rows(connection, TEAM, CHANNEL, POST.ts)
        assert (answered.entries, answered.person) == (("kettle/101",), "")
        assert channels.find_channel(connection, TEAM, CHANNEL) == ChannelRow(
            TEAM,
            CHANNEL,
            "auto",
            True,
            "zh",
            False,
            changed_by="U0MEI",
            changed_at=1789900000.0,
            packs=("kettle",),
        )
        assert channels.is_thread_muted(connection, TEAM, CHANNEL, "9.000100")
        assert gap_groups.rank_groups(connection, TEAM, 0.0) == ([], 0)
        assert teams.list_teams(connection) == [TEAM]


def test_waits_on(empty: Database) -> None:
    """A message that waited is sent by the new version, or given up after an hour, as before."""
    stamp(empty)
    empty.migrate()
    with empty.write() as connection:
        [row] = outbox.lease_rows(connection, "a", NOW, 10.0, 5)
        assert (row.payload, row.reply_key) == ({"text": "hello"}, "k1")
    with empty.write() as connection:
        assert outbox.expire_rows(connection, NOW + 2 * outbox.HOUR, NOW, NOW) == [("chat.postMessage", "k1")]


def test_nothing_is_answered_again(empty: Database) -> None:
    """What a thread was told stays told."""
    stamp(empty)
    empty.migrate()
    assert DecisionStore(empty, lambda: NOW).find_claims(POST) == {"kettle/101": "k1"}


def test_counts_in_reports(empty: Database) -> None:
    """What was asked before the upgrade counts in a report; gaps begin with the upgrade."""
    stamp(empty)
    empty.migrate()
    report = ReportStore(empty).build_report(TEAM, Period(NOW - 7 * DAY, NOW), load_shipped())
    assert (report.figures.total.answered, report.figures.total.silent) == (1, 1)
    assert report.codes == [("kettle/101", 1)]
    assert (report.missed_count, report.feedback.mutes) == (0, 0)


def test_version_before_goes_on(empty: Database) -> None:
    """The statements of the version before work on the new tables: both serve while one is replaced."""
    stamp(empty)
    empty.migrate()
    with empty.write() as connection:
        for statement in WRITTEN:
            if statement.startswith(("INSERT INTO ledger", "INSERT INTO outbox")):
                connection.execute(sa.text(statement.replace(":", "\\:")))
        assert len(ledger.find_rows(connection, TEAM, CHANNEL, POST.ts)) == 2
