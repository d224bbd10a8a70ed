"""Which answers a change of the knowledge changes: the same texts asked before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.authoring.outcome import judge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher, Verdict

AnswerChangeKind = Literal["wrong", "silent", "changed", "new"]
"""wrong: a golden question was answered as it expects, and gets another answer now. silent: there was an
answer or an offer, and there is none now. changed: another answer. new: an answer where there was none."""

KINDS: tuple[AnswerChangeKind, ...] = ("wrong", "silent", "changed", "new")
SHORTEST_SLIP = 5  # letters of a word that a slip is made in: shorter ones become other words


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One text with both verdicts; `expected` are the codes that a golden question names, if it is one."""

    kind: AnswerChangeKind
    text: str
    before: Verdict
    after: Verdict
    expected: tuple[str, ...] | None = None


def list_answer_changes(
    old: Matcher, new: Matcher, questions: Iterable[Question], texts: Iterable[str]
) -> Iterator[AnswerChange]:
    """Yield the texts whose verdict changes: golden questions in ask mode first, then `texts`, each once."""
    asked: set[str] = set()
    for question in questions:
        if question.mode == "ask" and question.text not in asked:
            asked.add(question.text)
            before, after = old.ask(question.text), new.ask(question.text)
            kind = _tell_question(question, before, after)
            if kind:
                yield AnswerChange(kind, question.text, before, after, question.expected)
    for text in texts:
        if text not in asked:
            asked.add(text)
            before, after = old.ask(text), new.ask(text)
            kind = _tell_change(before, after)
            if kind:
                yield AnswerChange(kind, text, before, after)


def list_variants(knowledge: Knowledge) -> Iterator[str]:
    """Yield texts that entries are asked by: their strings, also in capitals and with a slip, and codes.

    The same knowledge always gives the same texts.
    """
    names = {key: language.code_name for key, language in knowledge.languages.items()}
    for entry in knowledge.entries:
        if entry.status != "current":
            continue
        for language in knowledge.languages:
            yield f"{names[language]} {entry.code}"
        for text in filter(None, entry.strings):
            yield text
            yield from {text.upper(), _slip(text)} - {text}


def _tell_question(question: Question, before: Verdict, after: Verdict) -> AnswerChangeKind | None:
    was_good, is_good = (judge(question, verdict, "ask").good for verdict in (before, after))
    if was_good and not is_good and after.kind != "abstained":
        return "wrong"
    return _tell_change(before, after)


def _tell_change(before: Verdict, after: Verdict) -> AnswerChangeKind | None:
    if _list_answers(before) == _list_answers(after):
        return None
    if after.kind == "abstained":
        return "silent"
    return "new" if before.kind == "abstained" else "changed"


def _list_answers(verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    """Return what a reader sees of a verdict: its kind, and the entries, in order where they answer."""
    ids = [match.entry.id for match in verdict.matches]
    return verdict.kind, tuple(ids if verdict.kind == "answered" else sorted(ids))


def _slip(text: str) -> str:
    """Return a text without a letter in the middle of its longest Latin word, if one is long enough."""
    words = [word for word in text.split() if word.isascii() and word.isalpha()]
    longest = max(words, key=len, default="")
    if len(longest) < SHORTEST_SLIP:
        return text
    middle = len(longest) // 2
    return text.replace(longest, longest[:middle] + longest[middle + 1 :], 1)
