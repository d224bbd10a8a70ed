"""Strict YAML: every scalar is text, every node knows its line, and nothing is guessed.

YAML's own typing is left out on purpose: it reads `0404` as 260, `no` as False and `12:30` as 750, and lets a
repeated key pass. Anchors, aliases and tags are faults here. What a field may hold is fields.py's part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot.errors import Problem
from bot.knowledge.files import FileFaultError, KnowledgeFiles
from bot.knowledge.yaml_hints import UNPRINTABLE, find_advice, split_lines

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's parser where PyYAML was built with it (about ten times faster), else the one in Python."""

CUT_OFF = re.compile(r" #|\s+#[^\s#]")
"""What follows a text whose "#" may have been meant to belong to it: one space before, or none after it."""

DEEPEST = 20
"""Collections within each other; an entry has 4. libyaml needs half a minute for 100,000 opening brackets."""


def parse_rows(text: bytes) -> list[dict[str, str]]:
    """Return the rows of a table of the package itself, every scalar as text."""
    rows: list[dict[str, str]] = yaml.load(text, Loader=Loader)  # noqa: S506  # builds texts alone
    return rows


class Node:
    """A text, a list or a mapping of a file, with the line on which it, or the key it belongs to, stands."""

    __slots__ = ("line", "value")

    def __init__(self, value: str | list[Node] | dict[str, Node], line: int) -> None:
        self.value = value
        self.line = line


class Sheet:
    """One file and the faults found in it so far. `path` is the path as it is printed."""

    __slots__ = ("path", "problems")

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems

    def add(self, line: int, rule: str, message: str) -> None:
        """Note a fault on a line (from 1)."""
        self.problems.append(Problem(self.path, line, rule, message))


def read_file(path: str, sheet: Sheet, files: KnowledgeFiles) -> list[Node]:
    """Return the documents of a YAML file, by its path among the files.

    Faults go to the sheet, and a broken file has no documents.
    """
    try:
        raw = files.read(path)
    except FileFaultError as fault:
        sheet.add(1, fault.rule, fault.message)
        return []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sheet.add(line, "encoding-wrong", "not UTF-8; save the file in UTF-8")
        return []
    return read_documents(text, sheet)


def read_documents(text: str, sheet: Sheet) -> list[Node]:
    """Return the documents of a YAML text as nodes; faults go to the sheet.

    >>> [tree] = read_documents("code: 0404", Sheet("a.yaml", []))
    >>> tree.value["code"].value
    '0404'
    """
    documents: list[Node] = []
    try:
        _compose(Loader(text), sheet, documents)
    except yaml.MarkedYAMLError as error:
        is_open = "end of stream" in (error.problem or "")  # a quote: the slip is where it begins
        mark = (error.context_mark if is_open else None) or error.problem_mark or error.context_mark
        reason = ", ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        lines = split_lines(text)
        advice, line = find_advice(reason, lines, min(line, len(lines) - 1), column)
        message = f"{advice} (not YAML: {reason})" if advice else f"not YAML: {reason}"
        sheet.add(line + 1, "yaml-broken", message)
        return []
    except yaml.reader.ReaderError as error:
        # The parser in Python counts characters, libyaml bytes.
        in_characters = error.encoding == "unicode"
        line = (text if in_characters else text.encode().decode("latin-1"))[: error.position].count("\n") + 1
        sheet.add(line, "yaml-broken", f"{UNPRINTABLE} (not YAML: {error.reason})")
        return []
    documents = [document for document in documents if document.value != ""]
    if not documents:
        sheet.add(1, "file-empty", "the file holds nothing")
    return documents


def find_cut_texts(text: str) -> Iterator[tuple[int, str, str]]:
    """Find the unquoted texts that end at a " #" which looks as if it belonged to them: line, text, rest.

    A remark stands two spaces off and has a space after its "#"; whatever is written closer may be text. The
    text must be sound YAML.
    """
    lines = split_lines(text)
    loader = Loader(text)
    while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.value:
            mark: Any = event.end_mark
            rest = lines[mark.line][mark.column :]
            if CUT_OFF.match(rest):
                yield mark.line + 1, event.value, rest.strip()


def _compose(loader: Any, sheet: Sheet, documents: list[Node]) -> None:
    """Build nodes from the parser's events, which know the marks that PyYAML's own composer drops."""
    open_nodes: list[tuple[Node, list[Node]]] = []  # each with its parts; a mapping's are key, value, key ...
    while True:
        event = loader.get_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_marks(event, sheet)
            node = Node(event.value, event.start_mark.line + 1)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_marks(event, sheet)
            empty: list[Node] | dict[str, Node] = {} if kind is yaml.MappingStartEvent else []
            open_nodes.append((Node(empty, event.start_mark.line + 1), []))
            if len(open_nodes) > DEEPEST:
                raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=event.start_mark)
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node, parts = open_nodes.pop()
            if isinstance(node.value, dict):
                _fill_mapping(node.value, parts, sheet)
            else:
                node.value = parts
        elif kind is yaml.AliasEvent:
            line = event.start_mark.line + 1
            sheet.add(
                line, "alias-used", f"*{event.anchor}: no aliases here; quote a text that begins with *"
            )
            node = Node("", line)
        elif kind is yaml.StreamEndEvent:
            return
        else:
            continue
        if open_nodes:
            open_nodes[-1][1].append(node)
        else:
            documents.append(node)


def _fill_mapping(mapping: dict[str, Node], parts: list[Node], sheet: Sheet) -> None:
    """Pair keys with values; a value takes its key's line."""
    for key, node in zip(parts[::2], parts[1::2], strict=True):
        name = key.value
        if not isinstance(name, str):
            sheet.add(key.line, "type-wrong", "a key must be a text")
            continue
        if name in mapping:
            sheet.add(key.line, "key-twice", f"{name}: already given on line {mapping[name].line}")
            continue
        node.line = key.line
        mapping[name] = node


def _refuse_marks(event: Any, sheet: Sheet) -> None:
    line = event.start_mark.line + 1
    if event.anchor is not None:
        sheet.add(line, "anchor-used", f"&{event.anchor}: no anchors here; quote a text that begins with &")
    if event.tag is not None:
        sheet.add(line, "tag-used", f"{event.tag}: no tags here; quote a text that begins with !")
