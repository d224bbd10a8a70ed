"""The wheel: built from this tree, installed elsewhere, it answers with nothing beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the build backend that is installed; no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    [built] = folder.glob("*.whl")
    return built


def test_what_is_in_it(wheel: Path) -> None:
    """The wheel holds the package with all knowledge, the licence and the command, and no tests."""
    names = set(zipfile.ZipFile(wheel).namelist())
    knowledge = {
        path.relative_to(ROOT / "knowledge") for path in (ROOT / "knowledge").rglob("*") if path.is_file()
    }
    assert {f"bot/_knowledge/{path.as_posix()}" for path in knowledge} <= names
    assert "bot/_manifest.json" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names} == {
        "bot",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a folder."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", str(folder)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True, text=True)
    return folder


def run(installed: Path, folder: Path, *words: str, **settings: str) -> tuple[int, str, str]:
    """Run the installed command in a folder."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FAULTBOOK_")}
    environ |= {"PYTHONPATH": str(installed), **settings}
    command = [str(installed / "bin" / "faultbook"), *words]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_knowledge_of_ones_own(installed: Path, tmp_path: Path) -> None:
    """The knowledge inside isn't written to; copied out and named, it is what `new` and `check` work on."""
    code, out, err = run(installed, tmp_path, "new", "28505")
    assert (code, out) == (2, "")
    assert "inside the installed package" in err
    assert "faultbook init" in err
    assert run(installed, tmp_path, "init", "mine")[0] == 0
    settings = {"FAULTBOOK_KNOWLEDGE": str(tmp_path / "mine")}
    code, out, _ = run(installed, tmp_path, "new", "28505", **settings)
    assert (code, (tmp_path / "mine/aliyun-living/codes/28505.yaml").is_file()) == (0, True)
    code, out, _ = run(installed, tmp_path, "check", "mine/aliyun-living/codes/28505.yaml")
    assert (code, out.startswith("mine/aliyun-living/codes/28505.yaml:")) == (1, True)
    code, out, _ = run(installed, tmp_path, "preview", "28504", "--format", "html", **settings)
    assert (code, out.startswith("<!doctype html>")) == (0, True)
    assert not list((installed / "bot" / "_knowledge").rglob("28505.yaml"))


def test_answers_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """Installed from the wheel and run in an empty folder, the command answers from the knowledge inside."""
    empty = tmp_path / "empty"
    empty.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FAULTBOOK_")}
    environ["PYTHONPATH"] = str(installed)
    script = str(installed / "bin" / "faultbook")
    asked = subprocess.run(
        [script, "ask", "28504", "--format", "json"],
        cwd=empty,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(asked.stdout)
    assert [entry["code"] for entry in told["entries"]] == ["28504"]
    shown = subprocess.run(
        [script, "manifest"], cwd=empty, env=environ, capture_output=True, text=True, check=True
    )
    assert json.loads(shown.stdout) == json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import bot.knowledge.folder as it; print(it.find_knowledge(None))"],
        cwd=empty, env=environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()) == installed / "bot" / "_knowledge"
    assert list(empty.iterdir()) == []
