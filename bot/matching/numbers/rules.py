"""What codes are judged by: the knowledge, and the tables with the words of all languages and packs."""

from __future__ import annotations

from bot.knowledge.entry import Entry
from bot.knowledge.snapshot import Knowledge
from bot.matching.index import Index
from bot.matching.numbers.reader import CodeReader
from bot.matching.numbers.shapes import Shapes
from bot.matching.numbers.table import load_rows
from bot.matching.numbers.words import Words
from bot.matching.reading import Reader


class CodeRules:
    """The rules of one snapshot of knowledge; `messages` are what its entries say."""

    def __init__(self, knowledge: Knowledge, reader: Reader, messages: Index) -> None:
        """Compile the words and the tables."""
        self.knowledge, self.reader, self.messages = knowledge, reader, messages
        languages, packs = tuple(knowledge.languages.values()), tuple(knowledge.packs.values())
        forms = (*reader.lexicon.latin.items(), *reader.lexicon.han.items())
        faults = (form for form, sense in forms if (sense.name, sense.sign) in reader.faults)
        words = Words(languages, knowledge.error_words.values(), packs, faults)
        self.codes = CodeReader(words, Shapes(packs))
        self.frames = load_rows("frames.yaml", words.parts)

    def is_error(self, entry: Entry) -> bool:
        """Say whether a code tells an error: 200 doesn't."""
        return entry.code not in self.knowledge.packs[entry.pack].never_watched
