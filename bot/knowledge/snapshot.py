"""One consistent state of everything the desk knows. Immutable: a reload makes another and swaps it in.

Reading files is load.py's part, finding entries for a text is bot/matching's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.knowledge.code_shapes import find_spellings
from bot.knowledge.entry import Entry
from bot.knowledge.language import ErrorWords, Language, Term
from bot.knowledge.pack import Pack
from bot.knowledge.scripts import find_languages, weigh_words

Scope = frozenset[str] | None
"""The packs that are asked, by id; None for all of them."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All packs, languages, terms and fixed sentences, as they stood when `root` was read.

    `terms` are those of every product; a pack holds its own. `messages` holds the sentences by language id
    and key; every language of `languages` is there. Mappings are in a fixed order: languages as written,
    packs by name, entries by code. `repeats` holds by the id of an entry the ids of those that repeat its
    fault for another layer; `error_words` are those of languages that the desk reads and doesn't write.
    """

    languages: Mapping[str, Language]
    terms: tuple[Term, ...]
    messages: Mapping[str, Mapping[str, str]]
    packs: Mapping[str, Pack]
    root: str
    repeats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    error_words: Mapping[str, ErrorWords] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of all packs, by pack and then by code."""
        return tuple(entry for pack in self.packs.values() for entry in pack.entries.values())

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(len(pack.entries) for pack in self.packs.values())

    @property
    def all_terms(self) -> tuple[Term, ...]:
        """The terms of every product, then those of the packs."""
        return (*self.terms, *(term for pack in self.packs.values() for term in pack.terms))

    def choose_packs(self, names: Iterable[str]) -> Scope:
        """Return which packs to ask where these are named; those that there are, or all if none of them is.

        Whoever is bound to packs isn't left without any when the folder changes.
        """
        known = self.packs.keys() & set(names)
        return frozenset(known) if 0 < len(known) < len(self.packs) else None

    def list_packs(self, scope: Scope = None) -> list[Pack]:
        """Return the packs that are asked, by name."""
        return [pack for pack in self.packs.values() if scope is None or pack.id in scope]

    def find_entries(self, code: str, scope: Scope = None, is_negative: bool = False) -> list[Entry]:
        """Return the entries of a code, however it is written, one of each pack asked that documents it."""
        found: list[Entry] = []
        for pack in self.packs.values():  # a plain loop: each question comes here often
            entry = pack.find_entry(code, is_negative) if scope is None or pack.id in scope else None
            if entry is not None:
                found.append(entry)
        return found

    def find_entry(self, entry_id: str) -> Entry | None:
        """Return the entry of an id (`pack/code`), if there is one."""
        pack, _, code = entry_id.partition("/")
        return self.packs[pack].find_entry(code) if pack in self.packs else None

    def get_entry(self, entry_id: str) -> Entry:
        """Return the entry of an id (`pack/code`). Raises KeyError if there is none."""
        entry = self.find_entry(entry_id)
        if entry is None:
            raise KeyError(entry_id)
        return entry

    def find_language(self, text: str, default: str) -> str:
        """Return the language that a text is written in, or the default where nothing tells.

        Of several that have its scripts, the one whose own words it holds; then the default, if it is one.
        """
        found = find_languages(text, {key: each.scripts for key, each in self.languages.items()})
        if len(found) > 1:
            weights = {key: weigh_words(text, self.languages[key].telling_words) for key in found}
            found = [key for key in found if weights[key] == max(weights.values())]
        return default if not found or default in found else found[0]


def publish_all(knowledge: Knowledge) -> Knowledge:
    """Return the knowledge with its drafts as current entries."""
    packs = {
        name: replace(
            pack,
            entries={
                code: replace(entry, status="current") if entry.status == "draft" else entry
                for code, entry in pack.entries.items()
            },
        )
        for name, pack in knowledge.packs.items()
    }
    return replace(knowledge, packs=packs)


def drop_drafts(knowledge: Knowledge) -> Knowledge:
    """Return the knowledge without its drafts."""

    def drop(pack: Pack) -> Pack:
        kept = {code: entry for code, entry in pack.entries.items() if entry.status != "draft"}
        return replace(pack, entries=kept, spellings=find_spellings(kept.values()))

    return replace(knowledge, packs={name: drop(pack) for name, pack in knowledge.packs.items()})


def find_repeats(packs: Iterable[Pack]) -> dict[str, tuple[str, ...]]:
    """Return by the id of an entry the ids of those that have it as their same fault, in the order given."""
    found: dict[str, tuple[str, ...]] = {}
    for pack in packs:
        for entry in pack.entries.values():
            for primary in entry.same_fault if entry.status == "current" else ():
                found[primary] = (*found.get(primary, ()), entry.id)
    return found
