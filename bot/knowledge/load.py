"""Read the knowledge folder into one Knowledge, or tell every fault at once.

Faults of form stop here (a broken file, a missing field, a code given twice); the contents are
bot/authoring's part, golden questions questions.py's, and folder.py says where the folder is.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from bot.errors import KnowledgeError, Problem
from bot.knowledge.entry import Entry, Language, Pack
from bot.knowledge.fields import Fields
from bot.knowledge.read_entry import read_entry
from bot.knowledge.read_pack import (
    add_entries,
    inherit,
    read_languages,
    read_messages,
    read_pack,
    read_terms,
)
from bot.knowledge.snapshot import Knowledge, find_repeats
from bot.knowledge.yaml_text import Node, Sheet, read_file

MESSAGES = "messages"


def load_knowledge(root: Path) -> Knowledge:
    """Return what the folder holds; the same whatever order the disk lists its files in.

    Raises KnowledgeError with all problems, sorted; their paths begin with the folder's name.
    """
    reader = _FolderReader(root)
    knowledge = reader.read()
    if reader.problems:
        raise KnowledgeError(tuple(sorted(reader.problems)))
    return knowledge


def print_path(root: Path, path: str) -> str:
    """Return a path as problems print it: from the knowledge folder's name on, with slashes."""
    return f"{root.resolve().name}/{os.path.relpath(path, root).replace(os.sep, '/')}"


class _FolderReader:
    """One reading of a knowledge folder; `problems` fills as it goes on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root.resolve().name
        self.problems: list[Problem] = []

    def read(self) -> Knowledge:
        languages = self._read_languages()
        terms_node, terms_sheet = self._read_one("terms.yaml", required=False)
        terms = read_terms(Fields(terms_node, terms_sheet), languages) if terms_node else ()
        messages = self._read_messages(languages)
        packs = {name: self._read_pack(name, languages) for name in self._list_packs()}
        found = {name: pack for name, pack in packs.items() if pack is not None}
        joined = {
            name: inherit(pack, found[pack.primary]) if pack.primary in found else pack
            for name, pack in found.items()
        }
        return Knowledge(languages, terms, messages, joined, str(self.root), find_repeats(joined.values()))

    def _list_packs(self) -> list[str]:
        """Return the names of the packs, sorted: every folder that is not hidden and not the messages."""
        try:
            with os.scandir(self.root) as found:
                folders = [item.name for item in found if item.is_dir()]
        except OSError as error:
            self._sheet("").add(1, "file-unreadable", f"cannot be listed: {error.strerror or error}")
            return []
        return sorted(name for name in folders if name[0] != "." and name != MESSAGES)

    def _sheet(self, path: str) -> Sheet:
        return Sheet(f"{self.folder}/{path}", self.problems)

    def _read_one(self, path: str, required: bool = True) -> tuple[Node | None, Sheet]:
        """Return the one document of a file below the folder, if it can be read."""
        sheet = self._sheet(path)
        full = self.root / path
        if not full.is_file():
            if required:
                sheet.add(1, "file-missing", "there is no such file")
            return None, sheet
        documents = read_file(full, sheet)
        for extra in documents[1:]:
            sheet.add(extra.line, "document-extra", "this file holds one document; take out the line `---`")
        return (documents[0] if documents else None), sheet

    def _read_languages(self) -> dict[str, Language]:
        node, sheet = self._read_one("languages.yaml")
        return read_languages(node, sheet) if node else {}

    def _read_messages(self, languages: Collection[str]) -> dict[str, dict[str, str]]:
        messages = {}
        for language in languages:
            path = f"{MESSAGES}/{language}.yaml"
            node, sheet = self._read_one(path, required=False)
            if node is None and not (self.root / path).is_file():
                sheet.add(1, "language-missing", f"there are no sentences in {language}")
            messages[language] = read_messages(node, sheet) if node else {}
        for path in self._list_yaml(MESSAGES):
            if languages and path.count("/") == 1 and Path(path).stem not in languages:
                self._sheet(path).add(1, "language-unknown", "languages.yaml has no language of this name")
        return messages

    def _read_pack(self, name: str, languages: Collection[str]) -> Pack | None:
        node, sheet = self._read_one(f"{name}/pack.yaml")
        pack = read_pack(node, sheet, name, languages) if node else None
        entries: dict[str, Entry] = {}
        for path in self._list_yaml(f"{name}/codes"):
            for entry in self._read_entries(path, name, pack, languages):
                first = entries.setdefault(entry.code, entry)
                if first is not entry:
                    message = f"{entry.code} is already in {first.path}:{first.line}"
                    self._sheet(path).add(entry.line, "code-twice", message)
        return add_entries(pack, entries) if pack else None

    def _read_entries(
        self, path: str, name: str, pack: Pack | None, languages: Collection[str]
    ) -> list[Entry]:
        """Return the entries of a file: one mapping, a list of them, or several documents of either."""
        sheet = self._sheet(path)
        nodes: list[Node] = []
        for document in read_file(self.root / path, sheet):
            nodes += document.value if isinstance(document.value, list) else [document]
        entries = (read_entry(node, sheet, name, pack, languages) for node in nodes)
        return [entry for entry in entries if entry is not None]

    def _list_yaml(self, folder: str) -> list[str]:
        """Return the paths of the YAML files below a folder, sorted; hidden ones are not looked at."""
        found: list[str] = []
        for place, folders, files in os.walk(self.root / folder):
            folders[:] = [name for name in folders if name[0] != "."]
            inside = os.path.relpath(place, self.root).replace(os.sep, "/")
            for name in files:
                if name[0] != "." and name.endswith(".yaml"):
                    found.append(f"{inside}/{name}")
                elif name[0] != "." and name.endswith(".yml"):
                    sheet = self._sheet(f"{inside}/{name}")
                    sheet.add(1, "file-misnamed", "is not read; end the name in .yaml")
        return sorted(found)
