"""What stands in a knowledge folder that can't be read: each is told by its path, and nothing waits."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring.check import check
from bot.compiled.compiled import open_knowledge
from bot.errors import KnowledgeError
from bot.knowledge.files import LARGEST, FileFaultError, KnowledgeFiles
from bot.knowledge.load import load_knowledge

Harm = Callable[[Path], None]


def put_pipe(path: Path) -> None:
    """A pipe that nobody writes to: opening it waits for ever."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def link_to(target: str) -> Harm:
    def put(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    put.__name__ = target
    return put


def put_socket(path: Path) -> None:
    """A socket."""
    path.unlink(missing_ok=True)
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


def put_items(path: Path) -> None:
    """Three million items."""
    path.write_bytes(b"- a\n" * 3_000_000)


def put_binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 1000)


def put_zeros(path: Path) -> None:
    path.write_bytes(bytes(1000))


HARMS: list[tuple[Harm, str]] = [
    (put_pipe, "file-irregular"),
    (put_socket, "file-irregular"),
    (link_to("/dev/zero"), "file-irregular"),
    (link_to("/etc/hostname"), "file-irregular"),
    (link_to("../../../outside.yaml"), "file-irregular"),
    (put_items, "file-too-large"),
    (put_binary, "encoding-wrong"),
    (put_zeros, "yaml-broken"),
]
READ = ("languages.yaml", "terms.yaml", "messages/zh.yaml", "kettle/pack.yaml", "kettle/codes/101.yaml")


@pytest.mark.parametrize("place", READ)
@pytest.mark.parametrize(("harm", "rule"), HARMS, ids=lambda each: getattr(each, "__name__", each))
def test_file_of_knowledge(toy: Path, tmp_path: Path, harm: Harm, rule: str, place: str) -> None:
    """What isn't a readable file is a problem of form with its path, with a cache or without."""
    (tmp_path / "outside.yaml").write_text("{}", encoding="utf-8")
    harm(toy / place)
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(KnowledgeError) as raised:
            open_knowledge(toy, cache)
        told = {(problem.path, problem.rule) for problem in raised.value.problems}
        assert (f"knowledge/{place}", rule) in told
    assert (f"knowledge/{place}", rule) in {(problem.path, problem.rule) for problem in check(toy)}


@pytest.mark.parametrize("place", [place for place in READ if "/codes/" not in place])
def test_folder_in_place_of_a_file(toy: Path, place: str) -> None:
    """A folder that has the name of a file is told; among the codes it is one more folder."""
    (toy / place).unlink()
    (toy / place).mkdir()
    assert (f"knowledge/{place}", "file-irregular") in {(each.path, each.rule) for each in check(toy)}


@pytest.mark.parametrize(("harm", "rule"), HARMS, ids=lambda each: getattr(each, "__name__", each))
def test_file_of_questions(toy: Path, tmp_path: Path, harm: Harm, rule: str) -> None:
    """Answering reads no questions, so one of their files keeps nobody from it; check tells the problem."""
    (tmp_path / "outside.yaml").write_text("[]", encoding="utf-8")
    place = "kettle/questions/zh.yaml"
    harm(toy / place)
    assert open_knowledge(toy, tmp_path / "cache").knowledge.count
    assert (f"knowledge/{place}", rule) in {(problem.path, problem.rule) for problem in check(toy)}


@pytest.mark.parametrize("harm", [put_pipe, link_to("/dev/zero"), link_to("loop.yaml")])
def test_file_that_is_not_read(toy: Path, harm: Harm) -> None:
    """A pipe or a device where no file is read is not opened, either."""
    (toy / "kettle/notes").mkdir()
    harm(toy / "kettle/notes/loop.yaml")
    assert load_knowledge(toy).count
    assert [problem.rule for problem in check(toy)] == ["file-not-read"]


@pytest.mark.parametrize("target", [".", "..", "../..", "/", "self"])
@pytest.mark.parametrize("place", ["kettle/codes/self", "kettle/self", "messages/self"])
def test_links_to_folders(toy: Path, tmp_path: Path, place: str, target: str) -> None:
    """A link to a folder, in a circle or out of the folder, is not followed."""
    (toy / place).symlink_to(target)
    problems = check(toy)
    assert {problem.rule for problem in problems} <= {"file-irregular", "file-not-read"}
    if target != "self" and place != "kettle/self":
        assert [problem.path for problem in problems] == [f"knowledge/{place}"]
        with pytest.raises(KnowledgeError):
            open_knowledge(toy, tmp_path / "cache")


def test_pack_outside(toy: Path, tmp_path: Path) -> None:
    """A pack that is a link out of the folder is a problem; one that leads to a folder inside is a pack."""
    shutil.move(toy / "kettle", tmp_path / "kettle")
    (toy / "kettle").symlink_to(tmp_path / "kettle")
    [problem] = check(toy)
    assert (problem.path, problem.rule) == ("knowledge/kettle", "file-irregular")
    (toy / "kettle").unlink()
    shutil.move(tmp_path / "kettle", toy / ".kettle-2")
    (toy / "kettle").symlink_to(".kettle-2")
    assert check(toy) == ()


def test_link_inside(toy: Path) -> None:
    """A link to a file inside the folder is read, as containers have them, and so is a linked root."""
    hidden = toy / "kettle" / "codes" / "..2026"
    hidden.mkdir()
    shutil.move(toy / "kettle/codes/101.yaml", hidden / "101.yaml")
    (toy / "kettle/codes/101.yaml").symlink_to("..2026/101.yaml")
    link = toy.parent / "current"
    link.symlink_to(toy)
    assert check(link) == ()
    assert load_knowledge(link).find_entries("101")


def test_limit_of_size(toy: Path) -> None:
    """The limit is to the byte, and the operator's."""
    path = toy / "kettle" / "codes" / "101.yaml"
    size = path.stat().st_size
    assert KnowledgeFiles(toy, size).read("kettle/codes/101.yaml") == path.read_bytes()
    with pytest.raises(FileFaultError) as raised:
        KnowledgeFiles(toy, size - 1).read("kettle/codes/101.yaml")
    assert raised.value.rule == "file-too-large"
    assert {problem.rule for problem in check(toy, size - 1)} == {"file-too-large"}
    assert size < LARGEST


def test_file_that_has_no_size(toy: Path) -> None:
    """A file whose size isn't told before it is read, as the system's own, is read up to the limit alone."""
    files = KnowledgeFiles(Path("/proc/self"), 10)
    with pytest.raises(FileFaultError) as raised:
        files.read("status")
    assert raised.value.rule == "file-too-large"
