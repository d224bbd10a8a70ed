"""What single cells mean: a code, or a list of steps. Slips that spreadsheets make are undone here."""

from __future__ import annotations

import re
import unicodedata

from bot.knowledge.fields import is_code

_FLOAT = re.compile(r"(-?\d{1,18})\.0+")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3}){1,5}")
_CODE = re.compile(
    r"-?\d{1,18}|-?0x[0-9A-Fa-f]{1,16}|(?=[^\s]*[0-9_.])[A-Za-z][A-Za-z0-9_.-]{1,60}|[A-Z][A-Z0-9_]{2,60}"
)
_RANGE = re.compile(r"(-?\d{1,18})\s{0,3}(?:-|~|～|–|—|至|到|to|\.\.)\s{0,3}(-?\d{1,18})", re.IGNORECASE)
_SYMBOLS = re.compile(
    r"(?P<head>[A-Za-z][A-Za-z0-9_.-]{0,40}?)\d{1,18}"
    r"(?:\s{0,3}(?:~|～|–|—|至|到|to|\.\.)\s{0,3}(?P=head)?|\s{0,3}-\s{0,3}(?P=head))\d{1,18}"
)
_MANY = re.compile(r"[,，、;；/\n]\s*")
_WRAPPING = "`'\"“”‘’[]()（）【】<>《》:：. "
_STEP_MARK = re.compile(
    r"^(?:(?:step|步骤|第)?\s?\d{1,2}\s?(?:[.、．)）:：]|步)(?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[-*•·●])\s?",
    re.IGNORECASE,
)
_INLINE_MARK = re.compile(r"(?<=[^\s\d])\s{0,3}(?=(?:[2-9]|1\d)\s?[.、．)）](?!\d)|[②-⑳])")


def fold_cell(text: str) -> str:
    """Return a cell's text with full-width letters and digits narrow, and no invisible characters.

    >>> fold_cell("２８５０４\u200b")
    '28504'
    """
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf").strip()


def read_code(text: str) -> str:
    """Return the code that a cell holds, or "" where it holds none or more than one.

    >>> read_code("28504.0"), read_code("`E1001`"), read_code("28,504"), read_code("100-105")
    ('28504', 'E1001', '28504', '')
    """
    folded = fold_cell(text).strip(_WRAPPING)
    whole = _FLOAT.fullmatch(folded)
    if whole:
        return whole[1]
    if _GROUPED.fullmatch(folded):
        return folded.replace(",", "")
    return folded if _CODE.fullmatch(folded) and is_code(folded) and not is_range(folded) else ""


def is_range(text: str) -> bool:
    """Say whether a cell holds a range of codes.

    >>> [is_range(text) for text in ("2000-2019", "E001-E010", "PMP-210~219", "PMP-101", "E1-2")]
    [True, True, True, False, False]
    """
    folded = fold_cell(text).strip(_WRAPPING)
    return _RANGE.fullmatch(folded) is not None or _SYMBOLS.fullmatch(folded) is not None


def is_list(text: str) -> bool:
    """Say whether a cell holds several codes: 401/403."""
    parts = [part for part in _MANY.split(fold_cell(text)) if part]
    return len(parts) > 1 and all(map(read_code, parts))


def split_steps(text: str) -> list[str]:
    """Return the steps of a cell, one a line or numbered within a line, without marks and semicolons between.

    >>> split_steps("1. check the key\\n2.check the path"), split_steps("先重启；2、再重试")
    (['check the key', 'check the path'], ['先重启', '再重试'])
    """
    lines = [part for line in text.splitlines() for part in _INLINE_MARK.split(line)]
    steps: list[str] = []
    for line in lines:
        step = _STEP_MARK.sub("", line.strip()).strip().rstrip("；;")
        if step:
            steps.append(step)
    return steps
