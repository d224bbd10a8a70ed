"""What the blocks of a message say, in the form that Slack's own text field has."""

from __future__ import annotations

import pytest

from bot.posts.post import read_post
from tests.support.message_parts import Part, mrkdwn, plain, rich, run, section, tell, word

# Blocks: rich text


@pytest.mark.parametrize(
    ("element", "told"),
    [
        (word("a < b & c > d &lt;"), "a &lt; b &amp; c &gt; d &amp;lt;"),
        (word("<@U1>"), "&lt;@U1&gt;"),
        (word("bold", bold=True), "bold"),
        (word("28504", code=True), "`28504`"),
        (word("28504", code=False), "28504"),
        ({"type": "link", "url": "https://example.com/?a=1&b=2"}, "<https://example.com/?a=1&amp;b=2>"),
        ({"type": "link", "url": " https://e.com?a&b ", "text": "a > b"}, "<https://e.com?a&amp;b|a &gt; b>"),
        ({"type": "link", "url": "https://e.com/a|b >", "text": "x\ny"}, "<https://e.com/a%7Cb%20%3E|x y>"),
        ({"type": "link", "url": "tel:28504", "text": "28504"}, "<tel:28504|28504>"),
        ({"type": "link", "text": "no address"}, "no address"),
        ({"type": "link", "url": "https://e.com", "style": {"code": True}}, "`<https://e.com>`"),
        ({"type": "user", "user_id": "U1"}, "<@U1>"),
        ({"type": "user", "user_id": "U1> <!here"}, ""),
        ({"type": "usergroup", "usergroup_id": "S1"}, "<!subteam^S1>"),
        ({"type": "channel", "channel_id": "C1"}, "<#C1>"),
        ({"type": "broadcast", "range": "here"}, "<!here>"),
        ({"type": "emoji", "name": "fire", "unicode": "1f525"}, ":fire:"),
        ({"type": "emoji", "name": "wave", "skin_tone": 3}, ":wave::skin-tone-3:"),
        ({"type": "emoji", "name": "wave", "skin_tone": 9}, ":wave:"),
        ({"type": "emoji"}, ""),
        ({"type": "date", "timestamp": 1700000000, "format": "{date}", "fallback": "14 Nov"}, "14 Nov"),
        ({"type": "date", "timestamp": 1700000000, "format": "{date}"}, ""),
        ({"type": "color", "value": "#28504f"}, "#28504f"),
        ({"type": "novelty", "text": "kept"}, "kept"),
        ({"type": "novelty", "elements": [word("kept")]}, "kept"),
        ({"type": "button", "text": "pressed"}, ""),
        ({"type": ["text"], "text": "kept"}, "kept"),
    ],
)
def test_element(element: Part, told: str) -> None:
    """Each element of rich text is written as Slack's own text field has it."""
    assert tell(rich(run(element))) == told


def test_elements_of_a_section_stay_together() -> None:
    """The elements of one section follow each other without a break."""
    message = rich(run(word("错误码 "), word("28504", code=True), word("，设备 "), word("lamp", bold=True)))
    assert tell(message) == "错误码 `28504`，设备 lamp"


def test_element_outside_of_a_section() -> None:
    """An element that stands where a section belongs is escaped all the same."""
    assert tell(rich(word("a < b"), {"type": "user", "user_id": "U1"})) == "a &lt; b\n<@U1>"


def test_runs_begin_lines() -> None:
    """A section, a quote and each item of a list begin a line of their own; nested lists too."""
    message = rich(
        run(word("first\n")),
        {"type": "rich_text_list", "style": "bullet", "elements": [run(word("one")), run(word("two"))]},
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [run(word("three"))]},
        run(word("quoted"), kind="rich_text_quote"),
    )
    assert tell(message) == "first\none\ntwo\nthree\nquoted"


def test_preformatted_keeps_its_lines() -> None:
    """An object in a preformatted run stays whole, with its line breaks and indents."""
    body = '{\n  "code": 28504,\n  "message": "device is offline."\n}'
    message = rich(run(word("got\n")), run(word(body), kind="rich_text_preformatted"))
    assert tell(message) == f"got\n{body}"


def test_blank_line_that_was_typed_stays() -> None:
    """Only the line break that ends a section is left out, not the blank line behind it."""
    assert tell(rich(run(word("a\n\n")), run(word("b")))) == "a\n\nb"


