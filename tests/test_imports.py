"""Who may import whom: the table, and the picture of docs/architecture.md, against every import in bot/."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

# module or folder of bot/: (ours it may import besides itself, what others it may import besides the stdlib)
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "errors": (set(), set()),
    "config": ({"digest_schedule", "errors", "setting_values", "watch_mode"}, set()),
    "setting_values": ({"digest_schedule", "errors", "watch_mode"}, {"platformdirs"}),
    "watch_mode": (set(), set()),
    "digest_schedule": (set(), set()),
    "track": (set(), set()),
    "knowledge": ({"errors", "track"}, {"yaml", "msgspec"}),
    "matching": ({"knowledge"}, {"rapidfuzz", "opencc", "pypinyin", "tantivy"}),
    "compiled": ({"knowledge", "matching", "track"}, {"msgspec"}),
    "replies": ({"knowledge", "matching", "shorten"}, {"msgspec", "slack_sdk"}),
    "importing": (
        {"errors", "knowledge", "replies"},
        {"charset_normalizer", "python_calamine", "markdown_it", "selectolax", "yaml"},
    ),
    "authoring": (
        {"errors", "knowledge", "matching", "replies", "track"},
        {"msgspec", "numpy", "rapidfuzz", "scipy"},
    ),
    "small_talk": ({"knowledge", "matching"}, set()),
    "alert_state": ({"knowledge", "matching"}, set()),
    "desk": ({"alert_state", "errors", "knowledge", "matching", "small_talk"}, set()),
    "outbox": ({"errors", "replies", "stores"}, {"slack_sdk", "sqlalchemy"}),
    "answer_context": ({"desk", "matching", "replies", "shorten"}, {"cachetools"}),
    "reports": (
        {
            "answer_context",
            "channels",
            "digest_schedule",
            "knowledge",
            "matching",
            "outbox",
            "replies",
            "stores",
        },
        {"sqlalchemy"},
    ),
    "background": ({"outbox"}, set()),
    "posts": ({"shorten"}, set()),
    "shorten": (set(), set()),
    "redaction": (set(), set()),
    "channels": (
        {
            "errors",
            "answer_context",
            "desk",
            "matching",
            "outbox",
            "posts",
            "redaction",
            "replies",
            "watch_mode",
        },
        {"cachetools"},
    ),
    "slack": (
        {
            "errors",
            "answer_context",
            "channels",
            "posts",
            "redaction",
            "replies",
            "reports",
            "outbox",
            "knowledge",
            "matching",
            "watch_mode",
        },
        {"slack_bolt", "slack_sdk", "cachetools", "msgspec", "rapidfuzz"},
    ),
    "web": (set(), {"slack_sdk", "waitress", "werkzeug"}),
    "stores": ({"errors", "redaction", "watch_mode"}, {"sqlalchemy", "alembic", "psycopg"}),
    "manifest": ({"errors"}, set()),
    "reload": ({"errors", "desk"}, {"watchfiles"}),
    "doctor": (
        {"errors", "config", "outbox", "knowledge", "manifest", "replies", "stores"},
        {"slack_sdk"},
    ),
    "metrics": (set(), {"prometheus_client"}),
    "sessions": (set(), set()),
    "logs": (set(), {"structlog"}),
}
# What puts the Slack app together and serves it: builders, like the command.
BUILDERS = {"app", "server"}
BUILDERS_OTHERS = {"slack_bolt", "slack_sdk", "waitress", "werkzeug"}
# A pure module takes no more of Slack's client than its blocks; most of replies/ needs not even those.
ONLY_MODELS = {"replies": "slack_sdk.models"}
# The face of matching, and what those need who keep its index on disk.
FACES = {
    "compiled": {
        "matching",
        *(f"matching.{name}" for name in ("contents", "index", "reading", "search_string")),
    }
}
PLAIN = {
    "plain", "cues", "layout", "wrap", "sentences", "messages", "json_shape", "recall", "mrkdwn", "fallback",
    "reply",
    "ids",
}  # fmt: skip
# The command: cli and what it consists of; it builds, so it may import everything above.
COMMAND = {"cli", "console"}
COMMAND_OTHERS = {"click", "msgspec", "rich"}

# Never there, though in the standard library: an answer depends on the text and the knowledge alone.
PURE = ("matching", "replies", "channels/policy.py")
IMPURE = {
    "datetime", "http.client", "http.server", "logging", "os", "random", "secrets", "socket", "sqlite3",
    "subprocess", "time", "urllib",
}  # fmt: skip

FILES = sorted(
    path for path in BOT.rglob("*.py") if path != BOT / "__init__.py" and "_knowledge" not in path.parts
)


def list_imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each module that a file imports, anywhere in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            if node.module == "bot":
                yield from ((f"bot.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module or "", node.lineno


def find_home(path: Path) -> str:
    """Return the row of the table that a file belongs to."""
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def test_table_holds() -> None:
    """A module imports what its row allows, and nothing else."""
    for path in FILES:
        check_imports(path)


def check_imports(path: Path) -> None:
    """Assert that a module imports what its row allows, naming file and line."""
    home = find_home(path)
    if home in COMMAND:
        ours, others = {*ALLOWED, *COMMAND, *BUILDERS}, COMMAND_OTHERS
    elif home in BUILDERS:
        ours, others = {*ALLOWED, *BUILDERS}, BUILDERS_OTHERS
    else:
        assert home in ALLOWED, f"{home} has no row in the table"
        ours, others = ALLOWED[home]
    for name, line in list_imports(path):
        first, _, rest = name.partition(".")
        if first == "bot":
            assert rest.partition(".")[0] in {*ours, home}, f"{path}:{line}: {home} may not import {name}"
            if rest.startswith("matching") and home != "matching":
                assert rest in FACES.get(home, {"matching"}), f"{path}:{line}: {home} may not import {name}"
        elif first not in sys.stdlib_module_names:
            assert first in others, f"{path}:{line}: {home} may not import {name}"
            if home in ONLY_MODELS and first == "slack_sdk":
                assert name.startswith(ONLY_MODELS[home]), f"{path}:{line}: {home} may not import {name}"
                assert path.stem not in PLAIN, f"{path}:{line}: {path.stem} is for every surface"


@pytest.mark.parametrize("home", PURE)
def test_pure(home: str) -> None:
    """Matching and replies import no clock, no randomness, no log, no network and no database."""
    for path in FILES:
        if find_home(path) == home or path.relative_to(BOT).as_posix() == home:
            met = {
                name
                for name, _ in list_imports(path)
                if any(f"{name}.".startswith(f"{no}.") for no in IMPURE)
            }
            assert not met, f"{path} imports {met}"


def test_environment_is_read_in_one_place() -> None:
    """Only config.py reads the environment."""
    readers = {
        path.relative_to(BOT).as_posix()
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"})
        or (isinstance(node, ast.ImportFrom) and {"environ", "getenv"} & {alias.name for alias in node.names})
    }
    assert readers == {"config.py"}


def test_every_row_is_needed() -> None:
    """Each row of the table names something that is there."""
    homes = {find_home(path) for path in FILES}
    assert {*ALLOWED, *COMMAND, *BUILDERS} == homes


def read_picture() -> dict[str, set[str]]:
    """Return the rows of the picture: what each imports, in their order."""
    rows = re.findall(
        r"^  ([a-z_]+) +(?:--> (.+?)  +)?\S", PAGE.split("## The parts")[1].split("\n## ")[0], re.MULTILINE
    )
    return {home: set(filter(None, drawn.split(", "))) for home, drawn in rows}


@pytest.mark.parametrize("home", sorted({find_home(path) for path in FILES} - {"errors"}))
def test_picture_is_true(home: str) -> None:
    """The arrows of the architecture's picture are the imports of bot/, no more and no fewer."""
    arrows = read_picture()[home]
    imported = {
        name.removeprefix("bot.")
        for path in FILES
        if find_home(path) == home
        for name, _ in list_imports(path)
        if name.startswith("bot.")
    }
    others = {name for name in imported if name.partition(".")[0] not in {home, "errors"}}
    for name in others:
        parent = name.partition(".")[0]
        assert {name, parent} & arrows, f"{home} imports {name}"
    for arrow in arrows:
        assert any(f"{name}.".startswith(f"{arrow}.") for name in others), f"{home} doesn't import {arrow}"


def test_picture_points_down() -> None:
    """Each arrow of the picture leads to a row below its own."""
    rows = read_picture()
    order = list(rows)
    for home, arrows in rows.items():
        for arrow in arrows:
            assert order.index(arrow.partition(".")[0]) > order.index(home)


def test_a_question_imports_nothing_of_slack() -> None:
    """`faultbook ask` imports no client, server or database, and no tables of sounds without Chinese."""
    script = (
        "import sys; from bot.cli import main; main(['ask', '28504']); main(['ask', 'lamp will not pair']); "
        "print([name for name in ('slack_bolt', 'slack_sdk', 'sqlalchemy', 'alembic', 'waitress', "
        "'werkzeug', 'structlog', 'cachetools', 'pypinyin') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # it compiles the knowledge
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
