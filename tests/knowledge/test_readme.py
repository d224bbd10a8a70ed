"""knowledge/README.md: its examples load, and its tables name the fields there are."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from bot.knowledge.entry import Entry
from bot.knowledge.language import Language
from bot.knowledge.load import load_knowledge
from bot.knowledge.questions import load_questions


@pytest.fixture
def readme(real: Path) -> str:
    """The page's text."""
    return (real / "README.md").read_text(encoding="utf-8")


def find_example(readme: str, start: str) -> str:
    """Return the YAML block that begins with a text."""
    blocks: list[str] = re.findall(r"^```yaml\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    [found] = [block for block in blocks if block.startswith(start)]
    return found


def list_fields(readme: str, heading: str) -> set[str]:
    """Return the names in the first column of the first table of a section."""
    section = readme.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))


def test_entry_example(readme: str, real: Path, tmp_path: Path) -> None:
    """The full example of an entry loads; it holds all fields but those of retired codes, layers, imports."""
    root = tmp_path / "knowledge"
    shutil.copytree(real, root)
    example = find_example(readme, "code:")
    (root / "aliyun-living/codes/28504.yaml").write_text(example, encoding="utf-8")
    entry = load_knowledge(root).packs["aliyun-living"].entries["28504"]
    assert [phrase.shared for phrase in entry.phrases] == [(), ("28601",), (), ("28601",)]
    written = set(re.findall(r"^(\w+):", example, re.MULTILINE))
    assert written == list_fields(readme, "An entry") - {"replaced_by", "same_fault", "origin"}


def test_term_example(readme: str, toy: Path) -> None:
    """The example of a term loads."""
    (toy / "terms.yaml").write_text(find_example(readme, "online:"), encoding="utf-8")
    [term] = load_knowledge(toy).terms
    assert (term.polar, term.opposites["zh"]) == (True, ("离线", "掉线"))


def test_question_example(readme: str, tmp_path: Path) -> None:
    """The example of a question loads."""
    path = tmp_path / "zh.yaml"
    path.write_text(find_example(readme, "- text:"), encoding="utf-8")
    [question] = load_questions(path)
    assert (question.expected, question.kind) == (("28504",), "sentence")


def test_fields_are_described(readme: str) -> None:
    """The tables and the page name each field of an entry and each setting of a language."""
    derived = {"pack", "cause_basis", "cause_seen", "borrowed", "in_layer", "path", "line"}
    assert list_fields(readme, "An entry") == {field.name for field in fields(Entry)} - derived
    for setting in fields(Language):
        assert setting.name in ("id", "unwritten") or f"`{setting.name}`" in readme
