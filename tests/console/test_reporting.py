"""`faultbook report` and `faultbook gaps`: what the database tells, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.redaction import redact
from bot.stores import gap_marks, ledger
from bot.stores.database import Database
from bot.stores.gaps import Gap
from tests.support.migrated import open_migrated
from tests.support.rows import CHANNEL, OTHER, TEAM, build_line

DAY = 86_400.0


@pytest.fixture
def database(tmp_path: Path, toy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database of a desk over the toy knowledge."""
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    monkeypatch.setenv("FAULTBOOK_KNOWLEDGE", str(toy))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/faultbook.db")
    opened = open_migrated(f"sqlite:///{tmp_path}/faultbook.db")
    yield opened
    opened.close()


def write(database: Database, *lines: dict[str, Any]) -> None:
    """Write lines of mentions, a day old unless they say otherwise."""
    given = {"surface": "mention", "at": time.time() - DAY, "entries": ("kettle/101",), "action": "card"}
    with database.write() as connection:
        for place, fields in enumerate(lines):
            ledger.add_row(connection, build_line(f"{place}.000100", **given | fields))


def write_gap(database: Database, gap: Gap, person: str, text: str = "", **fields: Any) -> None:
    """Write the line of a question that got no answer, with its gap."""
    found = {"kind": "abstained", "reason": "nothing-near", "entries": (), "person": person, "gaps": (gap,)}
    write(database, found | {"text": redact(text), "root": "1.000100"} | fields)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command that works; return what it prints."""
    code = main(list(words))
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


def test_report(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence that matters, the table, feedback, codes."""
    write(database, {}, {"channel": OTHER}, {"kind": "choices"}, {"at": time.time() - 8 * DAY})
    lines = run(capsys, "report").splitlines()
    assert lines[0] == "Questions: 3, answered: 2. In the period before: 1, answered: 1."
    assert "Mentions           3         2       1             0              0        0" in lines
    assert f"{CHANNEL}          2         1       1             0              0        0" in lines
    assert "Answered most" in lines
    assert "• 101 There is no mains power: 2" in lines
    assert "In the period before: 0, answered: 0." in run(capsys, "report", "--since", "30d").splitlines()[0]


def test_report_in_chinese(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same in Chinese."""
    monkeypatch.setenv("FAULTBOOK_LANGUAGE", "zh")
    write(database, {})
    out = run(capsys, "report")
    assert out.startswith("提问 1 个，解答 1 个。上一段时间：提问 0 个，解答 0 个。")
    assert "• 101 没有市电：1 次" in out


def test_report_as_json(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds the same figures, and each part of the time."""
    write(database, {}, {"kind": "choices"})
    shaped = json.loads(run(capsys, "report", "--format", "json"))
    assert shaped["figures"]["total"] == {
        "answered": 1, "offered": 1, "silent": 0, "posts": 0, "replies": 0, "asked": 2,
    }  # fmt: skip
    assert shaped["codes"] == [["kettle/101", 1]]
    assert sum(part["asked"] for part in shaped["parts"]) == 2
    assert len(shaped["parts"]) == 7


def test_report_as_csv(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV has a line for each figure, with that of the period before."""
    write(database, {}, {"at": time.time() - 8 * DAY})
    rows = read_csv(run(capsys, "report", "--format", "csv"))
    assert rows[0] == ["section", "name", "measure", "value", "before"]
    assert ["total", "", "answered", "1", "1"] in rows
    assert ["surface", "mention", "asked", "1", "1"] in rows
    assert ["code", "kettle/101", "answered", "1", ""] in rows


def test_gaps(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Ranked by people; a code with the command that begins its entry, words with the one that explains."""
    write_gap(database, Gap("question", "words:1", nearest=("kettle/101",)), "U1", "the toaster burns")
    for person in ("U1", "U2"):
        write_gap(database, Gap("code", "code:105", "105"), person)
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - DAY))
    assert run(capsys, "gaps").split("\n\n") == [
        f"105\n  People: 2, days: 1. First {day}, latest {day}.\n  faultbook new 105 --pack kettle",
        f"the toaster burns\n  People: 1, days: 1. First {day}, latest {day}.\n  Near: kettle/101\n"
        "  faultbook ask --explain 'the toaster burns'\n",
    ]


def test_gaps_of_other_kinds(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """A rejected answer and a near miss name the entry, and the command that shows it."""
    write_gap(database, Gap("not-it", "not-it:kettle/101"), "U1")
    write_gap(database, Gap("near-miss", "near-miss:kettle/102"), "U2")
    out = run(capsys, "gaps")
    assert "101 was shown and wasn't the answer\n" in out
    assert "102 in watched posts, without a sign that it is an error\n" in out
    assert "  faultbook show kettle/101\n" in out


def test_gaps_as_json_and_csv(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Other programs get every value; no cell of a spreadsheet becomes a formula."""
    write_gap(
        database, Gap("question", "words:1", nearest=("kettle/101", "kettle/102")), "U1", "=HYPERLINK(1)"
    )
    [gap] = json.loads(run(capsys, "gaps", "--format", "json"))
    assert (gap["kind"], gap["words"], gap["people"]) == ("question", "=HYPERLINK(1)", 1)
    assert gap["nearest"] == ["kettle/101", "kettle/102"]
    assert gap["owners"] == ["U0ELEC", "S0PLUGS"]
    _, row = read_csv(run(capsys, "gaps", "--format", "csv"))
    assert row[2] == "'=HYPERLINK(1)"
    assert row[8] == "kettle/101 kettle/102"


def test_ignored(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """What an author ignores is left out, and listed where it is asked for."""
    write_gap(database, Gap("code", "code:105", "105"), "U1")
    with database.write() as connection:
        gap_marks.ignore_gap(connection, TEAM, "code:105", "U0MEI", 1.0)
    assert run(capsys, "gaps") == "Nobody asked for anything in vain in the last 30 days.\n"
    assert run(capsys, "gaps", "--ignored").startswith("105\n")


def test_several_workspaces(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the database has several, one is to be named."""
    write(database, {}, {"team": "T0OTHER"})
    assert main(["report"]) == 2
    assert (
        capsys.readouterr().err == f"faultbook: Name one of these workspaces with --team: {TEAM}, T0OTHER\n"
    )
    assert run(capsys, "report", "--team", TEAM).startswith("Questions: 1, answered: 1.")
    assert main(["gaps", "--team", "T0NOBODY"]) == 2


@pytest.mark.parametrize("command", ["report", "gaps"])
def test_wrong_time(command: str, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """A time that is none is told with those that are."""
    assert main([command, "--since", "yesterday"]) == 2
    assert "“yesterday” is neither a span such as 12h, 7d or 4w" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["report", "gaps"])
def test_no_database(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is no database that is said, and none is made."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert main([command]) == 2
    assert f"There is no database at sqlite:///{tmp_path}/none.db yet." in capsys.readouterr().err
    assert list(tmp_path.glob("none*")) == []


def read_csv(out: str) -> list[list[str]]:
    """Return the rows of a CSV."""
    return list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
