"""YAML as an editor's language server reads it: the types of YAML 1.2's core schema."""

from __future__ import annotations

import re
from typing import Any

import yaml

LONGEST = 300  # digits of a number that a float, which editors' numbers are, still holds

_TYPES = (
    ("null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]),
    ("bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")),
    ("int", re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z"), list("-+0123456789")),
    (
        "float",
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"),
        list("-+.0123456789"),
    ),
)


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _CoreLoader(_Base):  # type: ignore[misc] # libyaml's where PyYAML was built with it
    """Resolves plain scalars as YAML 1.2 does."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own name and shape


def _build_int(loader: _CoreLoader, node: yaml.ScalarNode) -> float:
    text = loader.construct_scalar(node)
    if len(text) > LONGEST:
        return 1e300
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


for _name, _pattern, _first in _TYPES:
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", _pattern, _first)
_CoreLoader.add_constructor("tag:yaml.org,2002:int", _build_int)
_CoreLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node))
)


def load_core(text: str) -> list[Any]:
    """Return the documents of a YAML text that hold anything."""
    return [document for document in yaml.load_all(text, _CoreLoader) if document is not None]
