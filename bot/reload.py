"""Reads the knowledge anew while the desk serves: when its folder changes, and when somebody asks for it.

A folder that is broken changes nothing: what served goes on serving, and the log and `notes` say what is
wrong.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import watchfiles

from bot.desk import Desk, Snapshot
from bot.errors import FaultbookError, KnowledgeError

LEAVING = 2.0  # seconds that its threads have to end; reading a large folder may take longer, and is given up
MOST_LOGGED = 50  # problems of a broken folder; `faultbook check` lists all
LOOK = 1000  # milliseconds between looks whether another folder stands in the place of the one watched

Watch = Callable[[Path, threading.Event], Iterable[object]]
"""Yields whenever a folder may have changed, until the event is set."""

_log = logging.getLogger(__name__)


class Reloader:
    """Swaps what a folder holds now into the desk."""

    def __init__(
        self,
        desk: Desk,
        load: Callable[[], Snapshot],
        root: Path,
        clock: Callable[[], float] = time.time,
        watch: Watch | None = None,
        on_swap: Callable[[], None] = lambda: None,
    ) -> None:
        """`load` reads the folder `root` as it is, or raises FaultbookError; `clock` tells epoch seconds.

        `on_swap` is called once other knowledge serves.
        """
        self._desk = desk
        self._load = load
        self._root = root
        self._clock = clock
        self._watch = watch or watch_folder
        self._on_swap = on_swap
        self._asked: SimpleQueue[bool] = SimpleQueue()  # False ends it
        self._ended = threading.Event()
        self._broken_at = 0.0  # epoch seconds since when the folder is broken, 0.0 where it's sound
        self._broken = self._unwatched = ""

    @property
    def notes(self) -> dict[str, str]:
        """What is wrong, by name: the folder is broken, or isn't watched."""
        notes = {"knowledge": self._broken, "watch": self._unwatched}
        return {name: note for name, note in notes.items() if note}

    def request_reload(self) -> None:
        """Have the knowledge read soon, on another thread; a signal's handler may call this."""
        self._asked.put(True)  # of all queues and events, the one that may be interrupted by itself

    def reload(self) -> bool:
        """Read the knowledge and let it serve from now on; return False if it can't be, and log why."""
        try:
            snapshot = self._load()
            if snapshot.version != self._desk.snapshot.version:
                snapshot.warm()
                self._desk.swap(snapshot)
                values = {"version": snapshot.version, "entries": snapshot.knowledge.count}
                _log.info("the knowledge was reloaded", extra=values)
                self._on_swap()
        except FaultbookError as error:
            self._note(error)
            return False
        except Exception as error:  # noqa: BLE001 - whatever it is, the knowledge that serves is sound
            _log.error("the knowledge could not be reloaded", exc_info=error)
            self._note(FaultbookError(type(error).__name__))
            return False
        self._broken_at, self._broken = 0.0, ""
        return True

    @contextmanager
    def running(self) -> Iterator[None]:
        """Watch the folder and do what is asked, on threads."""
        work = threading.Thread(target=self._work, name="reload", daemon=True)
        look = threading.Thread(target=self._look_on, name="reload-watch", daemon=True)
        work.start()
        look.start()
        try:
            yield
        finally:
            self._ended.set()
            self._asked.put(False)
            until = time.monotonic() + LEAVING
            for thread in (look, work):
                thread.join(max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while self._asked.get():
            wanted = True
            while not self._asked.empty():  # asked for again meanwhile: once is enough
                wanted = self._asked.get() and wanted
            if not wanted:
                return
            self.reload()

    def _look_on(self) -> None:
        try:
            for _ in self._watch(self._root, self._ended):
                self.request_reload()
        except Exception as error:  # noqa: BLE001 - no watch to be had, as where too many are on already
            _log.error("the knowledge folder can't be watched; SIGHUP has it read", exc_info=error)
            self._unwatched = f"the knowledge folder isn't watched: {type(error).__name__}"

    def _note(self, error: FaultbookError) -> None:
        problems = error.problems if isinstance(error, KnowledgeError) else ()
        for each in problems[:MOST_LOGGED] or (error,):
            _log.error("the knowledge is broken; what served goes on serving", extra={"problem": str(each)})
        if len(problems) > MOST_LOGGED:
            _log.error("further problems: see `faultbook check`", extra={"problems": len(problems)})
        self._broken_at = self._broken_at or self._clock()  # it may be broken in another way by now
        since = datetime.fromtimestamp(self._broken_at, UTC).isoformat(timespec="seconds")
        first = f"{problems[0].path}:{problems[0].line}: {problems[0].rule}" if problems else str(error)
        self._broken = f"broken since {since}; problems: {len(problems) or 1}, first: {first}"


def watch_folder(root: Path, ended: threading.Event) -> Iterator[None]:
    """Yield whenever something in a folder has changed, or another folder stands in its place.

    That is how a symbolic link is set to a new release; a watch alone would stay with the old one. It yields
    once each watch is on as well, for what changed before. Raises OSError or RuntimeError where the system
    gives no watch.
    """
    while not ended.is_set():
        place, folders, is_new = _identify(root), _list_folders(root), True
        if place is None:
            ended.wait(LOOK / 1000)
            continue
        # Each folder by itself: a recursive watch follows links, were it to the whole disk.
        looks = watchfiles.watch(
            *folders,
            stop_event=ended,
            recursive=False,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for changes in looks:
            is_same = _identify(root) == place and not (changes and _list_folders(root) != folders)
            if changes or is_new or not is_same:
                yield
            is_new = False
            if not is_same:
                looks.close()
                break


def _list_folders(root: Path) -> list[str]:
    """Return the folder and those below it; links are not followed, and hidden ones not looked at."""
    found = [str(root)]
    for place in found:
        with contextlib.suppress(OSError), os.scandir(place) as items:
            found += [
                item.path for item in items if item.is_dir(follow_symlinks=False) and item.name[0] != "."
            ]
    return found


def _identify(root: Path) -> tuple[int, int] | None:
    """Return what tells the folder from any other, or None where there is none."""
    try:
        found = root.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
