"""What the linter looks at: the knowledge, its golden questions, the matcher, and where each field stands.

No rule stands here (rules_*.py). Lines of fields are looked up only for a fault that is to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.errors import Problem
from bot.knowledge.entry import Entry
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.load import print_path
from bot.knowledge.pack import Pack
from bot.knowledge.question import Question
from bot.knowledge.questions import read_questions
from bot.knowledge.snapshot import Knowledge
from bot.knowledge.yaml_text import Node, Sheet, read_file
from bot.matching import Matcher
from bot.track import Track, track_silently

Place = tuple[str, int]
"""Path and line."""
Fault = tuple[str, int, str]
"""Path, line and message of a fault; check.py adds the rule's name."""
Faults = Iterator[Fault]
QuestionsByPack = Mapping[str, tuple[Question, ...]]


class Subject:
    """A loaded knowledge folder with the golden questions of its packs."""

    def __init__(
        self,
        files: KnowledgeFiles,
        knowledge: Knowledge,
        questions: QuestionsByPack,
        track: Track = track_silently,
    ) -> None:
        """`track` is for rules that take their time."""
        self.files = files
        self.root = files.root
        self.knowledge = knowledge
        self.questions = questions
        self.track = track
        self._documents: dict[str, list[Node]] = {}

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher over this knowledge, built when a rule first asks for it."""
        return Matcher(self.knowledge)

    @property
    def entries(self) -> Iterator[tuple[Pack, Entry]]:
        """Every entry with its pack."""
        for pack in self.knowledge.packs.values():
            for entry in pack.entries.values():
                yield pack, entry

    def path(self, name: str) -> str:
        """Return a path below the knowledge folder as problems print it."""
        return print_path(self.root, str(self.root / name))

    def at(self, entry: Entry, *keys: str | int) -> Place:
        """Return path and line of a field of an entry, or of the nearest field above it that is there."""
        for node in self._nodes(entry.path):
            if node.line == entry.line:
                return entry.path, _find_line(node, keys)
        return entry.path, entry.line

    def in_file(self, path: str, *keys: str | int) -> Place:
        """Return path and line of a field of a file that holds one mapping; the path is as printed."""
        nodes = self._nodes(path)
        return path, _find_line(nodes[0], keys) if nodes else 1

    def is_broken(self, name: str) -> bool:
        """Say whether a file below the knowledge folder can't be read as YAML."""
        problems: list[Problem] = []
        read_file(name, Sheet(name, problems), self.files)
        return any(problem.rule in ("yaml-broken", "encoding-wrong") for problem in problems)

    def _nodes(self, path: str) -> list[Node]:
        """Return the mappings of a file: its documents, or the items of those that are lists."""
        if path not in self._documents:
            found: list[Node] = []
            for document in read_file(path.partition("/")[2], Sheet(path, []), self.files):
                found += document.value if isinstance(document.value, list) else [document]
            self._documents[path] = found
        return self._documents[path]


def find_questions(
    files: KnowledgeFiles, knowledge: Knowledge
) -> tuple[QuestionsByPack, tuple[Problem, ...]]:
    """Return the golden questions of each pack, known failures included, and the faults of their files."""
    problems: list[Problem] = []
    questions: dict[str, tuple[Question, ...]] = {}
    for name in knowledge.packs:
        found: tuple[Question, ...] = ()
        for path, _ in files.list_files(f"{name}/questions"):
            if path.endswith(".yaml") and path.count("/") == 2:
                sheet = Sheet(print_path(files.root, str(files.root / path)), problems)
                found += read_questions(path, sheet, files, knowledge.languages)
        questions[name] = found
    return questions, tuple(problems)


def _find_line(node: Node, keys: tuple[str | int, ...]) -> int:
    """Return the line of the deepest node that the keys lead to."""
    line = node.line
    for key in keys:
        inner: Node | None = None
        if isinstance(key, str) and isinstance(node.value, dict):
            inner = node.value.get(key)
        elif isinstance(key, int) and isinstance(node.value, list) and key < len(node.value):
            inner = node.value[key]
        if inner is None:
            break
        node, line = inner, inner.line
    return line
