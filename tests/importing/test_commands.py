"""`faultbook import`, `publish`, `list`, `search` and `export`, as an author uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from bot.importing.files import put_files
from tests.support.command import Run, run
from tests.support.workbook import build_workbook

__all__ = ["run"]  # a fixture

TABLE = """\
Error codes of the gate,,,,,,
code,Error message,名称,原因,解决方法,Cause,Solution
GATE-101,door is jammed,门卡住了,门轨有异物,"1. 清理门轨
2. 重新上电",something lies on the rail,1. clear the rail 2. power-cycle
GATE-102,no power,电机没电,电源断开,检查电源,the supply is cut,check the supply
500-510,reserved,保留,,,,
"""


@pytest.fixture(autouse=True)
def _table(tmp_path: Path) -> None:
    (tmp_path / "gate.csv").write_text(TABLE, encoding="utf-8")


def list_files(root: Path) -> dict[str, str]:
    """Return the contents of every file below a folder by path, but for the schemas."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and path.parent.name != ".schema")
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_import(run: Run, toy: Path, tmp_path: Path) -> None:
    """A table becomes a pack of drafts that tell where they come from; rows that don't fit go to a file."""
    code, out, _ = run("import", "gate.csv", "--pack", "gate")
    assert code == 0
    assert "D  原因 → cause.zh" in out
    assert sorted(list_files(toy / "gate")) == [
        "codes/GATE-101.yaml", "codes/GATE-102.yaml", "pack.yaml", "questions/imported.yaml", "source.csv"
    ]  # fmt: skip
    entry = yaml.safe_load((toy / "gate/codes/GATE-101.yaml").read_text(encoding="utf-8"))
    assert entry["status"] == "draft"
    assert entry["origin"]["line"] == 3
    assert entry["origin"]["cells"]["steps.zh"] == "E"
    assert [step["en"] for step in entry["steps"]] == ["clear the rail", "power-cycle"]
    asked = (toy / "gate/questions/imported.yaml").read_text(encoding="utf-8")
    assert all(f"text: {question} GATE-101" in asked for question in ("error code", "错误码"))
    assert "6,it is a range of codes" in (tmp_path / "gate.rejected.csv").read_text("utf-8-sig").replace(
        '"', ""
    )


def test_schemas(run: Run, toy: Path, tmp_path: Path) -> None:
    """What a command writes names its schema; the schemas are printed, or written for every kind."""
    run("import", "gate.csv", "--pack", "gate")
    for name in ("pack.yaml", "codes/GATE-101.yaml", "questions/imported.yaml"):
        first = (toy / "gate" / name).read_text(encoding="utf-8").splitlines()[0]
        assert (toy / "gate" / name).parent.joinpath(first.partition("$schema=")[2]).resolve().is_file()
    assert run("init", "copied")[0] == 0
    for name in ("languages.yaml", "messages/zh.yaml", "aliyun-living/codes/28504.yaml"):
        first = (tmp_path / "copied" / name).read_text(encoding="utf-8").splitlines()[0]
        assert (tmp_path / "copied" / name).parent.joinpath(first.partition("$schema=")[2]).is_file()
    assert run("check", "copied")[:2] == (0, "All good!\n")
    assert json.loads(run("schema", "pack")[1])["title"] == "Faultbook: pack"
    shutil.rmtree(toy / ".schema")
    (toy / "kettle/codes/101.yaml").write_text("broken: [", encoding="utf-8")
    assert run("schema")[0] == 0
    assert len(list((toy / ".schema").iterdir())) == 6
    assert run("schema", "poem")[0] == 2


def test_rejected_rows_have_their_own_reasons(run: Run, toy: Path, tmp_path: Path) -> None:
    """Each skipped row names the line that has its code, not that of another row."""
    (tmp_path / "twice.csv").write_text("code,message\n1,a\n2,b\n1,c\n2,d\n", encoding="utf-8")
    run("import", "twice.csv", "--pack", "twice")
    lines = (tmp_path / "twice.rejected.csv").read_text("utf-8-sig").splitlines()
    assert ["line 2" in lines[1], "line 3" in lines[2]] == [True, True]


def test_drafts_answer_on_demand(run: Run) -> None:
    """Drafts are silent, unless they are asked for; then the card says what they are and what lacks."""
    run("import", "gate.csv", "--pack", "gate")
    assert "GATE-101 isn't a documented code" in run("ask", "GATE-101")[1]
    for question in ("GATE-101", "door is jammed"):
        out = run("ask", "--drafts", "--lang", "en", question)[1]
        assert "clear the rail" in out
        assert "A draft: it isn't published" in out
        assert "What isn't in English yet is shown in 简体中文." in " ".join(out.split())
    assert "草稿：尚未发布" in run("ask", "--drafts", "--lang", "zh", "GATE-101")[1]


