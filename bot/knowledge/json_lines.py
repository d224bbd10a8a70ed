"""JSON lines: each line an object of one shape, read strictly. What is wrong is told with path and line.

NaN, Infinity and numbers too large for a float are no JSON. The standard library's reader is used, because
msgspec's refuses the lone surrogates that a text may hold; msgspec checks the shape.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from bot.errors import InputError

Shape = TypeVar("Shape", bound=msgspec.Struct)

_FIELD = re.compile(r"`\$\.(\w+)|required field `(\w+)`")


def read_json_lines(written: str, path: str, shape: type[Shape], example: str) -> Iterator[tuple[int, Shape]]:
    """Yield the objects of a text with their line numbers (from 1); empty lines are passed over.

    `example` is a line as it should look. Raises InputError (line_broken, line_field_wrong).
    """
    for number, line in enumerate(written.split("\n"), start=1):
        if line.strip():
            yield number, _read_line(line, shape, {"path": path, "line": number, "example": example})


def _read_line(line: str, shape: type[Shape], place: dict[str, object]) -> Shape:
    try:
        record = json.loads(line, parse_constant=_refuse, parse_float=_read_float)
        return msgspec.convert(record, shape)
    except msgspec.ValidationError as error:
        found = _FIELD.search(str(error))
        if found:
            raise InputError("line_field_wrong", **place, field=found[1] or found[2]) from None
        raise InputError("line_broken", **place) from None
    except (ValueError, RecursionError):
        raise InputError("line_broken", **place) from None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _read_float(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise ValueError("too large a number")
    return number
