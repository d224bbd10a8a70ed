"""A text by its statements, and by the runs of letters by which strings spelt alike are found."""

from __future__ import annotations

import pytest

from bot.matching.statements import (
    LONGEST_WHOLE,
    MOST_STATEMENTS,
    join_statements,
    list_letters,
    read_statements,
    split_letters,
    write_whole,
)


@pytest.mark.parametrize(
    ("folded", "said"),
    [
        ("device not found", ["device not found"]),
        ('{"msg": "device not found", "data": null}', ["msg", "device not found", "data", "null"]),
        ("error iot-bridge - 设备不在线 (id=a1)", ["error iot-bridge", "设备不在线", "id", "a1"]),
        (
            "[warn] <iot> failed, reason: it's 设备不在线。",
            ["warn", "iot", "failed", "reason", "it's 设备不在线"],
        ),
        ("com.acme.apiexception: request error.\n\tat x", ["com.acme.apiexception", "request error", "at x"]),
        ("... ???", []),
        ("", []),
    ],
)
def test_statements(folded: str, said: list[str]) -> None:
    """Stops, quotes, brackets and the signs of logs part statements; a point within a word doesn't."""
    assert [one.said for one in read_statements(folded)][: len(said)] == said
    assert join_statements(folded) == " ".join(said)


def test_neighbours_are_joined() -> None:
    """After the statements come each two neighbours as one, for a message may have a comma."""
    assert [one.said for one in read_statements("操作太频繁,请稍后再试!")][2:] == ["操作太频繁 请稍后再试"]


def test_places() -> None:
    """A statement's place is that of its letters."""
    folded = '{"msg": " 设备不在线 "}'
    assert all(folded[one.start : one.end] == one.said for one in read_statements(folded)[:2])


def test_most() -> None:
    """Of a long text a bounded number of statements is read."""
    assert len(read_statements("a,b;" * 1000)) == 2 * MOST_STATEMENTS - 1


def test_a_whole_string_is_no_run() -> None:
    """A string is found as a whole by a token that no run of letters is, however long it is."""
    assert write_whole("ota") in set(list_letters("ota."))
    assert write_whole("ota") not in set(list_letters("ota update"))
    assert len(write_whole("x" * 999)) == LONGEST_WHOLE + 1


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        ("", set()),
        ("a", {" a "}),
        ("线", {" 线", "线 "}),
        ("ota升级", {" ot", "ota", "a升", "升级", "级 "}),
        (" ota ", {" ot", "ota", "ta "}),
    ],
)
def test_runs(said: str, runs: set[str]) -> None:
    """Three letters make a run, or two with a Chinese character; the ends count, blanks around don't."""
    assert split_letters(said) == runs


@pytest.mark.parametrize(
    ("said", "meant"), [("设被不在线", "设备不在线"), ("devcie is offline", "device is offline")]
)
def test_a_slip_leaves_runs(said: str, meant: str) -> None:
    """What is misspelt in one place still shares runs with what is meant."""
    assert len(split_letters(said) & split_letters(meant)) >= 3
