"""The pack.yaml that an import writes: a guess from all rows, as long as nobody has edited the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.importing.entry_yaml import write_pack
from bot.importing.pack_guess import guess_pack
from bot.importing.plan import PackState, TableSource
from bot.importing.rows import CodeRow
from bot.knowledge.schema_files import build_modeline
from bot.knowledge.snapshot import Knowledge
from bot.replies.sentences import Sentence


@dataclass(frozen=True, slots=True)
class PackDraft:
    """The text of a pack.yaml, and the families of codes in it."""

    text: str
    family_ids: Mapping[str, str]


def draft_pack(
    root: Path,
    knowledge: Knowledge,
    pack_id: str,
    state: PackState,
    rows: Iterable[CodeRow],
    origin: TableSource,
    date: str,
) -> PackDraft | None:
    """Return the pack.yaml for a pack that is new, or whose pack.yaml is still what was guessed.

    None where somebody has edited it, or where a new guess would move entries to other families.
    """
    first = next(iter(knowledge.languages))

    def say(key: Sentence, codes: str) -> dict[str, str]:
        # A folder of one's own may lack a sentence that is new.
        return {
            name: knowledge.messages[name].get(key, language.code_name).format(codes=codes)
            for name, language in knowledge.languages.items()
        }

    write = partial(write_pack, pack_id, lambda text: knowledge.find_language(text, first), say)
    modeline = build_modeline(f"{pack_id}/pack.yaml")
    pack = knowledge.packs.get(pack_id)
    if pack is not None:
        origin, date = TableSource(next(iter(pack.source_title.values()), "")), pack.source_date
        before = write(guess_pack(list(state.rows.values())), origin, date) if state.rows else ""
        if (root / pack_id / "pack.yaml").read_text(encoding="utf-8") != modeline + before:
            return None
    new = {row.code: row for row in rows if row.code not in state.rows}
    guess = guess_pack([*state.rows.values(), *new.values()])
    moved = (entry for code, entry in state.entries.items() if guess.family_ids.get(code) != entry.family)
    if any(moved):
        return None
    return PackDraft(write(guess, origin, date), guess.family_ids)
