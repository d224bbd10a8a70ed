"""Columns are told by their headings or cells, and rows by what their cells mean."""

from __future__ import annotations

import pytest

from bot.errors import InputError
from bot.importing.cells import read_code, split_steps
from bot.importing.columns import Headings, Layout, find_layout
from bot.importing.rows import CodeRow, SkippedRow, read_rows
from bot.importing.table import Table, build_row, build_table
from bot.knowledge.scripts import SCRIPTS, find_language

HEADINGS = Headings(
    {
        "code": ("code", "error code", "错误码"),
        "message": ("message", "error message", "错误信息"),
        "title": ("title", "name", "名称"),
        "description": ("description", "描述", "说明"),
        "steps": ("steps", "solution", "解决方法"),
        "family": ("module", "模块"),
    },
    {"en": ("en", "english", "英文"), "zh": ("zh", "chinese", "中文")},
)
ABSENT = {"n/a", "-", "无"}


def build(*rows: tuple[str, ...]) -> Table:
    """Return a table of these rows."""
    return build_table("", (build_row(number, cells) for number, cells in enumerate(rows, 1)))


def lay_out(table: Table, **given: str) -> Layout:
    """Return what a table's columns hold."""
    chosen = {name.replace("__", "."): column for name, column in given.items()}
    return find_layout(table, HEADINGS, lambda text: find_language(text, "en", SCRIPTS), chosen)


def name_columns(layout: Layout) -> dict[str, str]:
    """Return what the columns hold by their letters."""
    return {c.letter: ".".join(filter(None, (c.field, c.language))) for c in layout.columns}


def test_headings_in_both_languages() -> None:
    """A heading names a field in any language; where it names no language the cells tell it."""
    table = build(
        ("Error Code", "错误信息", "说明(英文)", "说明", "Owner"),
        ("1", "jam", "it is stuck", "卡住了", "Mei"),
    )
    layout = lay_out(table)
    assert name_columns(layout) == {"A": "code", "B": "message", "C": "description.en", "D": "description.zh"}
    assert [column.heading for column in layout.unread] == ["Owner"]


def test_heading_below_a_title() -> None:
    """Lines above the headings are passed over."""
    layout = lay_out(build(("Error codes of the door",), ("code", "message"), ("1", "jam")))
    assert [row.cells for row in layout.rows] == [("1", "jam")]


def test_no_headings() -> None:
    """Without headings the cells tell: codes, the message, a name, what to do."""
    rows = [(str(code), "door jam", "门卡住了", "推一下") for code in range(1001, 1006)]
    assert name_columns(lay_out(build(*rows))) == {
        "A": "code",
        "B": "message",
        "C": "title.zh",
        "D": "steps.zh",
    }


def test_given_columns() -> None:
    """Columns named by letter, number or heading go before any guess; cells tell a language not named."""
    table = build(("a", "b", "c"), ("x", "1", "卡住"), ("y", "2", "没电"))
    layout = lay_out(table, code="B", message="1", title="c")
    assert name_columns(layout) == {"A": "message", "B": "code", "C": "title.zh"}


@pytest.mark.parametrize("given", [{"code": "Z"}, {"color": "A"}, {"title__fr": "A"}, {"code__en": "A"}])
def test_given_wrongly(given: dict[str, str]) -> None:
    """A field, a language or a column that isn't there is told, with the columns that are."""
    with pytest.raises(InputError) as caught:
        lay_out(build(("code", "message"), ("1", "jam")), **given)
    assert (caught.value.key, caught.value.values["columns"]) == ("column_unknown", "A code, B message")


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ({}, "A", "B"),
        ({"code": "Fehlernummer", "message": "beschreibung"}, "A", "B"),
        ({"code": "A"}, "A", ""),
    ],
)
def test_headings_nobody_knows(given: dict[str, str], code: str, message: str) -> None:
    """Unknown headings are told by the codes below them, or named by the author; they are no row."""
    layout = lay_out(
        build(("Fehlernummer", "Beschreibung"), ("5001", "kaputt"), ("5002", "ganz kaputt")), **given
    )
    named = [(column.field, column.letter) for column in layout.columns]
    assert named == [("code", code), *([("message", message)] if message else [])]
    assert [row.get_cell(0) for row in layout.rows] == ["5001", "5002"]


@pytest.mark.parametrize(
    "first", [("4001-4010", "reserved"), ("401/403", "denied"), ("E1", "boom"), ("", "boom")]
)
def test_first_row_of_a_table_without_headings(first: tuple[str, str]) -> None:
    """A first row that has a code, several, or none is no row of headings: it isn't lost."""
    layout = lay_out(
        build(first, ("5001", "bang"), ("5002", "bang"), ("5003", "a"), ("5004", "b"), ("5005", "c"))
    )
    assert len(layout.rows) == 6


def test_no_code_column() -> None:
    """A table without codes is told with its columns."""
    with pytest.raises(InputError) as caught:
        lay_out(build(("colour", "size"), ("red", "large"), ("blue", "small")))
    assert caught.value.key == "column_code_missing"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("28504.0", "28504"), ("２８５０４", "28504"), ("28,504", "28504"), (" `E1001` ", "E1001"),
        ("[404]", "404"), ("-35", "-35"), ("0x80070005", "0x80070005"), ("IOTDA.014016", "IOTDA.014016"),
        ("PAY_DECLINED", "PAY_DECLINED"), ("28504\u200b", "28504"), ("code", ""), ("2000-2019", ""),
        ("401/403", ""), ("28504.5.1x y", ""), ("", ""),
    ],
)  # fmt: skip
def test_code(cell: str, code: str) -> None:
    """A code is read as it was meant, whatever the spreadsheet made of it."""
    assert read_code(cell) == code


@pytest.mark.parametrize(
    ("cell", "steps"),
    [
        ("1. push\n2. pull", ["push", "pull"]),
        ("1、推一下 2、再拉", ["推一下", "再拉"]),
        ("① push ② pull", ["push", "pull"]),
        ("- push\n- pull", ["push", "pull"]),
        ("set it to 3.5 V", ["set it to 3.5 V"]),
        ("", []),
    ],
)
def test_steps(cell: str, steps: list[str]) -> None:
    """Steps are parted by line and by number, and lose their marks."""
    assert split_steps(cell) == steps


def test_rows() -> None:
    """Every row is an entry or is told with its line and the reason."""
    table = build(
        ("code", "message", "说明"),
        ("1", "jam", "N/A"),
        ("", "", "卡住了"),
        ("2-5", "reserved", ""),
        ("6, 7", "same", ""),
        ("six", "no code", ""),
        ("1", "jam", "卡住了"),
        ("1.0", "other", ""),
        ("N/A", "spare", ""),
    )
    found = list(read_rows(lay_out(table), ABSENT))
    entries = [row for row in found if isinstance(row, CodeRow)]
    skipped = [(row.line, row.reason, row.first) for row in found if isinstance(row, SkippedRow)]
    assert [(row.line, row.code, row.message) for row in entries] == [(2, "1", "jam")]
    assert entries[0].texts["description"] == {"zh": "卡住了"}  # from the row below, which has no code
    assert skipped == [
        (4, "code-range", 0), (5, "code-list", 0), (6, "code-malformed", 0), (8, "code-twice", 2),
        (9, "code-missing", 0),
    ]  # fmt: skip
