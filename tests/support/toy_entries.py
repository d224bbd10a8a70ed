"""Entries written into a copy of the toy knowledge, as an author would."""

from __future__ import annotations

from pathlib import Path

from bot.desk import Snapshot
from bot.knowledge.load import load_knowledge

ENTRY = """
code: "{code}"
message: ""
family: power
title: {{en: "{phrase}", zh: 电源故障}}
description: {{en: The kettle has a fault., zh: 电水壶有故障。}}
cause: {{basis: source, en: A fuse is blown., zh: 保险丝断了。}}
steps:
  - {{basis: source, en: Change the fuse., zh: 更换保险丝。}}
customer: {{en: Please send it in., zh: 请寄回维修。}}
phrases:
  en: ["{phrase}"]
  zh: ["电源故障 {code}"]
"""


def document(toy: Path, code: str, phrase: str, audience: str = "public") -> Snapshot:
    """Write an entry, and return the knowledge with it."""
    text = ENTRY.format(code=code, phrase=phrase)
    text += "" if audience == "public" else f"audience: {audience}\n"
    (toy / "kettle" / "codes" / f"{code}.yaml").write_text(text.lstrip(), encoding="utf-8")
    return Snapshot(load_knowledge(toy), version=f"with {code}")
