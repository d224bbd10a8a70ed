"""Text that comes in from a pipe or a file: UTF-8, and a question no longer than the desk reads.

Command-line words are checked here too, for a shell hands on any bytes.
"""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path
from typing import BinaryIO

from bot.errors import InputError
from bot.matching import LONGEST
from bot.replies.sentences import ConsoleSentence, Sentence

STDIN = "-"
_MOST_BYTES = 4 * LONGEST + 8  # UTF-8 takes four bytes a character at most; some more, so that a cut is seen


def read_pipe(stream: BinaryIO) -> str:
    """Return the one question that a pipe holds, as far as the desk would read it.

    Raises InputError if it isn't text in UTF-8.
    """
    raw = stream.read(_MOST_BYTES)
    return _decode(raw, ConsoleSentence.QUESTION_NOT_TEXT, whole=len(raw) < _MOST_BYTES)


def decode_word(word: str) -> str:
    """Return a word of the command line read as UTF-8, whatever the locale's encoding is.

    Bytes that aren't UTF-8 stay lone surrogates, which check_words() refuses.
    """
    return os.fsencode(word).decode("utf-8", "surrogateescape")


def find_path(name: str) -> Path:
    """Return the path that a decoded word names, spelt for the file system."""
    try:
        return Path(os.fsdecode(name.encode("utf-8", "surrogateescape")))
    except UnicodeEncodeError:  # no bytes of the command line become such a word
        return Path(name)


def read_text(path: str) -> str:
    """Return the text of a file, or all of standard input where the path is "-".

    Raises InputError if there is no such file, it can't be read or isn't text in UTF-8.
    """
    return _decode(read_bytes(path), ConsoleSentence.FILE_NOT_TEXT, path=path)


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file, or all of standard input where the path is "-".

    Raises InputError if there is no such file, or it can't be read.
    """
    try:
        return sys.stdin.buffer.read() if path == STDIN else find_path(path).read_bytes()
    except FileNotFoundError:
        raise InputError(ConsoleSentence.FILE_MISSING, path=path) from None
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        raise InputError(ConsoleSentence.FILE_UNREADABLE, path=path, why=why) from None


def check_words(text: str) -> str:
    """Return text from the command line. Raises InputError if its bytes weren't UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:  # Python smuggles such bytes in as lone surrogates
        raise InputError(ConsoleSentence.QUESTION_NOT_TEXT, byte=len(text[: error.start].encode())) from None
    return text


def _decode(raw: bytes, key: Sentence, whole: bool = True, **values: object) -> str:
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(raw, final=whole)
    except UnicodeDecodeError as error:
        raise InputError(key, byte=error.start, **values) from None
    if "\0" in text:  # no editor writes it, every kind of binary file does
        raise InputError(key, byte=len(text[: text.index("\0")].encode()), **values)
    return text
