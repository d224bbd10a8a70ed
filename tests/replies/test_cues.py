"""What speaks for or against a number as a code has its sentence."""

from __future__ import annotations

from bot.replies.cues import find_cue, find_veto
from tests.support.shipped import load_shipped, open_rules


def test_every_cue_has_its_sentence() -> None:
    """Each row of the tables of cues, frames and vetoes is told in every language."""
    _, _, rules = open_rules()
    rows = [find_cue(cue.name) for cue in (*rules.cues, *rules.frames)]
    rows += [find_veto(veto.name) for veto in rules.vetoes]
    rows += [find_cue(name) for name in ("list",)]
    rows += [find_veto(name) for name in ("border", "other-column", "denied")]
    for language, sentences in load_shipped().messages.items():
        assert [row for row in rows if not sentences.get(row)] == [], language
