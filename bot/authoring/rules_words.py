"""The linter's rules about the words in languages.yaml and terms.yaml that the matcher counts on.

Words are compared folded, as the matcher reads them. Two terms with one word are rules_packs.py's.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.subject import Faults, Subject
from bot.knowledge.language import Language
from bot.knowledge.read_language import WORD_SETTINGS
from bot.matching import ABSENT, fold

CONTRADICTIONS = (("units", "not_units"), ("negators", "chatter"))
"""Pairs of lists whose words mean opposite things to the matcher."""


def term_missing(subject: Subject) -> Faults:
    """The term `exist` isn't in terms.yaml with its `opposite`, but the matcher takes "no scene" for it.

    Add the term, or give it back its name.
    """
    if not any(term.name == ABSENT and term.polar for term in subject.knowledge.terms):
        yield subject.path("terms.yaml"), 1, f"there is no term {ABSENT} that has an opposite"


def words_missing(subject: Subject) -> Faults:
    """A language in languages.yaml lacks lists of words by which questions in it are understood.

    Write them; an empty list says that there are none.
    """
    for language in subject.knowledge.languages.values():
        if language.unwritten:
            path = subject.path("languages.yaml")
            message = f"{language.id} lacks: {', '.join(language.unwritten)}"
            yield *subject.in_file(path, language.id), message


def word_twice(subject: Subject) -> Faults:
    """A word stands twice in a list of languages.yaml, or in two lists that contradict each other.

    Keep it in one place: units or not_units, chatter or negators, plain_words or a term.
    """
    for language in subject.knowledge.languages.values():
        for setting, number, message in _find_doubles(subject, language):
            path = subject.path("languages.yaml")
            yield *subject.in_file(path, language.id, setting, number), f"{language.id}.{setting}: {message}"


def _find_doubles(subject: Subject, language: Language) -> Iterator[tuple[str, int, str]]:
    """Find the words of a language that stand twice: their list, their place in it and the fault."""
    for setting in WORD_SETTINGS:
        seen: dict[str, str] = {}
        for number, word in enumerate(getattr(language, setting)):
            if fold(word) in seen:
                yield setting, number, f"{word!r} is {_name(seen[fold(word)], word)}"
            seen.setdefault(fold(word), word)
    for first, second in CONTRADICTIONS:
        held = {fold(word) for word in getattr(language, first)}
        for number, word in enumerate(getattr(language, second)):
            if fold(word) in held:
                yield second, number, f"{word!r} is in {first} too"
    terms = _list_forms(subject, language.id)
    for number, word in enumerate(language.plain_words):
        if fold(word) in terms:
            yield "plain_words", number, f"{word!r} is a word of the term {terms[fold(word)]}"


def _list_forms(subject: Subject, language: str) -> dict[str, str]:
    """Return the terms' words of a language, folded, each with the name of a term that has it."""
    packs = subject.knowledge.packs.values()
    terms = (*subject.knowledge.terms, *(term for pack in packs for term in pack.terms))
    return {
        fold(word): term.name
        for term in terms
        for word in (*term.forms.get(language, ()), *term.opposites.get(language, ()))
    }


def _name(first: str, word: str) -> str:
    return "there twice" if first == word else f"read as {first!r}, which is there already"
