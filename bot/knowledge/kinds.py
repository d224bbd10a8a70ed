"""The kinds of knowledge files, and which one a path is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal, get_args

Kind = Literal["entry", "pack", "questions", "terms", "languages", "messages"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_AT_ROOT: Mapping[str, Kind] = {"languages.yaml": "languages", "terms.yaml": "terms"}
_IN_PACK: Mapping[str, Kind] = {"pack.yaml": "pack", "codes": "entry", "questions": "questions"}


def find_kind(path: str) -> Kind | None:
    """Return the kind of a file by its path below the knowledge folder, if it is one that is read.

    >>> find_kind("aliyun-living/questions/en.yaml"), find_kind("messages/en.yaml"), find_kind("README.md")
    ('questions', 'messages', None)
    """
    parts = PurePosixPath(path).parts
    if not path.endswith(".yaml"):
        return None
    if len(parts) == 1:
        return _AT_ROOT.get(path)
    return "messages" if parts[0] == "messages" else _IN_PACK.get(parts[1])
