"""The desk on all texts whose answer is known. What a mark means is test_evaluate.py's part."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.evaluate import QuestionSet, evaluate, find_question_files, load_question_files
from bot.authoring.outcome import ANSWERED_WRONGLY, Outcome, judge
from bot.authoring.report import Report
from bot.knowledge.question import Question
from bot.matching.verdict import Verdict
from tests.support.shipped import load_shipped, open_matcher

TESTS = Path(__file__).parents[1]
KNOWLEDGE = load_shipped()
CODES = frozenset(entry.code for entry in KNOWLEDGE.entries)
GOLDEN = load_question_files(find_question_files(TESTS.parent / "knowledge"), CODES)
QUIET = load_question_files([TESTS / "abstain.yaml"], CODES).questions
BLIND = load_question_files([TESTS / "queries" / "ask.jsonl", TESTS / "queries" / "watch.jsonl"], CODES)
POSTS = load_question_files(sorted((TESTS / "queries").glob("watch*.yaml")), CODES).questions

LEAST_QUESTIONS_PER_ENTRY = 8  # the project's own demand, over both languages
MOST_MISSED = 0.015  # of the golden questions; weights are fitted on all questions, and shared by all
LEAST_RIGHT = 0.955  # of the blind questions; 96.0 % when this was written
MOST_QUIET_ANSWERED = 1  # "the share mode is configured for this product", when this was written
MOST_FALSE_ANSWERS = 2  # among the blind texts that need none; 2 when this was written
STRANGERS = {  # by file: the least share right, the most wrong, the most false answers
    "strangers.jsonl": (0.92, 1, 4),  # 93.2 % of 384, 2 of 270; 77.8 % at first sight
    "strangers-2.jsonl": (0.95, 2, 2),  # 96.3 % of 919, 0 of 424; 90.1 % at first sight
    "strangers-3.jsonl": (0.95, 3, 5),  # 95.8 % of 660, 3 wrong, 4 of 128; 86.7 % at first sight
    "silence.jsonl": (0.94, 0, 3),  # 96.8 % of 126, 0 of 434; 83.7 % of 86 and 48 of 169 at first sight
    "silence-2.jsonl": (0.91, 0, 5),  # 92.1 % of 239, 5 of 377; 86.6 % and 16 before these words were known
}
LEAST_QUIET_TEXTS = 120  # likewise
LEAST_QUIET_KINDS = 30  # likewise


def name(question: Question) -> str:
    """Name a case by its file and line."""
    return f"{Path(question.path).stem}:{question.line}"


def ask(question: Question) -> Verdict:
    """Ask as the desk does, in the question's mode and setting."""
    if question.mode == "watch":
        return open_matcher().watch(question.text, eager=question.eager)
    return open_matcher().ask(question.text)


def tell(outcome: Outcome) -> str:
    """Tell what a failing text was, what was due and what came."""
    due, got = ", ".join(outcome.due) or "nothing", ", ".join(outcome.got) or "nothing"
    why = outcome.rule or outcome.reason
    return f"{outcome.question.text!r}: due {due}, got {got} ({outcome.mark}, {outcome.score:.1f}, {why})"


@pytest.fixture(scope="module")
def blind() -> Report:
    """What came of the questions and posts that were written without sight of the knowledge."""
    return evaluate(BLIND, ask)


def test_golden_questions() -> None:
    """Nearly all golden questions are answered right, and none is answered wrongly."""
    report = evaluate(GOLDEN.questions, ask)
    missed = [outcome for outcome in report.outcomes if outcome.mark != "right"]
    assert [tell(outcome) for outcome in missed if outcome.mark in ANSWERED_WRONGLY] == []
    assert len(missed) <= MOST_MISSED * len(GOLDEN.questions), "\n".join(map(tell, missed))


def test_known_failures_fail() -> None:
    """Every known failure still fails; one that doesn't must leave its file."""
    report = evaluate(QuestionSet(known_failures=GOLDEN.known_failures), ask)
    assert report.fixed == (), "\n".join(map(str, report.fixed))


def test_quiet_texts() -> None:
    """Hardly any text that needs no answer is answered."""
    answered = [one for one in evaluate(QUIET, ask).outcomes if one.mark not in {"kept", "false_offer"}]
    assert len(answered) <= MOST_QUIET_ANSWERED, "\n".join(map(tell, answered))


@pytest.mark.parametrize("question", POSTS, ids=name)
def test_careful_post(question: Question) -> None:
    """In a careful channel every post with platform evidence is found, and no other gets a reply."""
    outcome = judge(question, open_matcher().watch(question.text), "careful")
    assert outcome.mark in {"found", "kept"}, tell(outcome)


@pytest.mark.parametrize("question", POSTS, ids=name)
def test_eager_post(question: Question) -> None:
    """In an eager channel the posts due only there are found as well, and no other gets a reply."""
    outcome = judge(question, open_matcher().watch(question.text, eager=True), "eager")
    assert outcome.mark in {"found", "kept"}, tell(outcome)


def test_every_entry_has_golden_questions() -> None:
    """Each entry of the vendor's table has its golden questions, so that no part of it goes unmeasured."""
    asked = dict.fromkeys(KNOWLEDGE.packs["aliyun-living"].entries, 0)
    for question in GOLDEN.questions:
        for code in asked.keys() & set(question.expected):
            asked[code] += 1
    assert {code: count for code, count in asked.items() if count < LEAST_QUESTIONS_PER_ENTRY} == {}


def test_enough_quiet_texts() -> None:
    """The texts that need no answer are many, and of many kinds."""
    assert all(question.expected == () for question in QUIET)
    assert len(QUIET) >= LEAST_QUIET_TEXTS
    assert len({question.kind for question in QUIET}) >= LEAST_QUIET_KINDS


def test_blind_questions(blind: Report) -> None:
    """Of questions written without sight of the knowledge nearly all are right, and none is wrong."""
    figures = blind.ask
    assert figures.right >= LEAST_RIGHT * figures.due
    assert figures.wrong == 0
    assert figures.false_answer <= MOST_FALSE_ANSWERS


@pytest.mark.parametrize("file", STRANGERS)
def test_questions_of_strangers(file: str) -> None:
    """Questions in the words of people who never saw the desk fare no worse than they did."""
    right, wrong, false = STRANGERS[file]
    figures = evaluate(load_question_files([TESTS / "queries" / file], CODES), ask).ask
    assert figures.right >= right * figures.due
    assert figures.wrong <= wrong
    assert figures.false_answer <= false


def test_blind_posts(blind: Report) -> None:
    """Posts written without sight of the knowledge: no false reply, and nothing due is missed."""
    figures = blind.careful
    assert (figures.false_reply, figures.wrong, figures.missed, figures.partial) == (0, 0, 0, 0)
