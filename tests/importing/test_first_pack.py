"""From a spreadsheet as people keep them to a pack that answers and is published, step by step."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.support.command import Run, run
from tests.support.workbook import build_workbook

__all__ = ["run"]  # a fixture

ROWS: list[tuple[str | float, ...]] = [
    ("网关错误码表 v3.2", "", "", "", "", "", "", ""),
    ("模块", "错误码", "API Message", "中文说明", "English description", "可能原因", "解决方法", "备注"),
    ("闸门", "GATE_JAMMED", "jammed", "门卡住了", "The gate is stuck", "有异物", "1. 清理\n2. 重启", "x"),
    ("", "GATE_SLOW", "gate is slow", "开门太慢", "The gate opens slowly", "电压过低", "检查电源", ""),
    ("", "GATE_SLOW", "gate is very slow", "开门太慢", "The gate opens slowly", "电压过低", "检查电源", ""),
    ("供电", 28504.0, "supply lost", "断电", "There is no power", "电源断开", "N/A", ""),
    ("", "２８５０５", "supply too low", "电压过低", "The voltage is too low", "电池老化", "更换电池", ""),
    ("", "28600-28610", "reserved", "保留", "Reserved", "", "", ""),
    ("", "401/403", "key refused", "密钥被拒", "The key was refused", "密钥错误", "检查密钥", ""),
    ("", "", "", "", "", "", "3. 仍不行就提工单", ""),
    ("", "网络错误", "network is down", "网络中断", "The network is down", "", "", ""),
]  # fmt: skip
CUSTOMER = {
    "闸门": {"en": "The gate is being looked at.", "zh": "正在检查门。"},
    "供电": {"en": "The power is being looked at.", "zh": "正在检查供电。"},
}


def test_first_pack(run: Run, toy: Path, tmp_path: Path) -> None:
    """A messy workbook, its rejected rows corrected, a family's text, and it is published."""
    (tmp_path / "门.xlsx").write_bytes(build_workbook(ROWS))
    code, out, _ = run("import", "门.xlsx", "--pack", "gate")
    assert code == 0
    assert "4 new, 0 updated, 0 unchanged, 0 kept as is, 0 no longer in the table. Skipped rows: 4." in out
    for line, why in ((5, "line 4"), (8, "range"), (9, "several codes"), (11, "no code")):
        assert any(each.startswith(f"Line {line} ") and why in each for each in out.splitlines())
    assert run("check")[:2] == (0, "All good!\n")

    rejected = (tmp_path / "门.rejected.csv").read_text(encoding="utf-8-sig")
    kept = [line for line in rejected.splitlines(keepends=True) if "very slow" not in line]
    fixed = (
        "".join(kept)
        .replace("28600-28610", "28600")
        .replace("401/403", "401")
        .replace(",网络错误,n", ",NET_DOWN,n")
    )
    (tmp_path / "门.rejected.csv").write_text(fixed, encoding="utf-8")
    out = run("import", "门.rejected.csv", "--pack", "gate")[1]
    assert "3 new, 0 updated, 0 unchanged, 0 kept as is, 0 no longer in the table. Skipped rows: 0." in out
    assert run("check")[:2] == (0, "All good!\n")
    assert "4 unchanged, 0 kept as is, 0 no longer" in run("import", "门.xlsx", "--pack", "gate")[1]

    for question, title in (
        ("GATE_JAMMED", "GATE_JAMMED  The gate is stuck  "),
        ("电压过低", "28505"),
        ("28504", "28504"),
    ):
        assert title in run("ask", "--drafts", question)[1]
    assert "isn't a documented code" in run("ask", "GATE_JAMMED")[1]

    path = toy / "gate/pack.yaml"
    pack = yaml.safe_load(path.read_text(encoding="utf-8"))
    for family in pack["families"].values():
        family["customer"] = CUSTOMER[family["title"]["zh"]]
    path.write_text(yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), encoding="utf-8")
    code, out, _ = run("publish", "gate")
    assert code == 1
    assert out.splitlines()[-1] == "4 published, 3 still drafts."
    assert "field-missing: steps is not given: 3 drafts (28504, 28600, NET_DOWN)" in out
    assert "steps is empty" not in out
    assert "may stand once, in its section of" in out
    assert run("ask", "--lang", "zh", "门卡住了")[1].startswith("GATE_JAMMED  门卡住了  闸门")
    assert run("check")[:2] == (0, "All good!\n")


def test_several_tables(run: Run, tmp_path: Path) -> None:
    """A second table of a pack takes nothing away from the first; a newer one of another name does."""
    (tmp_path / "a.csv").write_text("code,message\n101,one\n102,two\n103,three\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("code,message\n104,four\n", encoding="utf-8")
    (tmp_path / "a2.csv").write_text("code,message\n101,one\n103,three\n", encoding="utf-8")
    run("import", "a.csv", "--pack", "two")
    assert (
        "1 new, 0 updated, 0 unchanged, 0 kept as is, 0 no longer"
        in run("import", "b.csv", "--pack", "two")[1]
    )
    assert "102: no longer in the table" in run("import", "a2.csv", "--pack", "two")[1]


def test_pack_of_ones_own(run: Run, toy: Path, tmp_path: Path) -> None:
    """Once pack.yaml was edited it stays; a new code that no family of it has is skipped, with what to do."""
    (tmp_path / "a.csv").write_text("code,message\n101,one\n102,two\n", encoding="utf-8")
    run("import", "a.csv", "--pack", "own")
    path = toy / "own/pack.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("evidence: []", "evidence: [ownId]"), encoding="utf-8")
    edited = path.read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_text("code,message\n101,one\n102,two\n5001,far\n", encoding="utf-8")
    out = run("import", "a.csv", "--pack", "own")[1]
    assert "Line 4 skipped: 5001 is in no family of the pack; add it to the codes of one" in out
    assert path.read_text(encoding="utf-8") == edited
    path.write_text(text, encoding="utf-8")
    assert "1 new" in run("import", "a.csv", "--pack", "own")[1]
    assert "5000-5999" in path.read_text(encoding="utf-8")
