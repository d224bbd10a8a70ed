"""What each figure of an evaluation means, by hand-made verdicts. Files are test_question_files.py's part."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.evaluate import QuestionSet, evaluate, leave_phrases_out
from bot.authoring.figures import count_ask
from bot.authoring.outcome import Mark, judge
from bot.authoring.render import align, percent, render_json, render_text
from bot.knowledge.entry import Entry, Phrase
from bot.knowledge.load import load_knowledge
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge
from bot.matching import Evidence, Kind, Match, Verdict


def build_entry(code: str, message: str = "", title: str = "", phrases: tuple[str, ...] = ()) -> Entry:
    """Build an entry with the fields that an evaluation reads."""
    text = {"en": title or f"title {code}", "zh": f"标题 {code}"}
    spoken = tuple(Phrase(phrase, "en") for phrase in phrases)
    return Entry("toy", code, message, "all", text, text, text, "source", (), text, phrases=spoken)


def build_verdict(kind: Kind, codes: str = "", runners_up: str = "", score: float = 90.0) -> Verdict:
    """Build a verdict from codes parted by spaces."""

    def matches(named: str) -> tuple[Match, ...]:
        return tuple(Match(build_entry(code), score, Evidence("hand", (0, 1), "")) for code in named.split())

    reason = "nothing near" if kind == "abstained" else ""
    return Verdict(kind, matches(codes), matches(runners_up), reason=reason)


def always(kind: Kind, codes: str = "", score: float = 90.0) -> Callable[[Question], Verdict]:
    """Build a desk that says the same to every question."""
    verdict = build_verdict(kind, codes, score=score)
    return lambda _: verdict


def build_question(expected: str = "", text: str = "why", **fields: object) -> Question:
    """Build a question from codes parted by spaces."""
    return Question(text, tuple(expected.split()), **{"kind": "hand", **fields})  # type: ignore[arg-type]  # fields are a test's own


ASK_FACTS: list[tuple[str, bool, Kind, str, Mark]] = [
    # expected, any_of, kind, got, mark
    ("1", False, "answered", "1", "right"),
    ("1", False, "answered", "2", "wrong"),
    ("1", False, "answered", "1 2", "wrong"),
    ("1", False, "abstained", "", "silent"),
    ("1", False, "choices", "2 1", "offered"),
    ("1", False, "choices", "1 2 3 4 5", "offered"),
    ("1", False, "choices", "1 2 3 4 5 6", "misoffered"),
    ("1", False, "choices", "2 3", "misoffered"),
    ("1 2", False, "answered", "2 1", "right"),
    ("1 2", False, "answered", "1", "partial"),
    ("1 2", False, "answered", "1 3", "wrong"),
    ("1 2", False, "choices", "1 2", "right"),
    ("1 2", False, "choices", "1 2 3", "right"),
    ("1 2", False, "choices", "1 2 3 4", "offered"),
    ("1 2 3", False, "choices", "1 2", "offered"),
    ("1 2", False, "choices", "3 4", "misoffered"),
    ("1 2 3", True, "answered", "2", "right"),
    ("1 2 3", True, "answered", "4", "wrong"),
    ("1 2 3", True, "answered", "1 4", "wrong"),
    ("1 2 3", True, "choices", "1 2 3", "right"),
    ("1 2 3", True, "choices", "1 2", "right"),
    ("1 2 3", True, "choices", "1 2 4", "right"),
    ("1 2 3", True, "choices", "1 4", "offered"),
    ("1 2 3", True, "choices", "1 4 5", "offered"),
    ("1 2 3", True, "choices", "4 5", "misoffered"),
    ("", False, "abstained", "", "kept"),
    ("", False, "choices", "1 2", "false_offer"),
    ("", False, "answered", "1", "false_answer"),
]


@pytest.mark.parametrize(("expected", "any_of", "kind", "got", "mark"), ASK_FACTS)
def test_ask(expected: str, any_of: bool, kind: Kind, got: str, mark: Mark) -> None:
    """An answer is right with exactly the expected codes; choices with those and one more at most."""
    question = build_question(expected, any_of=any_of)
    assert judge(question, build_verdict(kind, got), "ask").mark == mark


WATCH_FACTS: list[tuple[str, bool, str, Mark]] = [
    # expected, any_of, got, mark
    ("1", False, "1", "found"),
    ("1", False, "", "missed"),
    ("1", False, "2", "wrong"),
    ("1 2", False, "1 2", "found"),
    ("1 2", False, "1", "partial"),
    ("1 2", False, "1 3", "wrong"),
    ("1 2", True, "1", "found"),
    ("", False, "", "kept"),
    ("", False, "1", "false_reply"),
]


@pytest.mark.parametrize(("expected", "any_of", "got", "mark"), WATCH_FACTS)
def test_watch(expected: str, any_of: bool, got: str, mark: Mark) -> None:
    """A reply is right if its codes equal the expected ones."""
    question = build_question(expected, any_of=any_of, mode="watch")
    verdict = build_verdict("answered" if got else "abstained", got)
    assert judge(question, verdict, "careful").mark == mark


def test_eager_post_in_careful_channel() -> None:
    """A post that is due for eager channels only must get no reply in a careful one."""
    question = build_question("1", mode="watch", eager=True)
    assert judge(question, build_verdict("answered", "1"), "careful").mark == "false_reply"
    assert judge(question, build_verdict("abstained"), "careful").mark == "kept"
    assert judge(question, build_verdict("answered", "1"), "eager").mark == "found"
    assert judge(question, build_verdict("abstained"), "eager").mark == "missed"


def test_watch_is_asked_in_both_settings() -> None:
    """A post is asked once as in a careful and once as in an eager channel, and counted apart."""
    post = build_question("1", mode="watch", eager=True)
    answer, silence = build_verdict("answered", "1"), build_verdict("abstained")
    report = evaluate([post], lambda asked: answer if asked.eager else silence)
    assert (report.careful.posts, report.careful.due, report.careful.false_reply) == (1, 0, 0)
    assert (report.eager.posts, report.eager.found, report.eager.recall) == (1, 1, 1.0)


def test_precision_and_recall() -> None:
    """Precision is of the replies, recall of the posts that wanted one; a wrong reply lowers both."""
    verdicts = {
        "found": build_verdict("answered", "1"),
        "partial": build_verdict("answered", "1"),
        "wrong": build_verdict("answered", "3"),
        "missed": build_verdict("abstained"),
        "noise": build_verdict("answered", "1"),
        "calm": build_verdict("abstained"),
    }
    due = {"found": "1", "partial": "1 2", "wrong": "1", "missed": "1", "noise": "", "calm": ""}
    posts = [build_question(due[text], text, mode="watch") for text in verdicts]
    careful = evaluate(posts, lambda asked: verdicts[asked.text]).careful
    assert (careful.posts, careful.due, careful.replies) == (6, 4, 4)
    assert (careful.precision, careful.recall) == (0.25, 0.25)
    assert (careful.wrong, careful.false_reply) == (1, 1)


def test_ranking() -> None:
    """A question's rank is that of its first expected entry among matches and runners-up, answered or not."""
    verdicts = [
        build_verdict("answered", "1", "2 3"),
        build_verdict("abstained", "", "2 1"),
        build_verdict("choices", "2 3", "4 1"),
        build_verdict("abstained"),
    ]
    ask = count_ask(judge(build_question("1"), verdict, "ask") for verdict in verdicts)
    assert (ask.right_at_1, ask.in_top_3) == (0.25, 0.5)
    assert ask.mrr == (1 + 1 / 2 + 1 / 4 + 0) / 4


