"""What tests read of the numbers in a text."""

from __future__ import annotations

from bot.matching.numbers.mention import CodeMention
from bot.matching.numbers.rules import CodeRules
from bot.matching.text import read


def list_mentions(rules: CodeRules, text: str) -> list[CodeMention]:
    """Return what stands where a code can stand, in reading order."""
    return rules.read_codes(read(text))[0]
