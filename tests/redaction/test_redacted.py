"""The type of what was redacted: nothing else can be one, and the ledger takes nothing else."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, cast

import pytest

from bot.redaction import Redacted, redact
from bot.stores import ledger, tables
from bot.stores.database import open_database
from tests.support.rows import build_line

BOT = Path(__file__).resolve().parents[2] / "bot"


def test_cannot_be_constructed() -> None:
    """Calling the type makes none, whatever it is called with."""
    for text in ("appSecret=8f7e6d", "", redact("28504")):
        with pytest.raises(TypeError, match="redact"):
            Redacted(cast("Any", text))


def test_pieces_are_plain() -> None:
    """What is made of a redacted text is plain text again, for two of them may join into a secret."""
    kept = redact("28504 offline")
    assert type(kept) is Redacted
    assert {type(each) for each in (kept[:5], kept + kept, kept.upper(), f"{kept}")} == {str}


def test_ledger_takes_no_plain_text() -> None:
    """A line with a text that isn't redacted can't be made."""
    with pytest.raises(TypeError, match="redacted"):
        build_line("1.0", text="appSecret=8f7e6d")
    assert build_line("1.0", text=redact("appSecret=8f7e6d")).text == "appSecret=***"


def test_read_again(tmp_path: Path) -> None:
    """A line that is read has a redacted text, by the rules of today."""
    database = open_database(f"sqlite:///{tmp_path}/faultbook.db")
    database.migrate()
    with database.write() as connection:
        ledger.add_row(connection, build_line("1.0"))
        connection.execute(tables.ledger.update().values(text="appSecret=8f7e6d 28504"))
        [line] = ledger.find_rows(connection, "T0ACME", "C0SUPPORT", "1.0")
    database.close()
    assert type(line.text) is Redacted
    assert line.text == "appSecret=*** 28504"


def test_only_redaction_makes_it() -> None:
    """No file outside the package bypasses the type by str.__new__."""
    makers = {
        path.parent.name
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "__new__"
    }
    assert makers == {"redaction"}
