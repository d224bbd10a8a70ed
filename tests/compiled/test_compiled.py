"""Compiled knowledge: the same answers as from memory, and a damaged folder is not used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring.evaluate import find_question_files, load_question_files
from bot.compiled.cache_dir import CacheDir
from bot.compiled.compiled import Compiled, open_compiled, open_knowledge
from bot.compiled.contents import find_key
from bot.compiled.entry_db import EntryDb
from bot.desk import Snapshot
from bot.errors import KnowledgeError
from bot.knowledge.load import load_knowledge
from bot.knowledge.version import compute_version
from tests.support.shipped import open_desk


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where compiled knowledge is kept."""
    return tmp_path / "compiled"


def list_folders(place: Path) -> list[Path]:
    """Return the folders that are kept."""
    return sorted(path for path in place.iterdir() if path.is_dir())


def test_same_answers(real: Path, place: Path) -> None:
    """A quarter of the golden questions gets the verdicts that knowledge in memory gives them."""
    compiled = open_compiled(real, CacheDir(place))
    opened = Snapshot(compiled.knowledge, compiled, compiled.version)
    read = open_desk().snapshot
    for asked in load_question_files(find_question_files(real)).questions[::4]:
        assert opened.ask(asked.text, asked.mode, asked.eager) == read.ask(
            asked.text, asked.mode, asked.eager
        )


def test_silent_post_reads_nothing(real: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start and the first post of a watched channel read no entry and no message, unless it may quote one.

    Nor does a code that isn't documented have others read than those near it.
    """
    compiled = open_compiled(real, CacheDir(place))
    asked: list[str] = []
    ask = EntryDb.query

    def count(entry_db: EntryDb, statement: str, *values: object) -> list[tuple[object, ...]]:
        asked.append(statement)
        return ask(entry_db, statement, *values)

    monkeypatch.setattr(EntryDb, "query", count)
    opened = Snapshot(compiled.knowledge, compiled, compiled.version)
    assert opened.ask("Good morning, the lamps in the lobby are on again.", "watch").kind == "abstained"
    assert asked == []
    assert opened.ask("identityId is not manager", "watch").kind == "answered"
    assert 0 < len(asked) < 10
    del asked[:]
    assert "28504" in [one.code for one in opened.ask("28540").nearest]
    assert len(asked) < 50  # of 251


def test_same_contents(toy: Path, place: Path) -> None:
    """What is opened is what was read, and has the same version."""
    compiled, read = open_compiled(toy, CacheDir(place)), load_knowledge(toy)
    assert compiled.knowledge.entries == read.entries
    assert list(compiled.knowledge.packs["kettle"].entries) == list(read.packs["kettle"].entries)
    assert compiled.version == compute_version(read) == compute_version(compiled.knowledge)
    with pytest.raises(KeyError):
        compiled.knowledge.packs["kettle"].entries["999"]


def test_compiled_once(toy: Path, place: Path) -> None:
    """A state of the files is compiled once; another state has a folder of its own."""
    open_compiled(toy, CacheDir(place))
    [folder] = list_folders(place)
    made = (folder / "checksums.json").stat().st_ino
    open_compiled(toy, CacheDir(place))
    assert (folder / "checksums.json").stat().st_ino == made
    path = toy / "kettle/codes/102.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    open_compiled(toy, CacheDir(place))
    assert len(list_folders(place)) == 2


def spoil(folder: Path) -> None:
    """Change one byte of the entries."""
    path = folder / "entries.db"
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def lose(folder: Path) -> None:
    """Take a file away."""
    (folder / "knowledge.msgpack").unlink()


def add(folder: Path) -> None:
    """Put a file beside."""
    (folder / "postings" / "more").write_bytes(b"more")


def break_checksums(folder: Path) -> None:
    """Write over the checksums."""
    (folder / "checksums.json").write_text("[]", encoding="utf-8")


def open_to_all(folder: Path) -> None:
    """Let everybody write."""
    folder.chmod(0o777)


@pytest.mark.parametrize("harm", [spoil, lose, add, break_checksums, open_to_all])
def test_never_trusted(toy: Path, place: Path, harm: Callable[[Path], None]) -> None:
    """A folder that is damaged, or that others may write to, is written anew."""
    open_compiled(toy, CacheDir(place))
    [folder] = list_folders(place)
    harm(folder)
    assert CacheDir(place).find_folder(folder.name) is None
    compiled = open_compiled(toy, CacheDir(place))
    assert compiled.knowledge.entries == load_knowledge(toy).entries
    assert list_folders(place) == [folder]
    assert CacheDir(place).find_folder(folder.name) == folder


def test_place_of_others(toy: Path, place: Path) -> None:
    """Where everybody may write nothing is kept, and the knowledge is read into memory."""
    place.mkdir()
    place.chmod(0o777)
    opened = open_knowledge(toy, place)
    assert opened.prepared is None
    assert opened.knowledge.entries == load_knowledge(toy).entries
    assert list_folders(place) == []


def test_no_place(toy: Path) -> None:
    """Without a place the knowledge is read into memory."""
    opened = open_knowledge(toy, None)
    assert (opened.prepared, opened.version) == (None, compute_version(load_knowledge(toy)))


def test_broken_folder(toy: Path, place: Path) -> None:
    """A broken knowledge folder tells its problems, and nothing of it is kept."""
    (toy / "kettle/codes/102.yaml").write_text("code: [", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        open_knowledge(toy, place)
    assert not place.exists() or list_folders(place) == []


def test_two_processes_at_once(toy: Path, place: Path) -> None:
    """Several processes that compile the same at once all get it, and one folder is kept."""
    script = (
        "import sys; from pathlib import Path; from bot.compiled.cache_dir import CacheDir; "
        "from bot.compiled.compiled import open_compiled; "
        "print(len(open_compiled(Path(sys.argv[1]), CacheDir(Path(sys.argv[2]))).knowledge.entries))"
    )
    command = [sys.executable, "-c", script, str(toy), str(place)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = {process.communicate()[0].strip() for process in running}
    assert told == {str(load_knowledge(toy).count)}
    assert len(list_folders(place)) == 1


def test_open_while_removed(toy: Path, place: Path) -> None:
    """What is open goes on answering where its folder is removed meanwhile."""
    compiled: Compiled = open_compiled(toy, CacheDir(place))
    snapshot = Snapshot(compiled.knowledge, compiled, compiled.version)
    for path in sorted(place.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    [match] = snapshot.ask("102").matches
    assert match.entry.code == "102"


def test_key(toy: Path, place: Path) -> None:
    """The key tells contents: the same for the same files, another where one has another name."""
    before = find_key(toy, place)
    assert find_key(toy, place) == before
    (toy / "kettle/codes/101.yaml").rename(toy / "kettle/codes/1010.yaml")
    assert find_key(toy, place) != before