# Blocks: the others


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (section("code *28504*"), "code *28504*"),
        (section("", "a: 1", "b: 2"), "a: 1\nb: 2"),
        (section("top", "*错误码*\n28504", "*提示：*\n设备不在线"), "top\n错误码: 28504\n提示: 设备不在线"),
        (section("", "*Log:*\nfirst\nsecond"), "Log: first\nsecond"),
        (section("", "*Code* 28504\nsecond"), "*Code* 28504\nsecond"),
        (section("", "see *Code*\n28504"), "see *Code*\n28504"),
        (section("", "*Code*\n"), "*Code*"),
        (section("*Code*\n28504"), "*Code*\n28504"),
        ({"type": "header", "text": plain("a < b & c")}, "a &lt; b &amp; c"),
        ({"type": "header", "text": plain("a &lt; b &amp; c")}, "a &lt; b &amp; c"),
        ({"type": "context", "elements": [mrkdwn("one"), plain("two")]}, "one\ntwo"),
        ({"type": "markdown", "text": "**28504** is `offline`"}, "**28504** is `offline`"),
        ({"type": "alert", "level": "error", "text": mrkdwn("28504")}, "28504"),
        ({"type": "novelty", "blocks": [section("inner")]}, "inner"),
        ({"type": "novelty", "elements": [{"type": "novelty", "text": {"text": "inner"}}]}, "inner"),
        ({"elements": [mrkdwn("untyped")]}, "untyped"),
        (
            {"type": "container", "title": "c", "subtitle": plain("s"), "child_blocks": [section("i")]},
            "c\ns\ni",
        ),
        ({"type": "container", "rich_text_title": run(word("t")), "child_blocks": None}, "t"),
        ({"type": "card", "title": mrkdwn("t"), "subtitle": mrkdwn("s"), "body": mrkdwn("b")}, "t\ns\nb"),
        (
            {"type": "carousel", "elements": [{"type": "card", "body": mrkdwn(one)} for one in ("a", "b")]},
            "a\n\nb",
        ),
        (
            {
                "type": "plan",
                "title": "p < q",
                "tasks": [
                    {"type": "task_card", "title": "t", "status": "error", "output": rich(run(word("28504")))}
                ],
            },
            "p &lt; q\n\nt\n28504",
        ),
    ],
)
def test_block(block: Part, told: str) -> None:
    """Each kind of block that holds words gives them, its fields on lines that follow each other."""
    assert tell({"blocks": [block]}) == told


@pytest.mark.parametrize(
    "block",
    [
        {"type": "image", "alt_text": "28504", "title": plain("28504"), "image_url": "https://e.com/28504"},
        {"type": "context", "elements": [{"type": "image", "alt_text": "28504"}]},
        {"type": "actions", "elements": [{"type": "button", "text": plain("28504"), "value": "28504"}]},
        {"type": "context_actions", "elements": [{"type": "feedback_buttons", "text": "28504"}]},
        {"type": "section", "accessory": {"type": "button", "text": plain("28504")}},
        {"type": "novelty", "elements": [{"type": "static_select", "text": plain("28504")}]},
        {"type": "card", "icon": {"text": "28504"}, "actions": [{"type": "button", "text": plain("28504")}]},
        {"type": "input", "label": plain("28504"), "text": plain("28504")},
        {"type": "video", "title": plain("28504"), "alt_text": "28504"},
        {"type": "divider"},
        {"type": "section", "block_id": "28504"},
    ],
)
def test_silent_block(block: Part) -> None:
    """Images, buttons, menus and inputs are no text of the post."""
    assert read_post({"blocks": [block]}).passages == ()


def test_table() -> None:
    """A row of a table is one line, its cells parted by a bar, also where a cell has several lines."""
    cell = rich(run(word("device\n")), run(word("is offline."), kind="rich_text_preformatted"))["blocks"][0]
    table = {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "code"}, {"type": "raw_text", "text": "a < b"}],
            [],
            [{"type": "raw_text", "text": " "}],
            "torn",
            [{"type": "raw_number", "value": 28504, "text": "28504"}, cell],
            [{"type": "raw_number", "value": 2066}, {"type": "action", "elements": []}],
        ],
    }
    assert tell({"blocks": [table]}) == "code | a &lt; b\n28504 | device is offline.\n2066 |"
    assert tell({"blocks": [{**table, "type": "data_table", "caption": "c"}]}).startswith("c\ncode | ")


def test_divider_ends_a_record() -> None:
    """A blank line stands where a divider parts one report from the next."""
    blocks = [section("code: 1"), section("message: a"), {"type": "divider"}, section("code: 2")]
    assert tell({"blocks": blocks}) == "code: 1\nmessage: a\n\ncode: 2"
