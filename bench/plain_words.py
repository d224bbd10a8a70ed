"""Which ordinary words would be read as a word of the trade, misspelt: `python -m bench.plain_words FILE`.

FILE holds one English word a line, the most frequent first: the 12,000 that `wordfreq` (3.1) names by
`top_n_list("en", 12000)`. Prints what belongs into `plain_words` of knowledge/languages.yaml, but for other
forms of the trade's own words (doors). To be run again when terms are added; what it adds is looked through.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge.load import load_knowledge
from bot.knowledge.snapshot import Knowledge
from bot.matching.features import stem
from bot.matching.lexicon import LATIN_WORD
from bot.matching.reading import Reader

SHIPPED = Path(__file__).parents[1] / "knowledge"


def find_plain(words: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """Yield the words that are read as another one, where no list says that they are words of their own."""
    languages = {key: replace(each, plain_words=()) for key, each in knowledge.languages.items()}
    lexicon = Reader(replace(knowledge, languages=languages)).lexicon
    for word in words:
        if not LATIN_WORD.fullmatch(word) or lexicon.knows(word):
            continue
        spelling = lexicon.spell(word)
        is_form = any(stem(word) == stem(known) for known in spelling.words)
        if 0 < spelling.likeness < 1 and not is_form:
            yield word


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the words, in the order of the alphabet."""
    parser = argparse.ArgumentParser(prog="python -m bench.plain_words", description="Ordinary words.")
    parser.add_argument("words", type=Path, metavar="FILE")
    lines = parser.parse_args(arguments).words.read_text(encoding="utf-8").casefold().split()
    print(", ".join(sorted(set(find_plain(lines, load_knowledge(SHIPPED))))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
