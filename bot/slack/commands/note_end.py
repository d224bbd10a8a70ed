"""When a note ends, as its last words say: "until 15:00", "until tomorrow", "2h", 到明天, 30分钟."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.knowledge.language import Language

UNITS = ("minutes", "hours", "days")  # as timedelta names them
TAIL = 60  # characters at the end that are looked at


def read_end(text: str, now: float, languages: Iterable[Language]) -> tuple[str, float | None]:
    """Return the text of a note, and when it ends in epoch seconds, if it says so.

    Times of day are those of the machine, the next one to come; tomorrow ends at its midnight. What stands
    behind a word such as "until" is taken off the text; a span without one stays in it: "back in 2h".
    """
    text = text.strip()
    plain = unicodedata.normalize("NFKC", text)
    tail = (plain if len(plain) == len(text) else text)[-TAIL:].casefold()
    found = _build_pattern(languages).search(tail)
    end = _find_end(found, datetime.fromtimestamp(now).astimezone()) if found else None
    if not found or end is None:
        return text, None
    if found["until"]:
        text = text[: len(text) - len(tail) + found.start()].rstrip(" ,，;；。")
    return text, end.timestamp()


def _find_end(found: re.Match[str], now: datetime) -> datetime | None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if found["tomorrow"]:
        return midnight + timedelta(days=2)
    if found["number"]:
        unit = next(name for name in UNITS if found[name])
        return now + timedelta(**{unit: int(found["number"])})
    hour, minute = int(found["hour"]), int(found["minute"])
    if not found["until"] or hour > 23 or minute > 59:  # "fix at 15:00" tells no end of the note
        return None
    end = midnight + timedelta(hours=hour, minutes=minute)
    return end if end > now else end + timedelta(days=1)


def _build_pattern(languages: Iterable[Language]) -> re.Pattern[str]:
    spoken = tuple(languages)
    until = _join(each.until_words for each in spoken)
    tomorrow = _join(each.tomorrow_words for each in spoken)
    words = (
        (each.minute_words for each in spoken),
        (each.hour_words for each in spoken),
        (each.day_words for each in spoken),
    )
    units = "|".join(f"(?P<{name}>{_join(each)})" for name, each in zip(UNITS, words, strict=True))
    span = rf"(?P<tomorrow>{tomorrow})|(?P<number>[1-9][0-9]{{0,2}}) ?(?:{units})"
    time = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    return re.compile(rf"(?<![^\s,;。，；\u3400-\u9fff])(?:(?P<until>{until}) ?)?(?:{time}|{span})[.。!]?$")


def _join(words: Iterable[tuple[str, ...]]) -> str:
    """Return a pattern for any of the words, the longest first; of none, one that fits nothing."""
    every = sorted({word.casefold() for each in words for word in each}, key=len, reverse=True)
    return "|".join(map(re.escape, every)) or "(?!)"
