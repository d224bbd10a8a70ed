"""The README: its commands run, and it leaves no command, option, setting or make target out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.config import TABLE
from bot.console.commands import commands

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNNABLE = [
    line
    for block in re.findall(r"^```sh run\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PATH on which `faultbook` is the command of this tree."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "faultbook"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{CALL}' \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


CALL = "import sys; from bot.cli import main; sys.exit(main())"


@pytest.mark.parametrize("line", RUNNABLE)
def test_command_runs(line: str, path: str) -> None:
    """A command of the README ends well, prints something and has no complaint."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FAULTBOOK_")}
    environ |= {"PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_there_are_commands_to_run() -> None:
    """Every subcommand is shown at work but `new`, which writes into the tree, and `serve`, which goes on."""
    shown = {line.split("faultbook ", 1)[1].split()[0] for line in RUNNABLE}
    assert set(commands.commands) - {"new", "serve"} <= shown


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_command_is_documented(name: str) -> None:
    """The README names each command and each of its options."""
    assert f"`faultbook {name}" in README
    for option in commands.commands[name].params:
        if isinstance(option, click.Option):
            assert any(f"{spelling}" in README for spelling in option.opts), option.opts


def test_settings_are_documented() -> None:
    """The README names each setting by its variable."""
    for row in TABLE.values():
        assert f"`{row.variable}`" in README


def test_no_setting_is_made_up() -> None:
    """Each variable that the README names is one."""
    named = set(re.findall(r"(?:FAULTBOOK|SLACK)_[A-Z_]+", README))
    assert named - {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"} <= {row.variable for row in TABLE.values()}


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "help"])
def test_make_target_is_documented(target: str) -> None:
    """The README names each make target, and `make help` too."""
    assert f"make {target}" in README
    helped = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"make {target}" in helped.stdout


@pytest.mark.parametrize("target", re.findall(r"`make ([a-z]+)`|^make ([a-z]+)$", README, re.MULTILINE))
def test_no_make_target_is_made_up(target: tuple[str, str]) -> None:
    """Each make target that the README names is there."""
    assert "".join(target) in TARGETS


@pytest.mark.parametrize("link", re.findall(r"\]\(([^):#]+)\)", README))
def test_link_leads_somewhere(link: str) -> None:
    """Each link to a file of this tree leads to one."""
    assert (ROOT / link).is_file()
