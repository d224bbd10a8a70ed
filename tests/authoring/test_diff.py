"""`faultbook diff`: two states of the knowledge, and what the change does to answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.redaction import redact
from bot.stores import ledger
from bot.stores.database import open_database
from tests.support.command import Run, run
from tests.support.rows import build_line

__all__ = ["run"]  # a fixture


def test_diff(run: Run, toy: Path, tmp_path: Path) -> None:
    """A change is told by entry and field, then by the answers that change; CI can fail on it."""
    old = tmp_path / "old"
    shutil.copytree(toy, old)
    (toy / "kettle/codes/102.yaml").unlink()
    path = toy / "kettle/codes/201.yaml"
    path.write_text(path.read_text("utf-8").replace("水量过少", "水太少了", 1), encoding="utf-8")
    code, out, _ = run("diff", str(old), "--fail-on", "silent,wrong")
    assert code == 1
    assert "0 added, 1 removed, 0 retired, 1 changed" in out
    assert "title.zh: 水量过少 -> 水太少了" in out
    shown = json.loads(run("diff", str(old), "--format", "json")[1])
    silent = [each["text"] for each in shown["answers"] if each["kind"] == "silent"]
    assert "error code 102" in silent
    assert "| silent |" in run("diff", str(old), "--format", "markdown")[1]
    assert run("diff", str(old), str(old)) == (0, "No entry and no answer changes.\n", "")
    assert run("diff", str(old), "--fail-on", "everything")[0] == 2
    assert run("diff", "no-such-revision")[0] == 2


def test_phrases_and_aliases_have_no_numbers(run: Run, toy: Path, tmp_path: Path) -> None:
    """A phrase that comes before others changes none of them: what came and went is told by itself."""
    old = tmp_path / "old"
    shutil.copytree(toy, old)
    path = toy / "kettle/codes/101.yaml"
    text = path.read_text("utf-8").replace("  en:\n    - the", "  en:\n    - dead base\n    - the")
    text = text.replace("    - 墙上的插座没有电\n", "") + "aliases: [NO_MAINS]\n"
    path.write_text(text, encoding="utf-8")
    out = run("diff", str(old))[1]
    told = [line.strip() for line in out.splitlines() if line.strip().startswith(("phrases", "aliases"))]
    assert told == [
        "phrases.zh: 墙上的插座没有电 -> –",
        "phrases.en: – -> dead base",
        "aliases: – -> NO_MAINS",
    ]


def test_diff_of_revisions(run: Run, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state may be a revision of git in which the folder lies."""
    if shutil.which("git") is None:
        pytest.skip("git isn't installed")
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", "-C", str(toy), *words], check=True)
    (toy / "kettle/codes/102.yaml").unlink()
    code, out, _ = run("diff", "HEAD")
    assert code == 0
    assert "0 added, 1 removed" in out


def test_recorded_questions(run: Run, worded: Path, tmp_path: Path) -> None:
    """Questions that the record holds are asked again, each once; without tables there are none."""
    old = tmp_path / "old"
    shutil.copytree(worded, old)
    path = worded / "kettle/codes/201.yaml"
    path.write_text(
        path.read_text("utf-8").replace("[boiled nearly empty]", "[the jug needs topping up]"),
        encoding="utf-8",
    )
    database = open_database(f"sqlite:///{tmp_path}/faultbook.db")
    told = json.loads(run("diff", str(old), "--format", "json")[1])
    assert told["recorded"] == 0
    database.migrate()
    with database.write() as connection:
        for ts in ("1.0", "2.0"):
            ledger.add_row(connection, build_line(ts, text=redact("my jug needs topping up")))
    database.close()
    told = json.loads(run("diff", str(old), "--format", "json")[1])
    assert told["recorded"] == 1
    assert ("new", "my jug needs topping up") in [(each["kind"], each["text"]) for each in told["answers"]]
    assert "(1 from the record)" in run("diff", str(old))[1]
