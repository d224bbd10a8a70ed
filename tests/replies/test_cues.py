"""What speaks for or against a number as a code has its sentence."""

from __future__ import annotations

from bot.knowledge.load import load_knowledge
from bot.matching.numbers.place import load_frames
from bot.matching.numbers.table import load_rows
from bot.replies.cues import find_cue, find_veto
from tests.conftest import REAL


def test_every_cue_has_its_sentence() -> None:
    """Each row of the tables of cues, frames and vetoes is told in every language."""
    knowledge = load_knowledge(REAL)
    messages, frames = knowledge.messages, load_frames(knowledge.languages.values())
    cues = (*load_rows("cues.yaml", {"error": ""}), *frames)
    rows = [find_cue(cue.name) for cue in cues]
    rows += [find_veto(veto.name) for veto in load_rows("vetoes.yaml", {"to": "", "year": ""})]
    rows += [find_cue(name) for name in ("list", "corrected")]
    rows += [find_veto(name) for name in ("border", "other-column", "denied")]
    for language, sentences in messages.items():
        assert [row for row in rows if not sentences.get(row)] == [], language
