"""Redaction, measured on a table: nothing that must go is missed, and nothing that must stay is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction.people import PEOPLE
from bot.redaction.redact import LONGEST, READ, redact
from bot.redaction.secrets import NOISE, SECRETS
from tests.support.calls import count_calls
from tests.support.shipped import read_yaml

TABLE = read_yaml(Path(__file__).with_name("redaction.yaml"))
GOES = [(row["text"], row["kept"]) for row in TABLE if "kept" in row]
STAYS = [row["text"] for row in TABLE if "kept" not in row]


def test_nothing_is_missed() -> None:
    """Of each text of the table that holds a secret or a person, exactly that is taken out."""
    missed = [(text, redact(text), kept) for text, kept in GOES if redact(text) != kept]
    assert not missed, f"{len(missed)} of {len(GOES)} missed: text, what came out, what is due: {missed}"


def test_nothing_is_taken_too_much() -> None:
    """Each text of the table that holds neither stays as it is."""
    taken = [(text, redact(text)) for text in STAYS if redact(text) != text]
    assert not taken, f"{len(taken)} of {len(STAYS)} over-redacted: text, what came out: {taken}"


def test_table() -> None:
    """The table is large enough to measure by, in both languages, and names no text twice."""
    assert len(GOES) >= 90
    assert len(STAYS) >= 30
    texts = [row["text"] for row in TABLE]
    assert len(set(texts)) == len(texts)
    for half in ([text for text, _ in GOES], STAYS):
        assert sum(bool(re.search("[\u3400-\u9fff]", text)) for text in half) >= 10


@pytest.mark.parametrize(("text", "kept"), GOES)
@pytest.mark.parametrize("around", ["\n{}\n", "（{}）", "错误28504，{}，急", '> *{}*\n28504'])  # fmt: skip
def test_surroundings(text: str, kept: str, around: str) -> None:
    """What stands around a secret doesn't save it: none of what was taken from the bare text is kept."""
    bare = re.split(r"\*\*\*", kept)
    gone = [part for part in re.split("|".join(map(re.escape, filter(None, bare))), text) if len(part) > 5]
    shown = redact(around.format(text))
    assert not [part for part in gone if part in shown]


PIECES = st.sampled_from(
    ["appSecret", "token", "密码", "密码：", "是", " is ", "=", ": ", '"', "'", "\\", "{", "}", "Bearer ", "://",
     "@", ".com", "-----BEGIN KEY-----", "-----END KEY-----", "xoxb-", "eyJ", ".", "LTAI", "13812345678",
     "+86 ", "0571-", "4111 1111 1111 1111", "123456", "28504", "2026-11-23", " ", "\n", "\0", "*", "***",
     "a1b2c3d4e5f6a7b8c9d0", "电话", "call me at ", "(", ")", "-u a:", "Cookie: ", "authorization=", "&x="]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=3000), st.lists(PIECES | st.text(max_size=6), max_size=120).map("".join))


@given(TEXTS)
def test_any_text(text: str) -> None:
    """Whatever comes is redacted, gets no longer, and is the same when it is redacted again."""
    kept = redact(text)
    assert len(kept) <= min(len(text), LONGEST)
    assert redact(kept) == kept


@given(
    TEXTS, st.sampled_from(["appSecret=9c1d77e0f2ab", "13812345678", "LTAI5tEXAMPLE0000", "mei@example.com"])
)
def test_any_place(text: str, secret: str) -> None:
    """A secret on a line of its own goes, whatever stands above it, also where the text is cut."""
    shown = redact(f"{text}\n{secret}\n")
    assert secret not in shown or secret in text


@pytest.mark.parametrize("place", range(READ - 60, READ + 10))
def test_halved_where_reading_ends(place: int) -> None:
    """What is cut where reading ends isn't kept in halves, though all before it is taken out."""
    fill = "iotToken=" + "x" * (place - 20) + "\n"
    shown = redact(f"{fill}key {'LTAI'}4FabcdEFGH1234abcd")
    assert "LTAI" not in shown


HOSTILE = [
    "a", "1", " ", "-", "=", "token", "token ", "token:", "密码", "电话", "+1", "1-", "0 ", "@", "a@", "a.",
    "://", "-----BEGIN A-----", "eyJ", "xoxb-", '"', "\\", "(", "00:", "AB12 ", "call me at ", "a1",
    "cookie:", "1 (",
]  # fmt: skip


def measure(text: str) -> int:
    """Return how many functions are called to redact a text."""
    return count_calls(lambda: redact(text))


@pytest.mark.parametrize("piece", HOSTILE)
def test_growth(piece: str) -> None:
    """A text twice or four times as long costs no more, for the same beginning of each is read.

    What is read costs a bounded number of steps a character; tests/test_regexes.py holds that.
    """
    texts = [piece * (size // len(piece)) for size in (10_000, 20_000, 40_000)]
    redact(texts[0])  # what is made once, at the first call, isn't growth
    counts = [measure(text) for text in texts]
    assert max(counts) - min(counts) < 20
    assert {redact(text) for text in texts} == {redact(texts[0][: READ + 1])}


@pytest.mark.parametrize("piece", HOSTILE)
def test_rounds(piece: str) -> None:
    """No hostile text is redacted in more rounds than a few: each search is one call."""
    rules = len(SECRETS) + len(PEOPLE) + len(NOISE)
    assert measure(piece * READ) <= 4 * rules * READ
