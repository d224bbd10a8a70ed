"""Messages with slots that stand in a post, their slots filled.

Rule (c) of docs/matching.md, Evidence in watch mode, of the messages that distinctive.py chose; quotes.py
reads those without slots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.matching.distinctive import is_distinctive
from bot.matching.quotes import Quote
from bot.matching.reading import Reading
from bot.matching.records import Record
from bot.matching.search_string import SearchString
from bot.matching.string_match import StringMatchFinder
from bot.matching.template import read_template

LOOSEST = 3  # words in slots for each fixed word


def read_filled(
    finder: StringMatchFinder, units: Iterable[SearchString], reading: Reading, records: Sequence[Record]
) -> Iterator[Quote]:
    """Yield those of the units' messages that stand whole in one record of a text."""
    filled = [unit for unit in units if is_distinctive(read_template(unit.text))]
    for found in finder.find(reading, filled) if filled else ():
        is_tight = len(found.slots) <= LOOSEST * len(found.alignment.places)
        is_one = any(record.start <= found.start and found.end <= record.end for record in records)
        if found.is_quoted and is_tight and is_one:
            yield Quote(found.unit, found.start, found.end)
