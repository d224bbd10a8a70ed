"""Completion: commands, options, codes and packs in bash, zsh and fish, as the shells themselves complete."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.console.commands import commands
from bot.console.completion import SHELLS
from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parent.parent

# What a shell is given first, and then for each line; one shell completes all of them.
BASH = """
COMP_WORDS=({words}); COMP_CWORD={place}; COMPREPLY=()
_faultbook_completion faultbook
printf '%s\\n' "${{COMPREPLY[@]}}" {end}
"""
BASH_SCRIPT = 'eval "$(faultbook completion bash)"'
FISH = "complete --do-complete='{line}'; echo {end}; "
FISH_SCRIPT = "faultbook completion fish | source; "
END = "---"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PATH on which `faultbook` is the command of this tree."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "faultbook"
    call = "import sys; from bot.cli import main; sys.exit(main())"
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -c '{call}' \"$@\"\n", encoding="utf-8"
    )
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def run(path: str, folder: Path, *command: str) -> str:
    """Run a shell and return what it printed."""
    environ = {"PATH": path, "HOME": str(folder), "FAULTBOOK_CACHE": os.environ["FAULTBOOK_CACHE"]}
    done = subprocess.run(
        command, env=environ, cwd=folder, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    return done.stdout


CASES = {
    "faultbook sh": {"show"},
    "faultbook show 2852": {"28527", "28528", "28529"},
    "faultbook preview 2852": {"28527", "28528", "28529"},
    "faultbook eval --f": {"--fail-under", "--format"},
    "faultbook ask --lang ": {"auto", "en", "zh"},
    "faultbook show --lang ": {"en", "zh"},
    "faultbook ask --mode ": {"ask", "watch"},
    "faultbook new --pack aliyun-living": {"aliyun-living"},
    "faultbook completion ": set(SHELLS),
}


def test_bash(path: str, tmp_path: Path) -> None:
    """bash gets what may stand at the cursor."""
    script = BASH_SCRIPT
    for line in CASES:
        words = line.split(" ")
        script += BASH.format(words=" ".join(map(shlex.quote, words)), place=len(words) - 1, end=END)
    shown = run(path, tmp_path, "bash", "-c", script).split(f"{END}\n")
    for (line, expected), each in zip(CASES.items(), shown[:-1], strict=True):
        found = set(each.split())
        assert expected <= found, line
        assert found == expected or "--pack" in line, "other packs may begin alike"


@pytest.mark.skipif(not shutil.which("fish"), reason="fish isn't installed")
def test_fish(path: str, tmp_path: Path) -> None:
    """fish gets the same, each with its help, commas and all."""
    script = FISH_SCRIPT + "".join(FISH.format(line=line, end=END) for line in CASES)
    shown = run(path, tmp_path, "fish", "-c", script).split(f"{END}\n")
    for (line, expected), each in zip(CASES.items(), shown[:-1], strict=True):
        helps = dict(one.partition("\t")[::2] for one in each.splitlines())
        assert expected <= set(helps), line
    assert "show\tShow the entries of codes, without asking.\n" in shown[0]


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh isn't installed")
def test_zsh(path: str, tmp_path: Path) -> None:
    """zsh takes the script, and the command answers it with value and help, one a line."""
    script = run(path, tmp_path, "faultbook", "completion", "zsh")
    (tmp_path / "script").write_text(script, encoding="utf-8")
    run(path, tmp_path, "zsh", "-n", str(tmp_path / "script"))
    line = "COMP_WORDS='faultbook show 28504' COMP_CWORD=2 _FAULTBOOK_COMPLETE=zsh_complete faultbook"
    assert run(path, tmp_path, "zsh", "-c", line).split("\n")[:3] == [
        "plain",
        "28504",
        "The device is offline",
    ]


@pytest.mark.skipif(not shutil.which("fish"), reason="fish isn't installed")
def test_whole_help(path: str, tmp_path: Path) -> None:
    """A summary is whole in a shell, too."""
    shown = run(path, tmp_path, "fish", "-c", FISH_SCRIPT + FISH.format(line="faultbook ev", end=END))
    assert shown.splitlines()[0].split("\t")[1] == (commands.commands["eval"].help or "").split("\n")[0]


def test_broken_knowledge(path: str, tmp_path: Path) -> None:
    """Where the knowledge can't be read nothing is completed, and nothing is said."""
    (tmp_path / "languages.yaml").write_text("en: {", encoding="utf-8")
    line = f"FAULTBOOK_KNOWLEDGE='{tmp_path}' COMP_WORDS='faultbook show 2' COMP_CWORD=2"
    assert (
        run(path, tmp_path, "bash", "-c", f"{line} _FAULTBOOK_COMPLETE=bash_complete faultbook 2>&1").strip()
        == ""
    )
