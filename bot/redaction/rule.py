"""A rule of redaction: a pattern, and a check of what it met.

In Python \\w and \\b know Chinese letters as parts of words, so that 密码hunter2 has no boundary. So the
rules spell out what they mean. Every repeat in them is bounded (tests/test_regexes.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

START = r"(?<![A-Za-z0-9])"
END = r"(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is taken out: what the group `secret` of the pattern meets, if `is_secret` says so of it."""

    pattern: re.Pattern[str]
    is_secret: Callable[[str], bool] = bool
