"""The knowledge of this repository and what answers from it: read once in a process, when first asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.desk import Desk, Snapshot
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching.candidates import Finder
from bot.matching.matcher import Matcher
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reader

FOLDER = Path(__file__).resolve().parents[2] / "knowledge"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times as fast


@cache
def load_shipped() -> Knowledge:
    """Return the knowledge of this repository, which no test changes."""
    return load_knowledge(FOLDER)


@cache
def open_matcher(*packs: str) -> Matcher:
    """Return the matcher over it, or over some of its packs alone."""
    knowledge = load_shipped()
    if packs:
        knowledge = replace(knowledge, packs={name: knowledge.packs[name] for name in packs})
    return Matcher(knowledge)


@cache
def open_rules() -> tuple[Reader, Finder, CodeRules]:
    """Return the reader of texts, the finder of candidates and the rules of codes over it."""
    reader = Reader(load_shipped())
    finder = Finder(load_shipped(), reader)
    return reader, finder, CodeRules(load_shipped(), reader, finder.index)


def open_desk() -> Desk:
    """Return a desk over it."""
    return Desk(_open_snapshot())


def read_yaml(path: Path) -> Any:
    """Return what a YAML file of the tests holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader


@cache
def _open_snapshot() -> Snapshot:
    return Snapshot(load_shipped())
