"""One line of JSON, read strictly: NaN, Infinity and numbers too large for a float are no JSON.

What the object must hold is the caller's part. Called by authoring/question_files.py and console/batch.py.
"""

from __future__ import annotations

import json
import math


def read_json_line(written: str) -> object:
    """Return what a line of JSON says. Raises ValueError if it is none, RecursionError if it is too deep.

    >>> read_json_line('{"id": 7}')
    {'id': 7}
    >>> read_json_line("1e999")
    Traceback (most recent call last):
        ...
    ValueError: 1e999 is too large a number
    """
    return json.loads(written, parse_constant=_refuse, parse_float=_read_float)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _read_float(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise ValueError(f"{written[:20]} is too large a number")
    return number
