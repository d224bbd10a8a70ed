"""Tables are read from whatever people keep them in."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.errors import InputError
from bot.importing import read_workbook
from bot.importing.read_file import read_tables
from bot.importing.table import Table
from bot.replies.sentences import ImportSentence
from tests.support.workbook import build_workbook

ROWS = [("code", "message", "说明"), ("1001", "door is jammed", "门卡住了"), ("1002", "no power", "没有电")]


def list_cells(table: Table) -> list[tuple[str, ...]]:
    """Return the cells of a table without their lines."""
    return [row.cells for row in table.rows]


def join(delimiter: str) -> str:
    """Return the rows as delimited text."""
    return "\n".join(delimiter.join(row) for row in ROWS) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_delimited(delimiter: str, encoding: str) -> None:
    """A delimiter and an encoding are told by the text itself."""
    [table] = read_tables(join(delimiter).encode(encoding))
    assert list_cells(table) == ROWS


def test_traditional() -> None:
    """Big5, as programs in Taiwan write it, is read."""
    text = "錯誤碼,錯誤訊息,說明\n1001,door is jammed,門卡住了，請檢查後再試一次\n1002,no power,裝置沒有電\n"
    [table] = read_tables(text.encode("big5"))
    assert table.rows[1].cells == ("1001", "door is jammed", "門卡住了，請檢查後再試一次")


def test_named_encoding() -> None:
    """An encoding that is named goes before any guess; one that doesn't fit is told."""
    content = "código,mensaje\n1001,café cerrado\n1002,él no está\n".encode("cp1252")
    assert read_tables(content, "cp1252")[0].rows[1].cells == ("1001", "café cerrado")
    for wrong in ("utf-8", "no-such-encoding"):
        with pytest.raises(InputError) as caught:
            read_tables(content, wrong)
        assert caught.value.key == "encoding_unknown"


def test_lines() -> None:
    """A row's line is the one on which it begins, though cells run over several."""
    [table] = read_tables(b'code,steps\n1,"a\nb"\n2,c\n')
    assert [row.line for row in table.rows] == [1, 2, 4]
    assert table.rows[1].cells == ("1", "a\nb")


def test_workbook() -> None:
    """A sheet's numbers have no ".0"; a merged cell's value stands in each of its rows."""
    rows: list[tuple[str | float, ...]] = [
        ("family", "code", "message"),
        ("doors", 1001.0, "jammed"),
        ("", 1002.0, "open"),
        ("power", 2.5, "x"),
    ]
    [table] = read_tables(build_workbook(rows, "错误码", ["A2:A3"]))
    assert table.name == "错误码"
    assert list_cells(table)[1:] == [
        ("doors", "1001", "jammed"),
        ("doors", "1002", "open"),
        ("power", "2.5", "x"),
    ]


def test_broken_workbook() -> None:
    """A workbook that is cut off is told as such."""
    with pytest.raises(InputError) as caught:
        read_tables(build_workbook([("code", "message"), (1.0, "a")])[:200])
    assert caught.value.key == "table_unreadable"


def move_cell(workbook: bytes, old: str, new: str) -> bytes:
    """Return a workbook in whose sheets one cell stands elsewhere."""
    moved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as read, zipfile.ZipFile(moved, "w") as written:
        for part in read.namelist():
            text = read.read(part).decode()
            written.writestr(part, text.replace(f'<c r="{old}"', f'<c r="{new}"'))
    return moved.getvalue()


def test_cell_far_out() -> None:
    """A workbook of 2 KB whose last cell stands in the last row and column is refused, not unfolded."""
    workbook = build_workbook([("code", "message"), ("1", "a")])
    with pytest.raises(InputError, match="1,048,576 × 16,384") as refused:
        read_tables(move_cell(workbook, "B2", "XFD1048576"))
    assert refused.value.key == ImportSentence.TABLE_UNREADABLE
    [table] = read_tables(move_cell(workbook, "B2", "XFD2"))
    assert table.rows[-1].cells == ("1",)  # what is read of a row ends before


def test_workbook_that_unpacks_to_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an archive unpacks to has a limit of its own."""
    workbook = build_workbook([("code", "message"), *((str(n), "a" * 500) for n in range(200))])
    assert len(workbook) < 10_000
    monkeypatch.setattr(read_workbook, "MOST_UNPACKED", 50_000)
    with pytest.raises(InputError) as refused:
        read_tables(workbook)
    assert refused.value.key == ImportSentence.TABLE_TOO_LARGE


def test_html() -> None:
    """A page's table is read, its spans spread and its lines kept; scripts are no text."""
    page = (
        "<html><body><script>var x = '<table>';</script><table><tr><th>code<th>family<th>steps</tr>"
        "<tr><td>1001</td><td rowspan=2>doors</td><td>1. push<br>2. pull</td></tr>"
        "<tr><td>1002</td><td><ul><li>wait</li><li>ask</li></ul></td></tr></table></body></html>"
    )
    [table] = read_tables(page.encode())
    assert list_cells(table) == [
        ("code", "family", "steps"),
        ("1001", "doors", "1. push\n2. pull"),
        ("1002", "doors", "wait\nask"),
    ]


def test_markdown() -> None:
    """Each table of a Markdown page is one, with bars that are escaped and breaks in cells."""
    page = (
        "# Codes\n\n| code | text |\n|---|---|\n| `1001` | a \\| b<br>c |\n| 1002 | d |\n\n"
        "text\n\n|x|y|\n|-|-|\n|1|2|\n"
    )
    first, second = read_tables(page.encode())
    assert list_cells(first) == [("code", "text"), ("1001", "a | b\nc"), ("1002", "d")]
    assert [row.line for row in first.rows] == [3, 5, 6]
    assert list_cells(second) == [("x", "y"), ("1", "2")]


def test_loose_text() -> None:
    """A table that was copied from a page, its rows broken over lines, is put together again."""
    text = (
        "错误码\n\n错误码 错误信息 描述 解决方法\n1001 door is jammed 门卡住了 1.检查门\n\n2.再试一次 |\n"
        "| 1002 | no power | 没有电 | 1.接电源\n2.联系客服 |\nSearch results\n"
    )
    [table] = read_tables(text.encode())
    assert list_cells(table) == [
        ("错误码", "错误信息", "描述", "解决方法"),
        ("1001", "door is jammed", "门卡住了", "1.检查门\n2.再试一次"),
        ("1002", "no power", "没有电", "1.接电源\n2.联系客服"),
    ]


@pytest.mark.parametrize("content", [b"", b"hello", b"one line, no table\n", "没有表格\n".encode()])
def test_no_table(content: bytes) -> None:
    """What holds no table is told as such."""
    with pytest.raises(InputError) as caught:
        read_tables(content)
    assert caught.value.key == "table_missing"


@pytest.mark.parametrize(
    "row",
    ['2077\t"can\'t get it\tno user\t"1. type again"', "2077\t\"can't get it\tno user\t1. type again"],
)
def test_stray_quote(row: str) -> None:
    """A quote that nothing closes neither joins the cells of a row nor swallows the rows below."""
    text = f'code\tmessage\tmeaning\tsteps\n{row}\n2078\tother\tok\t"1. one\n2. two"\n2079\tlast\tok\tN/A\n'
    [table] = read_tables(text.encode())
    assert [row.cells for row in table.rows[1:]] == [
        ("2077", "\"can't get it", "no user", "1. type again"),
        ("2078", "other", "ok", "1. one\n2. two"),
        ("2079", "last", "ok", "N/A"),
    ]
    assert [row.line for row in table.rows] == [1, 2, 3, 5]
