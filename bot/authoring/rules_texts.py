"""The linter's rules about texts that people read: in each language, filled in, placeholders alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.authoring.subject import Faults, Subject
from bot.knowledge.entry import Entry, Localized
from bot.knowledge.pack import Pack
from bot.knowledge.scripts import LATIN, find_scripts

Keys = tuple[str | int, ...]


def field_empty(subject: Subject) -> Faults:
    """A field is written but left empty.

    Fill it in, or take it out if it is an optional one.
    """
    for _, entry in subject.entries:
        for keys, text in spread_texts(entry):
            if not text:
                yield *subject.at(entry, *keys), f"{_spell(keys)} is empty"
        for phrase in entry.phrases:
            if not phrase.text:
                yield entry.path, phrase.line, f"phrases.{phrase.language}: a phrase is empty"
    for pack in subject.knowledge.packs.values():
        for keys, text in _pack_texts(pack):
            if not text:
                yield *subject.in_file(pack.path, *keys), f"{_spell(keys)} is empty"
    for language, sentences in subject.knowledge.messages.items():
        for key, text in sentences.items():
            if not text:
                yield *subject.in_file(subject.path(f"messages/{language}.yaml"), key), f"{key} is empty"


def is_unfinished(entry: Entry) -> bool:
    """Say whether a field or a phrase of an entry is still empty."""
    texts = (text for _, text in spread_texts(entry))
    return not all(texts) or not all(phrase.text for phrase in entry.phrases)


def text_untranslated(subject: Subject) -> Faults:
    """A text is not given in each language of languages.yaml; readers get it in another language.

    Write it in those that the message names.
    """
    languages = subject.knowledge.languages
    for _, entry in subject.entries:
        for keys, given in _group_languages(spread_texts(entry), languages):
            for message in _tell_missing(keys, given, languages):
                yield *subject.at(entry, *keys), message
        if not entry.in_layer and entry.status == "current":
            given = {phrase.language for phrase in entry.phrases}
            for message in _tell_missing(("phrases",), given, languages):
                yield *subject.at(entry, "phrases"), message
    for pack in subject.knowledge.packs.values():
        for keys, given in _group_languages(_pack_texts(pack), languages):
            for message in _tell_missing(keys, given, languages):
                yield *subject.in_file(pack.path, *keys), message


def text_in_wrong_script(subject: Subject) -> Faults:
    """A text has no letter of its language's scripts, or letters of another language's.

    Translate it, or put it under its own language; Latin names may stand in any.
    """
    scripts = {language.id: set(language.scripts) for language in subject.knowledge.languages.values()}
    for _, entry in subject.entries:
        for keys, message in _find_wrong_scripts(spread_texts(entry), scripts):
            yield *subject.at(entry, *keys), message
    for pack in subject.knowledge.packs.values():
        for keys, message in _find_wrong_scripts(_pack_texts(pack), scripts):
            yield *subject.in_file(pack.path, *keys), message


def spread_texts(entry: Entry) -> Iterator[tuple[Keys, str]]:
    """Go through the texts of an entry, but for those of its family, each with the keys that lead to it."""
    if entry.message or not entry.in_layer:
        yield ("message",), entry.message
    yield ("family",), entry.family
    yield from _spread(("title",), entry.title)
    yield from _spread(("description",), entry.description)
    yield from _spread(("situation",), entry.situation)
    if "cause" not in entry.borrowed:
        yield from _spread(("cause",), entry.cause)
    yield ("steps",), "given" if entry.steps else ""
    for index, step in enumerate(entry.steps) if "steps" not in entry.borrowed else ():
        yield from _spread(("steps", index), step.text)
    for index, note in enumerate(entry.notes):
        yield from _spread(("notes", index), note.text)
    if "customer" not in entry.borrowed:
        yield from _spread(("customer",), entry.customer)
    for index, related in enumerate(entry.related):
        yield ("related", index, "code"), related.code
        yield from _spread(("related", index, "why"), related.why)


def _pack_texts(pack: Pack) -> Iterator[tuple[Keys, str]]:
    """Go through the texts of a pack, each with the keys that lead to it."""
    yield from _spread(("title",), pack.title)
    yield from _spread(("source", "title"), pack.source_title)
    yield ("source", "date"), pack.source_date
    for name, source in pack.sources.items():
        yield from _spread(("sources", name, "title"), source.title)
        yield ("sources", name, "date"), source.date
    for family in pack.families.values():
        yield from _spread(("families", family.id, "title"), family.title)
        yield ("families", family.id, "codes"), str(family.codes)
        yield from _spread(("families", family.id, "cause"), family.cause)
        for index, step in enumerate(family.steps):
            yield from _spread(("families", family.id, "steps", index), step.text)
        yield from _spread(("families", family.id, "customer"), family.customer)


def _group_languages(
    texts: Iterable[tuple[Keys, str]], languages: Collection[str]
) -> Iterator[tuple[Keys, set[str]]]:
    """Yield the keys that lead to a text of several languages, each with those that it is given in."""
    grouped: dict[Keys, set[str]] = {}
    for keys, _ in texts:
        if keys[-1] in languages and len(keys) > 1:
            grouped.setdefault(keys[:-1], set()).add(str(keys[-1]))
    yield from grouped.items()


def _tell_missing(keys: Keys, given: Collection[str], languages: Iterable[str]) -> Iterator[str]:
    missing = ", ".join(language for language in languages if language not in given)
    if missing:
        yield f"{_spell(keys)} is not given in: {missing}"


def _find_wrong_scripts(
    texts: Iterable[tuple[Keys, str]], scripts: Mapping[str, set[str]]
) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of each text that isn't in its language's scripts, and what is wrong with it."""
    for keys, text in texts:
        language = keys[-1]
        if not text or len(keys) == 1 or not isinstance(language, str) or language not in scripts:
            continue
        own = scripts[language]
        foreign = set().union(*scripts.values()) - own - {LATIN}
        used = find_scripts(text)
        if not used & own:
            yield keys, f"{_spell(keys)} has no {' or '.join(sorted(own))} letter"
        elif used & foreign:
            held = ", ".join(sorted(char for char in set(text) if find_scripts(char) & foreign)[:5])
            yield keys, f"{_spell(keys)} holds {held}"


def _spread(keys: Keys, texts: Localized) -> Iterator[tuple[Keys, str]]:
    for language, text in texts.items():
        yield (*keys, language), text


def _spell(keys: Keys) -> str:
    """Return a field's place as a reader counts.

    >>> _spell(("steps", 1, "zh"))
    'steps 2.zh'
    """
    return "".join(f" {key + 1}" if isinstance(key, int) else f".{key}" for key in keys)[1:]
