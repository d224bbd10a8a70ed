"""knowledge/README.md tells how many entries each pack has, and on what their causes rest."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from bot.knowledge.entry import Entry
from bot.knowledge.load import load_knowledge

GROUNDS = ("source", "field", "inference", "lent")


def tell_ground(entry: Entry) -> str:
    """Return what an entry's cause rests on."""
    return "lent" if "cause" in entry.borrowed else entry.cause_basis


def test_counts_by_basis(real: Path) -> None:
    """The table of what is covered has a row for each pack, with the counts as they are, and their sums."""
    readme = (real / "README.md").read_text(encoding="utf-8")
    section = readme.split("\n### What is covered, and from where\n")[1].split("\n## ")[0]
    written = re.findall(r"^\| (`[\w-]+`|all) \| (.+) \|$", section, re.MULTILINE)
    rows, total = [], Counter[str]()
    for name, pack in load_knowledge(real).packs.items():
        grounds = Counter(map(tell_ground, pack.entries.values()))
        total += grounds
        rows.append((f"`{name}`", grounds))
    rows.append(("all", total))
    assert written == [
        (name, " | ".join(map(str, (grounds.total(), *(grounds[ground] for ground in GROUNDS)))))
        for name, grounds in rows
    ]