def test_publish(run: Run, toy: Path) -> None:
    """What passes the linter is published by one line; of the others it is told what they lack."""
    run("import", "gate.csv", "--pack", "gate")
    code, out, _ = run("publish", "gate")
    assert code == 1
    assert "field-missing: customer is not given: 2 drafts (GATE-101, GATE-102)" in out
    path = toy / "gate/codes/GATE-101.yaml"
    draft = path.read_text(encoding="utf-8") + "customer:\n  en: The door is stuck.\n  zh: 门卡住了。\n"
    path.write_text(draft, encoding="utf-8")
    code, out, _ = run("publish", "gate", "GATE-101")
    assert (code, out.splitlines()[-1]) == (0, "1 published, 0 still drafts.")
    assert path.read_text(encoding="utf-8") == draft.replace("status: draft\n", "")
    assert "GATE-101" in run("ask", "--lang", "zh", "门卡住了")[1]
    code, out, err = run("check")
    assert code == 0, out
    assert "To do:" in err
    code, out, _ = run("check", "--complete")
    assert code == 1
    assert "question-generated: all golden questions of GATE-101 are generated" in out
    assert run("publish", "gate", "GATE-999")[0] == 2


def test_second_import(run: Run, toy: Path, tmp_path: Path) -> None:
    """A newer table updates drafts nobody touched, keeps the others, and shows what its maker changed."""
    run("import", "gate.csv", "--pack", "gate")
    edited = toy / "gate/codes/GATE-102.yaml"
    edited.write_text(edited.read_text(encoding="utf-8").replace("电机没电", "电机没有电"), encoding="utf-8")
    before = edited.read_text(encoding="utf-8")
    (tmp_path / "gate.csv").write_text(
        TABLE.replace("门轨有异物", "门轨变形").replace("检查电源", "检查电源线")
        + "GATE-103,new one,新的,,,,\n",
        encoding="utf-8",
    )
    trial = run("import", "gate.csv", "--pack", "gate", "--dry-run")[1]
    assert "GATE-103" not in "".join(list_files(toy / "gate"))
    out = run("import", "gate.csv", "--pack", "gate")[1]
    assert trial.splitlines()[:-1] == out.splitlines()[: len(trial.splitlines()) - 1]
    assert "1 new, 1 updated, 0 unchanged, 1 kept as is" in out
    assert "cause.zh: “门轨有异物” → “门轨变形”" in out
    assert "steps.zh: “检查电源” → “检查电源线”" in out
    assert edited.read_text(encoding="utf-8") == before
    assert "门轨变形" in (toy / "gate/codes/GATE-101.yaml").read_text(encoding="utf-8")
    for words in ((), ("--dry-run",), ("--settled",)):  # told until it is decided
        again = run("import", "gate.csv", "--pack", "gate", *words)[1]
        assert "0 new, 0 updated, 2 unchanged, 1 kept as is" in again
        assert "steps.zh: “检查电源” → “检查电源线”" in again
    again = run("import", "gate.csv", "--pack", "gate")[1]
    assert "0 new, 0 updated, 3 unchanged" in again
    assert again.splitlines()[-1] == "Nothing to write."


def test_published_entries_stay(run: Run, toy: Path, tmp_path: Path) -> None:
    """An import never writes to an entry that is published, or was written by hand."""
    before = list_files(toy / "kettle/codes")
    (tmp_path / "vendor.csv").write_text("code,message\n201,water is too low\n202,new\n", encoding="utf-8")
    out = run("import", "vendor.csv", "--pack", "kettle")[1]
    after = list_files(toy / "kettle/codes")
    assert "message: “water level too low” → “water is too low”" in out
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"202.yaml"}


def test_signs_and_prefixes(run: Run, tmp_path: Path) -> None:
    """Codes with a minus sign, and prefixes that begin alike, give a pack that is sound and answers."""
    codes = ["-35", "-36", "40", "PAY_DECLINED", "PAYMENT_TIMEOUT", "PAYMENT_LOST", "0x80070005", "E1001"]
    rows = "\n".join(f"{code},fault number {place}" for place, code in enumerate(codes))
    (tmp_path / "mixed.csv").write_text(f"code,message\n{rows}\n", encoding="utf-8")
    assert "8 new" in run("import", "mixed.csv", "--pack", "mixed")[1]
    assert run("check")[:2] == (0, "All good!\n")
    for code in codes:
        assert run("ask", "--drafts", "--", f"error code {code}")[1].startswith(f"{code}  ")
    assert "isn't a documented code" in run("ask", "--drafts", "error code 35")[1]


def test_unknown_range(run: Run, tmp_path: Path) -> None:
    """A code that lies in no family of a pack that stands is skipped, with what to do."""
    (tmp_path / "vendor.csv").write_text("code,message\n77777,far away\n", encoding="utf-8")
    out = run("import", "vendor.csv", "--pack", "kettle", "--dry-run")[1]
    assert "Line 2 skipped: 77777 is in no family of the pack; add it to the codes of one in pack.yaml" in out


