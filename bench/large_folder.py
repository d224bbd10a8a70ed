"""Writes a generated pack as a knowledge folder, for what reads files: the loader, the compiled cache.

Languages, terms and sentences are copied from the shipped knowledge. An entry is one line of JSON, which is
YAML as well. Called by bench/start.py.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from bot.knowledge.entry import Entry, Pack

ENTRIES_PER_FILE = 1000
SHARED = ("languages.yaml", "terms.yaml", "messages")


def write_folder(pack: Pack, folder: Path, shipped: Path) -> None:
    """Write the pack into a new knowledge folder beside what is copied from the shipped one."""
    codes = folder / pack.id / "codes"
    codes.mkdir(parents=True)
    for name in SHARED:
        source = shipped / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    _write(folder / pack.id / "pack.yaml", [describe_pack(pack)])
    entries = iter(pack.entries.values())
    while batch := list(islice(entries, ENTRIES_PER_FILE)):
        lines = ["- " + json.dumps(describe_entry(entry), ensure_ascii=False) for entry in batch]
        _write(codes / f"{batch[0].code}.yaml", lines)


def describe_pack(pack: Pack) -> str:
    """Return the contents of pack.yaml, but for words that a generated pack doesn't have."""
    shape = {"digits": list(pack.shape.digits), "distinctive_digits": pack.shape.distinctive_digits}
    families = {
        family.id: {"title": dict(family.title), "codes": [f"{low}-{high}" for low, high in family.ranges]}
        for family in pack.families.values()
    }
    return json.dumps(
        {
            "title": dict(pack.title),
            "source": {"date": pack.source_date, "title": dict(pack.source_title)},
            "code": shape,
            "evidence": list(pack.evidence),
            "code_fields": list(pack.code_fields),
            "message_fields": list(pack.message_fields),
            "families": families,
        },
        ensure_ascii=False,
    )


def describe_entry(entry: Entry) -> Mapping[str, object]:
    """Return the fields of an entry as its file has them."""
    phrases: dict[str, list[str]] = {}
    for phrase in entry.phrases:
        phrases.setdefault(phrase.language, []).append(phrase.text)
    return {
        "code": entry.code,
        "message": entry.message,
        "family": entry.family,
        "title": entry.title,
        "description": entry.description,
        "cause": {"basis": entry.cause_basis, **entry.cause},
        "steps": [{"basis": step.basis, **step.text} for step in entry.steps],
        "customer": entry.customer,
        "phrases": phrases,
    }


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
