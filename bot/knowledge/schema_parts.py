"""The parts that JSON Schemas of knowledge files are made of: a text, a code, a choice, a list, a mapping.

Each accepts what the method of Fields of the same kind accepts. An editor knows YAML's types, the reader
texts alone: so a text may be a number or a truth value, too, and an empty one null. White space around a
text, lengths in Slack, and what depends on other files are the reader's part.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.knowledge.codes import MOST_DIGITS
from bot.knowledge.fields import CODE, TRUTH

Schema = dict[str, Any]

_SCALARS = ["string", "number", "boolean"]
_LARGEST = 10**MOST_DIGITS - 1


def build_text(description: str = "") -> Schema:
    """Return the schema of a text."""
    return _describe({"type": [*_SCALARS, "null"]}, description)


def build_given_text(description: str = "") -> Schema:
    """Return the schema of a text that must not be empty."""
    return _describe({"type": _SCALARS, "minLength": 1}, description)


def build_code(description: str = "") -> Schema:
    """Return the schema of a code, in quotes or without."""
    code = {"type": _SCALARS, "pattern": f"^(?:{CODE})$", "minimum": -_LARGEST, "maximum": _LARGEST}
    return _describe(code, description)


def build_pattern(pattern: str, description: str = "") -> Schema:
    """Return the schema of a text that matches a pattern whole; one that YAML takes for a number fits."""
    return _describe({"type": _SCALARS, "pattern": f"^(?:{pattern})$"}, description)


def build_number(description: str = "", most: int = _LARGEST) -> Schema:
    """Return the schema of a whole number from 0 to `most`, in quotes or without."""
    pattern = f"^[0-9]{{1,{MOST_DIGITS}}}$"
    number = {"type": ["integer", "string"], "pattern": pattern, "minimum": 0, "maximum": most}
    return _describe(number, description)


def build_choice(options: Sequence[str], description: str = "") -> Schema:
    """Return the schema of one of several words."""
    return _describe({"enum": list(options)}, description)


def build_flag(description: str = "") -> Schema:
    """Return the schema of true or false."""
    return _describe({"enum": [*TRUTH.values(), *TRUTH]}, description)


def build_list(item: Schema, description: str = "") -> Schema:
    """Return the schema of a list, which may be empty."""
    return _describe({"type": ["array", "null"], "items": item}, description)


def build_mapping(
    fields: Mapping[str, Schema], required: Collection[str] = (), description: str = ""
) -> Schema:
    """Return the schema of a mapping of these fields alone; without a required one it may be empty."""
    mapping: Schema = {"type": "object", "properties": dict(fields), "additionalProperties": False}
    mapping |= {"required": list(required)} if required else {"type": ["object", "null"]}
    return _describe(mapping, description)


def build_table(value: Schema, description: str = "") -> Schema:
    """Return the schema of a mapping whose keys are the author's own, which may be empty."""
    return _describe({"type": ["object", "null"], "additionalProperties": value}, description)


def build_localized(
    languages: Collection[str],
    description: str = "",
    *,
    others: Mapping[str, Schema] | None = None,
    required: Collection[str] = (),
) -> Schema:
    """Return the schema of a text by language, of which one must be given, with `others` beside them."""
    texts = {language: build_text() for language in languages}
    localized = build_mapping({**(others or {}), **texts}, required, description)
    given = [{"required": [language]} for language in languages]
    return {**localized, "type": "object", "anyOf": given}


def require_unless(condition: Schema, required: Collection[str]) -> Schema:
    """Return what makes these fields of a mapping due where a condition on it isn't met."""
    return {"if": condition, "else": {"required": list(required)}}


def has_field(key: str, value: Schema) -> Schema:
    """Return the condition that a mapping has a field with such a value."""
    return {"required": [key], "properties": {key: value}}


def _describe(schema: Schema, description: str) -> Schema:
    return {"description": description, **schema} if description else schema
