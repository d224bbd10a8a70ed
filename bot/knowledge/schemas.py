"""A JSON Schema of each kind of knowledge file, for editors: which fields there are, and what they hold.

It says what the readers beside it say, as far as one file tells. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from bot.knowledge.code_shapes import CODE_SET, PATTERN
from bot.knowledge.codes import MOST_DIGITS
from bot.knowledge.kinds import Kind
from bot.knowledge.questions import MODES
from bot.knowledge.read_entry import AUDIENCES, BASES, STATUSES
from bot.knowledge.read_language import NEEDED, OTHERS, WORD_SETTINGS
from bot.knowledge.schema_parts import (
    Schema,
    build_choice,
    build_code,
    build_flag,
    build_given_text,
    build_list,
    build_localized,
    build_mapping,
    build_number,
    build_pattern,
    build_table,
    build_text,
    has_field,
    require_unless,
)

_BASIS = build_choice(
    BASES, "Where this is known from: a source says so, it was seen in practice, or it is concluded."
)
_SEEN = build_text("With the basis `field`: the name of the source that shows it.")
_AUDIENCE = build_choice(AUDIENCES, "internal: only the desk may see it.")
_CODES = build_list(build_code())
_TEXTS = build_list(build_text())


def build_schema(kind: Kind, languages: Collection[str]) -> Schema:
    """Return the JSON Schema (draft 7) of a kind of file, where texts may be in these languages."""
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"Faultbook: {kind}"}
    return {**head, **_BUILDERS[kind](languages)}


def _build_entries(languages: Collection[str]) -> Schema:
    entry = {"$ref": "#/definitions/entry"}
    either = {"if": {"type": "array"}, "then": {"items": entry}, "else": entry}
    return {**either, "definitions": {"entry": _build_entry(languages)}}


def _build_entry(languages: Collection[str]) -> Schema:
    def text(description: str) -> Schema:
        return build_localized(languages, description)

    steps = build_list(_build_step(languages, {"basis": _BASIS, "seen": _SEEN}))
    shared = build_list(build_code(), "The other codes that the phrase is equally true of.")
    phrase = build_mapping({"text": build_text(), "shared": shared}, ["text"])
    place = build_text("The place in the source: a path, the numbers of threads.")
    cited = build_mapping({"source": build_text("Its name in pack.yaml."), "at": place}, ["source", "at"])
    related = {
        "code": build_code(),
        "why": text("When one would look there."),
        "pack": build_text("Its pack, where that is another one."),
    }
    origin = {
        "file": build_text(),
        "sheet": build_text(),
        "line": build_number(),
        "cells": build_table(build_text(), "The column of each text."),
    }
    fields = {
        "code": build_code("The code, best in quotes: a leading zero belongs to it."),
        "message": build_text("What the API returns, word for word, slips included."),
        "family": build_text("One of the families of pack.yaml whose range holds the code."),
        "title": text("The fault in a few words."),
        "description": text("What has happened and what has not, in one or two sentences."),
        "cause": build_localized(
            languages, "The likely cause.", others={"basis": _BASIS, "seen": _SEEN}, required=["basis"]
        ),
        "steps": {**steps, "description": "What to do, in order; each is one action."},
        "notes": {**steps, "description": "What else is known; each is like a step."},
        "customer": text("One sentence fit for an end customer: no code, no field names, no internals."),
        "phrases": build_mapping(
            {language: build_list(_build_either(phrase)) for language in languages},
            description="How people say it, in other words than the message.",
        ),
        "situation": text("When this code comes, and the others that share a phrase or the code don't."),
        "related": build_list(build_mapping(related, ["code", "why"]), "Other codes that one would look at."),
        "sources": build_list(_build_either(cited), "Where it was found: sources of pack.yaml."),
        "same_fault": build_list(build_text(), "Entries (pack/code) of the primary pack that it repeats."),
        "audience": _AUDIENCE,
        "status": build_choice(STATUSES, "A draft doesn't answer until it is published."),
        "replaced_by": build_code("The code that took the place of a retired one."),
        "aliases": build_list(build_code(), "Other spellings of the same fault."),
        "origin": build_mapping(origin, ["file", "line"], "Written by an import."),
    }
    is_draft = has_field("status", {"const": "draft"})
    entry = build_mapping(fields, ["code", "family"])
    return {**entry, **require_unless(is_draft, ["title", "description"])}


def _build_pack(languages: Collection[str]) -> Schema:
    title = build_localized(languages, "The product's name.")
    date = build_text('As "2018-09-04".')
    source = {"title": build_localized(languages), "date": date}
    cited = {**source, "address": build_text("Where everybody may read it, if anywhere.")}
    fields = {
        "title": title,
        "source": build_mapping(
            {"title": build_localized(languages), "date": date},
            ["title", "date"],
            "Where the codes come from.",
        ),
        "sources": build_table(build_mapping(cited, ["title", "date"]), "What entries cite, by name."),
        "primary": build_text("In a layer pack: the pack whose product this is."),
        "code": _build_shape(),
        "names": build_list(build_text(), "What people call the platform."),
        "families": build_table(_build_family(languages), "Codes that belong together, by a name."),
        "evidence": build_list(build_text(), "Words that show that a text is about this product."),
        "subjects": build_list(build_text(), "Terms for the things that this product is about."),
        "own_things": build_list(build_text(), "Those of the subjects that no other trade speaks of."),
        "code_fields": build_list(build_text(), "Fields that hold a code, in lower case: errcode."),
        "message_fields": build_list(build_text(), "Fields that hold a message, in lower case: msg."),
        "http_like": build_list(build_code(), "Codes that are also HTTP status codes."),
        "never_watched": build_list(build_code(), "Codes that are no errors: never answered unasked."),
        "terms": _build_terms(languages),
    }
    pack = build_mapping(fields, ["title", "source", "code", "families"])
    in_layer = has_field("primary", build_given_text())
    return {**pack, **require_unless(in_layer, ["evidence", "code_fields", "message_fields"])}


def _build_shape() -> Schema:
    code_set = build_list(build_pattern(CODE_SET))
    digits = {"type": "array", "items": build_number(most=MOST_DIGITS), "minItems": 2, "maxItems": 2}
    fields = {
        "digits": {**digits, "description": "The fewest and the most digits of a code that is a number."},
        "distinctive": {**code_set, "description": "Codes that hardly any other system uses."},
        "prefixes": build_list(build_text(), "Letters that may stand before the digits."),
        "negative": {
            "anyOf": [build_flag(), code_set],
            "description": "Numbers that are also printed with a minus sign, which is dropped; true: all.",
        },
        "signed": {**code_set, "description": "Numbers of which a minus sign is a part."},
        "patterns": build_list(build_pattern(PATTERN), "Shapes of codes that are no numbers."),
    }
    shape = build_mapping(fields, ["distinctive"], "What the codes look like.")
    has_patterns = has_field("patterns", {"type": "array", "minItems": 1})
    return {**shape, **require_unless(has_patterns, ["digits"])}


def _build_family(languages: Collection[str]) -> Schema:
    codes = build_list(build_pattern(CODE_SET), '"2020-2069", "404" or "PAY_*".')
    fields = {
        "title": build_localized(languages),
        "codes": codes,
        "owners": build_list(build_text(), "Who looks after them: ids of people or groups in Slack."),
        "terms": build_list(build_text(), "Terms that point to this family."),
        "signs": build_list(build_text(), "Those of the terms that few other systems have."),
        "cause": build_localized(languages, "Lent to entries that have none."),
        "steps": build_list(_build_step(languages, {}), "Lent to entries that have none."),
        "customer": build_localized(languages, "Lent to entries that have none."),
    }
    return build_mapping(fields, ["title", "codes"])


def _build_step(languages: Collection[str], others: Mapping[str, Schema]) -> Schema:
    required = [key for key in others if key == "basis"]
    return build_localized(languages, others={**others, "audience": _AUDIENCE}, required=required)


def _build_questions(_languages: Collection[str]) -> Schema:
    expected = build_code("The codes that are due; without any the desk must not answer.")
    fields = {
        "text": build_given_text("What somebody asks, in their words."),
        "expected": {"anyOf": [expected, _CODES]},
        "kind": build_text("What sort of question it is: code, log, sentence, keywords ..."),
        "why": build_text("Why a known failure fails."),
        "mode": build_choice(MODES, "watch: a post that nobody addressed to the desk."),
        "any_of": build_flag("Each of the codes is right alone."),
        "eager": build_flag("Posted in an eager channel."),
        "generated": build_flag("Written by an import, in the entry's own words."),
        "id": build_text(),
        "note": build_text(),
    }
    question = build_mapping(fields, ["text"])
    is_failure = has_field("why", build_given_text())
    return {"type": "array", "items": {**question, **require_unless(is_failure, ["kind"])}}


def _build_terms(languages: Collection[str]) -> Schema:
    forms = {language: build_list(build_text()) for language in languages}
    term = {
        **forms,
        "opposite": build_mapping(forms, description="The words for the contrary. The term can be negated."),
        "tells_fault": build_flag("Says by itself that something is wrong."),
        "has_middle": build_flag("Not turned by a negator: who has not agreed has not rejected."),
    }
    return build_table(build_mapping(term), "Words that mean the same, by a name.")


def _build_languages(_languages: Collection[str]) -> Schema:
    words = dict.fromkeys(WORD_SETTINGS, _TEXTS)
    language = {
        "name": build_text("What the language calls itself."),
        **words,
        "headings": build_table(_TEXTS, "Words of a table's headings by the field that they name."),
        "dialect": build_table(_TEXTS, "What dialects say for a part of a word, by that part."),
    }
    other = build_mapping({"code_words": _TEXTS, "hint_words": _TEXTS}, ["code_words"])
    others = build_table(other, "Languages of which the desk reads the error words and writes nothing.")
    return {
        "type": "object",
        "properties": {OTHERS: others},
        "additionalProperties": build_mapping(language, ["name", *NEEDED]),
    }


def _build_messages(_languages: Collection[str]) -> Schema:
    return {"type": "object", "additionalProperties": build_text()}


def _build_either(mapping: Schema) -> Schema:
    """Return the schema of a text, or of a mapping that says more than a text."""
    return {"if": {"type": ["object", "array"]}, "then": mapping, "else": build_text()}


_BUILDERS: Mapping[Kind, Callable[[Collection[str]], Schema]] = {
    "entry": _build_entries,
    "pack": _build_pack,
    "questions": _build_questions,
    "terms": _build_terms,
    "languages": _build_languages,
    "messages": _build_messages,
}