def test_published_together() -> None:
    """Coverage is of the questions, answer precision of all answers, false answers of the quiet texts."""
    judged = [
        judge(build_question("1"), build_verdict("answered", "1"), "ask"),
        judge(build_question("1"), build_verdict("answered", "2"), "ask"),
        judge(build_question("1"), build_verdict("choices", "1 2"), "ask"),
        judge(build_question("1"), build_verdict("abstained"), "ask"),
        judge(build_question(), build_verdict("answered", "1"), "ask"),
        judge(build_question(), build_verdict("abstained"), "ask"),
    ]
    ask = count_ask(judged)
    assert (ask.coverage, ask.answer_precision, ask.false_answer_rate) == (2 / 4, 1 / 3, 1 / 2)
    assert (ask.due, ask.right, ask.wrong, ask.offered, ask.silent, ask.undue) == (4, 1, 1, 1, 1, 2)


def test_nothing_measured() -> None:
    """A rate of nothing is no number, and is printed as a dash."""
    ask = count_ask([])
    assert (ask.right_rate, ask.mrr, ask.false_answer_rate) == (None, None, None)
    assert percent(ask.right_rate) == "-"


def test_percentages_never_round_up_to_all() -> None:
    """100 % is said only where all are right."""
    assert (percent(1.0), percent(0.9999), percent(0.29)) == ("100.0 %", "99.9 %", "29.0 %")


def test_languages_apart() -> None:
    """Figures stand per language; questions in none stand apart."""
    questions = [
        build_question("1", "不在线", language="zh"),
        build_question("1", "offline", language="zh"),
        build_question("1", "offline", language="en"),
        build_question("1", "28504"),
    ]
    parts = evaluate(questions, always("answered", "1")).by_language()
    assert {language: part.ask.right for language, part in parts.items()} == {"-": 1, "en": 1, "zh": 2}


