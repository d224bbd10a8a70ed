"""A pack.yaml for a table that has none: the shape of its codes and its families, guessed from rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.importing.rows import CodeRow

_NUMBER = re.compile(r"-?\d+")
_HEX = re.compile(r"-?0x[0-9a-f]+", re.IGNORECASE)
_HEAD = re.compile(r"([A-Za-z]{1,60}+)([._-]?)")
BLOCK = 1_000  # codes of one thousand make a family where the table names none
MOST_FAMILIES = 40


@dataclass(frozen=True, slots=True)
class GuessedFamily:
    """A family by its id; its title if the table has one, and the codes as pack.yaml writes them.

    `label` tells the codes where the table names no family: 2000-2999 or PAY_*; "" where it holds all.
    """

    id: str
    title: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuessedPack:
    """What pack.yaml says of codes. `family_ids` are those of the rows' families by code."""

    digits: tuple[int, int] | None
    signed: tuple[str, ...]
    patterns: tuple[str, ...]
    families: tuple[GuessedFamily, ...]
    family_ids: Mapping[str, str]


def guess_pack(rows: Sequence[CodeRow]) -> GuessedPack:
    """Return the shape and the families of the rows' codes."""
    numbers = [row.code for row in rows if _NUMBER.fullmatch(row.code)]
    symbols = [row.code for row in rows if not _NUMBER.fullmatch(row.code)]
    lengths = [len(code.lstrip("-")) for code in numbers]
    families = list(_guess_families(rows))
    return GuessedPack(
        digits=(min(lengths), max(lengths)) if lengths else None,
        signed=tuple(_list_signed(numbers)),
        patterns=tuple(dict.fromkeys(map(_generalise, symbols))),
        families=tuple(family for family, _ in families),
        family_ids={code: family.id for family, codes in families for code in codes},
    )


def _list_signed(numbers: Sequence[str]) -> Iterator[str]:
    """Yield the numbers of which a minus sign is a part, in ranges that hold no number without one."""
    positive = {int(code) for code in numbers if code[0] != "-"}
    negative = sorted({-int(code) for code in numbers if code[0] == "-"} - positive)
    start = 0
    for place, number in enumerate(negative):
        following = negative[place + 1] if place + 1 < len(negative) else None
        if following is None or not positive.isdisjoint(range(number, following)):
            low = negative[start]
            yield f"{low}-{number}" if low < number else str(low)
            start = place + 1


def _guess_families(rows: Sequence[CodeRow]) -> Iterator[tuple[GuessedFamily, list[str]]]:
    """Yield families with their codes: those that the table names, by block or prefix, or one of all."""
    blocks = _group(rows, lambda row: _name_block(row.code))
    grouped = _group(rows, lambda row: row.family or _name_block(row.code))
    is_named = any(row.family for row in rows) and len(grouped) <= MOST_FAMILIES
    is_parted = len(blocks) <= min(
        MOST_FAMILIES, max(1, len(rows) // 2)
    )  # a family of each code says nothing
    chosen = grouped if is_named else blocks if is_parted else None
    if chosen is None:
        listed = (part for name, codes in blocks.items() for part in _list_codes(name, {name: codes}))
        yield GuessedFamily("f1", "", "", tuple(listed)), [row.code for row in rows]
        return
    ids: set[str] = set()
    for number, name in enumerate(chosen, 1):
        codes = tuple(_list_codes(name, chosen))
        title, label = ("", _label(name, codes)) if name in blocks else (name, "")
        found = _name_family(title)
        ids.add(found := found if found and found not in ids else f"f{number}")
        yield GuessedFamily(found, title, label, codes), chosen[name]


def _label(name: str, codes: Sequence[str]) -> str:
    """Return how the codes of a block or prefix are told: as one range or pattern if they are one."""
    return codes[0] if len(codes) == 1 else name if name[0].isdigit() else f"{name}*"


def _name_family(title: str) -> str:
    """Return the id for a family of this title; "" for a title that isn't in Latin letters.

    >>> _name_family("Heat pump (2)"), _name_family("闸门")
    ('heat-pump-2', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") if title.isascii() else ""


def _group(rows: Iterable[CodeRow], name: Callable[[CodeRow], str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for row in rows:
        grouped.setdefault(name(row), []).append(row.code)
    return grouped


def _list_codes(name: str, grouped: Mapping[str, list[str]]) -> list[str]:
    """Return what pack.yaml says of a group: its block, its prefix if that is its alone, else each code."""
    codes = grouped[name]
    block = re.fullmatch(r"(\d+)-(\d+)", name)
    if block and not _meets(name, grouped, lambda code: _name_block(code) == name):
        negative = f"-{block[2]}--{max(1, int(block[1]))}"
        signs = {code[0] == "-" for code in codes}
        return [negative if is_negative else name for is_negative in sorted(signs)]
    prefix = name + next((mark for mark in "._-" if all(code.startswith(name + mark) for code in codes)), "")
    is_own = name and not _meets(name, grouped, lambda code: code.lower().startswith(prefix.lower()))
    if is_own and all(code.startswith(prefix) and code != prefix for code in codes):
        return [f"{prefix}*"]
    return codes


def _meets(name: str, grouped: Mapping[str, list[str]], is_meant: Callable[[str], bool]) -> bool:
    """Say whether another group has a code that is meant."""
    return any(is_meant(code) for other, codes in grouped.items() if other != name for code in codes)


def _name_block(code: str) -> str:
    if _NUMBER.fullmatch(code):
        low = abs(int(code)) // BLOCK * BLOCK
        return f"{low}-{low + BLOCK - 1}"
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
