"""Texts that no entry answers: what is turned, which codes stand in for numbers."""

from __future__ import annotations

import re

import pytest

from bench.negatives import TURNED, list_foreign, list_turned
from bench.strings import Strings
from bench.word_lists import read_words
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge


@pytest.fixture(scope="module")
def turned(knowledge: Knowledge) -> tuple[Question, ...]:
    """The shipped strings, turned."""
    return list_turned(knowledge, Strings(knowledge))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("device is online.", "device is offline."),
        ("设备在线", "设备不在线"),
        ("消息中心打得开", "消息中心打不开"),
        ("the invitation is not past its validity", "the invitation is past its validity"),
        ("my device is online", "my device is not online"),
    ],
)
def test_turned(turned: tuple[Question, ...], text: str, source: str) -> None:
    """A negation is taken out, or a word takes the other side of its term."""
    assert {question.text: question.id for question in turned}[text] == source


def test_turned_away(turned: tuple[Question, ...], knowledge: Knowledge) -> None:
    """Nothing turned is a string of an entry, and nothing tells what is a fault on either side."""
    texts = {string for entry in knowledge.entries for string in entry.strings}
    assert len(turned) > 200
    for question in turned:
        assert question.kind == TURNED
        assert question.text not in texts
        assert not re.search(r"bound|绑定|成功|同意|accepted", question.text)


def test_foreign(knowledge: Knowledge) -> None:
    """Thirty shapes and more in both languages, evenly, with documented codes as their numbers."""
    posts = list_foreign(knowledge, 2000, 1)
    codes = {entry.code for entry in knowledge.entries}
    kinds = {(post.kind, post.language) for post in posts}
    shapes, tables = read_words("foreign")["shapes"], read_words("foreign")["tables"]
    assert len(shapes) >= 30
    assert {(f"number {shape}", language) for shape in shapes for language in ("en", "zh")} <= kinds
    assert {f"table {table}" for table in tables} <= {kind for kind, _ in kinds}
    assert all(post.mode == "watch" and not post.expected for post in posts)
    assert len({post.text for post in posts}) == len(posts) == 2000
    held = [post for post in posts if codes & set(re.findall(r"\d+", post.text))]
    assert len(held) > len(posts) / 2


def test_seed(knowledge: Knowledge) -> None:
    """The same seed makes the same posts."""
    assert (
        list_foreign(knowledge, 500, 3) == list_foreign(knowledge, 500, 3) != list_foreign(knowledge, 500, 4)
    )
