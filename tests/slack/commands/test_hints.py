"""A mistyped command gets its usage and what was meant; a question that begins like one stays a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.slack.commands.fault import SUBCOMMANDS
from tests.slack.commands.test_channel import give
from tests.support.fake_workspace import TEAM
from tests.support.front import Front

USAGE = {
    "watch": ("needs `auto`, `shadow`, `off` or `status`", "后面要写 `auto` / `shadow`"),
    "mute": ("mutes me in this channel", "可让我在这个频道静音"),
    "why": ("the link of a post", "某条消息的链接"),
    "packs": ("shows the packs that this channel uses", "可查看本频道使用的知识包"),
    "doctor": ("checks my settings", "可检查设置、知识库"),
}


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("watch autoo", "watch", "watch auto"),
        ("watch eager", "watch", "watch auto eager"),
        ("watch shdow careful", "watch", "watch shadow careful"),
        ("watch auto loud", "watch", "watch auto"),
        ("wach auto", "watch", "watch auto"),
        ("watch of", "watch", "watch off"),
        ("WATCH AUTOO", "watch", "watch auto"),
        ("watch gibberish", "watch", ""),
        ("unwatch", "watch", "watch off"),
        ("mute chanel", "mute", "mute channel"),
        ("mute channel houre", "mute", "mute channel hour"),
        ("mute of", "mute", "mute off"),
        ("unmute", "mute", "mute off"),
        ("why https://elsewhere.example.com/28504", "why", ""),
        ("why https://acme.slack.com/messages", "why", ""),
        ("pack", "packs", "packs"),
        ("doctr", "doctor", "doctor"),
        ("doctor quickly", "doctor", ""),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_mistyped(open_front: Callable[..., Front], text: str, word: str, meant: str, language: str) -> None:
    """It is told how the command is given, and the nearest form, in the channel's language."""
    front = open_front(language=language)
    told = give(front, text)
    assert USAGE[word][language == "zh"] in told
    opening = {"en": "Did you mean `/fault {}`?", "zh": "您要输入的是 `/fault {}` 吗？"}[language]
    assert (opening.format(meant) in told) is bool(meant)
    assert not front.service.decisions.list_channels(TEAM)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("why does 28504 come back?", "28504 "),
        ("watch shows device offline", "28504 "),
        ("watch of the device shows device offline", "28504 "),
        ("why 28504", "28504 "),
        ("mute 28504", "28504 "),
        ("doctor says 28504", "28504 "),
        ("packs 28504", "28504 "),
        ("why 设备不在线", "28504 "),
        ("watch 显示设备不在线", "28504 "),
        ("mute 之后报错误码 28504", "28504 "),
    ],
)
def test_questions(front: Front, text: str, begins: str) -> None:
    """A question is answered, whatever word it begins with."""
    assert front.command(text).get_json()["text"].startswith(begins)


@pytest.mark.parametrize("text", ["why is the toaster on", "mute the radio please", "watch the game"])
def test_questions_without_an_answer(front: Front, text: str) -> None:
    """A sentence that nothing documents is told so: it is no command."""
    told = str(front.command(text).get_json()["blocks"])
    assert text in told
    assert "Did you mean" not in told


@pytest.mark.parametrize(("text", "column"), [("help", 0), ("hi", 0), ("帮助", 1), ("你好", 1)])
def test_help(front: Front, text: str, column: int) -> None:
    """Help lists every word that may stand first, in the language of whoever asks."""
    told = give(front, text)
    assert set(USAGE) <= {each.word for each in SUBCOMMANDS}
    for usages in USAGE.values():
        assert usages[column] in told
        assert usages[1 - column] not in told


def test_help_without_a_word(open_front: Callable[..., Front]) -> None:
    """Where the words tell no language, it is the desk's own."""
    assert USAGE["watch"][1] in give(open_front(language="zh"), "")
