"""What a verdict shows to be lacking, and under which key it is counted."""

from __future__ import annotations

import pytest

from bot.channels.gaps import build_not_it, list_gaps, make_code_key, make_words_key
from bot.matching import Evidence, Match, UnknownCode, Verdict
from bot.outbox.decision_store import Gap
from bot.redaction import EMPTY, redact
from tests.support.shipped import load_shipped

ENTRIES = load_shipped().entries
ENTRY, OTHER = ENTRIES[0], ENTRIES[1]
MATCH = Match(ENTRY, 90.0, Evidence("phrase", (0, 1), "x"))
TEXT = redact("the toaster burns")


def unknown(code: str) -> UnknownCode:
    return UnknownCode(code, (0, 1), None)


def test_question() -> None:
    """A question without an answer is a gap under the fingerprint of its words, with what lies nearest."""
    verdict = Verdict("abstained", runners_up=(MATCH,), nearest=(OTHER, ENTRY), reason="unsure")
    key = make_words_key(TEXT)
    assert list_gaps("mention", verdict, TEXT) == (Gap("question", key, nearest=(OTHER.id, ENTRY.id)),)


@pytest.mark.parametrize("kind", ["answered", "choices", "abstained"])
def test_undocumented_codes(kind: str) -> None:
    """Each undocumented code is a gap of its own, once, also beside a code that is documented."""
    codes = (unknown("28612"), unknown("AB-1"), unknown("ab-1"))
    verdict = Verdict(kind, (MATCH,) if kind != "abstained" else (), unknown=codes)  # type: ignore[arg-type] # a kind
    found = list_gaps("command", verdict, TEXT)
    assert [(gap.kind, gap.key) for gap in found] == [("code", "code:28612"), ("code", "code:ab-1")]
    assert found[0].code == "28612"


@pytest.mark.parametrize("reason", ["nothing-said", "over-limit", "thanks"])
def test_nothing_asked(reason: str) -> None:
    """What asks nothing, or was one question too many, is no gap."""
    assert list_gaps("mention", Verdict("abstained", reason=reason), TEXT) == ()


def test_answered() -> None:
    """What was answered, or is a choice, is no gap; nor what isn't known, such as a thread that was read."""
    assert list_gaps("mention", Verdict("answered", (MATCH,)), TEXT) == ()
    assert list_gaps("mention", Verdict("choices", (MATCH, MATCH)), TEXT) == ()
    assert list_gaps("thread", Verdict("abstained", reason="nothing-near"), EMPTY) == ()


def test_near_miss() -> None:
    """A watched post has its documented numbers as gaps, by ids alone; one that is answered has none."""
    verdict = Verdict("abstained", runners_up=(MATCH,), reason="no-evidence")
    assert list_gaps("watch", verdict, EMPTY) == (Gap("near-miss", f"near-miss:{ENTRY.id}"),)
    assert list_gaps("watch", Verdict("abstained", reason="nothing-near"), EMPTY) == ()
    assert list_gaps("watch", Verdict("answered", (MATCH,), runners_up=(MATCH,)), EMPTY) == ()


def test_not_it() -> None:
    """A rejected answer is a gap of its entry, with five runners-up at most."""
    gap = build_not_it(ENTRY.id, tuple(f"toy/{number}" for number in range(9)))
    assert (gap.kind, gap.key, len(gap.nearest)) == ("not-it", f"not-it:{ENTRY.id}", 5)


@pytest.mark.parametrize(
    "texts",
    [
        ("Device offline after reset", "after reset: device OFFLINE!", "device  offline, after reset?"),
        ("設備離線", "设备离线。", "设备离线？！"),
        ("ＡＰＰ 闪退", "app闪退", "App 闪退"),
        ("token=abcdefgh12345678 expired", "token=zyxwvuts87654321 expired"),
    ],
)
def test_alike(texts: tuple[str, ...]) -> None:
    """Case, width, script, punctuation, order of words and secrets make no other question."""
    assert len({make_words_key(redact(text)) for text in texts}) == 1


def test_not_alike() -> None:
    """Another word is another question."""
    texts = ("device offline", "device online", "设备离线", "设备在线", "")
    assert len({make_words_key(redact(text)) for text in texts}) == len(texts)


def test_keys_stay() -> None:
    """The keys are these: they stand in databases, so that a change would split what was counted."""
    assert make_words_key(redact("Device offline after reset, 怎么办？")) == "words:f23b3d1b7304957d"
    assert make_code_key("ＩＯＴ-28612") == "code:iot-28612"
