"""What speaks for or against a number as a code has its sentence."""

from __future__ import annotations

from bot.matching.candidates import Finder
from bot.matching.numbers.rules import CodeRules
from bot.matching.reading import Reader
from bot.replies.cues import find_cue, find_veto
from tests.support.shipped import load_shipped


def test_every_cue_has_its_sentence() -> None:
    """Each row of the tables of cues, frames and vetoes is told in every language."""
    knowledge = load_shipped()
    messages, reader = knowledge.messages, Reader(knowledge)
    rules = CodeRules(knowledge, reader, Finder(knowledge, reader).index)
    rows = [find_cue(cue.name) for cue in (*rules.codes.cues, *rules.frames)]
    rows += [find_veto(veto.name) for veto in rules.codes.vetoes]
    rows += [find_cue(name) for name in ("list",)]
    rows += [find_veto(name) for name in ("border", "other-column", "denied")]
    for language, sentences in messages.items():
        assert [row for row in rows if not sentences.get(row)] == [], language
