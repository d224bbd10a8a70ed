"""Read the knowledge folder into one Knowledge, or tell every fault at once.

Faults of form stop here (a broken file, a missing field, a code given twice); the contents are
bot/authoring's part, golden questions questions.py's, and folder.py says where the folder is.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from bot.errors import KnowledgeError, Problem
from bot.knowledge.entry import Entry
from bot.knowledge.fields import Fields
from bot.knowledge.files import LARGEST, KnowledgeFiles, leads_to_folder
from bot.knowledge.language import ErrorWords, Language
from bot.knowledge.pack import Pack
from bot.knowledge.read_entry import read_entry
from bot.knowledge.read_language import read_error_words, read_languages, read_messages, read_terms
from bot.knowledge.read_pack import add_entries, inherit, read_pack
from bot.knowledge.snapshot import Knowledge, find_repeats
from bot.knowledge.yaml_text import Node, Sheet, read_file
from bot.track import Track, track_silently

MESSAGES = "messages"
LANGUAGES = "languages.yaml"


def load_knowledge(
    root: Path,
    largest: int = LARGEST,
    track: Track = track_silently,
    *,
    drafts: bool = False,
    as_current: bool = False,
) -> Knowledge:
    """Return what the folder holds; the same whatever order the disk lists its files in.

    `largest` is the size, in bytes, up to which a file is read. Drafts are left out unless `drafts`;
    with `as_current` they must have what current entries have.

    Raises KnowledgeError with all problems, sorted; their paths begin with the folder's name.
    """
    reader = _FolderReader(root, largest, track, drafts, as_current)
    knowledge = reader.read()
    if reader.problems:
        raise KnowledgeError(tuple(sorted(reader.problems)))
    return knowledge


def load_languages(root: Path, largest: int = LARGEST) -> tuple[str, ...]:
    """Return the ids of the folder's languages, whatever else stands in it. Raises KnowledgeError."""
    reader = _FolderReader(root, largest, track_silently, drafts=False, as_current=False)
    languages, _ = reader.read_languages()
    if reader.problems:
        raise KnowledgeError(tuple(sorted(reader.problems)))
    return tuple(languages)


def print_path(root: Path, path: str) -> str:
    """Return a path as problems print it: from the knowledge folder's name on, with slashes."""
    return f"{root.resolve().name}/{os.path.relpath(path, root).replace(os.sep, '/')}"


class _FolderReader:
    """One reading of a knowledge folder; `problems` fills as it goes on."""

    def __init__(self, root: Path, largest: int, track: Track, drafts: bool, as_current: bool) -> None:
        self.root = root
        self.drafts = drafts
        self.as_current = as_current
        self.track = track
        self.files = KnowledgeFiles(root, largest)
        self.folder = root.resolve().name
        self.problems: list[Problem] = []

    def read(self) -> Knowledge:
        languages, error_words = self.read_languages()
        if self.root.is_dir() and not self.files.has(LANGUAGES):
            # Some other folder, which may be the whole disk: no more of it is read.
            return Knowledge({}, (), {}, {}, str(self.root))
        terms_node, terms_sheet = self._read_one("terms.yaml", required=False)
        terms = read_terms(Fields(terms_node, terms_sheet), languages) if terms_node else ()
        messages = self._read_messages(languages)
        packs = {name: self._read_pack(name, languages) for name in self._list_packs()}
        found = {name: pack for name, pack in packs.items() if pack is not None}
        joined = {
            name: inherit(pack, found[pack.primary]) if pack.primary in found else pack
            for name, pack in found.items()
        }
        repeats = find_repeats(joined.values())
        return Knowledge(languages, terms, messages, joined, str(self.root), repeats, error_words)

    def _list_packs(self) -> list[str]:
        """Return the names of the packs, sorted: every folder that is not hidden and not the messages."""
        try:
            with os.scandir(self.root) as found:
                folders = sorted(item.name for item in found if leads_to_folder(item) and item.name[0] != ".")
        except OSError as error:
            self._sheet("").add(1, "file-unreadable", f"cannot be listed: {error.strerror or error}")
            return []
        for name in folders:
            if not self.files.is_inside(name):
                message = "is a link that leads out of the knowledge folder"
                self._sheet(name).add(1, "file-irregular", message)
        return [name for name in folders if name != MESSAGES and self.files.is_inside(name)]

    def _sheet(self, path: str) -> Sheet:
        return Sheet(f"{self.folder}/{path}", self.problems)

    def _read_one(self, path: str, required: bool = True) -> tuple[Node | None, Sheet]:
        """Return the one document of a file below the folder, if it can be read."""
        sheet = self._sheet(path)
        if not self.files.has(path):
            if required:
                sheet.add(1, "file-missing", "there is no such file")
            return None, sheet
        documents = read_file(path, sheet, self.files)
        for extra in documents[1:]:
            sheet.add(extra.line, "document-extra", "this file holds one document; take out the line `---`")
        return (documents[0] if documents else None), sheet

    def read_languages(self) -> tuple[dict[str, Language], dict[str, ErrorWords]]:
        """Return the languages, and the error words of others."""
        node, sheet = self._read_one(LANGUAGES)
        return (read_languages(node, sheet), read_error_words(node, sheet)) if node else ({}, {})

    def _read_messages(self, languages: Collection[str]) -> dict[str, dict[str, str]]:
        messages = {}
        for language in languages:
            path = f"{MESSAGES}/{language}.yaml"
            node, sheet = self._read_one(path, required=False)
            if node is None and not self.files.has(path):
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
        for path in self.track(self._list_yaml(f"{name}/codes"), "progress_files"):
            for entry in self._read_entries(path, name, pack, languages):
                first = entries.setdefault(entry.code, entry)
                if first is not entry:
                    message = f"{entry.code} is already in {first.path}:{first.line}"
                    self._sheet(path).add(entry.line, "code-twice", message)
        shown = {code: each for code, each in entries.items() if self.drafts or each.status != "draft"}
        return add_entries(pack, shown) if pack else None

    def _read_entries(
        self, path: str, name: str, pack: Pack | None, languages: Collection[str]
    ) -> list[Entry]:
        """Return the entries of a file: one mapping, a list of them, or several documents of either."""
        sheet = self._sheet(path)
        nodes: list[Node] = []
        for document in read_file(path, sheet, self.files):
            nodes += document.value if isinstance(document.value, list) else [document]
        entries = (read_entry(node, sheet, name, pack, languages, self.as_current) for node in nodes)
        return [entry for entry in entries if entry is not None]

    def _list_yaml(self, folder: str) -> list[str]:
        """Return the paths of the YAML files below a folder, sorted; hidden ones are not looked at."""
        found = []
        for path, item in self.files.list_files(folder):
            if leads_to_folder(item):
                self._sheet(path).add(
                    1, "file-irregular", "is a link to a folder; put the folder itself here"
                )
            elif path.endswith(".yaml"):
                found.append(path)
            elif path.endswith(".yml"):
                self._sheet(path).add(1, "file-misnamed", "is not read; end the name in .yaml")
        return found
