"""What the desk lacked, from a verdict: pure, and the same for the same text for ever.

The keys stand in the database: what is counted together has the same one. Whoever changes how they are made
splits what was counted so far.
"""

from __future__ import annotations

import re
from hashlib import sha256

from bot.matching import Verdict, fold
from bot.outbox.decision_store import Gap
from bot.redaction import Redacted

WATCH = "watch"  # the surface of posts that nobody put to the desk
NO_QUESTIONS = frozenset({"nothing-said", "over-limit", "thanks"})
"""Reasons of verdicts on what asks nothing, or wasn't looked at."""

MOST_NEAREST = 5
_WORD = re.compile(r"[\u3400-\u9fff]{1,1000}|[^\W_\u3400-\u9fff]{1,1000}")  # APP闪退 is two, as APP 闪退


def list_gaps(surface: str, verdict: Verdict, text: Redacted) -> tuple[Gap, ...]:
    """Return what a verdict shows to be lacking; `text` is what was asked, "" where that isn't known.

    Of what was asked: each code that nobody documented, also beside one that is; else the question, if it got
    no answer. Of a watched post: the documented numbers in it that showed nothing.
    """
    if surface == WATCH:
        missed = verdict.runners_up if verdict.kind == "abstained" else ()
        return tuple(Gap("near-miss", f"near-miss:{match.entry.id}") for match in missed)
    near = [*(entry.id for entry in verdict.nearest), *(match.entry.id for match in verdict.runners_up)]
    nearest = tuple(dict.fromkeys(near))[:MOST_NEAREST]
    codes = {make_code_key(unknown.code): unknown.code for unknown in verdict.unknown}
    if codes:
        return tuple(Gap("code", key, code, nearest) for key, code in codes.items())
    if verdict.kind != "abstained" or verdict.reason in NO_QUESTIONS or not text:
        return ()
    return (Gap("question", make_words_key(text), nearest=nearest),)


def build_not_it(entry_id: str, nearest: tuple[str, ...]) -> Gap:
    """Return the gap of an answer that somebody rejected; `nearest` are its runners-up."""
    return Gap("not-it", f"not-it:{entry_id}", nearest=nearest[:MOST_NEAREST])


def make_code_key(code: str) -> str:
    """Return the key of an undocumented code, without regard to case and width.

    >>> make_code_key("ＩoT-28612")
    'code:iot-28612'
    """
    return f"code:{fold(code)}"


def make_words_key(text: Redacted) -> str:
    """Return the key of a question: the fingerprint of its words, in whatever order and punctuation."""
    words = " ".join(sorted(set(_WORD.findall(fold(text)))))
    return f"words:{sha256(words.encode('utf-8', 'replace')).hexdigest()[:16]}"
