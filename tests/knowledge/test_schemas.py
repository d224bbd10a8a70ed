"""The JSON Schemas of knowledge files against the readers: on good files, broken ones and changed ones."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from bot.errors import Problem
from bot.knowledge.fields import Fields
from bot.knowledge.files import KnowledgeFiles
from bot.knowledge.kinds import KINDS, Kind, find_kind
from bot.knowledge.load import load_languages
from bot.knowledge.questions import read_questions
from bot.knowledge.read_entry import read_entry
from bot.knowledge.read_language import (
    WORD_SETTINGS,
    read_error_words,
    read_languages,
    read_messages,
    read_terms,
)
from bot.knowledge.read_pack import read_pack
from bot.knowledge.schema_files import FOLDER, write_schema
from bot.knowledge.schemas import build_schema
from bot.knowledge.yaml_text import Node, Sheet, read_documents
from tests.knowledge.test_load import BROKEN
from tests.support.spoil import spoil
from tests.support.yaml_core import load_core

LANGUAGES = ("en", "zh")
SCHEMAS = {kind: jsonschema_rs.validator_for(build_schema(kind, LANGUAGES)) for kind in KINDS}

BEYOND = {
    "alias-used", "anchor-used", "tag-used", "key-twice", "yaml-broken", "document-extra",  # YAML itself
    "code-twice",  # other files
    "text-too-long",  # counted as Slack counts
}  # fmt: skip
"""Rules that a schema has no words for."""
BEYOND_CASES = {
    "299-200", "digits: [5, 3]",  # which of two numbers is larger
    "? [a, b]\n: c\nmessage: water",  # a key that is no text
    "message: water level too low\n",  # a layer pack's entry may lack it
}  # fmt: skip
"""What it has no words for in other rules."""

_EVERY_LIST = ", ".join(f"{name}: [x]" for name in WORD_SETTINGS)
# One document of each kind with every field that it may have.
SPECIMENS: dict[Kind, str] = {
    "entry": """\
code: "201"
message: water is low
family: water
title: {en: Low water, zh: 水少}
description: {en: There is little water.}
cause: {basis: field, seen: forum, en: Nobody filled it., zh: 没有加水。}
steps:
  - {basis: source, en: Fill it.}
  - {basis: field, seen: forum, audience: internal, zh: 加水。}
notes: [{basis: inference, en: It may be a leak.}]
customer: {en: Please add water.}
phrases: {en: [dry, {text: empty, shared: ["202", X-3]}], zh: [没水]}
situation: {en: When heating.}
related: [{code: "202", why: {en: The lid.}, pack: kettle}]
sources: [forum, {source: header, at: line 3}]
same_fault: [kettle/101]
audience: internal
status: retired
replaced_by: "202"
aliases: [LOW_WATER, 0x80070005, "-35"]
origin: {file: a.xlsx, sheet: Codes, line: 3, cells: {message: B}}
""",
    "pack": """\
title: {en: Kettle}
source: {date: "2020-02-29", title: {en: Handbook}}
sources: {forum: {title: {en: Forum}, address: "https://example.com", date: "2020-02-29"}}
primary: kettle-base
code:
  digits: [3, 5]
  distinctive: ["100-299", "404", PAY_*, "-99--1"]
  prefixes: [E]
  negative: "true"
  signed: ["1-99"]
  patterns: ['IOTDA\\.[0-9]{6}', 'PAY_[A-Z_]{2,40}', '(A|B)']
names: [Kettle]
evidence: [kettleId]
subjects: [kettle]
code_fields: [code]
message_fields: [message]
http_like: ["404"]
never_watched: ["200"]
families:
  water:
    title: {en: Water}
    codes: ["200-299", "404", "W_*"]
    owners: [plumbers]
    terms: [water]
    signs: [water]
    cause: {en: A leak.}
    steps: [{en: Look for a leak., audience: internal}]
    customer: {en: Please add water.}
terms:
  plug: {en: [plug], zh: [插头], opposite: {en: [unplug]}, tells_fault: "true", has_middle: "false"}
""",
    "questions": """\
- {text: it is dry, expected: ["201"], kind: sentence, mode: watch, any_of: "true", eager: "false",
   generated: "false", id: a, note: none}
- {text: nothing, expected: "201", why: too short}
""",
    "terms": 'open: {en: [open], opposite: {zh: [关上]}, tells_fault: "true", has_middle: "false"}\n',
    "messages": "label_message: API message\n",
    "languages": f"en: {{name: English, headings: {{code: [code]}}, {_EVERY_LIST}}}\n"
    "others: {de: {code_words: [Fehlercode], hint_words: [meldet]}}\n",
}
JUNK: tuple[Any, ...] = ([["x"]], {"x": "y"}, "no code, no range!", None)


def read(kind: Kind, text: str) -> list[Problem]:
    """Return what the reader of a kind says against a file."""
    problems: list[Problem] = []
    sheet = Sheet("file.yaml", problems)
    for document in read_documents(text, sheet):
        _READERS[kind](document, sheet)
    return problems


def _read_entries(document: Node, sheet: Sheet) -> None:
    nodes = document.value if isinstance(document.value, list) else [document]
    for node in nodes:
        read_entry(node, sheet, "kettle", None, LANGUAGES)


def _read_languages(document: Node, sheet: Sheet) -> None:
    read_languages(document, sheet)
    read_error_words(document, sheet)


class _Questions(KnowledgeFiles):
    """One file of questions, which is no file."""

    def __init__(self, text: str) -> None:
        super().__init__(Path())
        self.text = text

    def read(self, path: str) -> bytes:  # noqa: ARG002 - there is one
        """Return the text."""
        return self.text.encode()


_READERS: dict[Kind, Callable[[Node, Sheet], object]] = {
    "entry": _read_entries,
    "pack": lambda document, sheet: read_pack(document, sheet, "kettle", LANGUAGES),
    "questions": lambda document, sheet: read_questions("q.yaml", sheet, _Questions(_dump(_plain(document)))),
    "terms": lambda document, sheet: read_terms(Fields(document, sheet), LANGUAGES),
    "languages": _read_languages,
    "messages": read_messages,
}


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(value) for key, value in node.value.items()}
    return [_plain(item) for item in node.value] if isinstance(node.value, list) else node.value


class _Dumper(yaml.SafeDumper):
    """Writes nothing for an empty value, as authors do."""


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def _dump(value: object) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def list_places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the keys that lead to each part of a document."""
    yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from list_places(part, (*place, key))


