"""Reading the text: what folding does to it, where a folded character came from, what language it is in."""

from __future__ import annotations

import pytest

from bot.matching.text import LONGEST, fold, read

FOLDED = [
    # NFKC: full-width digits and letters, ligatures, compatibility forms
    ("２８５０４", "28504"),
    ("ＥＲＲＯＲ　ｃｏｄｅ", "error code"),
    ("错误码：２８５０４", "错误码:28504"),
    ("（28504）", "(28504)"),
    ("ﬁrmware", "firmware"),
    ("𝟐𝟖𝟓𝟎𝟒", "28504"),
    ("cafe\u0301", "caf\u00e9"),
    ("The Cafe\u0301 is Open", "the caf\u00e9 is open"),
    ("A\n\u0301B\tＣ d", "a\n\u0301b\tc d"),
    # casefold
    ("Device Is OFFLINE", "device is offline"),
    ("GERÄTESTRASSE Straße", "gerätestrasse strasse"),
    ("IotID", "iotid"),
    # Traditional to Simplified
    ("設備不在線", "设备不在线"),
    ("錯誤碼", "错误码"),
    ("產品不存在", "产品不存在"),
    ("鑰匙還未和虛擬用戶綁定", "钥匙还未和虚拟用户绑定"),
    ("对方已接受", "对方已接受"),
    # zero-width and control characters out
    ("28\u200b504", "28504"),
    ("dev\u200dice\ufeff", "device"),
    ("off\u00adline", "offline"),
    ("\u202ednot bound\u202c", "dnot bound"),
    ("a\x00b\x07c\x1b", "abc"),
    ("❤\ufe0f", "❤"),
    # smart quotes and long dashes to plain
    ("can’t", "can't"),
    ("‘offline’", "'offline'"),
    ("“offline”", '"offline"'),
    ("„offline“", '"offline"'),
    ("−6100", "-6100"),
    ("code–28504", "code-28504"),
    ("a\u00a0b\u3000c", "a b c"),
    # line ends stay, a lone carriage return is one
    ("a\nb\tc", "a\nb\tc"),
    ("a\rb", "a\nb"),
    # Slack escapes three characters
    ("a &amp;&lt;&gt; b", "a &<> b"),
    ("a &copy; &amp;amp;", "a &copy; &amp;"),
    # JSON escapes letters, JSON within JSON doubles the mark; what would end a string or a line stays
    (r"\u8a2d\u5099 offline", "设备 offline"),
    (r"\u8A2D\\u5099", "设备"),
    (r"\ud83d\ude00!", "😀!"),
    (r"caf\u00e9\u00a0\u200bx", "caf\u00e9 x"),
    (r"\u0022 \u005c \u000a \ud83d \u12", r"\u0022 \u005c \u000a \ud83d \u12"),
    (r"c:\users\dev", r"c:\users\dev"),
]

TOKENS = [
    ("<@U012AB3CD> 28504", "28504", []),
    ("<@U012AB3CD|28504> hi", "28504", ["28504"]),
    ("<#C012AB3CD|code-28504> hi", "code-28504", ["code-28504"]),
    ("<#C28504>", "", []),
    ("<!here> hi", "hi", []),
    ("<!subteam^S28504|@ops> hi", "@ops", ["@ops"]),
    ("<!date^28504^{date}|noon> hi", "noon", ["noon"]),
    ("<https://a.example/28504|the page> hi", "the page", ["the page"]),
    ("<https://a.example/28504> hi", "hi", []),
    ("<mailto:a28504@b.example|a28504@b.example>", "a28504@b.example", ["a28504@b.example"]),
    ("<tel:28504|call us>", "call us", ["call us"]),
    ("https://a.example/28504?code=28504 hi", "hi", ["https://a.example/28504?code=28504"]),
    ("www.a.example/28504", "www.a.example/28504", ["www.a.example/28504"]),
]


@pytest.mark.parametrize(("given", "folded"), FOLDED)
def test_folding(given: str, folded: str) -> None:
    """A text is compared by its NFKC, casefolded, Simplified form, invisible characters out, quotes plain."""
    assert fold(given) == folded


@pytest.mark.parametrize(("given", "folded"), FOLDED)
def test_folding_twice(given: str, folded: str) -> None:
    """A folded text, unless it spells an entity, folds to itself."""
    if "&" not in folded:
        assert fold(fold(given)) == folded


