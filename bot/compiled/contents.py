"""What a knowledge folder holds, as a key: the same for the same files read by the same program.

Reading a hundred thousand files takes seconds and listing them a fraction of one, so the key is remembered
for as long as no file's size or time changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from importlib.metadata import version
from pathlib import Path

from bot.knowledge.files import LARGEST, FileFaultError, KnowledgeFiles

PACKAGE = Path(__file__).resolve().parent.parent
READERS = ("knowledge", "matching", "compiled")
"""Our own code that decides what is compiled from the files."""
LIBRARIES = ("tantivy", "opencc", "pypinyin", "msgspec")
"""Others' code that does."""

SETTLED = 2.0
"""Seconds after which a file's time tells of each change to it: some disks count no finer."""

Listing = list[tuple[str, int, int]]
"""Path below the folder, size in bytes, time of the last change in nanoseconds; sorted."""


def find_key(root: Path, memory: Path, largest: int = LARGEST) -> str:
    """Return the key of a knowledge folder; `memory` is the folder where keys are remembered.

    A file that can't be read, or is larger than `largest` bytes, counts by that alone. Raises OSError if the
    folder can't be listed; that the memory can't be written is no error.
    """
    files = KnowledgeFiles(root, largest)
    place, program, listing = os.path.realpath(root), f"{_read_program()} {largest}", list_files(files)
    seen = hashlib.sha256(json.dumps([place, program, listing]).encode()).hexdigest()
    note = memory / f"{hashlib.sha256(place.encode()).hexdigest()[:32]}.key"
    try:
        known, key = note.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        known = key = ""
    if known == seen and len(key) == len(seen):
        return key
    key = _read_contents(files, listing, program)
    newest = max((changed for _, _, changed in listing), default=0) / 1e9
    if time.time() - newest > SETTLED and list_files(files) == listing:
        _remember(note, f"{seen} {key}")
    return key


def list_files(files: KnowledgeFiles) -> Listing:
    """Return the YAML files below a folder that load.py may read; hidden ones are left out."""
    return [_look_at(path, item) for path, item in files.list_files() if path.endswith((".yaml", ".yml"))]


def _look_at(path: str, item: os.DirEntry[str]) -> tuple[str, int, int]:
    try:
        found = item.stat()
    except OSError:  # a link that leads nowhere
        return path, -1, 0
    return path, found.st_size, found.st_mtime_ns


def _read_contents(files: KnowledgeFiles, listing: Listing, program: str) -> str:
    digest = hashlib.sha256(program.encode())
    for path, size, _ in listing:
        digest.update(f"{path}\0{size}\0".encode(errors="surrogateescape"))
        try:
            digest.update(files.read(path))
        except FileFaultError as fault:
            digest.update(fault.rule.encode())
    return digest.hexdigest()


def _read_program() -> str:
    """Return what tells this program's reading from another version's."""
    digest = hashlib.sha256()
    for folder in READERS:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
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
