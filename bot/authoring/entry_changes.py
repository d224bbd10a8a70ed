"""What is different between two states of the knowledge, entry by entry and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from bot.knowledge.entry import Entry, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.text_change import TextChange, list_text_changes

ChangeKind = Literal["added", "removed", "retired", "changed"]

PLACES = frozenset({"path", "line", "pack", "code"})
"""Fields that tell where an entry stands: a file that moves changes nothing."""

UNORDERED = ("phrases", "aliases", "same_fault")
"""Fields whose items are told as gone and come: their order says nothing, so they have no numbers."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of one entry, by its id; `fields` is empty unless it is "changed" or "retired"."""

    kind: ChangeKind
    entry_id: str
    title: str
    fields: tuple[TextChange, ...] = ()


def list_entry_changes(old: Knowledge, new: Knowledge, language: str) -> tuple[EntryChange, ...]:
    """Return what changed, by pack and code; titles are in `language`.

    An entry whose status becomes "retired" is retired, not changed, and its other changes come along.
    """
    before = {entry.id: entry for entry in old.entries}
    after = {entry.id: entry for entry in new.entries}
    order = list(dict.fromkeys([*after, *before]))
    return tuple(
        change
        for entry_id in sorted(order, key=_sort_key)
        if (change := _compare(before.get(entry_id), after.get(entry_id), language))
    )


def _compare(old: Entry | None, new: Entry | None, language: str) -> EntryChange | None:
    if old is None:
        return EntryChange("added", new.id, pick_text(new.title, language)) if new else None
    if new is None:
        return EntryChange("removed", old.id, pick_text(old.title, language))
    changed = (*list_text_changes(dict(_flatten(old)), dict(_flatten(new))), *_list_item_changes(old, new))
    if not changed:
        return None
    is_retired = new.status == "retired" and old.status != "retired"
    return EntryChange(
        "retired" if is_retired else "changed", new.id, pick_text(new.title, language), changed
    )


def _flatten(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each text of an entry with its name."""
    for field in fields(entry):
        if field.name not in PLACES and field.name not in UNORDERED:
            yield from _spread(field.name, getattr(entry, field.name))


def _list_item_changes(old: Entry, new: Entry) -> Iterator[TextChange]:
    """Yield each phrase and name that only one of the two entries has."""
    before, after = dict.fromkeys(_list_items(old)), dict.fromkeys(_list_items(new))
    yield from (TextChange(name, text, "") for name, text in before if (name, text) not in after)
    yield from (TextChange(name, "", text) for name, text in after if (name, text) not in before)


def _list_items(entry: Entry) -> Iterator[tuple[str, str]]:
    for phrase in entry.phrases:
        shared = f" (shared: {', '.join(phrase.shared)})" if phrase.shared else ""
        yield f"phrases.{phrase.language}", f"{phrase.text}{shared}"
    yield from (("aliases", alias) for alias in entry.aliases)
    yield from (("same_fault", other) for other in entry.same_fault)


def _spread(name: str, value: object) -> Iterator[tuple[str, str]]:
    if hasattr(value, "items"):
        for key, part in value.items():
            yield from _spread(f"{name}.{key}", part)
    elif isinstance(value, tuple | frozenset):
        for number, part in enumerate(value, 1):
            yield from _spread(f"{name}.{number}", part)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):  # type: ignore[arg-type] # it has the fields of a dataclass
            if field.name not in PLACES:
                yield from _spread(f"{name}.{field.name}", getattr(value, field.name))
    elif value not in (None, "", False):
        yield name, str(value)


def _sort_key(entry_id: str) -> tuple[str, int, str]:
    pack, _, code = entry_id.partition("/")
    return pack, len(code), code
