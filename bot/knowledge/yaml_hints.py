"""What an author does about a file that isn't YAML: the parser's words, told as advice.

Knows the messages of both of PyYAML's parsers, which differ in wording. Nothing is read or fixed here.
"""

from __future__ import annotations

import re

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_WIDE_COLON = re.compile(r"\s*(?:- +)?\w+：", re.ASCII)
_TIGHT_COLON = re.compile(r"\s*(?:- +)?[A-Za-z_]\w*:[^\s:/]", re.ASCII)
_FIELD = re.compile(r":(?:\s|$)")
_QUOTED = re.compile(r"[:-]\s+['\"]")
_BRACKET = re.compile(r"(?:[:-]\s+|^\s*)[\[{]")
_CURLY_QUOTE = re.compile(r"[:\[{,]\s*[“”]|^\s*(?:- +)?[“”]")

WIDE_COLON = "type ':' and a space after a field's name, not '：'"
TIGHT_COLON = "put a space after the ':' behind a field's name"
CURLY_QUOTES = 'put a text in straight quotes ("), not in “ ”'
QUOTE_COLON = "put the text in quotes if it holds ': '"
INNER_QUOTE = "write '' for a ' within '…', \\\" for a \" within \"…\", and nothing behind the closing quote"
BRACKET = "quote a text that begins with [ or {, and take out a bracket that closes nothing"
UNPRINTABLE = "take out the character that can't be printed"
TAB = "indent with spaces, not with a tab"
INDENT = "indent this line like the fields beside it"

# Part of the parser's message, and what to do; the first that fits is told.
_ADVICE = (
    ("scanning an alias", "quote a text that begins with *"),
    ("scanning an anchor", "quote a text that begins with &"),
    ("scanning a directive", "quote a text that begins with %"),
    ("scanning a tag", "quote a text that begins with !"),
    ("scanning a block scalar", "quote a text that begins with | or >"),
    ("unknown escape", "within \"…\" write \\\\ for each \\, or put the text in '…'"),
    ("scanning a double-quoted scalar", 'a text begins with " that no other " ends'),
    ("scanning a quoted scalar", "a text begins with a quote that no other quote ends"),
    ("sequence entries are not allowed", "put each `- item` on a line of its own"),
    ("flow node", "end the list with ], or the mapping with }"),
    ("flow sequence", "end the list with ]; quote a text in it that holds a comma, a bracket or a quote"),
    ("flow mapping", "end the mapping with }; quote a text in it that holds a comma, a bracket or a quote"),
    ("node content", "quote a text that begins with one of , ] }"),
    ("could not find expected ':'", "write a field as `name: text`; indent the lines a text goes on with"),
    ("block collection", INDENT),
    ("<document start>", INDENT),
)


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as YAML counts them."""
    return _BREAK.split(text)


def find_advice(reason: str, lines: list[str], line: int, column: int) -> tuple[str, int]:
    """Return what to do about a parser's message, "" if nothing is known, and the line (from 0) of the slip.

    `line` and `column` (from 0) are where the parser stopped; the slip may stand on the line above.

    >>> find_advice("mapping values are not allowed here", ["message: water: hot"], 0, 14)
    ("put the text in quotes if it holds ': '", 0)
    """
    shown = lines[line] if line < len(lines) else ""
    if "found a tab" in reason:
        return TAB, line
    if "mapping values" in reason or "expected ':'" in reason:
        slip, number = _find_slip(lines, line)
        if slip:
            return slip, number
    if "mapping values" in reason:
        if len(_FIELD.findall(shown)) > 1:
            return QUOTE_COLON, line
        return f"{QUOTE_COLON}; else {INDENT}", line
    if "cannot start any token" in reason:
        first = shown[column : column + 1]
        return (TAB if first == "\t" else f"quote a text that begins with {first or '`, @ or %'}"), line
    if any(part in reason for part in ("expected key", "<block end>", "expected '-'")):
        if _BRACKET.search(shown):
            return BRACKET, line
        return (INNER_QUOTE if _QUOTED.search(shown) else INDENT), line
    return next((advice for part, advice in _ADVICE if part in reason), ""), line


def find_marks(text: str) -> str:
    """Return what to do about a value or a key that came out with full-width colons or curly quotes in it."""
    if _WIDE_COLON.match(text):
        return f"; {WIDE_COLON}"
    return f"; {CURLY_QUOTES}" if text[:1] in ("“", "”") else ""


def _find_slip(lines: list[str], line: int) -> tuple[str, int]:
    """Return what to do about a slip that a line, or the one above, shows by itself, and its line."""
    for number in (line, line - 1):
        shown = lines[number] if 0 <= number < len(lines) else ""
        if _WIDE_COLON.match(shown):
            return WIDE_COLON, number
        if _TIGHT_COLON.match(shown):
            return TIGHT_COLON, number
        if number == line and _CURLY_QUOTE.search(shown):
            return CURLY_QUOTES, number
    return "", line
