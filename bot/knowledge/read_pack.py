"""From pack.yaml to a Pack: which fields it has.

Entries are read_entry.py's part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.knowledge.code_shapes import find_spellings, read_code_set, read_shape
from bot.knowledge.entry import Entry
from bot.knowledge.fields import Fields
from bot.knowledge.pack import Family, Pack, Source
from bot.knowledge.read_entry import read_codes, read_steps
from bot.knowledge.read_language import read_terms
from bot.knowledge.yaml_text import Node, Sheet


def read_pack(node: Node, sheet: Sheet, pack_id: str, languages: Collection[str]) -> Pack:
    """Return the pack that pack.yaml describes, as yet without entries; its faults are noted on the sheet."""
    fields = Fields(node, sheet)
    source = fields.mapping("source")
    families = fields.mapping("families")
    primary = fields.text("primary", required=False)
    evidence = fields.texts("evidence", required=not primary)
    pack = Pack(
        id=pack_id,
        title=fields.localized("title", languages),
        source_title=source.localized("title", languages),
        source_date=source.text("date"),
        shape=read_shape(fields.mapping("code")),
        families={key: _read_family(item, sheet, key, languages) for key, item in families},
        evidence=evidence,
        subjects=fields.texts("subjects", required=False),
        own_things=fields.texts("own_things", required=False),
        code_fields=fields.texts("code_fields", required=not primary),
        message_fields=fields.texts("message_fields", required=not primary),
        http_like=frozenset(read_codes(fields, "http_like", required=False)),
        never_watched=frozenset(read_codes(fields, "never_watched", required=False)),
        terms=read_terms(fields.mapping("terms", required=False), languages),
        entries={},
        names=fields.texts("names", required=False),
        path=sheet.path,
        primary=primary,
        sources=_read_sources(fields.mapping("sources", required=False), languages),
    )
    source.close()
    fields.close()
    return pack


def add_entries(pack: Pack, entries: Mapping[str, Entry]) -> Pack:
    """Return the pack with these entries, in the order of their codes."""
    ordered = {code: entries[code] for code in sorted(entries, key=lambda code: (len(code), code))}
    return replace(pack, entries=ordered, spellings=find_spellings(ordered.values()))


def inherit(pack: Pack, primary: Pack) -> Pack:
    """Return a pack with the primary pack's words that tell of the product: a layer's texts hold both."""
    return replace(
        pack,
        names=_join(pack.names, primary.names),
        evidence=_join(pack.evidence, primary.evidence),
        subjects=_join(pack.subjects, primary.subjects),
        own_things=_join(pack.own_things, primary.own_things),
        code_fields=_join(pack.code_fields, primary.code_fields),
        message_fields=_join(pack.message_fields, primary.message_fields),
    )


def _join(own: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *others)))


def _read_sources(sources: Fields, languages: Collection[str]) -> dict[str, Source]:
    """Return what entries cite, by name."""
    found = {}
    for name, node in sources:
        fields = Fields(node, sources.sheet, sources.name(name))
        found[name] = Source(
            title=fields.localized("title", languages),
            address=fields.text("address", required=False),
            date=fields.text("date"),
        )
        fields.close()
    return found


def _read_family(node: Node, sheet: Sheet, family_id: str, languages: Collection[str]) -> Family:
    fields = Fields(node, sheet, f"families.{family_id}")
    family = Family(
        id=family_id,
        title=fields.localized("title", languages),
        codes=read_code_set(fields, "codes"),
        owners=fields.texts("owners", required=False),
        terms=fields.texts("terms", required=False),
        cause=fields.localized("cause", languages, required=False),
        steps=read_steps(fields, "steps", languages, required=False, basis="inference"),
        customer=fields.localized("customer", languages, required=False),
        signs=fields.texts("signs", required=False),
    )
    fields.close()
    return family
