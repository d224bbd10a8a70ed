"""SECURITY.md: it names every table, and everything that somebody can do to the desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import TABLE
from bot.manifest import build_manifest
from bot.replies import ids
from bot.slack.commands.fault import SUBCOMMANDS
from bot.stores.tables import metadata
from bot.watch_mode import WATCH_MODES

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
KEPT = TEXT.split("## What is kept")[1].split("\n## ")[0]
MAY = TEXT.split("## Who may do what")[1].split("\n## ")[0]
SECRETS = {row.variable for row in TABLE.values() if row.is_secret}


def test_every_table() -> None:
    """The page says of each table what stands in it and for how long, and of no other."""
    rows = re.findall(r"^\| `([a-z_]+)` \| (.{20,}) \| (.{5,}) \|$", KEPT, re.MULTILINE)
    assert {name for name, _, _ in rows} == set(metadata.tables)
    assert len(rows) == len(metadata.tables)


def test_every_id() -> None:
    """The page says who may use the command, the shortcut, each button and the modal."""
    for name, value in vars(ids).items():
        if name.isupper():
            assert f"`{value}" in MAY, f"{name} is missing"


def test_every_event() -> None:
    """The page names each event that a listener is attached to, and each that the manifest asks for."""
    register = (ROOT / "bot/slack/register.py").read_text(encoding="utf-8")
    attached = set(re.findall(r'app\.event\("([a-z_]+)"\)', register))
    asked = build_manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert attached == {name.partition(".")[0] for name in asked}
    for name in attached:
        assert f"`{name}`" in MAY


def test_every_command() -> None:
    """The page says who may give each of the commands behind /fault that are no question."""
    words = [each.word for each in SUBCOMMANDS]
    assert {"watch", "mute", "why"} <= set(words)
    for word in words:
        assert f"`{ids.COMMAND} {word}" in MAY
    for mode in WATCH_MODES:
        assert f"`{ids.COMMAND} watch {mode}`" in MAY


def test_every_secret() -> None:
    """The page says how each setting that is a secret is held."""
    tokens = TEXT.split("## Tokens")[1].split("\n## ")[0]
    assert {name for name in SECRETS if f"`{name}`" in tokens} == SECRETS


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^):#]+)\)", TEXT))))
def test_link_leads_somewhere(link: str) -> None:
    """Each link to a file of this tree leads to one."""
    assert (ROOT / link).is_file()


def test_no_setting_is_made_up() -> None:
    """Each variable that the page names is one."""
    assert set(re.findall(r"(?:FAULTBOOK|SLACK|DATABASE)_[A-Z_]+", TEXT)) <= {
        row.variable for row in TABLE.values()
    }
