"""The command `faultbook migrate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from bot.stores.database import open_database
from tests.stores.test_address import MALFORMED


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FAULTBOOK_LANGUAGE", "FAULTBOOK_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)


def migrate(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["migrate"])
    out, err = capsys.readouterr()
    return code, out, err


def test_tells_what_it_did(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It makes the tables and names the revisions; run again, it says that there was nothing to do."""
    monkeypatch.setenv("DATABASE_URL", url)
    code, out, err = migrate(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("The tables of ")
    assert out.endswith("are now up to date. Revisions added: 0001, 0002, 0003, 0004, 0005, 0006\n")
    database = open_database(url)
    assert database.is_compatible()
    database.close()
    assert migrate(capsys)[1].endswith("were already up to date.\n")
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
    assert migrate(capsys)[1].endswith("的表结构已是最新版本，无需更新。\n")


def test_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a setting it is the file in the user's data folder."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / name)
    path = tmp_path / "faultbook" / "faultbook.db"
    code, out, _ = migrate(capsys)
    assert (code, path.is_file()) == (0, True)
    assert str(path) in out


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://desk:s3cret@db/faultbook", "DATABASE_URL isn't the address of a database."),
        ("sqlite:////dev/null/faultbook.db", "The database file /dev/null/faultbook.db can't be opened: "),
        ("postgresql://desk:s3cret@127.0.0.1:1/x", "The database doesn't answer (connection "),
    ],
)
def test_what_is_wrong(
    url: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong URL, a path that can't be and a server that isn't there are told without the password."""
    monkeypatch.setenv("DATABASE_URL", url)
    code, out, err = migrate(capsys)
    assert (code, out) == (2, "")
    assert err.startswith(f"faultbook: {sentence}")
    assert "s3cret" not in err


@pytest.mark.parametrize("url", MALFORMED)
@pytest.mark.parametrize("command", ["migrate", "serve", "doctor"])
def test_nothing_of_it_is_shown(
    command: str, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No command that reads DATABASE_URL prints any of one that can't be read."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr("bot.app.check", lambda _root, **_: ())  # the linter's part takes its time
    assert main([command]) in (1, 2)
    out, err = capsys.readouterr()
    assert "DATABASE_URL" in out + err
    assert "PW" not in out + err
