"""One text that is different in two states of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text before and after; `name` is like "title.en" or "steps.2.zh", and "" stands for none."""

    name: str
    before: str
    after: str


def list_text_changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[TextChange, ...]:
    """Return what is different in two sets of texts by name, in the order of the old ones, then the new.

    >>> [str(each.name) for each in list_text_changes({"a": "1", "b": "2"}, {"b": "3", "a": "1", "c": "4"})]
    ['b', 'c']
    """
    return tuple(
        TextChange(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    )