def test_workbook_and_page_alike(run: Run, toy: Path, tmp_path: Path) -> None:
    """The same table as a workbook and as a page gives the same entries."""
    rows: list[tuple[str | float, ...]] = [
        ("code", "message", "说明"),
        (1001.0, "door is jammed", "门卡住了"),
        (1002.0, "no power", "没电"),
    ]
    (tmp_path / "a.xlsx").write_bytes(build_workbook(rows))
    cells = "".join(
        f"<tr><td>{code:g}</td><td>{message}</td><td>{text}</td></tr>"
        if isinstance(code, float)
        else f"<tr><th>{code}<th>{message}<th>{text}</tr>"
        for code, message, text in rows
    )
    (tmp_path / "b.html").write_text(f"<table>{cells}</table>", encoding="utf-8")
    run("import", "a.xlsx", "--pack", "pack-a")
    run("import", "b.html", "--pack", "pack-b")
    first, second = (yaml.safe_load((toy / f"pack-{n}/codes/1001.yaml").read_text("utf-8")) for n in "ab")
    assert first.pop("origin")["sheet"] == "Codes"
    assert "sheet" not in second.pop("origin")
    assert first == second


def test_many(run: Run, toy: Path, tmp_path: Path) -> None:
    """More than 200 new entries become files of many; one of them is updated in its place."""
    lines = [f"{code},message {code} {'and so on ' * 40}" for code in range(1000, 2300)]
    (tmp_path / "many.csv").write_text("code,message\n" + "\n".join(lines) + "\n", encoding="utf-8")
    run("import", "many.csv", "--pack", "many")
    before = list_files(toy / "many")
    assert [name for name in before if "imported" in name] == [
        "codes/imported-1.yaml", "codes/imported-2.yaml",
        "questions/imported-2.yaml", "questions/imported.yaml",
    ]  # fmt: skip
    assert max(len(text) for name, text in before.items() if name != "source.csv") < 600_000
    text = (tmp_path / "many.csv").read_text(encoding="utf-8").replace("message 2200", "another message")
    (tmp_path / "many.csv").write_text(text, encoding="utf-8")
    assert "0 new, 1 updated, 1299 unchanged" in run("import", "many.csv", "--pack", "many")[1]
    after = list_files(toy / "many")
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["codes/imported-2.yaml", "questions/imported-2.yaml", "source.csv"]
    assert len(run("list", "--pack", "many", "--drafts")[1].splitlines()) == 1300
    (tmp_path / "many.csv").write_text("\n".join(text.splitlines()[:100]), encoding="utf-8")
    before = list_files(toy / "many")
    out = run("import", "many.csv", "--pack", "many")[1]
    assert "1201 no longer in the table" in out
    assert out.count("no longer in the table. It is a draft") == 20
    assert run("import", "many.csv", "--pack", "many", "--all")[1].count("It is a draft") == 1201
    assert list_files(toy / "many") == before
    assert run("check")[:2] == (0, "All good!\n")


def test_interrupted(run: Run, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that fails while it writes leaves nothing behind."""
    before = list_files(toy)

    def fail(_self: Path, _text: str, **_options: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", fail)
        with pytest.raises(KeyboardInterrupt):
            put_files(toy / "gate", {"pack.yaml": "title: x\n"})
    assert list_files(toy) == before


def test_list_and_search(run: Run) -> None:
    """Codes are listed with titles in a language, and found by words anywhere in their texts."""
    out = run("list", "--lang", "zh")[1]
    assert len(out.splitlines()) == 3
    assert "kettle/201  水量过少" in out
    assert "kettle/201" in run("search", "WATER", "mark")[1]
    assert run("search", "no such words at all")[1] == "No entry holds these words.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nothing.csv", "--pack", "a"), "nothing.csv"),
        (("gate.csv", "--pack", "Big Name"), "can't be the name of a pack"),
        (("gate.csv", "--pack", "a", "--map", "code"), "write FIELD=COLUMN pairs"),
        (("gate.csv", "--pack", "a", "--map", "code=Z"), "The columns are: A code, B Error message"),
        (("gate.csv", "--pack", "a", "--encoding", "klingon"), "klingon"),
        (("gate.csv", "--pack", "a", "--sheet", "Other"), "There is no sheet or table “Other”"),
    ],
)
def test_wrong_input(run: Run, toy: Path, words: tuple[str, ...], message: str) -> None:
    """Whatever is wrong is told with what to do, and nothing is written."""
    before = list_files(toy)
    code, _, err = run("import", *words)
    assert code == 2
    assert message in err
    assert list_files(toy) == before
