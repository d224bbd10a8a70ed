"""The key of a fixed sentence. The words stand in knowledge/messages."""

from __future__ import annotations

from enum import StrEnum


class Sentence(StrEnum):
    """A key, whose placeholders the message files name; each noun's sentences are an enum of this type."""
