"""Which Chinese characters are taken for one another because they look alike: 设 and 投.

The list beside this file was drawn by bench/lookalikes.py: each common character with those like it. It is
read when a text first needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def read_lookalikes() -> Mapping[str, str]:
    """Return the characters that look like each one.

    >>> "设" in read_lookalikes()["投"], "投" in read_lookalikes()["设"]
    (True, True)
    """
    alike: dict[str, dict[str, None]] = {}
    for line in files("bot.matching").joinpath("lookalikes.txt").read_text(encoding="utf-8").split():
        for other in line[1:]:
            alike.setdefault(line[0], {})[other] = None
            alike.setdefault(other, {})[line[0]] = None
    return {letter: "".join(others) for letter, others in alike.items()}
