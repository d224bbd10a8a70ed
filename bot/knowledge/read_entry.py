"""From the mapping of an entry to an Entry: which fields it has, and which must be given.

Whether the contents are sound (a family that exists, a phrase of its own) is bot/authoring's part.
Called by load.py.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from bot.knowledge.entry import Audience, Basis, Entry, Phrase, Related, Status, Step
from bot.knowledge.fields import Fields, is_digits
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
        steps=tuple(_read_step(item, sheet, languages) for item in fields.items("steps")),
        customer=fields.localized("customer", languages),
        phrases=_read_phrases(fields, sheet, languages),
        situation=fields.localized("situation", languages, required=False),
        related=tuple(_read_related(item, sheet, languages) for item in fields.items("related", False)),
        audience=cast("Audience", fields.choice("audience", AUDIENCES, "public")),
        status=cast("Status", fields.choice("status", STATUSES, "current")),
        replaced_by=read_code(fields, "replaced_by", required=False) or None,
        path=sheet.path,
        line=node.line,
    )
    fields.close()
    return entry if code else None


def read_code(fields: Fields, key: str, required: bool = True) -> str:
    """Return a field's code; "" where it is absent, empty or not made of digits."""
    code = fields.text(key, required)
    node = fields.take(key, required=False)
    if node is None or not isinstance(node.value, str) or is_digits(code):
        return code
    fields.sheet.add(node.line, "code-malformed", f"{fields.name(key)} must be digits; it is {code!r}")
    return ""


def read_codes(fields: Fields, key: str, required: bool = True) -> tuple[str, ...]:
    """Return a field's list of codes, each made of digits."""
    codes = []
    for code, line in fields.lined_texts(key, required):
        if is_digits(code):
            codes.append(code)
        else:
            told = f"{fields.name(key)}: a code must be digits; it is {code!r}"
            fields.sheet.add(line, "code-malformed", told)
    return tuple(codes)


def _read_step(node: Node, sheet: Sheet, languages: Collection[str]) -> Step:
    fields = Fields(node, sheet, "steps")
    return Step(
        basis=cast("Basis", fields.choice("basis", BASES)),
        audience=cast("Audience", fields.choice("audience", AUDIENCES, "public")),
        text=fields.languages(languages),
    )


def _read_related(node: Node, sheet: Sheet, languages: Collection[str]) -> Related:
    fields = Fields(node, sheet, "related")
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
