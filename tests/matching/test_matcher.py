"""Ask mode's silence, and what holds of the matcher itself. Answers: test_ask_codes.py, test_ask_words.py."""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.matching
from bot.authoring.question_files import find_question_files, load_question_files
from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"

NO_ANSWER = [
    "",
    "   ",
    "\n",
    "🎉",
    "hello",
    "thanks",
    "你好",
    "谢谢",
    "the weather is nice",
    "今天天气不错",
    # what is no code, as ask sees it
    "10.0.0.1:28504",
    "1285045",
    "28504.5",
    "PROJ-28504",
    "v1.28504",
    "+86 28504 1234",
    "https://a.example/28504",
    "GET /list?code=28504",
    "listening on [::1]:28504",
    "(404) 555-1234",
    "<https://a.example/28504|28504>",
    "429ms",
    "500MB",
    "401 requests",
    "Foo.java:401",
    "$500",
    "2000-01-01",
    "USD 500",
    "in May 2000 we moved",
    "it cost 500 yuan",
    "the car is a Peugeot 403",
]


@pytest.mark.parametrize("text", NO_ANSWER)
def test_silence(matcher: Matcher, text: str) -> None:
    """A text that says nothing of an entry is answered by silence and the reason for it."""
    verdict = matcher.ask(text)
    assert (verdict.kind, verdict.matches) == ("abstained", ())
    assert verdict.reason


def test_same_in_every_process() -> None:
    """A process that keeps its sets in another order gives the same verdict, to the last digit."""
    asked = """
import sys
from pathlib import Path
from bot.knowledge.load import load_knowledge
from bot.matching.matcher import Matcher
matcher = Matcher(load_knowledge(Path(sys.argv[1])))
print([matcher.explain(text) for text in sys.argv[2:]])
"""
    texts = ("xuni yonghu shuxing liebiao wei kong", "my device is offline", "identityId and iotId not bonud")
    told = {
        subprocess.run(
            [sys.executable, "-c", asked, str(KNOWLEDGE), *texts],
            check=True,
            capture_output=True,
            text=True,
            cwd=KNOWLEDGE.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "26")  # 26 put another of two equal strings first, when sums were rounded
    }
    assert len(told) == 1


def test_verdict_is_frozen(matcher: Matcher) -> None:
    """A verdict can't be changed."""
    verdict = matcher.ask("28504")
    with pytest.raises(dataclasses.FrozenInstanceError):
        verdict.kind = "choices"  # type: ignore[misc]  # the assignment is the point


def test_order_of_questions(knowledge: Knowledge, matcher: Matcher) -> None:
    """The verdict on a text doesn't depend on what was asked before: same codes, scores and evidence."""
    known = frozenset(entry.code for entry in knowledge.entries)
    golden = load_question_files(find_question_files(KNOWLEDGE), known).questions
    texts = list(dict.fromkeys(question.text for question in golden))[::4]
    forwards, backwards = matcher, Matcher(knowledge)
    verdicts = {text: forwards.ask(text) for text in texts}
    posts = {text: forwards.watch(text, eager=True) for text in texts}
    assert len(texts) >= len(known)
    assert [text for text in reversed(texts) if backwards.ask(text) != verdicts[text]] == []
    assert [text for text in reversed(texts) if backwards.watch(text, eager=True) != posts[text]] == []


def test_explanation(matcher: Matcher) -> None:
    """An explanation holds the verdict, the folded text, the codes read and the candidates weighed."""
    explanation = matcher.explain("錯誤碼 28540 設備不在線")
    assert explanation.verdict == matcher.ask("錯誤碼 28540 設備不在線")
    assert explanation.normalised == "错误码 28540 设备不在线"
    assert [mention.code for mention in explanation.codes] == ["28540"]
    assert explanation.candidates[0].entry.code == "28504"


def test_explanation_of_a_post(matcher: Matcher) -> None:
    """An explanation in watch mode holds watch mode's verdict."""
    explanation = matcher.explain("错误码 6100", mode="watch", eager=True)
    assert explanation.verdict == matcher.watch("错误码 6100", eager=True)
    assert explanation.verdict != matcher.watch("错误码 6100")


def list_strings(path: Path) -> Iterator[str]:
    """Yield the strings of a module, docstrings left out."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_no_product_in_the_code(knowledge: Knowledge) -> None:
    """Neither strings nor rules of bot/matching name a product, or what a pack calls evidence."""
    folder = Path(bot.matching.__file__).parent
    packs = knowledge.packs.values()
    banned = {word.casefold() for pack in packs for word in (*pack.names, *pack.evidence)}
    assert {"aliyun", "飞燕", "iottoken"} <= banned
    strings = [(path.name, text) for path in folder.rglob("*.py") for text in list_strings(path)]
    rules = [
        (path.name, re.sub(r"\bbecause: .*", "", line))  # where an example stands
        for path in folder.rglob("*.yaml")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert strings
    assert rules
    named = [(name, word) for name, text in strings + rules for word in banned if word in text.casefold()]
    assert named == []
