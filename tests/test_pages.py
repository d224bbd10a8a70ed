"""The pages: commands run, links and anchors lead somewhere, nothing that a reader needs is left out."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.cli import main
from bot.config import TABLE
from bot.console.commands import commands
from bot.matching.score import MEASURES
from bot.metrics import Metrics
from bot.replies import ids
from bot.slack.commands.fault import SUBCOMMANDS
from tests.support.shipped import load_shipped

ROOT = Path(__file__).resolve().parent.parent
OWN = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "knowledge/README.md")
PAGES = (*OWN, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
DOCS = [page for page in PAGES if page.startswith("docs/")]
EVERYTHING = "\n".join(TEXTS.values())
RUNNABLE = dict.fromkeys(
    line.strip()
    for text in TEXTS.values()
    for block in re.findall(r"^ *```sh run\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
)
SETTINGS = {row.variable for row in TABLE.values()}
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
OF_A_SHELL = set("$|;=")
CALL = "import sys; from bot.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PATH on which `faultbook` is the command of this tree."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "faultbook"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{CALL}' \"$@\"\n", encoding="utf-8")
    command.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("line", [line for line in RUNNABLE if not OF_A_SHELL & set(line)])
def test_command_runs(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A command of a page ends well, prints something and has no complaint."""
    monkeypatch.chdir(ROOT)
    [program, *words] = shlex.split(line)
    assert (program, main(words)) == ("faultbook", 0)
    out, err = capsys.readouterr()
    assert (bool(out.strip()), err) == (True, "")


@pytest.mark.parametrize("line", [line for line in RUNNABLE if OF_A_SHELL & set(line)])
def test_line_runs(line: str, path: str) -> None:
    """Likewise a line that needs a shell."""
    environ = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_there_are_commands_to_run() -> None:
    """Every command is shown at work but those that write into the tree, take long, or go on."""
    shown = {word for line in RUNNABLE for word in re.findall(r"faultbook ([a-z][a-z-]*)", line)}
    assert set(commands.commands) - {"new", "publish", "diff", "serve"} <= shown


