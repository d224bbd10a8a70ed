"""The linter's rules about layer packs and sources, each with a folder that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.check import check
from tests.support.spoil import spoil

PACK, FULL, SHORT = (f"kettle-base/{path}" for path in ("pack.yaml", "codes/301.yaml", "codes/others.yaml"))
SIBLING = """\
title: {en: Lid, zh: 壶盖}
primary: kettle
source: {date: "2020-03-01", title: {en: Lid, zh: 壶盖}}
code: {digits: [3, 3], distinctive: []}
families: {lid: {title: {en: Lid, zh: 壶盖}, codes: ["300-399"]}}
"""

# rule, file, text to replace, what stands there instead, line of the fault
CASES = [
    ("primary-unknown", PACK, "primary: kettle", "primary: teapot", 2),
    ("primary-unknown", PACK, "primary: kettle", "primary: kettle-base", 2),
    ("source-unknown", SHORT, "[header]", "[handbook]", 5),
    ("source-unused", PACK, "  forum:", "  shop:", 11),
    ("source-missing", SHORT, "  sources: [header]\n", "", 1),
    ("source-address-malformed", PACK, "https://example.com/base.h", "example.com/base.h", 9),
    ("date-malformed", PACK, '"2020-03-02"', '"2020-03-32"', 10),
    ("seen-missing", FULL, "cause: {basis: field, seen: forum,", "cause: {basis: field,", 6),
    (
        "seen-missing",
        FULL,
        "steps:\n  - {basis: field, seen: forum",
        "steps:\n  - {basis: field, seen: shop",
        8,
    ),
    ("seen-unexpected", FULL, "cause: {basis: field,", "cause: {basis: inference,", 6),
    ("same-fault-unknown", FULL, "[kettle/101]", "[kettle/999]", 10),
    ("same-fault-unknown", FULL, "[kettle/101]", "[kettle-base/302]", 10),
    ("related-unknown", FULL, 'code: "101", pack: kettle,', 'code: "101",', 15),
    ("phrase-in-layer", FULL, "sources:", "phrases: {en: [no current], zh: [没电]}\nsources:", 11),
    ("field-empty", PACK, "zh: 底座内部的问题。", 'zh: ""', 24),
    ("field-empty", PACK, "zh: 电水壶论坛", 'zh: ""', 12),
    ("text-in-wrong-script", PACK, "zh: 拿起水壶再放回去。", "zh: Lift it.", 26),
    ("customer-shows-code", FULL, "en: Please plug the cord in.", "en: Look up the kettleId.", 9),
    ("question-equals-phrase", "kettle-base/questions/en.yaml", "base shows 301", "Mains lost at base", 1),
]


def find_rules(root: Path) -> list[str]:
    """Return the rules that the linter finds broken."""
    return [problem.rule for problem in check(root)]


def test_sound_layer(layered: Path) -> None:
    """A sound layer pack has no problems: neither phrases nor a message nor a lent text are missed."""
    assert check(layered) == ()


@pytest.mark.parametrize(("rule", "path", "old", "new", "line"), CASES)
def test_rule(layered: Path, rule: str, path: str, old: str, new: str, line: int) -> None:
    """A fault is told with its file, its line and its rule."""
    spoil(layered / path, old, new)
    found = [(problem.path, problem.line, problem.rule) for problem in check(layered)]
    assert (f"knowledge/{path}", line, rule) in found


def test_question_is_due_for_own_texts_only(layered: Path) -> None:
    """An entry with a cause of its own needs golden questions; one that all is lent to needs none."""
    (layered / "kettle-base/questions/en.yaml").write_text("[]\n", encoding="utf-8")
    [problem] = check(layered)
    assert (problem.path, problem.rule) == (f"knowledge/{FULL}", "question-missing")


def test_shared_code_needs_a_situation(layered: Path) -> None:
    """An entry whose code another pack holds, too, must tell them apart; so must the other's."""
    (layered / "kettle-lid/codes").mkdir(parents=True)
    (layered / "kettle-lid/pack.yaml").write_text(SIBLING, encoding="utf-8")
    entry = (layered / FULL).read_text(encoding="utf-8").replace("family: base", "family: lid")
    (layered / "kettle-lid/codes/301.yaml").write_text(entry, encoding="utf-8")
    assert find_rules(layered).count("situation-missing") == 2
