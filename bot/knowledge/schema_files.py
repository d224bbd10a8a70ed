"""Where an editor finds the schema of a knowledge file: a hidden folder, named in the file's first line."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from bot.knowledge.kinds import KINDS, Kind, find_kind
from bot.knowledge.schemas import build_schema

FOLDER = ".schema"
"""Below the knowledge folder; the reader passes over hidden folders."""

_MARK = "# yaml-language-server:"


def build_modeline(path: str) -> str:
    """Return the line that tells the YAML language server a file's schema; "" for a file of no kind."""
    kind = find_kind(path)
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"{_MARK} $schema={up}{FOLDER}/{kind}.json\n" if kind else ""


def put_schemas(root: Path, languages: Collection[str]) -> None:
    """Write the schemas of all kinds into a knowledge folder where they aren't as they should be.

    Raises OSError.
    """
    for kind in KINDS:
        path, text = root / FOLDER / f"{kind}.json", write_schema(kind, languages)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def write_schema(kind: Kind, languages: Collection[str]) -> str:
    """Return the schema of a kind of file as JSON."""
    return json.dumps(build_schema(kind, languages), ensure_ascii=False, indent=2) + "\n"
