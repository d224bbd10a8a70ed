"""From the mapping of an entry to an Entry: which fields it has, and which must be given.

Whether the contents are sound (a family that exists, a phrase of its own) is bot/authoring's part.
Called by load.py.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from bot.knowledge.entry import Audience, Basis, Entry, Phrase, Related, Status, Step
from bot.knowledge.fields import Fields, is_number, tell_no_number
from bot.knowledge.yaml_text import Node, Sheet

BASES = ("source", "inference")
AUDIENCES = ("public", "internal")
STATUSES = ("current", "retired")


def read_entry(node: Node, sheet: Sheet, pack: str, languages: Collection[str]) -> Entry | None:
    """Return the entry that a mapping describes, its faults noted on the sheet; None if it has no code."""
    fields = Fields(node, sheet)
    code = read_code(fields, "code")
    cause = fields.mapping("cause")
    entry = Entry(
        pack=pack,
        code=code,
        message=fields.text("message"),
        family=fields.text("family"),
        title=fields.localized("title", languages),
        description=fields.localized("description", languages),
        cause_basis=cast("Basis", cause.choice("basis", BASES)),
        cause=cause.languages(languages),
        steps=tuple(_read_step(item, sheet, languages, n) for n, item in enumerate(fields.items("steps"), 1)),
        customer=fields.localized("customer", languages),
        phrases=_read_phrases(fields, sheet, languages),
        situation=fields.localized("situation", languages, required=False),
        related=tuple(
            _read_related(item, sheet, languages, n)
            for n, item in enumerate(fields.items("related", required=False), 1)
        ),
        audience=cast("Audience", fields.choice("audience", AUDIENCES, "public")),
        status=cast("Status", fields.choice("status", STATUSES, "current")),
        replaced_by=read_code(fields, "replaced_by", required=False) or None,
        path=sheet.path,
        line=node.line,
    )
    fields.close()
    return entry if code else None


def read_code(fields: Fields, key: str, required: bool = True) -> str:
    """Return a field's code; "" where it is absent, empty, not made of digits or far too long."""
    code = fields.text(key, required)
    node = fields.take(key, required=False)
    if node is None or not isinstance(node.value, str) or is_number(code):
        return code
    fields.sheet.add(node.line, "code-malformed", f"{fields.name(key)}: {tell_no_number(code)}")
    return ""


def read_codes(fields: Fields, key: str, required: bool = True) -> tuple[str, ...]:
    """Return a field's list of codes, each made of digits."""
    codes = []
    for code, line in fields.lined_texts(key, required):
        if is_number(code):
            codes.append(code)
        else:
            fields.sheet.add(line, "code-malformed", f"{fields.name(key)}: {tell_no_number(code)}")
    return tuple(codes)


def _read_step(node: Node, sheet: Sheet, languages: Collection[str], number: int) -> Step:
    """Return a step; `number` is its place in the list, from 1, as faults name it."""
    fields = Fields(node, sheet, f"steps {number}")
    return Step(
        basis=cast("Basis", fields.choice("basis", BASES)),
        audience=cast("Audience", fields.choice("audience", AUDIENCES, "public")),
        text=fields.languages(languages),
    )


def _read_related(node: Node, sheet: Sheet, languages: Collection[str], number: int) -> Related:
    """Return a pointer; `number` is its place in the list, from 1, as faults name it."""
    fields = Fields(node, sheet, f"related {number}")
    related = Related(code=read_code(fields, "code"), why=fields.localized("why", languages), line=node.line)
    fields.close()
    return related


def _read_phrases(fields: Fields, sheet: Sheet, languages: Collection[str]) -> tuple[Phrase, ...]:
    """Return the phrases; each is a text, or a mapping of `text` and the codes it is `shared` with."""
    by_language = fields.mapping("phrases", required=False)
    found = []
    for language in languages or [key for key, _ in by_language]:
        for item in by_language.items(language, required=False):
            if isinstance(item.value, str):
                found.append(Phrase(item.value.strip(), language, line=item.line))
                continue
            phrase = Fields(item, sheet, by_language.name(language))
            shared = read_codes(phrase, "shared", required=False)
            found.append(Phrase(phrase.text("text"), language, shared, item.line))
            phrase.close()
    by_language.close("language-unknown")
    return tuple(found)
