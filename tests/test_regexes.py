"""No regular expression of bot/ takes more than a bounded number of steps for each character of a text.

What it may take is read from the pattern itself (regexes.py), so that no clock and no machine is part of it.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.support.regexes import Measure, measure

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"

MOST_STEPS = 5_000  # at a place, on the average of all places: some milliseconds for each thousand characters
MOST_OF_A_TRY = 500_000  # steps of one try at one place, where repeats are bounded
CALLS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}

# Patterns that may take more, by file and name, each with its reason.
EXEMPT: dict[str, str] = {
    "knowledge/code_shapes.py _PATTERN": "reads a pack's patterns, which are short and the operator's",
    "matching/numbers/other_use.py _CHAINS": "tried from 24 characters before a number to 48 behind it",
    "matching/numbers/words.py compile": "tried on 200 characters around a number; on more only plain words",
    "matching/other_systems.py _subject": "matched once, at the beginning of a clause of 400 at most",
    "matching/segments.py _NEXT": "matched once at the beginning of a line",
    "alert_state.py _state": "each of its repeats is of four characters at most",
}
# Patterns that listing doesn't meet, each with its reason.
UNSEEN: dict[str, str] = {
    "authoring/rules_entries.py _holds_word()": "a whole word of the knowledge, with nothing repeated",
    "authoring/rules_entries.py is_shaped": "patterns of a pack, measured where they are read",
    "slack/commands/note_end.py _build_pattern()": "words of the knowledge, tried on TAIL characters",
    "slack/register.py register()": "reads ids of the desk's own buttons; repeats but `.*` to the end",
    "matching/moods.py _compile()": "words of the knowledge with gaps of 60, on MOST characters",
    "matching/numbers/shapes.py _templates": "the words of a code with a slot, of one word each, of a pack",
    "matching/wording.py found": "the words of an entry's message, of which none repeats",
}


@dataclass(frozen=True, slots=True)
class Site:
    """A place where bot/ makes a pattern, or uses one at once."""

    file: str
    name: str
    lines: range
    literal: str | None
    is_tried_once: bool

    @property
    def key(self) -> str:
        """How an exemption names it."""
        return f"{self.file} {self.name}"


def find_name(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """Return the name of a pattern: the variable's, the argument's, or the function's it stands in."""
    while node in parents:
        node = parents[node]
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        if targets:
            named = targets[0].elts if isinstance(targets[0], ast.Tuple) else targets
            return ", ".join(
                each.id if isinstance(each, ast.Name) else ast.unparse(each)[5:] for each in named
            )
        if isinstance(node, ast.keyword):
            return str(node.arg)
        if isinstance(node, ast.FunctionDef):
            return f"{node.name}()"
    return ""


def list_sites(path: Path, tried_once: frozenset[str]) -> Iterator[Site]:
    """Yield every call of the module re in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in CALLS
        ):
            continue
        first = node.args[0]
        given = first.value if isinstance(first, ast.Constant) else None
        written = given.decode("latin-1") if isinstance(given, bytes) else given
        literal = written if isinstance(written, str) else None
        name = find_name(node, parents)
        once = node.func.attr in {"match", "fullmatch"} or name in tried_once
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        yield Site(path.relative_to(BOT).as_posix(), name, lines, literal, once)


def list_tried_once() -> frozenset[str]:
    """Return the names of patterns that are only ever tried at one place, not at each of a text."""
    used: dict[str, set[bool]] = {}
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                used.setdefault(owner, set()).add(node.attr in {"match", "fullmatch", "pattern"})
    return frozenset(name for name, kinds in used.items() if kinds == {True})


@cache
def list_all() -> tuple[tuple[Site, Measure | None], ...]:
    """Return every site with the worst that its patterns may take; None where no pattern of it is known."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.list_patterns"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    noted = [json.loads(line) for line in done.stdout.splitlines()]
    tried_once = list_tried_once()
    found: list[tuple[Site, Measure | None]] = []
    for path in sorted(BOT.rglob("*.py")):
        for site in list_sites(path, tried_once):
            patterns = {
                (text, flags) for file, line, text, flags in noted if file == site.file and line in site.lines
            }
            if not patterns and site.literal is not None:
                patterns = {(site.literal, 0)}
            measures = [measure(text, flags) for text, flags in patterns]
            found.append((site, max(measures, key=lambda m: (m.place.power, m.place.steps), default=None)))
    return tuple(found)


def is_bounded(site: Site, taken: Measure) -> bool:
    """Say whether a pattern is good for any text."""
    one, place = taken.one_try, taken.place
    if one.power > 1 or (one.power == 0 and one.steps > MOST_OF_A_TRY):
        return False
    return site.is_tried_once or (place.power == 0 and place.steps <= MOST_STEPS)


def test_every_pattern_is_bounded() -> None:
    """Each pattern of bot/ is linear, but for those that are exempt."""
    bad = {
        site.key: f"{taken} at {site.file}:{site.lines.start}"
        for site, taken in list_all()
        if taken and not is_bounded(site, taken) and site.key not in EXEMPT
    }
    assert not bad, "\n".join(f"{key}: {told}" for key, told in bad.items())


def test_every_exemption_is_needed() -> None:
    """Each exemption names a pattern that is there and needs it."""
    needing = {site.key for site, taken in list_all() if taken and not is_bounded(site, taken)}
    assert set(EXEMPT) == needing
    assert all(reason for reason in EXEMPT.values())


def test_every_pattern_is_known() -> None:
    """Each place where bot/ makes a pattern was met, but for those that are listed."""
    assert {site.key for site, taken in list_all() if taken is None} == set(UNSEEN)
    assert len(list_all()) > 60


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b", "(?:a*)*", "a*a*b", r"(?:\w+\s?)+:", "(?:ab|a|b)+c", ".*.*=", r"\s*\n\s*x", "a+b", r"\s+$",
        ".*x", "x.*y", r"(?:,\d+)+;", "(?=.*a)b", "a{1,300}a{1,300}b", r"\d+(?: \d+)+x",
        "(?:a|b|ab){0,50}c",
        "(?m)^\\s*x", "(?<!a)[ab]+c",
    ],
)  # fmt: skip
def test_bad_patterns_are_found(pattern: str) -> None:
    """Patterns that are known to take more than linear time are found, for what a search of them costs."""
    site = Site("", "", range(1), None, is_tried_once=False)
    assert not is_bounded(site, measure(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "a+", "a+b?", '"[^"]*"', '"[^"\n]{0,40}"', r"(?<!\s)\s+$", r"\A.*x", r"\d+(?:,\d+)*",
        r"(?<!\d)\d+(?!\d)",
        r"\bfoo\w+z", r"(?<![\d,])\d+(?:,\d+)*(?!\d)", r"[\w.+-]{1,64}@[\w-]{1,63}", "(?:foo|bar|fo)x",
        "x[^x]*x",
        r"<([^<>|]{0,3000})(?:\|([^<>]{0,3000}))?>", "a++b?", "(?m)^[ \t]*x", r"\b\w+z", "^[ab]*x",
    ],
)  # fmt: skip
def test_good_patterns_pass(pattern: str) -> None:
    """Patterns that take linear time pass."""
    site = Site("", "", range(1), None, is_tried_once=False)
    assert is_bounded(site, measure(pattern))


def test_what_is_not_measured_does_not_pass() -> None:
    """A construct whose cost nobody told fails, and says what to do."""
    with pytest.raises(ValueError, match="GROUPREF_EXISTS costs: measure it"):
        measure("(a)?(?(1)b|c)")
