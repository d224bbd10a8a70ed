"""What is exported imports as unchanged, and writes nothing: shipped packs, imported ones, any texts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from bot.importing.export import ExportFormat, export_entries
from bot.importing.importer import prepare_import
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from tests.support.command import Run, run

__all__ = ["run"]  # a fixture

SHIPPED = Path(__file__).resolve().parents[2] / "knowledge"
SHAPES: tuple[ExportFormat, ...] = ("csv", "markdown", "html")
TABLE = """\
闸门错误码,,,,,,,
模块,code,Error message,名称,原因,解决方法,Cause,Solution
闸门,GATE-101,door is jammed,门卡住了,门轨有异物,"1. 清理门轨
2. 重新上电",something lies on the rail,1. clear the rail 2. power-cycle
,GATE-102,no power,电机没电,电源断开,检查电源,the supply is cut,check the supply
供电,PWR-7,-5 V is missing,缺少电压,N/A,换电源,=supply,swap it
"""


def list_states(root: Path) -> dict[str, bytes]:
    """Return the contents of every file below a folder, by path."""
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    """The knowledge of this repository."""
    return load_knowledge(SHIPPED)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("pack", sorted(path.parent.name for path in SHIPPED.glob("*/pack.yaml")))
def test_shipped(shipped: Knowledge, pack: str, shape: ExportFormat) -> None:
    """Every shipped pack comes back as unchanged, entry by entry."""
    entries = shipped.packs[pack].entries
    text = export_entries(entries.values(), shipped.languages, shape)
    plan = prepare_import(SHIPPED, shipped, pack, text.encode(), "table", "2026-01-01").plan
    assert {each.code: each.changes for each in plan.planned if each.effect != "unchanged"} == {}
    assert (plan.count("unchanged"), plan.skipped) == (len(entries), ())
    assert not any(each.is_base for each in plan.planned)


def test_nothing_is_written(run: Run, toy: Path, tmp_path: Path) -> None:
    """The import of an export writes nothing at all: to a hand-written pack, to drafts, to published entries
    whose words were edited and whose families got a text, also after the pack's families were renamed.
    """
    (tmp_path / "gate.csv").write_text(TABLE, encoding="utf-8")
    run("import", "gate.csv", "--pack", "gate")

    def check_round_trip(pack: str, count: int) -> None:
        before = list_states(toy)
        for shape in SHAPES:
            text = run("export", "--pack", pack, "--drafts", "--format", shape)[1]
            (tmp_path / f"out.{shape}").write_text(text, encoding="utf-8", newline="")
            out = run("import", f"out.{shape}", "--pack", pack)[1]
            assert f"0 new, 0 updated, {count} unchanged, 0 kept as is, 0 no longer" in out
            assert out.splitlines()[-1] == "Nothing to write."
            assert list_states(toy) == before

    check_round_trip("kettle", 3)
    check_round_trip("gate", 3)
    pack = toy / "gate/pack.yaml"
    text = pack.read_text(encoding="utf-8")
    lent = "    customer: {en: The gate is being looked at., zh: 正在检查。}\n    codes:"
    pack.write_text(text.replace("    codes:", lent), encoding="utf-8")
    assert "GATE-101: published." in run("publish", "gate")[1]
    check_round_trip("gate", 3)
    entry = toy / "gate/codes/GATE-101.yaml"
    entry.write_text(entry.read_text("utf-8").replace("门轨有异物", "门轨上有东西"), encoding="utf-8")
    check_round_trip("gate", 3)
    # The table itself is known, too, after all that.
    assert "0 new, 0 updated, 3 unchanged" in run("import", "gate.csv", "--pack", "gate")[1]


def test_every_format_holds_every_entry(run: Run) -> None:
    """JSON holds what the tables hold."""
    rows = json.loads(run("export", "--pack", "kettle", "--format", "json")[1])
    assert [row["code"] for row in rows] == ["101", "102", "201"]


BITS = (
    "=SUM(A1)", "-1 is bad", "+86", "@home", "\t", "a\nb", "404 not found\n405 nope",
    "28504 means\n28505 too",
    "| a | b |\n|---|---|\n| c | d |", "`code`", "*b*", "_u_", "<b>x</b>", "<table>", "&lt;", "&amp;", "\\",
    "---", "[l](u)", "![i](u)", "~~s~~", "# h", "x<br>y", "{x}", "%s", "a, b; c", 'say "hi"',
    "it's", "'=q", "''",
    "1. x", "2) y", "① z", "- item", "• dot", "trail 3. three", "1.5 bar", "先重启；2、再重试", "N/A", "无",
    "E1001: x", "https://x.y/z?a=b&c=d", "设备 不 在线", "Ａ１", "x\u200by", "a\xa0b", "plain words",
)  # fmt: skip


def draw_entry(chance: Random, code: int) -> dict[str, object]:
    """Return an entry of such texts, each in one language or in both."""

    def draw_text() -> str:
        return chance.choice(("", " ")).join(chance.sample(BITS, chance.randint(1, 2))).strip() or "x"

    def draw_localized() -> dict[str, str]:
        return {language: draw_text() for language in chance.sample(("en", "zh"), chance.randint(1, 2))}

    return {
        "code": str(code),
        "family": "all",
        "message": draw_text(),
        "title": {language: text[:100] for language, text in draw_localized().items()},
        "description": draw_localized(),
        "cause": {"basis": "source", **draw_localized()},
        "steps": [{"basis": "source", **draw_localized()} for _ in range(chance.randint(1, 3))],
        "customer": {"en": "Please wait."},
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder with the shipped languages and one pack without entries."""
    root = tmp_path_factory.mktemp("round") / "knowledge"
    shutil.copytree(SHIPPED / "messages", root / "messages")
    for name in ("languages.yaml", "terms.yaml"):
        shutil.copy(SHIPPED / name, root / name)
    (root / "any/codes").mkdir(parents=True)
    pack = (
        "title: {en: Any}\nsource: {date: '2026-01-01', title: {en: Any}}\n"
        "code: {digits: [3, 3], distinctive: []}\nevidence: []\ncode_fields: []\nmessage_fields: []\n"
        "families: {all: {title: {en: All}, codes: [100-999]}}\n"
    )
    (root / "any/pack.yaml").write_text(pack, encoding="utf-8")
    return root


@pytest.mark.parametrize("seed", range(30))
def test_any_texts(folder: Path, seed: int) -> None:
    """Whatever stands in the texts of entries (formulas, marks of the formats, steps in steps) comes back."""
    chance = Random(seed)  # noqa: S311 - texts, no secrets
    documents = [draw_entry(chance, code) for code in range(100, 101 + seed % 5)]
    # JSON is YAML; what it escapes is read as written.
    text = "\n---\n".join(json.dumps(each) for each in documents)
    (folder / "any/codes/all.yaml").write_text(text, encoding="utf-8")
    knowledge = load_knowledge(folder)
    for shape in SHAPES:
        table = export_entries(knowledge.packs["any"].entries.values(), knowledge.languages, shape)
        plan = prepare_import(folder, knowledge, "any", table.encode(), "table", "2026-01-01").plan
        assert [each.changes for each in plan.planned] == [()] * len(documents)
        assert plan.skipped == ()
