"""What a knowledge folder holds, as a key: the same for the same files read by the same program.

Reading a hundred thousand files takes seconds and listing them a fraction of one, so the key is remembered
for as long as no file's size or time changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
READERS = ("knowledge", "matching", "compiled")
"""Our own code that decides what is compiled from the files."""
LIBRARIES = ("tantivy", "opencc", "pypinyin", "msgspec")
"""Others' code that does."""

SETTLED = 2.0
"""Seconds after which a file's time tells of each change to it: some disks count no finer."""

Listing = list[tuple[str, int, int]]
"""Path below the folder, size in bytes, time of the last change in nanoseconds; sorted."""


def find_key(root: Path, memory: Path) -> str:
    """Return the key of a knowledge folder; `memory` is the folder where keys are remembered.

    Raises OSError if a file can't be read; that the memory can't be written is no error.
    """
    place, program, listing = str(root.resolve()), _read_program(), list_files(root)
    seen = hashlib.sha256(json.dumps([place, program, listing]).encode()).hexdigest()
    note = memory / f"{hashlib.sha256(place.encode()).hexdigest()[:32]}.key"
    try:
        known, key = note.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        known = key = ""
    if known == seen and len(key) == len(seen):
        return key
    key = _read_contents(root, listing, program)
    newest = max((changed for _, _, changed in listing), default=0) / 1e9
    if time.time() - newest > SETTLED and list_files(root) == listing:
        _remember(note, f"{seen} {key}")
    return key


def list_files(root: Path) -> Listing:
    """Return the YAML files below a folder that load.py may read; hidden ones are left out."""
    return sorted(_list_files(root))


def _list_files(root: Path) -> Iterator[tuple[str, int, int]]:
    base = str(root)
    folders = [base]
    while folders:
        with os.scandir(folders.pop()) as found:
            for item in found:
                if item.name[0] == ".":
                    continue
                if item.is_dir():
                    folders.append(item.path)
                elif item.name.endswith((".yaml", ".yml")):
                    stat = item.stat()
                    yield os.path.relpath(item.path, base), stat.st_size, stat.st_mtime_ns


def _read_contents(root: Path, listing: Listing, program: str) -> str:
    digest = hashlib.sha256(program.encode())
    for path, size, _ in listing:
        digest.update(f"{path}\0{size}\0".encode())
        digest.update((root / path).read_bytes())
    return digest.hexdigest()


def _read_program() -> str:
    """Return what tells this program's reading from another version's."""
    digest = hashlib.sha256()
    for folder in READERS:
        for path in sorted((PACKAGE / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return " ".join([digest.hexdigest(), *(version(name) for name in LIBRARIES)])


def _remember(note: Path, text: str) -> None:
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = note.with_suffix(f".{os.getpid()}")
        new.write_text(text, encoding="ascii")
        new.replace(note)
    except OSError:
        return
