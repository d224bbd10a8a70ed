"""The folder where compiled knowledge is kept: one folder for each key, with the checksums of its files.

A folder that is damaged, unfinished or another user's is not used; it is written anew. Two processes may
write the same at once. What is inside a folder is compiled.py's part.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

CHECKSUMS = "checksums.json"
KEPT = 4  # folders that stay, whatever their age
OLD = 30 * 86_400.0  # seconds without use after which any other may go
ABANDONED = 86_400.0  # seconds after which an unfinished folder is nobody's work any more
BLOCK = 1 << 20  # bytes that are read at a time
_UNFINISHED = "new-"


class CacheDir:
    """Folders by key. Raises OSError where the disk doesn't let it."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def find_folder(self, key: str) -> Path | None:
        """Return the folder of a key, if it is there, ours, and intact."""
        folder = self.place / key
        if not _is_ours(self.place) or not _is_ours(folder) or not _is_intact(folder):
            return None
        os.utime(folder)
        return folder

    def write_folder(self, key: str, write: Callable[[Path], None]) -> Path:
        """Return the folder of a key after `write` has filled it, in place of one that is not intact.

        Raises what `write` raises; nothing is kept then. Raises PermissionError where the place is another
        user's, or others may write to it.
        """
        self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(self.place):
            raise PermissionError(f"{self.place} belongs to another user, or others may write to it")
        self._clear()
        new = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.place))
        try:
            write(new)
            _write_checksums(new)
            return self._put(new, self.place / key)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def _put(self, new: Path, folder: Path) -> Path:
        """Let a new folder stand in its place, unless another process was as quick and its work is sound."""
        if not (_is_ours(folder) and _is_intact(folder)):
            if folder.is_symlink() or folder.exists():
                broken = new.with_name(f"{new.name}-broken")
                folder.rename(broken)
                _remove(broken)
            try:
                new.rename(folder)
            except OSError:
                if not _is_intact(folder):
                    raise
        return folder

    def _clear(self) -> None:
        """Remove what was left unfinished, and what has long not been used."""
        now = time.time()
        folders = sorted(
            (item for item in self.place.iterdir() if item.is_dir()), key=_read_age, reverse=True
        )
        unfinished = [item for item in folders if item.name.startswith(_UNFINISHED)]
        finished = [item for item in folders if item not in unfinished]
        gone = [item for item in unfinished if now - _read_age(item) > ABANDONED]
        gone += [item for item in finished[KEPT:] if now - _read_age(item) > OLD]
        for item in gone:
            _remove(item)


def _is_ours(folder: Path) -> bool:
    """Say whether a folder is this user's, and nobody else may write to it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    is_folder = folder.is_dir() and not folder.is_symlink()
    return is_folder and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _write_checksums(folder: Path) -> None:
    checksums = {name: _read_checksum(folder / name) for name in _list_files(folder)}
    (folder / CHECKSUMS).write_text(json.dumps(checksums), encoding="utf-8")


def _is_intact(folder: Path) -> bool:
    """Say whether a folder holds just the files that were written, to the last byte."""
    try:
        checksums = json.loads((folder / CHECKSUMS).read_bytes())
        names = _list_files(folder)
        return (
            isinstance(checksums, dict)
            and sorted(checksums) == names
            and all(checksums[name] == _read_checksum(folder / name) for name in names)
        )
    except (OSError, ValueError):
        return False


def _list_files(folder: Path) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in names if name != CHECKSUMS)


def _read_checksum(path: Path) -> list[int]:
    """Return a file's size and CRC-32: who could fool a better checksum could rewrite the checksums."""
    found = size = 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            found, size = crc32(block, found), size + len(block)
    return [size, found]


def _read_age(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # another process removed it
        return 0.0


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
