"""Rows of a table -> the YAML of draft entries, a new pack.yaml and generated questions. Texts, no files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from bot.importing.pack_guess import GuessedPack
from bot.importing.plan import TableSource, build_texts
from bot.importing.rows import CodeRow
from bot.replies.sentences import ImportSentence, Sentence

WIDE = 10_000  # characters: no text is folded, so that a change of one is one changed line


class _Quoted(str):
    """A text that is quoted in any case: a code, which YAML's editors would take for a number."""


_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""libyaml's writer where PyYAML was built with it (about ten times faster), else the one in Python."""


class _Dumper(_BASE):  # type: ignore[misc] # see _BASE
    """Writes what knowledge files hold."""


_Dumper.add_representer(_Quoted, lambda dumper, text: dumper.represent_scalar(_STRING, str(text), style='"'))
_STRING = "tag:yaml.org,2002:str"


def write_entry(row: CodeRow, family: str, origin: TableSource) -> str:
    """Return the YAML of one draft entry: what the table says, and from which cells."""
    texts = build_texts(row)
    cells = {name: letter for name, letter in row.cells.items() if name != "code"}
    entry: dict[str, Any] = {
        "code": _Quoted(row.code),
        "status": "draft",
        "origin": {
            "file": origin.file,
            **({"sheet": origin.sheet} if origin.sheet else {}),
            "line": row.line,
            **({"cells": cells} if cells else {}),
        },
        **({"message": texts["message"]} if "message" in texts else {}),
        "family": family,
    }
    for name in ("title", "description"):
        entry |= _localize(name, texts)
    cause = _localize("cause", texts)
    if cause:
        entry["cause"] = {"basis": "source", **cause["cause"]}
    steps = _build_steps(row.steps)
    if steps:
        entry["steps"] = steps
    entry |= _localize("customer", texts)
    return _dump(entry)


def write_pack(
    name: str,
    find_language: Callable[[str], str],
    say: Callable[[Sentence, str], Mapping[str, str]],
    guess: GuessedPack,
    origin: TableSource,
    date: str,
) -> str:
    """Return a pack.yaml in which all that was guessed is marked to be checked.

    `find_language` tells the language of a name: it is given in that one alone. `say` returns a sentence
    about codes, which are its one value, by language.
    """
    code: dict[str, Any] = {}
    if guess.digits:
        code["digits"] = list(guess.digits)
    code["distinctive"] = []
    if guess.signed:
        code["signed"] = [_Quoted(each) for each in guess.signed]
    if guess.patterns:
        code["patterns"] = list(guess.patterns)
    families = {
        family.id: {
            "title": (
                {find_language(family.title): family.title}
                if family.title
                else dict(
                    say(
                        ImportSentence.FAMILY_GUESSED if family.label else ImportSentence.FAMILY_ALL,
                        family.label,
                    )
                )
            ),
            "codes": [_Quoted(code) for code in family.codes],
        }
        for family in guess.families
    }
    parts = [
        "# Written by an import. Check what is marked, then take the marks off.\n",
        "# Check: how people call the product, in each language.\n",
        _dump({"title": {find_language(name): name}}),
        "# Check: where the table comes from, and of which day it is.\n",
        _dump({"source": {"date": date, "title": {find_language(origin.file): origin.file}}}),
        "# Check: the shapes of codes, guessed from the table. `distinctive` names those that hardly any\n"
        "# other system uses; in a watched channel they need no second sign.\n",
        _dump({"code": code}),
        "# Write: what people call the product, in any language.\n",
        _dump({"names": []}),
        "# Write: words that only texts of this product hold (names of fields, paths of its API).\n",
        _dump({"evidence": []}),
        _dump({"code_fields": ["code", "errcode", "error_code"]}),
        _dump({"message_fields": ["message", "msg", "error"]}),
        "# Check: families, guessed from the table. Who looks after one may stand in `owners`, by id.\n",
        _dump({"families": families}),
    ]
    return "".join(parts)


def write_questions(rows: Iterable[CodeRow], names: Mapping[str, str]) -> str:
    """Return generated golden questions: each code as it is named in each language, each message.

    `names` are words for "error code" by language.
    """
    questions = [
        {"text": text, "expected": [_Quoted(row.code)], "kind": kind, "generated": "true"}
        for row in rows
        for text, kind in (
            *((f"{name} {row.code}", "code") for name in names.values()),
            *(((f"{row.code}: {row.message}", "log"),) if row.message else ()),
        )
    ]
    return _dump(questions) if questions else ""


def _localize(name: str, texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found = {key.partition(".")[2]: text for key, text in texts.items() if key.startswith(f"{name}.")}
    return {name: found} if found else {}


def _build_steps(steps: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]]:
    """Return the steps; the n-th of one language goes with the n-th of another."""
    count = max((len(listed) for listed in steps.values()), default=0)
    return [
        {"basis": "source"} | {language: listed[n] for language, listed in steps.items() if n < len(listed)}
        for n in range(count)
    ]


def _dump(value: object) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDE)