def mutate(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield documents that differ in one place: a part taken away, replaced, or a field too many."""
    for place in list_places(document):
        for junk in JUNK if place else ():
            changed = copy.deepcopy(document)
            _find(changed, place[:-1])[place[-1]] = copy.deepcopy(junk)
            yield f"{place} = {junk!r}", changed
        if place:
            changed = copy.deepcopy(document)
            del _find(changed, place[:-1])[place[-1]]
            yield f"{place} taken away", changed
        if isinstance(_find(document, place), dict):
            changed = copy.deepcopy(document)
            _find(changed, place)["oddity"] = "x"
            yield f"{place}.oddity", changed


def _find(document: Any, place: tuple[str | int, ...]) -> Any:
    for key in place:
        document = document[key]
    return document


def list_files(root: Path) -> list[Path]:
    """Return the YAML files below a folder that are of a kind."""
    paths = [path for path in sorted(root.rglob("*.yaml")) if find_kind(path.relative_to(root).as_posix())]
    assert len(paths) > 5
    return paths


@pytest.mark.parametrize("folder", ["real", "layered"])
def test_good_files(folder: str, request: pytest.FixtureRequest) -> None:
    """Every sound file fits its schema, as an editor reads YAML."""
    root: Path = request.getfixturevalue(folder)
    for path in list_files(root):
        kind = find_kind(path.relative_to(root).as_posix())
        assert kind
        for document in load_core(path.read_text(encoding="utf-8")):
            assert [str(error) for error in SCHEMAS[kind].iter_errors(document)] == [], path


@pytest.mark.parametrize("kind", KINDS)
def test_specimens(kind: Kind) -> None:
    """The specimens are good files."""
    text = SPECIMENS[kind]
    assert read(kind, text) == []
    assert all(SCHEMAS[kind].is_valid(document) for document in load_core(text))


@pytest.mark.parametrize(("rule", "path", "old", "new", "line"), BROKEN)
def test_broken_files(toy: Path, rule: str, path: str, old: str, new: str, line: int) -> None:
    """What the loader's tests break is refused by the schema, but for what no schema has words for."""
    spoil(toy / path, old, new)
    kind = find_kind(path)
    assert kind
    if rule in BEYOND or {old, new} & BEYOND_CASES:
        return
    documents = load_core((toy / path).read_text(encoding="utf-8"))
    assert not all(SCHEMAS[kind].is_valid(document) for document in documents)


@pytest.mark.parametrize("kind", KINDS)
def test_mutations(kind: Kind) -> None:
    """Wherever a file is changed in one place, schema and reader say the same of it."""
    [document] = load_core(SPECIMENS[kind])
    count = 0
    for place, changed in mutate(document):
        if not changed:
            continue
        problems = [problem for problem in read(kind, _dump(changed)) if problem.rule not in BEYOND]
        errors = [str(error).splitlines()[0] for error in SCHEMAS[kind].iter_errors(changed)]
        assert bool(problems) == bool(errors), (place, problems, errors)
        count += bool(problems)
    assert count > 0


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("28504", True), ('"28504"', True), ("-35", True), ("0404", True), ("0x80070005", True),
        ("IOTDA.014016", True), ("NO", True), ("1" * 18, True), ("1" * 19, False), ("20 l", False),
        ("２０１", False), ("[1]", False), ("", False),
    ],
)  # fmt: skip
def test_codes_without_quotes(written: str, fits: bool) -> None:
    """An editor takes a code without quotes, wherever the reader does."""
    text = SPECIMENS["entry"].replace('code: "201"', f"code: {written}", 1)
    [document] = load_core(text)
    assert SCHEMAS["entry"].is_valid(document) is fits
    assert (read("entry", text) == []) is fits


def test_drafts() -> None:
    """A draft may lack every text; a current entry may not lack those that nothing lends."""
    for status, lacking in (("draft", 0), ("current", 2)):
        document = {"code": "1", "family": "f", "status": status}
        assert len(list(SCHEMAS["entry"].iter_errors(document))) == lacking
        assert len(read("entry", _dump(document))) == lacking


def test_shipped_schemas(real: Path) -> None:
    """The repository's schemas are those that its languages give."""
    for kind in KINDS:
        found = (real / FOLDER / f"{kind}.json").read_text(encoding="utf-8")
        assert found == write_schema(kind, load_languages(real)), "it is stale: run `faultbook schema`"


def test_several_entries() -> None:
    """A file may hold a list of entries; each is held to the schema."""
    entry = load_core(SPECIMENS["entry"])[0]
    assert SCHEMAS["entry"].is_valid([entry, entry])
    assert not SCHEMAS["entry"].is_valid([entry, {**entry, "title": "x"}])
