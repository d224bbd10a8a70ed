"""From the mapping of an entry to an Entry: which fields it has, and which must be given.

Whether the contents are sound (a family that exists, a phrase of its own) is bot/authoring's part.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from bot.knowledge.codes import CodeSet
from bot.knowledge.entry import (
    Audience,
    Basis,
    Citation,
    Entry,
    Localized,
    Origin,
    Phrase,
    Related,
    Status,
    Step,
)
from bot.knowledge.fields import LONGEST_TITLE, Fields, is_code, tell_no_code
from bot.knowledge.pack import Family, Pack
from bot.knowledge.yaml_text import Node, Sheet

BASES = ("source", "field", "inference")
AUDIENCES = ("public", "internal")
STATUSES = ("current", "draft", "retired")
NO_FAMILY = Family("", {}, CodeSet())


def read_entry(
    node: Node,
    sheet: Sheet,
    pack_id: str,
    pack: Pack | None,
    languages: Collection[str],
    as_current: bool = False,
) -> Entry | None:
    """Return the entry that a mapping describes, its faults noted on the sheet; None if it has no code.

    Cause, steps and customer may be lent by the entry's family; a draft may lack every text. `pack` is
    None where pack.yaml can't be read: what it may lend is not missed then. With `as_current` a draft must
    have what a current entry has.
    """
    fields = Fields(node, sheet)
    code = read_code(fields, "code")
    status = cast("Status", fields.choice("status", STATUSES, "current"))
    is_due = as_current or status != "draft"
    family_id = fields.text("family")
    family = pack.families.get(family_id, NO_FAMILY) if pack else NO_FAMILY
    in_layer = pack is not None and bool(pack.primary)
    lent = {"cause": family.cause, "steps": family.steps, "customer": family.customer}
    is_own_due = {key: is_due and pack is not None and not texts for key, texts in lent.items()}
    borrowed = tuple(key for key, texts in lent.items() if texts and fields.take(key, False) is None)
    cause, cause_basis, cause_seen = _read_cause(fields, languages, family.cause, is_own_due["cause"])
    entry = Entry(
        pack=pack_id,
        code=code,
        message=fields.text("message", required=is_due and pack is not None and not in_layer),
        family=family_id,
        title=fields.localized("title", languages, is_due, LONGEST_TITLE),
        description=fields.localized("description", languages, is_due),
        cause=cause,
        cause_basis=cause_basis,
        cause_seen=cause_seen,
        steps=read_steps(fields, "steps", languages, required=is_own_due["steps"]) or family.steps,
        customer=fields.localized("customer", languages, required=is_own_due["customer"]) or family.customer,
        phrases=_read_phrases(fields, sheet, languages),
        situation=fields.localized("situation", languages, required=False),
        related=tuple(
            _read_related(item, sheet, pack_id, languages, n)
            for n, item in enumerate(fields.items("related", required=False), 1)
        ),
        audience=cast("Audience", fields.choice("audience", AUDIENCES, "public")),
        status=status,
        replaced_by=read_code(fields, "replaced_by", required=False) or None,
        notes=read_steps(fields, "notes", languages, required=False),
        sources=_read_citations(fields, sheet),
        same_fault=fields.texts("same_fault", required=False),
        borrowed=borrowed,
        in_layer=in_layer,
        origin=_read_origin(fields),
        aliases=read_codes(fields, "aliases", required=False),
        path=sheet.path,
        line=node.line,
    )
    fields.close()
    return entry if code else None


def read_code(fields: Fields, key: str, required: bool = True) -> str:
    """Return a field's code; "" where it is absent, empty, malformed or far too long."""
    code = fields.text(key, required, most=None)
    node = fields.take(key, required=False)
    if node is None or not isinstance(node.value, str) or is_code(code):
        return code
    fields.sheet.add(node.line, "code-malformed", f"{fields.name(key)}: {tell_no_code(code)}")
    return ""


def read_codes(fields: Fields, key: str, required: bool = True) -> tuple[str, ...]:
    """Return a field's list of codes."""
    codes = []
    for code, line in fields.lined_texts(key, required):
        if is_code(code):
            codes.append(code)
        else:
            fields.sheet.add(line, "code-malformed", f"{fields.name(key)}: {tell_no_code(code)}")
    return tuple(codes)


def read_steps(
    fields: Fields, key: str, languages: Collection[str], required: bool = True, basis: Basis | None = None
) -> tuple[Step, ...]:
    """Return a field's steps or notes; where all have one basis, none may say it."""
    steps = []
    for number, node in enumerate(fields.items(key, required), 1):
        step = Fields(node, fields.sheet, fields.name(f"{key} {number}"))
        given = basis or _read_basis(step)
        seen = step.text("seen", required=False) if basis is None else ""
        audience = cast("Audience", step.choice("audience", AUDIENCES, "public"))
        steps.append(Step(step.languages(languages), given, audience, seen))
    return tuple(steps)


def _read_cause(
    fields: Fields, languages: Collection[str], lent: Localized, required: bool
) -> tuple[Localized, Basis, str]:
    """Return the cause, its basis and where it was seen; the family's where the entry has none of its own."""
    if fields.take("cause", required) is None:
        return lent, "inference", ""
    cause = fields.mapping("cause")
    basis, seen = _read_basis(cause), cause.text("seen", required=False)
    return cause.languages(languages), basis, seen


def _read_origin(fields: Fields) -> Origin | None:
    """Return where an imported entry comes from; None for one that was written here."""
    if fields.take("origin", required=False) is None:
        return None
    origin = fields.mapping("origin")
    (line,) = origin.numbers("line", 1)
    cells = origin.mapping("cells", required=False)
    found = Origin(
        file=origin.text("file"),
        line=line,
        sheet=origin.text("sheet", required=False),
        cells={key: cells.text(key) for key, _ in cells},
    )
    origin.close()
    return found


def _read_basis(fields: Fields) -> Basis:
    return cast("Basis", fields.choice("basis", BASES))


def _read_citations(fields: Fields, sheet: Sheet) -> tuple[Citation, ...]:
    """Return the sources cited; each is a name, or a mapping of `source` and the place in it, `at`."""
    found = []
    for item in fields.items("sources", required=False):
        if isinstance(item.value, str):
            found.append(Citation(item.value.strip(), line=item.line))
            continue
        cited = Fields(item, sheet, fields.name("sources"))
        found.append(Citation(cited.text("source"), cited.text("at"), item.line))
        cited.close()
    return tuple(found)


def _read_related(node: Node, sheet: Sheet, pack: str, languages: Collection[str], number: int) -> Related:
    """Return a pointer; `pack` is the entry's own, `number` the pointer's place in the list, from 1."""
    fields = Fields(node, sheet, f"related {number}")
    related = Related(
        code=read_code(fields, "code"),
        why=fields.localized("why", languages),
        line=node.line,
        pack=fields.text("pack", required=False) or pack,
    )
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
