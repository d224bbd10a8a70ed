"""Bytes of a text file -> text, whatever encoding a spreadsheet program wrote."""

from __future__ import annotations

import codecs
import contextlib

from charset_normalizer import from_bytes

from bot.errors import InputError
from bot.replies.sentences import ImportSentence

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FIRST = ("utf-8", "gb2312")
"""Tried before any guess: a text in another encoding seldom fits them, and a guess is often wrong."""
LIKELY = ["gb18030", "big5hkscs", "cp932", "cp949", "cp1252", "cp1251", "utf_16_le", "utf_16_be"]
"""What programs write where they do not write UTF-8, by how often such tables are met."""


def decode_text(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text, and the name of the encoding it was read in; `encoding` overrides the guess.

    Raises InputError: encoding_unknown where the one given does not exist or does not fit; table_missing
    where none can be guessed, for it is no text.
    """
    if encoding:
        try:
            return content.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            raise InputError(ImportSentence.ENCODING_UNKNOWN, encoding=encoding) from None
    for mark, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), name
    for name in FIRST:
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(name), name
    best = from_bytes(content, cp_isolation=LIKELY).best()
    if best is None:
        raise InputError(ImportSentence.TABLE_MISSING)
    return str(best), best.encoding
