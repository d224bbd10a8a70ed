"""A knowledge folder as it stood in a revision of git, laid out in a folder of its own."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import InputError
from bot.replies.sentences import ImportSentence

PATIENCE = 60  # seconds for git


@contextmanager
def open_state(name: str, root: Path) -> Iterator[Path]:
    """Give the folder of a state: `name` is a folder, or a revision of the repository that `root` lies in.

    Raises InputError (state_unknown) where it is neither, or the revision has no such folder.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
    git = shutil.which("git")
    if git is None or name.startswith("-"):
        raise InputError(ImportSentence.STATE_UNKNOWN, name=name)
    with TemporaryDirectory(prefix="faultbook-") as folder:
        place = Path(folder) / root.resolve().name
        place.mkdir()
        command = [git, "-C", str(root), "archive", "--format=tar", name, "."]
        done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - no shell; a leading - is refused
        if done.returncode:
            raise InputError(ImportSentence.STATE_UNKNOWN, name=name)
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(place, filter="data")
        yield place
