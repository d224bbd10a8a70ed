"""Evaluate the desk on questions with known answers; how one verdict is judged stands in outcome.py.

Reading files is question_files.py's part, counting figures.py's, printing render.py's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.authoring.outcome import Outcome, Setting, judge
from bot.authoring.question_files import QuestionSet, find_question_files, load_question_files
from bot.authoring.render import render_json, render_text
from bot.authoring.report import Report
from bot.errors import Problem
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Matcher, Verdict
from bot.track import Track, track_silently

__all__ = [
    "QuestionSet", "Report", "evaluate", "find_question_files", "leave_phrases_out", "load_question_files",
    "render_json", "render_text",
]  # fmt: skip

Ask = Callable[[Question], Verdict]


def evaluate(questions: QuestionSet | Iterable[Question], ask: Ask, track: Track = track_silently) -> Report:
    """Ask every question and judge the verdicts.

    A question in watch mode is asked twice, as in a careful and as in an eager channel: `ask` gets it with
    `eager` set to the channel's setting. Of a plain iterable no question is borderline or a known failure.
    """
    if not isinstance(questions, QuestionSet):
        questions = QuestionSet(questions=tuple(questions))
    known = tuple(_judge_known(question, ask) for question in questions.known_failures)
    return Report(
        outcomes=tuple(_judge_all(track(questions.questions, "progress_questions"), ask)),
        borderline=tuple(_judge_all(questions.borderline, ask)),
        known=known,
        fixed=tuple(_tell_fixed(outcome) for outcome in known if outcome.good),
        skipped=questions.skipped,
    )


def leave_phrases_out(
    knowledge: Knowledge, questions: QuestionSet | Iterable[Question], track: Track = track_silently
) -> Report:
    """Ask each entry's questions of a desk that never saw that entry's phrases.

    Message, title and description stay. Only ask mode is measured; a question that several entries answer
    is asked once for each. Figures near those of `evaluate` mean that the desk generalises, far below that
    it only knows the phrases by heart.
    """
    asked = questions.questions if isinstance(questions, QuestionSet) else tuple(questions)
    outcomes: list[Outcome] = []
    unphrased: list[str] = []
    for entry in track(sorted(knowledge.entries, key=lambda entry: entry.id), "progress_entries"):
        due = [question for question in asked if question.mode == "ask" and entry.code in question.expected]
        if not due:
            continue
        pack = knowledge.packs[entry.pack]
        entries = {**pack.entries, entry.code: replace(entry, phrases=())}
        packs = {**knowledge.packs, entry.pack: replace(pack, entries=entries)}
        matcher = Matcher(replace(knowledge, packs=packs))
        unphrased.append(entry.id)
        outcomes += (judge(question, matcher.ask(question.text), "ask", entry.code) for question in due)
    return Report(outcomes=tuple(outcomes), unphrased=tuple(unphrased))


def _judge_all(questions: Iterable[Question], ask: Ask) -> Iterator[Outcome]:
    for question in questions:
        if question.mode == "ask":
            yield judge(question, ask(question), "ask")
        else:
            yield judge(question, ask(replace(question, eager=False)), "careful")
            yield judge(question, ask(replace(question, eager=True)), "eager")


def _judge_known(question: Question, ask: Ask) -> Outcome:
    """Judge a known failure in the one setting it is written for."""
    setting: Setting = "ask" if question.mode == "ask" else "eager" if question.eager else "careful"
    return judge(question, ask(question), setting)


def _tell_fixed(outcome: Outcome) -> Problem:
    question = outcome.question
    return Problem(
        path=question.path,
        line=question.line,
        rule="known-failure-fixed",
        message=f"{question.text!r} is {outcome.mark} now; move it to the golden questions",
    )
