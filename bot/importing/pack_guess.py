"""A pack.yaml for a table that has none: the shape of its codes and its families, guessed from rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.importing.rows import CodeRow

_NUMBER = re.compile(r"-?\d+")
_HEX = re.compile(r"-?0x[0-9a-f]+", re.IGNORECASE)
_HEAD = re.compile(r"([A-Za-z]{1,60}+)([._-]?)")
BLOCK = 1_000  # codes of one thousand make a family where the table names none
MOST_FAMILIES = 40


@dataclass(frozen=True, slots=True)
class GuessedFamily:
    """A family by its id; its title as the table has it, and the codes as pack.yaml writes them."""

    id: str
    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuessedPack:
    """What pack.yaml says of codes; `family_ids` are those of the rows' families by code."""

    digits: tuple[int, int] | None
    has_signed: bool
    patterns: tuple[str, ...]
    families: tuple[GuessedFamily, ...]
    family_ids: Mapping[str, str]


def guess_pack(rows: Sequence[CodeRow]) -> GuessedPack:
    """Return the shape and the families of the rows' codes."""
    numbers = [row.code for row in rows if _NUMBER.fullmatch(row.code)]
    symbols = [row.code for row in rows if not _NUMBER.fullmatch(row.code)]
    lengths = [len(code.lstrip("-")) for code in numbers]
    grouped = _group(rows)
    names = list(enumerate(grouped, 1))
    return GuessedPack(
        digits=(min(lengths), max(lengths)) if lengths else None,
        has_signed=any(code.startswith("-") for code in numbers),
        patterns=tuple(dict.fromkeys(map(_generalise, symbols))),
        families=tuple(
            GuessedFamily(f"f{number}", name or "General", _list_ranges(name, grouped[name]))
            for number, name in names
        ),
        family_ids={code: f"f{number}" for number, name in names for code in grouped[name]},
    )


def _group(rows: Iterable[CodeRow]) -> dict[str, list[str]]:
    """Return the codes by the table's own names of families, else by thousand or prefix."""
    grouped: dict[str, list[str]] = {}
    for row in rows:
        grouped.setdefault(row.family or _name_block(row.code), []).append(row.code)
    if len(grouped) > MOST_FAMILIES:
        return {"": [code for codes in grouped.values() for code in codes]}
    return grouped


def _list_ranges(name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Return what pack.yaml says of a family: its thousand or its prefix, else each code."""
    if re.fullmatch(r"\d+-\d+", name):
        return (name,)
    is_prefix = name and all(code.startswith(name) and code != name for code in codes)
    return (f"{name}*",) if is_prefix else tuple(codes)


def _name_block(code: str) -> str:
    if _NUMBER.fullmatch(code):
        low = int(code) // BLOCK * BLOCK
        return f"{low}-{low + BLOCK - 1}" if len(code.lstrip("-")) > 3 else "0-999"
    return re.split(r"[._-]|(?<=[A-Za-z])(?=\d)", code)[0]


def _generalise(code: str) -> str:
    r"""Return a pattern for codes of the same build: the letters in front, then classes for the rest.

    >>> _generalise("IOTDA.014016"), _generalise("E1001"), _generalise("PAY_DECLINED")
    ('IOTDA\\.[0-9]{6}', 'E[0-9]{4}', 'PAY_[A-Z0-9_]{2,40}')
    """
    if _HEX.fullmatch(code):
        return "0x[0-9a-fA-F]{2,16}"
    parts = _HEAD.match(code)
    if parts is None or parts.end() == len(code):
        return re.escape(code)
    (head, mark), rest = parts.groups(), code[parts.end() :]
    if rest.isdigit():
        return f"{re.escape(head + mark)}[0-9]{{{len(rest)}}}"
    return f"{re.escape(head + mark)}{'[A-Za-z0-9_.]' if not rest.isupper() else '[A-Z0-9_]'}{{2,40}}"
