"""How large the cards are: blocks, characters and bytes of every entry in every language.

`python -m bench.cards` prints a row for each language; nothing is judged here.
"""

from __future__ import annotations

import io
import statistics
from collections.abc import Sequence

from bot.console.screen import FRAME, WIDEST, Screen
from bot.knowledge.entry import Entry
from bot.knowledge.folder import find_knowledge
from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching import Evidence, Match, Verdict
from bot.replies.layout import lay_out
from bot.replies.plain import PlainReplies
from bot.replies.recall import Recall
from bot.replies.slack import SlackReplies
from tests.support.slack_limits import count_block_text

COLUMNS = ("blocks", "characters of blocks", "bytes of text", "lines in a terminal")
MOST_TOGETHER = 5


def main() -> None:
    """Print the figures."""
    knowledge = load_knowledge(find_knowledge(None))
    entries = knowledge.entries
    together = [entries[start : start + MOST_TOGETHER] for start in range(0, len(entries), MOST_TOGETHER)]
    print(f"{'':24}" + "".join(f"{name:>30}" for name in COLUMNS))
    for language in knowledge.languages:
        for name, groups in (("one entry", [(entry,) for entry in entries]), ("five entries", together)):
            sizes = [measure(knowledge, group, language) for group in groups]
            columns = (describe(column) for column in zip(*sizes, strict=True))
            print(f"{name + ', ' + language:24}" + "".join(f"{column:>30}" for column in columns))


def measure(knowledge: Knowledge, entries: Sequence[Entry], language: str) -> tuple[int, int, int, int]:
    """Return the sizes of the answer that these entries are, asked for by their codes."""
    verdict = Verdict(
        "answered", tuple(Match(entry, 100.0, Evidence("code", (0, 5), entry.code)) for entry in entries)
    )
    reply = SlackReplies(knowledge).build_reply(Recall(verdict, language, "U1"))
    stream = io.StringIO()
    Screen(stream).show(lay_out(PlainReplies(knowledge, language).build_answer(verdict), WIDEST - FRAME))
    blocks = list(reply.blocks)
    return len(blocks), count_block_text(blocks), len(reply.text.encode()), stream.getvalue().count("\n")


def describe(sizes: Sequence[int]) -> str:
    """Return the total, the median and the most."""
    return f"{sum(sizes)} ({statistics.median(sizes):.0f}, at most {max(sizes)})"


if __name__ == "__main__":
    main()
