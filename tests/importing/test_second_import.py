"""A table that is imported again: what people wrote stays, what its maker changed and dropped is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import yaml

from tests.support.command import Run, run

__all__ = ["run"]  # a fixture

TABLE = """\
code,message,title,描述,原因,解决方法,Customer
PMP-1,rotor is blocked,The rotor is blocked,转子卡住,有异物,1. 清理,The pump has stopped.
PMP-2,dry run,The pump runs dry,水泵空转,没有水,加水,Please check the water.
PMP-3,motor too hot,The motor is too hot,电机过热,散热不良,断电冷却,The pump is cooling down.
"""
NEWER = TABLE.replace("rotor is blocked,", "rotor blocked,").replace("没有水", "水箱是空的")


@pytest.fixture(autouse=True)
def _first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pumps.csv").write_text(TABLE, encoding="utf-8")
    assert "3 new" in run("import", "pumps.csv", "--pack", "pump")[1]


def read(path: Path) -> str:
    """Return what a file holds."""
    return path.read_text(encoding="utf-8")


def change(path: Path, old: str, new: str) -> str:
    """Replace a text in a file; return what the file holds then."""
    assert old in read(path)
    text = read(path).replace(old, new)
    path.write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nmessage:", "\n# ask the vendor whether this is final\nmessage:"),
        ("status: draft", "status: draft  # not before June"),
        ("title:", "phrases:\n  en: [the impeller is stuck]\ntitle:"),
        ("title:", "audience: internal\ntitle:"),
        ("title:", "related:\n- code: PMP-2\n  why: {en: Without water, zh: 没有水时}\ntitle:"),
    ],
)
def test_whatever_a_person_added_stays(run: Run, toy: Path, tmp_path: Path, old: str, new: str) -> None:
    """A remark, a phrase or any other field in a draft keeps it from being overwritten, though its texts are
    the table's; it is told each time until the draft says the same.
    """
    path = toy / "pump/codes/PMP-1.yaml"
    edited = change(path, old, new)
    (tmp_path / "pumps.csv").write_text(NEWER, encoding="utf-8")
    for count in (1, 0):  # the other one is updated the first time
        out = run("import", "pumps.csv", "--pack", "pump")[1]
        assert f"0 new, {count} updated, {2 - count} unchanged, 1 kept as is" in out
        assert "message: “rotor is blocked” → “rotor blocked”" in out
        assert "import once with --settled" in out
    assert read(path) == edited
    change(path, "rotor is blocked", "rotor blocked")
    out = run("import", "pumps.csv", "--pack", "pump")[1]
    assert "3 unchanged, 0 kept" in out
    assert "--settled" not in out


def test_drafts_in_a_list(run: Run, toy: Path, tmp_path: Path) -> None:
    """A draft that somebody put into a list, in either style, takes none of its neighbours with it."""
    codes = toy / "pump/codes"
    drafts = [yaml.safe_load(read(codes / f"PMP-{n}.yaml")) for n in (1, 2, 3)]
    for path in codes.iterdir():
        path.unlink()
    for is_flow in (False, True):
        text = yaml.safe_dump(drafts, allow_unicode=True, sort_keys=False, default_flow_style=is_flow)
        (codes / "all.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "pumps.csv").write_text(NEWER, encoding="utf-8")
        assert "1 unchanged, 2 kept as is" in run("import", "pumps.csv", "--pack", "pump")[1]
        assert read(codes / "all.yaml") == text


def test_dropped_code(run: Run, toy: Path, tmp_path: Path) -> None:
    """A code that a newer table lacks keeps its question, is told until it is retired, and needs no heir."""
    assert "3 published, 0 still drafts." in run("publish", "pump")[1]
    (tmp_path / "pumps.csv").write_text("".join(NEWER.splitlines(keepends=True)[:3]), encoding="utf-8")
    for _ in range(2):
        out = run("import", "pumps.csv", "--pack", "pump")[1]
        assert "0 new, 0 updated, 0 unchanged, 2 kept as is, 1 no longer in the table." in out
        assert (
            "PMP-3: no longer in the table. If the product no longer returns it, set status: retired in"
            in out
        )
        assert run("check")[:2] == (0, "All good!\n")
    path = toy / "pump/codes/PMP-3.yaml"
    change(path, "origin:", "status: retired\norigin:")
    assert "0 no longer in the table." in run("import", "pumps.csv", "--pack", "pump")[1]
    assert run("check")[:2] == (0, "All good!\n")
    assert "PMP-3 is retired: the API no longer returns it." in run("ask", "PMP-3")[1]


def test_dropped_draft(run: Run, toy: Path, tmp_path: Path) -> None:
    """A draft that the newer table lacks may be deleted; that is told with its place, and then no more."""
    (tmp_path / "pumps.csv").write_text("".join(TABLE.splitlines(keepends=True)[:3]), encoding="utf-8")
    out = run("import", "pumps.csv", "--pack", "pump")[1]
    assert "PMP-3: no longer in the table. It is a draft: if nobody needs it, take it out of " in out
    assert "pump/codes/PMP-3.yaml:2" in out
    (toy / "pump/codes/PMP-3.yaml").unlink()
    assert "0 no longer in the table." in run("import", "pumps.csv", "--pack", "pump")[1]
    assert "PMP-3" not in read(toy / "pump/questions/imported.yaml")


def test_another_case(run: Run, tmp_path: Path) -> None:
    """A table that writes codes in other letters means the same entries."""
    (tmp_path / "pumps.csv").write_text(NEWER.replace("PMP", "pmp"), encoding="utf-8")
    assert "0 new, 2 updated, 1 unchanged" in run("import", "pumps.csv", "--pack", "pump")[1]
    assert "0 new, 0 updated, 3 unchanged" in run("import", "pumps.csv", "--pack", "pump")[1]


def test_rejected_rows_that_are_being_corrected(run: Run, tmp_path: Path) -> None:
    """A file of rejected rows that stands is not overwritten; the same rows make no second file."""
    (tmp_path / "pumps.csv").write_text(f"{TABLE}PMP-4/PMP-5,two,Two,,,,\n", encoding="utf-8")
    first, second = tmp_path / "pumps.rejected.csv", tmp_path / "pumps.rejected-2.csv"
    run("import", "pumps.csv", "--pack", "pump")
    run("import", "pumps.csv", "--pack", "pump")
    assert not second.exists()
    corrected = change(first, "PMP-4/PMP-5", "PMP-4")
    assert "pumps.rejected-2.csv" in run("import", "pumps.csv", "--pack", "pump")[1]
    assert read(first) == corrected
    assert "PMP-4/PMP-5" in read(second)


def test_rejected_formula(run: Run, tmp_path: Path) -> None:
    """What a spreadsheet program would run as a formula is guarded in the rejected rows, and read without."""
    text = f"{TABLE}PMP-4/PMP-5,=HYPERLINK(1),Two,,,,\n"
    (tmp_path / "pumps.csv").write_text(text, encoding="utf-8")
    run("import", "pumps.csv", "--pack", "pump")
    corrected = change(tmp_path / "pumps.rejected.csv", "PMP-4/PMP-5,'=HYPERLINK", "PMP-4,'=HYPERLINK")
    assert "'=HYPERLINK" in corrected
    assert "1 new" in run("import", "pumps.rejected.csv", "--pack", "pump")[1]
    rows = json.loads(run("export", "--pack", "pump", "--drafts", "--format", "json")[1])
    assert [row["message"] for row in rows if row["code"] == "PMP-4"] == ["=HYPERLINK(1)"]


def test_piped_tables(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two tables that are piped in, the second doesn't take the codes of the first for gone."""

    def pipe(text: str) -> str:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return run("import", "-", "--pack", "piped")[1]

    pipe("code,message\n101,one\n102,two\n103,three\n")
    assert "1 new, 0 updated, 0 unchanged, 0 kept as is, 0 no longer" in pipe("code,message\n104,four\n")


def test_interrupted_between_two_files(run: Run, toy: Path, tmp_path: Path) -> None:
    """What an import wrote before it ended is known by the next one: new drafts, and those it updated."""
    before = {name: read(toy / "pump" / name) for name in ("source.csv", "questions/imported.yaml")}
    (tmp_path / "pumps.csv").write_text(f"{NEWER}PMP-4,leak,It leaks,漏水,,,\n", encoding="utf-8")
    assert "1 new, 2 updated" in run("import", "pumps.csv", "--pack", "pump")[1]
    for name, text in before.items():
        (toy / "pump" / name).write_text(text, encoding="utf-8")
    assert "0 new, 0 updated, 4 unchanged" in run("import", "pumps.csv", "--pack", "pump")[1]
    assert "PMP-4" in read(toy / "pump/questions/imported.yaml")
    (tmp_path / "pumps.csv").write_text(f"{TABLE}PMP-4,a leak,It leaks,漏水,,,\n", encoding="utf-8")
    assert "0 new, 3 updated, 1 unchanged, 0 kept" in run("import", "pumps.csv", "--pack", "pump")[1]
