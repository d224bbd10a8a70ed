"""A card as a page for a browser: everything that Slack would show, and nothing live that isn't a link."""

from __future__ import annotations

import html.parser
from typing import Any

import pytest

from bot.matching import Verdict
from bot.replies.html import build_html
from bot.replies.recall import Recall
from bot.replies.slack import SlackReplies
from tests.support.shipped import load_shipped
from tests.support.slack_limits import list_texts

KNOWLEDGE = load_shipped()
REPLIES = SlackReplies(KNOWLEDGE)


class Reader(html.parser.HTMLParser):
    """Reads a page: its text, and which elements are open; one that is closed wrongly fails."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        assert tag not in ("script", "img", "iframe", "link")
        if tag not in ("meta", "br", "hr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join("".join(self.texts).split())


def read(blocks: Any, language: str = "en") -> Reader:
    reader = Reader()
    reader.feed(build_html(blocks, language, "title"))
    return reader


def section(text: str, kind: str = "mrkdwn") -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": kind, "text": text}}]


@pytest.mark.parametrize("language", KNOWLEDGE.languages)
def test_every_card(language: str) -> None:
    """Each entry's card is drawn whole: all its words, buttons and links, well-formed."""
    for entry in KNOWLEDGE.entries:
        blocks = REPLIES.build_reply(Recall(Verdict("abstained"), language).pick_entry(entry)).blocks
        reader = read(blocks, language)
        texts = list_texts(list(blocks))
        assert any(entry.code in text for text in texts)
        for text in texts:
            for word in html.unescape(text).replace("*", "").replace("`", "").split():
                if "|" not in word and "<" not in word and ">" not in word:
                    assert word in reader.text, (entry.id, word)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("*bold* and *two words*", "<b>bold</b> and <b>two words</b>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("`code *x*`", "<code>code *x*</code>"),
        ("*bold `code`*", "<b>bold <code>code</code></b>"),
        (
            "<https://example.com/?a=1&amp;b=2|a page>",
            '<a href="https://example.com/?a=1&amp;b=2">a page</a>',
        ),
        ("<https://example.com>", '<a href="https://example.com">https://example.com</a>'),
        ('<https://example.com/"onclick="x|y>', '<a href="https://example.com/%22onclick=%22x">y</a>'),
        ("one\ntwo", "one<br>\ntwo"),
        ("&lt;script&gt; &amp; more", "&lt;script&gt; &amp; more"),
    ],
)
def test_marks(written: str, drawn: str) -> None:
    """Bold, code and links are drawn as Slack draws them; what is escaped stays text."""
    assert f"<p>{drawn}</p>" in build_html(section(written), "en", "title")


def test_plain_text_is_escaped() -> None:
    """What Slack takes as plain text is plain in HTML, title and all."""
    page = build_html(section("<script>", "plain_text"), "en", "<title> & co")
    assert "<p>&lt;script&gt;</p>" in page
    assert "<title>&lt;title&gt; &amp; co</title>" in page


def test_unknown_block() -> None:
    """A kind of block that the desk doesn't send is an error, not a hole in the page."""
    with pytest.raises(KeyError):
        build_html([{"type": "video"}], "en", "title")
