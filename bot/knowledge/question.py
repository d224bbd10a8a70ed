"""A golden question: what is asked, and which codes must answer. questions.py reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Question:
    """A golden question: a text and the codes that answer it.

    With `any_of` each expected code is right alone; else all of them are due.
    No expected code: the desk must not answer. One that `is_generated` asks in the entry's own words.
    """

    text: str
    expected: tuple[str, ...]
    kind: str
    language: str = ""
    mode: Literal["ask", "watch"] = "ask"
    any_of: bool = False
    eager: bool = False
    is_generated: bool = False
    id: str = ""
    path: str = ""
    line: int = 0