@pytest.mark.parametrize("given", ["a\u200b\u0300", "a\u061c\u0300", "a\ufe0f\u0300"])
def test_mark_behind_an_invisible_character(given: str) -> None:
    """A combining mark joins its letter though an invisible character stands between them."""
    assert fold(given) == "\u00e0"


def test_marks_behind_a_dotted_capital() -> None:
    """A folded text folds to itself with several marks on one letter, too."""
    assert fold(fold("İ\u0316")) == fold("İ\u0316")


def test_mark_behind_a_line_end() -> None:
    """A line end stays, whatever follows it."""
    assert fold("a\n\u0300b").startswith("a\n")


@pytest.mark.parametrize(("given", "shown", "sealed"), TOKENS)
def test_tokens_give_their_label(given: str, shown: str, sealed: list[str]) -> None:
    """A Slack token or an address gives at most its label, and what it gives is sealed."""
    text = read(given)
    assert shown in text.folded
    assert "u012ab3cd" not in text.folded
    assert "subteam" not in text.folded
    assert "mailto:" not in text.folded
    assert [text.folded[low:high] for low, high in text.sealed if text.folded[low:high].strip()] == sealed


@pytest.mark.parametrize(
    "given", ["a < b > c", "<device> offline", "x <- 28504", "if (a<28504) {}", "<", "<@", "<http:", "<a|b>"]
)
def test_other_angles_are_text(given: str) -> None:
    """Angle brackets that make no Slack token are characters like any other."""
    text = read(given)
    assert text.folded == given
    assert text.sealed == ()


@pytest.mark.parametrize(
    ("given", "part", "span"),
    [
        ("28504", "28504", (0, 5)),
        ("错误码：２８５０４。", "28504", (4, 9)),
        ("ﬁrmware", "fi", (0, 1)),
        ("ﬁrmware", "f", (0, 1)),
        ("ﬁrmware", "rmware", (1, 7)),
        ("&lt;28504&gt;", "28504", (4, 9)),
        ("285\u200b04!", "28504", (0, 6)),
        ("👍 28504", "28504", (2, 7)),
        ("<@U012AB3CD> 28504", "28504", (13, 18)),
        ("cafe\u0301 28504", "28504", (6, 11)),
        ("Straße 28504", "28504", (7, 12)),
        ("設備 28504", "28504", (3, 8)),
    ],
)
def test_span_in_the_text_as_given(given: str, part: str, span: tuple[int, int]) -> None:
    """A span is [start, end) in code points of the text as given, though folding shifts offsets."""
    text = read(given)
    start = text.folded.index(part)
    assert text.span(start, start + len(part)) == span


def test_letter_as_given() -> None:
    """A folded position leads back to the character it came from."""
    text = read("設備 IotId")
    assert "".join(map(text.letter, range(len(text.folded)))) == "設備 IotId"


def test_positions_in_order() -> None:
    """Positions of a folded text never go backwards in the text as given."""
    text = read("<@U1> ﬁ &amp; 設備 <https://a.example|label> e\u0301 \u200b end")
    assert text.starts is not None
    assert list(text.starts) == sorted(text.starts)
    assert len(text.starts) == len(text.folded)


def test_sealed_positions() -> None:
    """Only positions inside an address are sealed."""
    text = read("a https://b.example c")
    assert [text.is_sealed(at) for at in (0, 1, 2, 18, 19, 20)] == [False, False, True, True, False, False]


def test_longest_text() -> None:
    """Of a longer text the first LONGEST characters are read."""
    assert read("a" * LONGEST + "28504").folded == "a" * LONGEST


@pytest.mark.parametrize("piece", ["㍿", "ﷺ", "ﬁ ", "a㍿", f"{8 * '㍿'}<https://x.y|㍿>", "&lt;㍿"])
def test_folded_characters_count(piece: str) -> None:
    """What one character becomes counts as so many; each keeps its place."""
    text = read(piece * LONGEST)
    assert LONGEST - 18 <= len(text.folded) <= LONGEST
    assert text.span(len(text.folded) - 1, len(text.folded))[1] == len(text.raw)
    assert text.folded.startswith(fold(text.raw[:100])[:50])