def test_tutorial(path: str, tmp_path: Path) -> None:
    """Who does what docs/authoring.md says has an entry that is sound, found, and asked about rightly."""
    text = textwrap.dedent(TEXTS["docs/authoring.md"].replace("\n   ", "\n"))
    entry, english, chinese = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    pack = shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge") / "aliyun-living"
    settings = {"FAULTBOOK_KNOWLEDGE": str(pack.parent), "PATH": path}
    environ = os.environ | settings | {"PYTHONPATH": str(ROOT)}

    def run(command: str) -> str:
        done = subprocess.run(
            ["sh", "-c", command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout

    assert "28505.yaml" in run("faultbook new 28505")
    (pack / "codes" / "28505.yaml").write_text(entry, encoding="utf-8")
    for language, question in (("en", english), ("zh", chinese)):
        with (pack / "questions" / f"{language}.yaml").open("a", encoding="utf-8") as questions:
            questions.write(question)
    assert run("faultbook check").splitlines()[-1] == "All good!"
    assert "28505" in run("faultbook ask wardrobe lamp daily limit")
    [asked, *_] = [line for line in text.splitlines() if line.startswith("- text: 衣柜灯")]
    assert "28505" in run(f"faultbook ask {asked.removeprefix('- text: ')}")


@pytest.mark.parametrize("page", DOCS)
def test_reader_is_named(page: str) -> None:
    """The first line of a page below its title says whom it is for."""
    lines = [line for line in TEXTS[page].splitlines() if line and not line.startswith("<!--")]
    assert lines[0].startswith("# ")
    assert lines[1].startswith("For ")


def test_readme_is_short() -> None:
    """The README has at most 150 lines and 8 KB, and links to every page."""
    text = TEXTS["README.md"]
    assert text.count("\n") <= 150
    assert len(text.encode()) <= 8192
    assert {page for page in PAGES if page not in OWN} <= set(LINK.findall(text))


def test_readme_counts_the_codes() -> None:
    """The README tells how many codes the desk knows, and how many of them are of the main pack."""
    knowledge = load_shipped()
    codes = {entry.code for entry in knowledge.entries}
    assert (
        f"It knows {len(codes)} codes: the {len(knowledge.packs['aliyun-living'].entries)} public"
        in (TEXTS["README.md"])
    )


@cache
def list_anchors(page: Path) -> frozenset[str]:
    """Return the anchors that a code host makes of a page's headings."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return frozenset(bare)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Each link of a page to this tree leads to a file, and its anchor to a heading there."""
    text = re.sub(r"^```.*?^```", "", TEXTS[page], flags=re.MULTILINE | re.DOTALL)
    for link in LINK.findall(text):
        if "://" in link:
            continue
        place, _, anchor = link.partition("#")
        target = (ROOT / page).parent / place if place else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in list_anchors(target), link


@pytest.mark.parametrize("word", [each.word for each in SUBCOMMANDS])
def test_subcommand_is_documented(word: str) -> None:
    """docs/channels.md names each word that /fault knows."""
    assert re.search(rf"`{ids.COMMAND} {word}\b", TEXTS["docs/channels.md"])


def test_no_setting_is_made_up() -> None:
    """Each variable that a page names is a setting."""
    named = set(re.findall(r"\b(?:FAULTBOOK|SLACK|DATABASE)_[A-Z_]+\b", EVERYTHING))
    assert named - {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"} <= SETTINGS


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "help"])
def test_make_target_is_documented(target: str) -> None:
    """docs/install.md names each make target, and `make help` too."""
    assert f"`make {target}`" in TEXTS["docs/install.md"]
    helped = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"make {target}" in helped.stdout


def test_no_make_target_is_made_up() -> None:
    """Each make target that a page names is there."""
    assert set(re.findall(r"`make ([a-z]+)`", EVERYTHING)) <= set(TARGETS)


@pytest.mark.parametrize("page", PAGES)
def test_no_conflict_is_left(page: str) -> None:
    """A page holds no mark of a merge that was not finished."""
    assert not re.search(r"^(?:<{7} |={7}$|>{7} )", TEXTS[page], re.MULTILINE)


def test_where_what_stands() -> None:
    """Each file of the program that docs/matching.md names is there."""
    named = re.findall(r"`(bot/[\w/]+\.\w+)`", TEXTS["docs/matching.md"])
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("column", [1, 2])
def test_worked_example(column: int, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/matching.md shows what `--explain` prints for a text in each language, and counts the measures."""
    text = TEXTS["docs/matching.md"]
    start = text.index("| `the gateway is offline")
    rows = [line.split("|")[column].strip() for line in text[start:].partition("\n\n")[0].splitlines()]
    question, _, *shown = rows
    assert main(["ask", "--explain", question.strip("`")]) == 0
    told = capsys.readouterr().out
    assert [line for line in shown if line not in told] == []
    names = {17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 21: "twenty-one"}
    assert f"compared by {names[len(MEASURES)]} numbers" in text


def test_sentences_are_the_desks() -> None:
    """docs/troubleshooting.md quotes sentences as the desk says them."""
    messages = yaml.safe_load((ROOT / "knowledge" / "messages" / "en.yaml").read_text(encoding="utf-8"))
    said = [re.sub(r"{\w+}", "…", str(each)) for each in messages.values()]
    cells = re.findall(r"^\| (“.+?”) \|", TEXTS["docs/troubleshooting.md"], re.MULTILINE)
    quoted = re.findall(r"“(.+?)”", " ".join(cells))
    assert len(quoted) > 10
    for each in quoted:
        assert any(each in sentence for sentence in said), each


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here (apt: systemd)"
)
def test_systemd_unit(tmp_path: Path) -> None:
    """systemd finds no fault with the unit, for one process and for several."""
    unit = (ROOT / "docs/examples/faultbook@.service").read_text(encoding="utf-8")
    program = "/opt/faultbook/.venv/bin/faultbook"  # it isn't here
    assert f"ExecStart={program} serve" in unit
    copy = tmp_path / "faultbook@.service"
    copy.write_text(unit.replace(program, sys.executable), encoding="utf-8")
    command = ["systemd-analyze", "verify", str(tmp_path / "faultbook@3000.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx (apt: nginx-light)")
def test_proxy(tmp_path: Path) -> None:
    """nginx takes the configuration; its certificate is left out."""
    configuration = (ROOT / "docs/examples/nginx.conf").read_text(encoding="utf-8")
    lines = [line for line in configuration.splitlines() if "ssl_certificate" not in line]
    plain = "\n".join(lines).replace("listen 443 ssl", "listen 127.0.0.1:8443")
    main = tmp_path / "nginx.conf"
    main.write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{plain}\n}}\n",
        encoding="utf-8",
    )
    done = subprocess.run(["nginx", "-t", "-q", "-c", str(main)], capture_output=True, text=True, check=False)
    assert (done.returncode, "emerg" in done.stderr) == (0, False), done.stderr


def test_json_is_documented(path: str) -> None:
    """docs/use.md shows the keys of what `--format json` and `--batch` print, in their order."""
    batch = """echo '{"id": "a", "text": "28504"}' | faultbook ask --batch -"""
    for command in ("faultbook ask --format json 28504", batch):
        environ = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environ, capture_output=True, check=True)
        keys = list_keys(json.loads(done.stdout))
        shown = r"[^`#]*?".join(f'"{key}"' for key in keys)
        assert re.search(shown, TEXTS["docs/use.md"], re.DOTALL), keys


def list_keys(printed: object) -> list[str]:
    """Return all keys of what was printed, in reading order."""
    if isinstance(printed, dict):
        return [name for key, value in printed.items() for name in (key, *list_keys(value))]
    return list_keys(printed[0]) if isinstance(printed, list) and printed else []


def test_metrics_are_documented() -> None:
    """docs/operate.md names each metric."""
    numbers, _ = Metrics(lambda: 0.0, lambda: "").render()
    for name in re.findall(r"^# TYPE (\w+)(?<!_created) ", numbers.decode(), re.MULTILINE):
        assert f"`{name}`" in TEXTS["docs/operate.md"], name
