"""The linter's rules about messages/xx.yaml: each sentence, in every language."""

from __future__ import annotations

import re
from string import Formatter

from bot.authoring.subject import Faults, Subject
from bot.replies.sentences import SENTENCES

COPIED = 0.1  # of a language's sentences: from there on a file is told as a copy, not each sentence
FEWEST_WORDS = 3  # of a sentence that two languages don't share by chance, as they do "{count}: {title}"

_GAP = re.compile(r"\{[^{}]*\}|`[^`]*`")
_WORD = re.compile(r"[^\W\d_]{2,}")


def message_undefined(subject: Subject) -> Faults:
    """The program says a sentence that a language has no words for; another language's stand there instead.

    Write it in messages/xx.yaml.
    """
    for language, sentences in subject.knowledge.messages.items():
        for sentence in SENTENCES.values():
            if sentence.value not in sentences:
                yield subject.path(f"messages/{language}.yaml"), 1, f"{sentence.value} has no words"


def message_unused(subject: Subject) -> Faults:
    """A sentence has words, but the program never says it.

    Fix its key, or take it out.
    """
    known = SENTENCES.keys()
    for language, sentences in subject.knowledge.messages.items():
        for key in sentences:
            if key not in known:
                yield *subject.in_file(subject.path(f"messages/{language}.yaml"), key), f"{key} is never said"


def message_untranslated(subject: Subject) -> Faults:
    """A sentence is word for word that of another language.

    Translate it, or take it out: what a language lacks is said in another one.
    """
    languages = list(subject.knowledge.messages)
    for number, language in enumerate(languages):
        sentences = subject.knowledge.messages[language]
        path = subject.path(f"messages/{language}.yaml")
        for other in languages[:number]:
            originals = subject.knowledge.messages[other]
            same = [key for key, text in sentences.items() if text == originals.get(key) and _is_long(text)]
            if len(same) > len(sentences) * COPIED:
                message = f"{len(same)} of {len(sentences)} sentences are word for word those of {other}"
                yield path, 1, message
                continue
            for key in same:
                yield *subject.in_file(path, key), f"{key} is word for word that of {other}"


def placeholder_differs(subject: Subject) -> Faults:
    """The words in {braces} of a sentence differ between two languages, or a brace is left open.

    Make them the same.
    """
    first: dict[str, tuple[str, set[str]]] = {}
    for language, sentences in subject.knowledge.messages.items():
        path = subject.path(f"messages/{language}.yaml")
        for key, text in sentences.items():
            try:
                names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            except ValueError as error:
                yield *subject.in_file(path, key), f"{key}: {error}"
                continue
            other, wanted = first.setdefault(key, (language, names))
            if names != wanted:
                message = f"{key} has {_brace(names)}, but {_brace(wanted)} in {other}"
                yield *subject.in_file(path, key), message


def _is_long(text: str) -> bool:
    """Say whether a sentence has so many words of its own that no other language has the same by chance."""
    return len(_WORD.findall(_GAP.sub(" ", text))) >= FEWEST_WORDS


def _brace(names: set[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names)) or "none"