def test_borderline_and_known_failures_make_no_figure() -> None:
    """Borderline questions and known failures are counted apart from the figures."""
    asked = QuestionSet(
        questions=(build_question("1"),),
        borderline=(build_question("2"),),
        known_failures=(build_question("3"),),
    )
    report = evaluate(asked, always("answered", "1"))
    assert (report.ask.due, report.ask.right) == (1, 1)
    assert [outcome.mark for outcome in report.borderline + report.known] == ["wrong", "wrong"]
    assert report.confusions == ()
    assert report.fixed == ()


def test_fixed_known_failure() -> None:
    """A known failure that fails no more is told with its file and line."""
    known = build_question("1", "fixed?", path="known-failures.yaml", line=7)
    report = evaluate(QuestionSet(known_failures=(known,)), always("answered", "1"))
    assert [str(problem).split(": ")[:2] for problem in report.fixed] == [
        ["known-failures.yaml:7", "known-failure-fixed"]
    ]
    assert "known-failure-fixed" in render_text(report)


def test_confusions_are_listed() -> None:
    """The report lists what went wrong: expected, got, score and the text; at most as many as asked for."""
    questions = [build_question("1", f"question {number}", id=f"q{number}") for number in range(3)]
    report = evaluate(questions, always("answered", "2", score=81.26))
    told = render_text(report, show=2)
    assert "confusions: 3, 1 not shown" in told
    assert "wrong  1  ->  2  81.3  q0  question 0" in told
    assert "question 2" not in told
    assert "question 2" in render_text(report, show=-1)


def test_gravest_first() -> None:
    """A false answer is listed before a wrong one, and that before mere silence, whatever the order asked."""
    due = {"silent": ("1", ""), "wrong": ("1", "2"), "false": ("", "2")}
    questions = [build_question(expected, text) for text, (expected, _) in due.items()]
    verdicts = {
        text: build_verdict("answered" if got else "abstained", got) for text, (_, got) in due.items()
    }
    report = evaluate(questions, lambda asked: verdicts[asked.text])
    assert [outcome.mark for outcome in report.confusions] == ["false_answer", "wrong", "silent"]


def test_json_report() -> None:
    """The JSON report holds the same figures, and every confusion."""
    questions = [build_question("1", language="en"), build_question(language="en")]
    report = evaluate(questions, always("answered", "2"))
    told = json.loads(render_json(report))
    assert (told["ask"]["due"], told["ask"]["wrong"], told["ask"]["false_answer"]) == (1, 1, 1)
    assert [confusion["mark"] for confusion in told["confusions"]] == ["false_answer", "wrong"]
    assert told["by_language"]["en"]["ask"]["due"] == 1


def test_report_of_nothing() -> None:
    """A report of no questions is still a report."""
    report = evaluate([], always("abstained"))
    assert render_text(report) == "no question was evaluated\n"
    assert json.loads(render_json(report))["ask"]["right_rate"] is None


def test_half_a_character() -> None:
    """A lone surrogate, which JSON can carry, is printed as a question mark."""
    report = evaluate([build_question("1", "\ud83d off")], always("abstained"))
    assert "? off" in render_text(report)
    assert "? off" in render_json(report)


def test_chinese_is_aligned() -> None:
    """A Chinese character takes two columns, so that what follows stays aligned."""
    assert align([("设备", "1"), ("abcd", "10")]) == "设备   1\nabcd  10"


# --- phrases left out


KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


def build_knowledge(*entries: Entry) -> Knowledge:
    """Build a knowledge of the project's languages and one small pack."""
    loaded = load_knowledge(KNOWLEDGE)
    pack = loaded.packs["aliyun-living"]
    toy = replace(pack, id="toy", entries={entry.code: entry for entry in entries})
    return replace(loaded, packs={"toy": toy})


def test_phrases_left_out() -> None:
    """Without its phrases an entry is still found by its message, and no more by what only a phrase said."""
    fridge = build_entry("30001", "compressor temperature exceeded", "Too hot", ("my kitchen box groans",))
    door = build_entry("30002", "door sensor unplugged", "Door sensor unplugged", ("the flap stays dark",))
    questions = [
        build_question("30001", "compressor temperature exceeded"),
        build_question("30001", "my kitchen box groans"),
        build_question("", "groans"),
        build_question("30001", "30001", mode="watch"),
    ]
    report = leave_phrases_out(build_knowledge(fridge, door), questions)
    assert [outcome.left_out for outcome in report.outcomes] == ["30001", "30001"]
    assert [outcome.good for outcome in report.outcomes] == [True, False]
    assert report.unphrased == ("toy/30001",)
