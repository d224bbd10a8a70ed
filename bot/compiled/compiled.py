"""A knowledge folder, compiled: opened in milliseconds, its entries and units on disk, read one by one.

The first that needs a state of the folder compiles it, which takes as long as reading and indexing do.
"""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from bot.compiled.cache_dir import CacheDir
from bot.compiled.contents import find_key
from bot.compiled.entry_db import EntryDb, EntryDbWriter, StoredEntries
from bot.knowledge.files import LARGEST
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.version import compute_version
from bot.matching.contents import Summary, read_contents
from bot.matching.index import Index, Postings
from bot.matching.reading import Reader, list_words
from bot.track import Track, track_silently

ENTRY_DB, HEAD, POSTINGS = "entries.db", "knowledge.msgpack", "postings"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Head:
    """What of a knowledge is read at once: all but the entries; `words` are the Latin ones of all entries."""

    knowledge: Knowledge
    version: str
    words: tuple[str, ...]
    summary: Summary


_HEADS = msgspec.msgpack.Decoder(_Head)


class Compiled:
    """A knowledge that is open, with the index that a matcher needs. Threads may share it."""

    def __init__(self, folder: Path, root: Path) -> None:
        """Open what write_compiled() left in a folder; `root` is where the knowledge was read."""
        head = _HEADS.decode((folder / HEAD).read_bytes())
        entry_db = EntryDb(folder / ENTRY_DB)
        packs = {
            name: replace(pack, entries=StoredEntries(entry_db, name))
            for name, pack in head.knowledge.packs.items()
        }
        self.knowledge = replace(head.knowledge, packs=packs, root=str(root))
        self.version = head.version
        self.words = head.words
        self.index = Index(entry_db.get_units, Postings.open(str(folder / POSTINGS)), head.summary)


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
    entries = track(knowledge.entries, "progress_said")
    contents = read_contents(entries, knowledge.packs, Reader(knowledge, words))
    packs = {name: replace(pack, entries={}) for name, pack in knowledge.packs.items()}
    head = _Head(replace(knowledge, packs=packs), compute_version(knowledge), words, contents.summary)
    (folder / HEAD).write_bytes(msgspec.msgpack.encode(head, order="deterministic"))
    with EntryDbWriter(folder / ENTRY_DB) as entry_db:
        entry_db.write_entries(knowledge.entries)
        entry_db.write_units(contents.units)
    (folder / POSTINGS).mkdir()
    Postings.build(contents.list_tokens(), str(folder / POSTINGS))
