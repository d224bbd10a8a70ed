"""The words that questions and packs are made with: the YAML files of bench/words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_words(name: str) -> Any:
    """Return the contents of a file of bench/words, by its name without the ending; every scalar is text."""
    path = Path(__file__).with_name("words") / f"{name}.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # it makes text, nothing else
