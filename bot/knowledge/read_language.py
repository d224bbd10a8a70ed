"""From languages.yaml, terms.yaml and messages/xx.yaml to their shapes: which fields they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields as list_fields

from bot.knowledge.fields import Fields
from bot.knowledge.language import ErrorWords, Language, Term
from bot.knowledge.yaml_text import Node, Sheet

OTHERS = "others"
"""In languages.yaml: the languages of which the desk reads the error words and writes nothing."""

# Every setting of a language but these is a list of words.
WORD_SETTINGS = tuple(
    setting.name
    for setting in list_fields(Language)
    if setting.name not in ("id", "name", "headings", "dialect", "unwritten")
)
NEEDED = ("scripts", "code_words")
"""The lists of words without which a language can't be read at all."""


def read_languages(node: Node, sheet: Sheet) -> dict[str, Language]:
    """Return the languages that languages.yaml describes, by id; those in NEEDED must be given."""
    found = {}
    for language, item in Fields(node, sheet):
        if language == OTHERS:
            continue
        fields = Fields(item, sheet, language)
        words = {setting: fields.texts(setting, required=setting in NEEDED) for setting in WORD_SETTINGS}
        headings = fields.mapping("headings", required=False)
        dialect = fields.mapping("dialect", required=False)
        found[language] = Language(
            id=language,
            name=fields.text("name"),
            headings={key: headings.texts(key) for key, _ in headings},
            dialect={key: dialect.texts(key) for key, _ in dialect},
            unwritten=tuple(
                name for name in (*WORD_SETTINGS, "headings") if fields.take(name, required=False) is None
            ),
            **words,
        )
        fields.close()
    return found


def read_error_words(node: Node, sheet: Sheet) -> dict[str, ErrorWords]:
    """Return the error words of the other languages that languages.yaml describes, by id."""
    if not isinstance(node.value, dict) or OTHERS not in node.value:
        return {}
    found = {}
    for language, item in Fields(node.value[OTHERS], sheet, OTHERS):
        fields = Fields(item, sheet, f"{OTHERS}.{language}")
        found[language] = ErrorWords(fields.texts("code_words"), fields.texts("hint_words", required=False))
        fields.close()
    return found


def read_terms(terms: Fields, languages: Collection[str]) -> tuple[Term, ...]:
    """Return the terms of terms.yaml or of a pack, as written. A term with `opposite` is polar."""
    found = []
    for name, node in terms:
        fields = Fields(node, terms.sheet, terms.name(name))
        polar = fields.take("opposite", required=False) is not None
        opposites = _read_forms(fields.mapping("opposite", required=False), languages) if polar else {}
        tells_fault = fields.flag("tells_fault")
        has_middle = fields.flag("has_middle")
        found.append(Term(name, _read_forms(fields, languages), opposites, polar, tells_fault, has_middle))
    return tuple(found)


def read_messages(node: Node, sheet: Sheet) -> dict[str, str]:
    """Return the sentences of messages/xx.yaml by key."""
    fields = Fields(node, sheet)
    return {key: fields.text(key) for key, _ in fields}


def _read_forms(fields: Fields, languages: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the words by language; a language without any is left out."""
    if not languages:
        return {
            key: fields.texts(key)
            for key, _ in fields
            if key not in ("opposite", "tells_fault", "has_middle")
        }
    found = {language: fields.texts(language, required=False) for language in languages}
    fields.close("language-unknown")
    return {language: words for language, words in found.items() if words}
