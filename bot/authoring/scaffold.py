"""A new entry: a file with every field, explained and empty; the linter says what is still to write.

Writes one file, and the schemas that its first line names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten

from bot.errors import InputError
from bot.knowledge.fields import is_code, is_digits
from bot.knowledge.language import Language
from bot.knowledge.load import load_knowledge
from bot.knowledge.pack import Family, Pack
from bot.knowledge.schema_files import build_modeline, put_schemas

TEMPLATE = """\
{modeline}# See knowledge/README.md for the fields; `faultbook check` says what is still empty.
code: "{code}"
message: ""  # what the API returns, word for word, slips included
family: {family}
title:  # the fault in a few words
{texts}
description:  # what has happened, and what has not
{texts}
cause:  # the likely cause
  basis: inference  # source: a source says so; field: seen in practice; inference: we conclude it
{texts}
steps:  # in order, each one action; add `audience: internal` to a step that only the desk may see
  - basis: inference
{inner_texts}
customer:  # one sentence for an end customer: no code, no internals
{texts}
{found_by}
# Fields that may be left out; take "# " off the lines to use them:
# situation:  # when this code comes and no other; due once a phrase is shared
{optional_texts}
# related:
#   - code: "0"  # another entry of this pack
#     why:  # when one would look there
{inner_optional_texts}
# audience: internal  # the whole entry is only for the desk
# status: retired
# replaced_by: "0"
"""

MOST_CODES = 60  # characters that name a family and its codes in an error; the file shows the rest

PHRASES = "phrases:  # how people say it, each in another way; not the message again"
SOURCES = """\
sources:  # where it was found, by the names of pack.yaml; words belong to the primary pack, so no phrases
  - \"\"
# same_fault: [{primary}/0]  # the entry of the primary pack that this one repeats"""


def scaffold(root: Path, pack_id: str, code: str) -> Path:
    """Write a new entry for the code and return its path, `codes/<code>.yaml` in the pack's folder.

    A minus sign is dropped unless a family holds the code with it.

    Raises InputError, with nothing written: pack_unknown; code_malformed (it doesn't fit the pack's shape);
    family_unknown (it lies in no family's range); code_exists; file_unwritable.
    Raises KnowledgeError where the folder has faults of form.
    """
    knowledge = load_knowledge(root)
    pack = knowledge.packs.get(pack_id)
    if pack is None:
        raise InputError("pack_unknown", pack=pack_id, known=", ".join(knowledge.packs))
    code = code if pack.find_family(code) else code.lstrip("-")
    family = _find_family(pack, code, str(root / pack_id / "pack.yaml"))
    if code in pack.entries:
        raise InputError("code_exists", code=code, path=pack.entries[code].path)
    path = root / pack_id / "codes" / f"{code}.yaml"
    if path.exists():
        raise InputError("code_exists", code=code, path=str(path))
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(_fill_template(code, pack, family, knowledge.languages))
        put_schemas(root, knowledge.languages)
    except OSError as error:
        raise InputError("file_unwritable", path=str(path), why=error.strerror or str(error)) from None
    return path


def _find_family(pack: Pack, code: str, path: str) -> Family:
    fewest, most = pack.shape.digits
    if not is_code(code) or (is_digits(code) and not pack.shape.fits(code)):
        raise InputError("code_malformed", code=code, fewest=fewest, most=most)
    family = pack.find_family(code)
    if family is None:
        known = "; ".join(
            shorten(f"{held.id}: {held.codes}", MOST_CODES, placeholder=" …")
            for held in pack.families.values()
        )
        raise InputError("family_unknown", code=code, path=path, known=known)
    return family


def _fill_template(code: str, pack: Pack, family: Family, languages: Mapping[str, Language]) -> str:
    """Return the text of the new file, with a line for each language where a text is due."""

    def lines(indent: str) -> str:
        return "\n".join(f'{indent}{language}: ""' for language in languages)

    phrases = "\n".join((PHRASES, *(f'  {language}:\n    - ""' for language in languages)))
    return TEMPLATE.format(
        modeline=build_modeline(f"{pack.id}/codes/{code}.yaml"),
        code=code,
        family=family.id,
        texts=lines("  "),
        inner_texts=lines("    "),
        optional_texts=lines("#   "),
        inner_optional_texts=lines("#       "),
        found_by=SOURCES.format(primary=pack.primary) if pack.primary else phrases,
    )
