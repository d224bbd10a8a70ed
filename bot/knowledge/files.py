"""The files of a knowledge folder: which there are, and their bytes.

Only regular files inside the folder are read, and none larger than a bound, so that reading always ends. A
pipe, a device or a link that leads elsewhere is a fault, which FileFaultError tells.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MEGABYTE = 1_000_000
LARGEST = 4 * MEGABYTE  # bytes; the largest file of the built-in packs has 20,000


class FileFaultError(Exception):
    """A file can't be read; `rule` and `message` are those of a problem."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        self.message = message
        super().__init__(rule, message)


Found = tuple[str, "os.DirEntry[str]"]
"""What stands in a folder and is no folder: its path below the root, with slashes, and its entry."""


class KnowledgeFiles:
    """The files below a knowledge folder."""

    def __init__(self, root: Path, largest: int = LARGEST) -> None:
        """`largest` is the size, in bytes, up to which a file is read."""
        self.root = root
        self.largest = largest
        self._real = os.path.realpath(root)

    def list_files(self, folder: str = "") -> list[Found]:
        """Return what is below a folder, sorted by path; what is hidden is left out.

        Links to folders are not followed, but listed like files.
        """
        return sorted(self._walk(folder), key=lambda found: found[0])

    def has(self, path: str) -> bool:
        """Say whether something of this name is there, a link that leads nowhere included."""
        return os.path.lexists(self.root / path)

    def is_inside(self, path: str) -> bool:
        """Say whether a path leads to somewhere below the root."""
        return os.path.realpath(self.root / path).startswith(f"{self._real.rstrip(os.sep)}{os.sep}")

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises FileFaultError."""
        full = self.root / path
        try:
            found = full.lstat()
            if stat.S_ISLNK(found.st_mode):
                if not self.is_inside(path):
                    raise FileFaultError("file-irregular", "is a link that leads out of the knowledge folder")
                found = full.stat()
            self._check(found)
            # Without O_NONBLOCK a pipe that has taken the file's place meanwhile would be waited for.
            with open(os.open(full, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123 - it has a descriptor
                self._check(os.fstat(file.fileno()))
                raw = file.read(self.largest + 1)
        except OSError as error:
            raise FileFaultError("file-unreadable", f"cannot be read: {error.strerror or error}") from None
        if len(raw) > self.largest:
            raise self._build_size_fault(len(raw))
        return raw

    def _check(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise FileFaultError("file-irregular", f"is {_name_kind(found.st_mode)}, not a file")
        if found.st_size > self.largest:
            raise self._build_size_fault(found.st_size)

    def _build_size_fault(self, size: int) -> FileFaultError:
        limit = f"{self.largest / MEGABYTE:g} MB"
        return FileFaultError("file-too-large", f"has {size / MEGABYTE:.1f} MB; at most {limit} are read")

    def _walk(self, folder: str) -> Iterator[Found]:
        if not self.is_inside(folder) and os.path.realpath(self.root / folder) != self._real:
            return
        folders = [folder]
        while folders:
            place = folders.pop()
            try:
                with os.scandir(self.root / place) as found:
                    items = [item for item in found if item.name[0] != "."]
            except (FileNotFoundError, NotADirectoryError):
                continue
            for item in items:
                path = f"{place}/{item.name}" if place else item.name
                if item.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path, item


def leads_to_folder(item: os.DirEntry[str]) -> bool:
    """Say whether an entry of a folder is a folder or a link to one."""
    try:
        return item.is_dir()
    except OSError:  # links in a circle
        return False


def _name_kind(mode: int) -> str:
    kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
    return kinds.get(stat.S_IFMT(mode), "a device")
