"""The linter's rules about golden questions: that there are some, and that they test something.

Whether the matcher answers them rightly is evaluate.py's part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from bot.authoring.question_files import KNOWN_FAILURES
from bot.authoring.rules_phrases import NEAR
from bot.authoring.subject import Faults, Subject
from bot.knowledge.entry import Entry
from bot.knowledge.question import Question
from bot.matching import fold


def question_missing(subject: Subject) -> Faults:
    """A current entry has no golden question in one of the languages that it is written in.

    Add one to questions/xx.yaml of the pack. None is due where cause and steps are the family's.
    """
    for entry, questions in _list_asked(subject):
        if {"cause", "steps"} <= set(entry.borrowed):
            continue
        asked = {question.language for question in questions}
        missing = [language for language in entry.title if language not in asked]
        if missing and entry.status == "current":
            yield *subject.at(entry, "code"), f"{entry.code} has no golden question in: {', '.join(missing)}"


def question_generated(subject: Subject) -> Faults:
    """A current entry has generated golden questions only, which ask in its own words.

    Write one as people would ask, in each language.
    """
    for entry, questions in _list_asked(subject):
        if questions and all(each.is_generated for each in questions) and entry.status == "current":
            yield *subject.at(entry, "code"), f"all golden questions of {entry.code} are generated"


def question_unknown_code(subject: Subject) -> Faults:
    """A golden question expects a code that the pack doesn't hold.

    Fix the code, or write the entry.
    """
    for pack in subject.knowledge.packs.values():
        for question in subject.questions[pack.id]:
            for code in question.expected:
                if code not in pack.entries and not question.is_generated:  # those of a draft wait for it
                    yield question.path, question.line, f"{code} is not in this pack"


def question_equals_phrase(subject: Subject) -> Faults:
    """A golden question is, word for word, a phrase of the entry it expects, or in a pack that has a primary
    one its message, so it tests nothing.

    Reword it.
    """
    for pack in subject.knowledge.packs.values():
        phrases = {
            code: {fold(text) for text in _list_own_words(entry)} for code, entry in pack.entries.items()
        }
        for question in subject.questions[pack.id]:
            folded = fold(question.text)
            for code in question.expected:
                if folded in phrases.get(code, ()):
                    yield question.path, question.line, f"{question.text!r} is a phrase of {code}"


def question_near_duplicate(subject: Subject) -> Faults:
    """Two golden questions of the same codes differ by a slip, or two of any codes not at all.

    Keep one.
    """
    for pack in subject.knowledge.packs.values():
        by_text: dict[tuple[str, str], Question] = {}
        by_codes: dict[tuple[str, tuple[str, ...]], list[tuple[str, Question]]] = {}
        for question in subject.questions[pack.id]:
            folded = fold(question.text)
            alike = by_codes.setdefault((question.mode, question.expected), [])
            near = (first for text, first in alike if ratio(text, folded) >= NEAR)
            first = by_text.setdefault((question.mode, folded), question)
            if first is question:
                first = next(near, question)
            if first is not question:
                message = f"{question.text!r} is nearly {first.text!r} at {first.path}:{first.line}"
                yield question.path, question.line, message
            alike.append((folded, question))


def _list_asked(subject: Subject) -> Iterator[tuple[Entry, Sequence[Question]]]:
    """Yield each entry with the golden questions that it answers; known failures are none."""
    for pack in subject.knowledge.packs.values():
        by_code: dict[str, list[Question]] = {}
        for question in subject.questions[pack.id]:
            if not question.path.endswith(KNOWN_FAILURES):
                for code in question.expected:
                    by_code.setdefault(code, []).append(question)
        for entry in pack.entries.values():
            yield entry, by_code.get(entry.code, ())


def _list_own_words(entry: Entry) -> tuple[str, ...]:
    return (entry.message,) if entry.in_layer else tuple(phrase.text for phrase in entry.phrases)
