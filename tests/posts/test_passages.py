"""What is told twice is taken once, and a post has an end."""

from __future__ import annotations

import pytest

from bot.posts.post import LONGEST, read_post
from tests.support.message_parts import Part, attached, list_sources, rich, run, section, tell, word

# What was told already


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a -&gt; b &amp; c", [run(word("a -> b & c"))]),
        ("*bold* _it_ ~no~ `1`", [run(word("bold", bold=True), word(" it no "), word("1", code=True))]),
        ("got\n```{\n  1\n}```", [run(word("got\n")), run(word("{\n  1\n}"), kind="rich_text_preformatted")]),
        ("got```one```", [run(word("got")), run(word("one"), kind="rich_text_preformatted")]),
        ("&gt; one\n&gt; two", [run(word("one\ntwo"), kind="rich_text_quote")]),
        ("• one\n    ◦ two", [{"type": "rich_text_list", "elements": [run(word("one")), run(word("two"))]}]),
        ("1. one\n2. two", [{"type": "rich_text_list", "elements": [run(word("one")), run(word("two"))]}]),
        (
            "<#C1|ops> <@U1|ann> :wave::skin-tone-2: <https://e.com/?a=1&amp;b=2>",
            [
                run(
                    {"type": "channel", "channel_id": "C1"},
                    word(" "),
                    {"type": "user", "user_id": "U1"},
                    word(" "),
                    {"type": "emoji", "name": "wave", "skin_tone": 2},
                    word(" "),
                    {"type": "link", "url": "https://e.com/?a=1&b=2"},
                )
            ],
        ),
        ("<!date^17^{date}|today>", [run({"type": "date", "timestamp": 17, "fallback": "today"})]),
        ("<http://e.com|e.com>", [run({"type": "link", "url": "http://e.com", "text": "e.com"})]),
    ],
)
def test_mirror_is_folded(text: str, runs: list[Part]) -> None:
    """The text that mirrors the blocks is left out, whatever Slack's two forms differ in."""
    assert list_sources({**rich(*runs), "text": text}) == ["blocks"]


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ("lamp is down", "Lamp is down"),  # case tells
        ("code 285040", "code 28504"),
        ("code 28504.5", "code 28504"),
        ("ERR28504", "28504"),
        ("at 10.0.0.1:28504", "10.0.0.1"),
        ("unbound", "bound"),
        ("lamp is down", "lamp is down in hall"),
        ("x", "*y*"),
    ],
)
def test_other_words_are_kept(blocks: str, text: str) -> None:
    """A passage is left out only where its words stand as they are in what was taken."""
    assert tell({"blocks": [section(blocks)], "text": text}) == f"{blocks}\n{text}"


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("code 28504, twice", "28504"),
        ("not 285040 but 28504", "28504"),
        ("takes 5..10 s", "takes 5."),
        ("报错28504怎么办", "28504"),
        ("*a*  b\nc", "a b c"),
        ("a & b", "a &amp; b"),
        ("a", "``` ```"),
    ],
)
def test_part_is_folded(whole: str, part: str) -> None:
    """A passage that stands in an earlier one is left out, also where no space parts it from Chinese."""
    assert tell({"blocks": [section(whole)], "text": part}) == whole


def test_field_stays_beside_its_record() -> None:
    """A field that was told elsewhere is kept while another field of its record is new."""
    fields = [{"title": "Code", "value": "28504"}, {"title": "Message", "value": "device is offline."}]
    message = {**attached(title="Gateway", fields=fields), "text": "Code: 28504"}
    assert tell(message) == "Code: 28504\nGateway\nCode: 28504\nMessage: device is offline."


def test_fields_told_before_are_folded() -> None:
    """Fields that were all told before are left out together."""
    fields = [{"title": "Code", "value": "28504"}, {"title": "Message", "value": "offline"}]
    assert list_sources({**attached(fields=fields), "text": "*Code:* 28504\n*Message:* offline"}) == ["text"]


# How much


def test_longest_text_is_read_whole() -> None:
    """A text of exactly the most characters is read to its end."""
    text = "ab " * (LONGEST // 3) + "c"
    assert len(text) == LONGEST
    assert tell({"text": text}) == text
    assert tell({"text": text + "d"}) == text[:-2]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("28504", ""),
        ("x 28504", "x"),
        ("1.28504", ""),
        ("x&lt;&lt;y", "x"),
        ("<https://example.com/a|the page>", ""),
        ("线" * 20, "线" * 3),
    ],
)
def test_cut_halves_nothing(end: str, kept: str) -> None:
    """Where the most characters are reached, a halved word, number, entity or token is left out."""
    before = "a " * (LONGEST // 2 - 2) + " "
    told = tell({"text": before + end + " z" * 10})
    assert told == (before + kept).rstrip()


def test_one_endless_word_is_cut() -> None:
    """What has no end for a thousand characters is no word: it is cut where the most are reached."""
    assert tell({"text": "x" * 50_000}) == "x" * LONGEST


def test_reading_stops_when_full() -> None:
    """Parts share one limit, and what comes after it is not read."""
    half = "ab " * 7_000
    message = {**attached(text="28504"), "blocks": [section(half)], "text": "c" + half}
    post = read_post(message)
    assert [passage.source for passage in post.passages] == ["blocks", "text"]
    assert LONGEST - 10 < len(post.text) <= LONGEST


def test_nothing_follows_what_was_cut() -> None:
    """A field that would fit into the room left by a cut word is not read either."""
    fields = [{"value": "a " * (LONGEST // 2 - 2) + "28504"}, {"value": "x"}]
    assert tell(attached(fields=fields)).endswith("a a")
