"""A table of codes and messages becomes a pack that loads."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bench import packs
from bench.packs import Row, TableError, make_pack, read_rows, write_pack
from bot.knowledge.load import load_knowledge

TABLE = Path(__file__).with_name("lockers.csv")
COLUMNS = {"en": "message_en", "zh": "message_zh"}


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes a folder that loads, an entry for each row, and says how many."""
    columns = ("en=message_en", "zh=message_zh")
    options = [part for column in columns for part in ("--message", column)]
    assert packs.main([str(TABLE), str(tmp_path / "out"), "--code", "code", *options]) == 0
    knowledge = load_knowledge(tmp_path / "out")
    with TABLE.open(encoding="utf-8", newline="") as lines:
        codes = [row["code"] for row in csv.DictReader(lines)]
    assert list(knowledge.packs["imported"].entries) == codes
    assert f"{len(codes)} entries" in capsys.readouterr().out


def test_no_words_of_a_trade(tmp_path: Path) -> None:
    """The folder has the shipped languages and general terms; the pack adds no term and no phrase."""
    write_pack(read_rows(TABLE, "code", COLUMNS), tmp_path)
    knowledge, shipped = load_knowledge(tmp_path), load_knowledge(packs.SHIPPED)
    assert knowledge.languages == shipped.languages
    assert knowledge.terms == shipped.terms
    assert knowledge.all_terms == shipped.terms
    assert not any(entry.phrases for entry in knowledge.entries)


def test_messages_of_all_languages(tmp_path: Path) -> None:
    """Each language's message is a string that the entry can be found by, its slots as they were written."""
    write_pack(read_rows(TABLE, "code", COLUMNS), tmp_path)
    entry = load_knowledge(tmp_path).packs["imported"].entries["3005"]
    assert entry.message == "Cannot print label %`s: paper tray empty (errno: %M)"
    assert entry.title["zh"] == "无法打印面单 %`s：纸盘已空（错误号 %M）"


def test_row_without_a_message() -> None:
    """A row without any message is still an entry, found by its code."""
    entry = make_pack(read_rows(TABLE, "code", COLUMNS), ("en", "zh")).entries["3014"]
    assert (entry.message, entry.title["zh"]) == ("3014", "3014")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([Row("E12")], "digits"),
        ([Row("12"), Row("12")], "two rows"),
        ([], "no rows"),
    ],
)
def test_bad_table(rows: list[Row], told: str) -> None:
    """What can't become a pack is named."""
    with pytest.raises(TableError, match=told):
        make_pack(rows, ("en", "zh"))


def test_missing_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column that isn't there is named, and nothing is written."""
    assert packs.main([str(TABLE), str(tmp_path / "out"), "--message", "en=text"]) == 1
    assert "no column text" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_folder_in_use(tmp_path: Path) -> None:
    """A folder that holds something is left alone."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TableError, match="not empty"):
        write_pack([Row("12", {"en": "paper jam"})], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
