"""What tells one state of the knowledge from another, wherever it was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from bot.knowledge.snapshot import Knowledge


def compute_version(knowledge: Knowledge) -> str:
    """Return twelve letters and digits, the same for the same contents and for no others."""
    digest = hashlib.sha256()
    for part in _list_parts(knowledge):
        digest.update(part)
    return digest.hexdigest()[:12]


def _list_parts(knowledge: Knowledge) -> Iterator[bytes]:
    """Yield the knowledge in parts, encoded without the paths, which are no part of what is known."""
    encoder = msgspec.msgpack.Encoder(order="sorted")
    packs = {name: replace(pack, path="", entries={}) for name, pack in knowledge.packs.items()}
    yield encoder.encode(replace(knowledge, root="", packs=packs))
    for entry in knowledge.entries:
        yield encoder.encode(replace(entry, path=""))
