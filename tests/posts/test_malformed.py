"""Nothing that comes stops the reading: parts of wrong types, nested without end, or huge."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts.post import LONGEST, Post, read_post
from tests.support.calls import count_calls
from tests.support.message_parts import Part, attached, plain, rich, run, section, tell, word

SCRAPS: list[object] = [None, "", " ", "x", 0, 28504, -1.5, True, [], [None], [[]], {}, {"text": None}, [{}]]
PLACES = [
    "team", "channel", "ts", "thread_ts", "user", "bot_id", "app_id", "subtype", "bot_profile", "text",
    "blocks", "attachments", "files",
]  # fmt: skip
INSIDE = [
    "pretext", "title", "text", "fields", "blocks", "message_blocks", "fallback", "files", "preview", "value",
    "type", "elements", "rows", "url", "style", "user_id", "name", "skin_tone", "message", "child_blocks",
]  # fmt: skip
KINDS = [
    "rich_text", "rich_text_section", "rich_text_list", "text", "link", "user", "emoji", "plain_text",
    "mrkdwn", "section", "table", "plan",
]  # fmt: skip


def check_sound(post: Post) -> None:
    """Assert what holds of every post."""
    assert len(post.text) <= LONGEST
    assert all(passage.text.strip() and passage.source for passage in post.passages)
    told = (post.team, post.channel, post.ts, post.thread_ts, post.author, post.subtype, post.root, post.said)
    assert all(isinstance(one, str) for one in told)


@pytest.mark.parametrize("scrap", SCRAPS, ids=repr)
@pytest.mark.parametrize("place", PLACES)
def test_malformed_part(place: str, scrap: object) -> None:
    """A part of the message that is null or of a wrong type is read as absent, and the rest is read."""
    sound: Part = {**rich(run(word("in blocks"))), "text": "in text", "files": [{"preview": "in file"}]}
    post = read_post({**sound, place: scrap})
    check_sound(post)
    for part in {"blocks", "text"} - {place}:
        assert f"in {part}" in post.text


@pytest.mark.parametrize("scrap", SCRAPS, ids=repr)
@pytest.mark.parametrize("place", INSIDE)
def test_malformed_inside(place: str, scrap: object) -> None:
    """A part of a block, an attachment or a file that is of a wrong type never stops the reading."""
    torn = {place: scrap}
    for kind in KINDS:
        part = {"type": kind, **torn}
        table = {"type": "table", "rows": [[part]]}
        blocks = [part, *rich(part)["blocks"], *rich(run(part))["blocks"], table]
        shared = {"message_blocks": [torn, {"message": {"blocks": blocks}}]}
        message = {
            "blocks": blocks,
            "attachments": [torn, {"fields": [torn]}, shared],
            "files": [torn],
            "text": "28504",
        }
        post = read_post(message)
        check_sound(post)
        assert "28504" in post.text


def test_no_message_at_all() -> None:
    """What isn't an object is read as an empty post."""
    for scrap in SCRAPS:
        check_sound(read_post(scrap))  # type: ignore[arg-type]  # Slack's JSON has no types


@pytest.mark.parametrize("key", ["elements", "blocks", "text", "child_blocks", "rows", "fields"])
def test_deep_nesting(key: str) -> None:
    """Blocks nested without end are read as deep as Slack's own go, and the text after them is read."""
    inner: Part = {"type": "novelty", "text": "deep"}
    for _ in range(5_000):
        inner = {"type": "rich_text_section" if key == "rows" else "novelty", key: [inner]}
    assert tell({"blocks": [inner], "text": "28504"}) == "28504"
    lists: list[object] = []
    for _ in range(5_000):
        lists = [lists]
    assert tell({"blocks": lists, "text": "1", "attachments": [{"fields": lists, "blocks": lists}]}) == "1"


_KEYS = st.sampled_from([*PLACES, *INSIDE, "tasks", "details", "caption", "range"])
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(KINDS)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=6),
    max_leaves=40,
)


@given(st.dictionaries(_KEYS, _JSON))
def test_any_object(message: Part) -> None:
    """Any object at all is read, the same way each time, with no more text than is read of a post."""
    post = read_post(message)
    check_sound(post)
    assert post == read_post(message)


@given(st.lists(st.text(min_size=1), max_size=4))
def test_typed_text_comes_back(typed: list[str]) -> None:
    """What was typed is what Slack's escapes decode to, whatever was typed."""
    joined = "".join(typed)
    told = tell(rich(run(*map(word, typed), kind="rich_text_preformatted")))
    decoded = told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert decoded in joined
    assert not {"<", ">"} & set(told)
    if told:
        assert decoded.strip() == joined.strip()


def measure(message: Mapping[str, object]) -> int:
    """Return how many functions are called to read a message."""
    return count_calls(lambda: read_post(message))


def build_hostile(shape: str, size: int) -> Part:
    """Return a message of about `size` characters in one of the shapes that cost most."""
    numbers = [f"n{number}" for number in range(size // 6)]
    shapes: dict[str, Part] = {
        "attachments": {"attachments": [{"text": number} for number in numbers]},
        "alike": {"attachments": [{"text": "alike"} for _ in numbers]},
        "titles": {"attachments": [{"title": number, "fallback": number} for number in numbers]},
        "fields": attached(fields=[{"title": number, "value": "v"} for number in numbers]),
        "files": {"files": [{"preview": number} for number in numbers]},
        "sections": {"blocks": [section(number) for number in numbers]},
        "elements": rich(run(*map(word, numbers))),
        "links": rich(run(*({"type": "link", "url": number} for number in numbers))),
        "rows": {"blocks": [{"type": "table", "rows": [[plain(number)] for number in numbers]}]},
        "cells": {"blocks": [{"type": "table", "rows": [[plain(number) for number in numbers]]}]},
        "tokens": {"text": "<@U1> " * (size // 6)},
        "opened": {"text": "<a|" * (size // 3), "blocks": [section("<" * size)]},
        "bullets": {"text": "> • 1. \n" * (size // 8)},
        "empty": {"blocks": [{"type": "section"} for _ in numbers], "attachments": [{} for _ in numbers]},
    }
    return shapes[shape]


SHAPES = [
    "attachments", "alike", "titles", "fields", "files", "sections", "elements", "links", "rows", "cells",
    "tokens", "opened", "bullets", "empty",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_growth(shape: str) -> None:
    """Twice the post costs about twice the calls, whatever it is made of."""
    ten, twenty, forty = (measure(build_hostile(shape, size)) for size in (10_000, 20_000, 40_000))
    assert twenty <= 2.2 * ten + 500
    assert forty <= 2.2 * twenty + 500


@pytest.mark.parametrize("shape", ["attachments", "fields", "files", "sections", "elements", "rows"])
def test_reading_stops(shape: str) -> None:
    """What lies behind the most characters costs nothing."""
    twice, often = (measure(build_hostile(shape, size * LONGEST)) for size in (2, 8))
    assert often <= twice + 500


@pytest.mark.parametrize("shape", SHAPES)
def test_huge(shape: str) -> None:
    """A post many times longer than any is read to the same limit."""
    post = read_post(build_hostile(shape, 4 * LONGEST))
    check_sound(post)
