"""Entries and their strings on disk, read one by one: a SQLite file that is written once and never changed.

compiled.py writes it and opens it; bot/matching gets its strings from here as from memory.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.knowledge.entry import Entry
from bot.matching.search_string import SearchString

REMEMBERED = 512  # entries that are kept once they were read

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_ENTRIES = msgspec.msgpack.Decoder(Entry)
_UNITS = msgspec.msgpack.Decoder(SearchString)


class EntryDbWriter:
    """Writes a new file; used in a `with`, after which it is complete."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")

    def __enter__(self) -> EntryDbWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.commit()
        self._connection.close()

    def write_entries(self, entries: Iterable[Entry]) -> None:
        """Write all entries, in their order."""
        # Not WITHOUT ROWID: there each entry of more than a quarter of a page takes a page more.
        columns = "place INTEGER PRIMARY KEY, pack TEXT, code TEXT, body BLOB"
        self._connection.execute(f"CREATE TABLE entries ({columns})")
        rows = ((place, entry.pack, entry.code, _encode(entry)) for place, entry in enumerate(entries))
        self._connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?)", rows)
        self._connection.execute("CREATE UNIQUE INDEX entries_code ON entries (pack, code)")
        self._connection.execute("CREATE INDEX entries_place ON entries (pack, place, code)")

    def write_units(self, units: Iterable[SearchString]) -> None:
        """Write the strings of all entries."""
        self._connection.execute("CREATE TABLE units (number INTEGER PRIMARY KEY, body BLOB)")
        rows = ((unit.number, _encode(unit)) for unit in units)
        self._connection.executemany("INSERT INTO units VALUES (?, ?)", rows)


class EntryDb:
    """The file, open. Threads may share it."""

    def __init__(self, path: Path) -> None:
        """Open a file that EntryDbWriter wrote. Raises sqlite3.Error if it can't be."""
        # One connection for all threads: it goes on reading where the file has been removed meanwhile.
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows of a statement."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def get_units(self, numbers: Sequence[int]) -> list[SearchString]:
        """Return the strings of these numbers, in this order. Raises LookupError if one isn't there."""
        places = ",".join(map(str, map(int, numbers)))
        rows = self.query(f"SELECT number, body FROM units WHERE number IN ({places})")  # noqa: S608
        found = {number: _UNITS.decode(body) for number, body in rows}  # type: ignore[arg-type]
        return [found[number] for number in numbers]


class StoredEntries(Mapping[str, Entry]):
    """A pack's entries by code, in the order of the knowledge; only the codes are in memory."""

    def __init__(self, entry_db: EntryDb, pack: str) -> None:
        self._db = entry_db
        self._pack = pack
        rows = entry_db.query("SELECT code FROM entries WHERE pack = ? ORDER BY place", pack)
        self._codes = {str(code): None for (code,) in rows}
        self._read = lru_cache(REMEMBERED)(self._fetch)

    def __getitem__(self, code: str) -> Entry:
        if code not in self._codes:
            raise KeyError(code)
        return self._read(code)

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def _fetch(self, code: str) -> Entry:
        [(body,)] = self._db.query("SELECT body FROM entries WHERE pack = ? AND code = ?", self._pack, code)
        return _ENTRIES.decode(body)  # type: ignore[arg-type] # the column holds bytes
