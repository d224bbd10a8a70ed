"""Files with several tables, merged cells and headings that nobody knows: what is read, what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.command import Run, run
from tests.support.workbook import build_workbook

__all__ = ["run"]  # a fixture

HEAD = "<tr><th>Error code</th><th>Message</th><th>How to fix</th></tr>"
PAGE = f"""\
<!doctype html><table><tr><td>Home</td><td>Docs</td></tr><tr><td>API</td><td>Errors</td></tr></table>
<h2>Sign-in</h2><table>{HEAD}
<tr><td rowspan=2>AUTH_01</td><td>token expired</td><td>Log in again</td></tr>
<tr><td></td><td>Check the clock</td></tr>
<tr><td>AUTH_02</td><td>bad signature</td><td>Check the secret</td></tr></table>
<h2>Quota</h2><table>{HEAD}<tr><td>QUOTA_01</td><td>too many requests</td><td>Slow down</td></tr></table>
<h2>Server</h2><table><tr><th>Code</th><th>Text</th></tr><tr><td>SRV_01</td><td>internal</td></tr></table>
"""
MARKDOWN = """\
## 认证

| 错误码 | 说明 |
|---|---|
| 4001 | 令牌过期 |
| 4002 | 签名错误 |

## 配额

| 错误码 | 说明 |
|:--|:-:|
| 4101 | 超过限额 |
"""


def test_tables_of_a_page(run: Run, toy: Path, tmp_path: Path) -> None:
    """A page's tables with the same headings are read as one; another one with codes is told, and is read by
    its number, without the codes of the first being taken for gone.
    """
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    out = run("import", "page.html", "--pack", "api")[1]
    assert "3 new, 0 updated" in out
    assert "Rows that repeat another, or go on with the one above: 1." in out
    assert "Not read: “3”, which holds codes, too (rows: 1). To import it as well: --sheet 3" in out
    entry = yaml.safe_load((toy / "api/codes/AUTH_01.yaml").read_text(encoding="utf-8"))
    assert [step["en"] for step in entry["steps"]] == ["Log in again", "Check the clock"]
    out = run("import", "page.html", "--pack", "api", "--sheet", "3")[1]
    assert "1 new, 0 updated, 0 unchanged, 0 kept as is, 0 no longer in the table." in out
    assert "message: internal" in (toy / "api/codes/SRV_01.yaml").read_text(encoding="utf-8")
    assert "There are: 1, 2, 3." in run("import", "page.html", "--pack", "api", "--sheet", "4")[2]


def test_sections_of_a_markdown_page(run: Run, tmp_path: Path) -> None:
    """A table for each section is one table, each row with the line of the file."""
    (tmp_path / "page.md").write_text(f"{MARKDOWN}| 4101 | 限额用完 |\n", encoding="utf-8")
    out = run("import", "page.md", "--pack", "api")[1]
    assert "3 new" in out
    assert (
        "Line 13 skipped: its code stands in line 12 already, with other texts; keep one of the two." in out
    )


def test_other_sheets(run: Run, tmp_path: Path) -> None:
    """The sheet with most rows is read; others with codes are told, a cover is not."""
    rows = [("code", "message"), ("1001", "door is jammed"), ("1002", "no power")]
    others: dict[str, list[tuple[str, ...]]] = {
        "Cover": [("Codes of the gate",), ("V 1.2",)],
        "Key's pad": [("code", "message"), ("2001", "stuck")],
    }
    (tmp_path / "a.xlsx").write_bytes(build_workbook(rows, others=others))
    out = run("import", "a.xlsx", "--pack", "gate")[1]
    assert [line for line in out.splitlines() if line.startswith("Not read")] == [
        "Not read: “Key's pad”, which holds codes, too (rows: 1). "
        "To import it as well: --sheet 'Key'\"'\"'s pad'"
    ]
    out = run("import", "a.xlsx", "--pack", "gate", "--sheet", "Key's pad")[1]
    assert "1 new, 0 updated, 0 unchanged, 0 kept as is, 0 no longer in the table." in out
    assert (
        "There are: Codes, Cover, Key's pad." in run("import", "a.xlsx", "--pack", "gate", "--sheet", "X")[2]
    )


def test_merged_code(run: Run, toy: Path, tmp_path: Path) -> None:
    """A row whose code is merged with the one above goes on with it; a code typed twice makes two rows."""
    rows: list[tuple[str, ...]] = [
        ("code", "message", "steps"),
        ("GATE-1", "door is jammed", "clear the rail"),
        ("", "", "switch it on"),
        ("GATE-2", "no power", "check the supply"),
        ("GATE-2", "no power", "swap the battery"),
    ]
    (tmp_path / "gate.xlsx").write_bytes(build_workbook(rows, merged=("A2:A3",)))
    out = run("import", "gate.xlsx", "--pack", "gate")[1]
    assert "2 new" in out
    assert "Line 5 skipped: its code stands in line 4 already" in out
    entry = yaml.safe_load((toy / "gate/codes/GATE-1.yaml").read_text(encoding="utf-8"))
    assert [step["en"] for step in entry["steps"]] == ["clear the rail", "switch it on"]


@pytest.mark.parametrize("cell", ["E001-E010", "PMP-210~PMP-219", "PMP-210～219", "E001 to E010", "E1至E9"])
def test_range_of_symbols(run: Run, tmp_path: Path, cell: str) -> None:
    """A range of symbolic codes is told as one, and becomes no code of that name."""
    (tmp_path / "a.csv").write_text(f"code,message\nE100,one\n{cell},reserved\n", encoding="utf-8")
    assert "Line 3 skipped: it is a range of codes" in run("import", "a.csv", "--pack", "a", "--dry-run")[1]


@pytest.mark.parametrize("head", ["代码,内容", "Code,Wortlaut"])
def test_unknown_heading(run: Run, tmp_path: Path, head: str) -> None:
    """Where no heading says what a code means, the column of texts is that of messages, and is shown so."""
    (tmp_path / "a.csv").write_text(f"{head},n\n10001,no such user,7\n10002,refused,9\n", encoding="utf-8")
    out = run("import", "a.csv", "--pack", "a", "--dry-run")[1]
    assert f"  B  {head.partition(',')[2]} → message" in out
    assert "  C  n — not read" in out
