"""mrkdwn: escaping, code spans, and cuts that halve nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.mrkdwn import count_bytes, count_units, cut_lines, escape, make_code, make_plain, split_lines

ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("a & b", "a &amp; b"),
        ("&lt;tag&gt; &amp;", "&lt;tag&gt; &amp;"),
        ("&nbsp;", "&amp;nbsp;"),
        ("a\x00b\u202ec\u200b", "a b c "),
        ("设备", "设备"),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    """Three characters are escaped, once; characters that nobody sees become blanks."""
    assert escape(text) == escaped
    assert escape(escaped) == escaped


@given(st.text())
def test_escape_leaves_nothing(text: str) -> None:
    """No escaped text holds an angle bracket, or an ampersand that isn't an entity's."""
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert not ENTITY.search(escaped)


@given(st.text(), st.integers(20, 300))
def test_code_span(text: str, most: int) -> None:
    """A code span has two back-ticks, both its own, stays on one line and within its length."""
    code = make_code(text, most)
    assert code.count("`") == 2
    assert "\n" not in code
    assert count_units(code) <= most
    assert not ENTITY.search(code)


@given(st.text(), st.integers(5, 150))
def test_plain(text: str, most: int) -> None:
    """A plain text keeps its length and holds no angle bracket."""
    plain = make_plain(text, most)
    assert count_units(plain) <= most
    assert not set(plain) & set("<>\n")


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=30), st.integers(40, 400))
@pytest.mark.parametrize("measure", [count_units, count_bytes])
def test_cut_lines(measure, texts: list[str], most: int) -> None:  # type: ignore[no-untyped-def] # either
    """Lines that don't all fit are cut after a whole line, with the note; never within an entity."""
    lines = [escape(text) or "x" for text in texts]
    kept = cut_lines(lines, most, "(cut)", measure)
    assert measure("\n".join(kept)) <= most
    assert not ENTITY.search("\n".join(kept))
    if kept != lines:
        assert kept[-1] == "(cut)"
        assert kept[:-1] == lines[: len(kept) - 1] or len(kept) == 2


@given(st.lists(st.text(max_size=500), max_size=20), st.integers(50, 600))
def test_split_lines(texts: list[str], most: int) -> None:
    """Split lines lose no character but blanks, and each part keeps its length."""
    lines = [escape(text) for text in texts]
    parts = split_lines(lines, most)
    assert all(count_units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join("".join(lines).split())
    assert not any(ENTITY.search(part) for part in parts)


def test_units() -> None:
    """Lengths are counted as Slack's limits count: a character beyond the first plane is two."""
    assert [count_units(text) for text in ("ab", "设备", "😀")] == [2, 2, 2]
    assert [count_bytes(text) for text in ("ab", "设备", "😀")] == [2, 6, 4]
