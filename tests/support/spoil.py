"""A text of a file is replaced: a folder of knowledge is spoilt, or changed, in one place."""

from __future__ import annotations

from pathlib import Path


def spoil(path: Path, old: str, new: str) -> None:
    """Replace the first of a text in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
