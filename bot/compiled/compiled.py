"""A knowledge folder, compiled: opened in milliseconds, its entries and units on disk, read one by one.

The first that needs a state of the folder compiles it, which takes as long as reading and indexing do.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.compiled.cache_dir import CacheDir
from bot.compiled.contents import find_key
from bot.compiled.entry_db import EntryDb, EntryDbWriter, StoredEntries, StoredUnits
from bot.knowledge.files import LARGEST
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.version import compute_version
from bot.matching.indexes import (
    Index,
    Membership,
    Postings,
    Reader,
    find_faults,
    gather_pairs,
    list_pairs,
    list_words,
    read_contents,
)
from bot.track import Track, track_silently

ENTRY_DB, HEAD, FEATURES, POSTINGS = "entries.db", "knowledge.msgpack", "features.msgpack", "postings"

_Shape = TypeVar("_Shape")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Head:
    """What of a knowledge is read at once: all but the entries; `words` are the Latin ones of all entries."""

    knowledge: Knowledge
    version: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Features:
    """What of the index is read at once: the weight of each feature, and the messages of all entries.

    `pairs` is what a Membership told.
    """

    weights: Mapping[str, float]
    messages: tuple[str, ...]
    pairs: bytes


class Compiled:
    """A knowledge that is open, with the index that a matcher needs. Threads may share it."""

    def __init__(self, folder: Path, root: Path) -> None:
        """Open what write_compiled() left in a folder; `root` is where the knowledge was read."""
        head = _read(folder / HEAD, _Head)
        entry_db = EntryDb(folder / ENTRY_DB)
        packs = {
            name: replace(pack, entries=StoredEntries(entry_db, name))
            for name, pack in head.knowledge.packs.items()
        }
        self.knowledge = replace(head.knowledge, packs=packs, root=str(root))
        self.version = head.version
        self.words = head.words
        rest = _read(folder / FEATURES, _Features)
        postings = Postings.open(str(folder / POSTINGS))
        faults = find_faults(self.knowledge.all_terms)
        units, pairs = StoredUnits(entry_db), Membership(rest.pairs)
        self.index = Index(units, postings, rest.weights, faults, rest.messages, pairs)


@dataclass(frozen=True, slots=True)
class Opened:
    """A knowledge as it was read; `prepared` is what a matcher over it needs, if that was compiled."""

    knowledge: Knowledge
    version: str
    prepared: Compiled | None = None


def open_knowledge(
    root: Path,
    place: Path | None,
    largest: int = LARGEST,
    track: Track = track_silently,
    *,
    drafts: bool = False,
) -> Opened:
    """Return the knowledge of a folder as it is now, compiled in the folder `place`, first of all if need be.

    Without a place, or where it can't be used, the knowledge is read into memory. No file larger than
    `largest` bytes is read. With `drafts`, drafts count and nothing is kept. Raises KnowledgeError with all
    problems of the folder.
    """
    if place and not drafts:
        try:
            compiled = open_compiled(root, CacheDir(place), largest, track)
        except (OSError, sqlite3.Error, msgspec.MsgspecError, ValueError) as error:
            _log.warning("compiled knowledge can't be kept", extra={"place": str(place), "error": str(error)})
        else:
            return Opened(compiled.knowledge, compiled.version, compiled)
    knowledge = load_knowledge(root, largest, track, drafts=drafts)
    return Opened(knowledge, compute_version(knowledge))


def open_compiled(
    root: Path, cache_dir: CacheDir, largest: int = LARGEST, track: Track = track_silently
) -> Compiled:
    """Return the knowledge of a folder as it is now, compiled first if need be.

    Raises KnowledgeError with all problems of the folder, OSError where the cache directory can't keep it.
    """
    while True:
        key = find_key(root, cache_dir.place, largest)
        folder = cache_dir.find_folder(key)
        if folder is None:
            knowledge = load_knowledge(root, largest, track)
            if find_key(root, cache_dir.place, largest) != key:
                continue  # it was changed while it was read
            folder = cache_dir.write_folder(key, partial(write_compiled, knowledge, track=track))
        return Compiled(folder, root)


def write_compiled(knowledge: Knowledge, folder: Path, track: Track = track_silently) -> None:
    """Compile a knowledge into an empty folder."""
    words = list_words(knowledge)
    reader = Reader(knowledge, words)
    entries, faults = knowledge.entries, reader.faults
    packs = {name: replace(pack, entries={}) for name, pack in knowledge.packs.items()}
    head = _Head(replace(knowledge, packs=packs), compute_version(knowledge), words)
    _write(folder / HEAD, head)
    with EntryDbWriter(folder / ENTRY_DB) as entry_db:
        entry_db.write_entries(entries)
        contents = read_contents(track(entries, "progress_said"), reader.read_features, faults)
        entry_db.write_units(contents)
    pairs = list_pairs(knowledge.packs, contents.units, reader.find_evidence)
    (folder / POSTINGS).mkdir()
    Postings.build(contents.list_tokens(pairs), str(folder / POSTINGS))
    messages, known = tuple(contents.list_messages()), gather_pairs(pairs)
    _write(folder / FEATURES, _Features(contents.weights, messages, known.tell()))


def _write(path: Path, contents: object) -> None:
    path.write_bytes(msgspec.msgpack.encode(contents))


def _read(path: Path, shape: type[_Shape]) -> _Shape:
    return msgspec.msgpack.decode(path.read_bytes(), type=shape)
