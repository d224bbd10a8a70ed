"""Copies a knowledge folder to where its owner can edit it."""

from __future__ import annotations

from pathlib import Path

from bot.errors import InputError
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.folder import is_installed
from bot.knowledge.load import load_languages
from bot.knowledge.schema_files import build_modeline, put_schemas


def copy_knowledge(source: Path, target: Path) -> int:
    """Copy all files that are not hidden into a folder that is empty or isn't there; return how many.

    Each YAML file names its schema in its first line, and the schemas are written, too.

    Raises InputError: init_not_empty, new_installed, file_unwritable.
    """
    if is_installed(target):
        raise InputError("new_installed", path=target)
    paths = [path for path, _ in KnowledgeFiles(source).list_files()]
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError("init_not_empty", path=target)
        for path in paths:
            copy = target / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            content = (source / path).read_bytes()
            copy.write_bytes(build_modeline(path).encode() + content)  # an installed file may be read-only
        put_schemas(target, load_languages(source))
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            "file_unwritable", path=error.filename2 or error.filename or target, why=why
        ) from None
    return len(paths)
