"""The commands `faultbook forget` and `faultbook export-user`."""

from __future__ import annotations

import json

import pytest

from bot.cli import main
from bot.stores import ledger
from bot.stores.database import Database, open_database
from bot.stores.gaps import Gap
from tests.support.rows import build_line

PERSON, OTHER = "U0MEI", "U0TOM"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for name in ("FAULTBOOK_LANGUAGE", "FAULTBOOK_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", url)


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def asked(database: Database) -> Database:
    """A database in which two people asked something."""
    with database.write() as connection:
        for person in (PERSON, OTHER, PERSON):
            ledger.add_row(connection, build_line("1.0", person=person, gaps=(Gap("code", "code:1", "1"),)))
    return database


def test_forget(asked: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what was removed, in how many rows; a second time nothing is kept."""
    assert call(capsys, "forget", PERSON) == (
        0,
        f"Removed what was kept of {PERSON}: gaps 1, ledger 2.\n",
        "",
    )
    assert call(capsys, "forget", PERSON) == (0, f"Nothing is kept of {PERSON}.\n", "")
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
    assert call(capsys, "forget", OTHER)[1] == f"已删除保存的 {OTHER} 的数据：gaps 1、ledger 1。\n"
    assert call(capsys, "forget", OTHER)[1] == f"没有保存 {OTHER} 的任何数据。\n"


def test_export(asked: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the rows of that person by table, and changes nothing."""
    for _ in range(2):
        code, out, err = call(capsys, "export-user", PERSON)
        rows = json.loads(out)
        assert (code, err, sorted(rows)) == (0, "", ["gaps", "ledger"])
        assert [row["person"] for row in rows["ledger"]] == [PERSON, PERSON]
    assert call(capsys, "export-user", "U0NOBODY") == (0, "{}\n", "")


@pytest.mark.parametrize("command", ["forget", "export-user"])
@pytest.mark.parametrize("user", ["mei", "@mei", "u0mei", "U", "%", "C0SUPPORT", ""])
def test_no_user(asked: Database, capsys: pytest.CaptureFixture[str], command: str, user: str) -> None:
    """What is no user id is refused, and nothing is removed."""
    code, out, err = call(capsys, command, user)
    assert (code, out) == (2, "")
    assert f"“{user}” is no user ID." in err
    assert json.loads(call(capsys, "export-user", PERSON)[1])


@pytest.mark.parametrize("command", ["forget", "export-user"])
def test_other_tables(url: str, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """Where the tables aren't those of this version, it says what to do."""
    open_database(url).close()
    code, out, err = call(capsys, command, PERSON)
    assert (code, out) == (2, "")
    assert "faultbook migrate" in err
