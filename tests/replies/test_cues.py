"""What speaks for or against a number as a code has its sentence."""

from __future__ import annotations

from bot.knowledge.load import load_knowledge
from bot.matching.numbers.cues import CUES, VETOES
from bot.matching.numbers.frames import FRAMES
from bot.replies.cues import find_cue, find_veto
from tests.conftest import REAL


def test_every_cue_has_its_sentence() -> None:
    """Each row of the tables of cues, frames and vetoes is told in every language."""
    messages = load_knowledge(REAL).messages
    rows = [find_cue(row.name) for row in (*CUES, *FRAMES)] + [find_veto(row.name) for row in VETOES]
    rows += [find_cue(name) for name in ("list", "listed", "beside-code", "before-code")]
    rows.append(find_veto("border"))
    for language, sentences in messages.items():
        assert [row for row in rows if not sentences.get(row)] == [], language
