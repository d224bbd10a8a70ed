"""What a text must lose before it is kept: secrets, tokens, and what reaches or names a person.

Kept are only questions that the desk was asked and couldn't answer; error codes, versions, addresses of
machines and words stay. The rules stand in secrets.py and people.py. Of the libraries looked at in
November 2026 none serves, for none knows the platform's names or Chinese: detect-secrets (for source code,
no release since 2024), scrubadub (needs scikit-learn), presidio (needs spaCy), datafog (few kinds),
phonenumbers (22 MB for a part of it).
"""

from __future__ import annotations

import re

from bot.redaction.people import PEOPLE
from bot.redaction.redacted import Redacted
from bot.redaction.rule import Rule
from bot.redaction.secrets import NOISE, SECRETS

LONGEST = 500  # characters kept of a question
READ = 2_000  # characters read of one, so that the rules see whole what is kept of it
BEHIND = 400  # characters at the end of what is read of a longer one, never kept: a secret may be cut

_HOLE = "\0"  # replaces each character taken out, so that no later rule matches across it
_HOLES = re.compile("\0+")
_MASK = "***"


def redact(text: str) -> Redacted:
    """Return the beginning of a text without what must not be kept; it is never longer than the text was.

    What is redacted already comes back as it is.

    >>> redact("appSecret=8f7e6d and error 28540 for mei@example.com")
    'appSecret=*** and error 28540 for ***'
    """
    # A cut may leave what another rule knows, eleven digits of many. Each round takes more out, so it ends.
    while (shorter := _redact_once(text)) != text:
        text = shorter
    return str.__new__(Redacted, text)


def _redact_once(text: str) -> str:
    read = text[:READ].replace(_HOLE, "\N{REPLACEMENT CHARACTER}")
    for rule in (*SECRETS, *PEOPLE, *NOISE):
        read = _apply(rule, read)
    if len(text) > READ:
        read = read[:-BEHIND]
    return _HOLES.sub(lambda found: _MASK[: len(found[0])], read)[:LONGEST]


def _apply(rule: Rule, text: str) -> str:
    pieces: list[str] = []
    end = place = 0
    while found := rule.pattern.search(text, place):
        start, stop = found.span("secret")
        if rule.is_secret(found["secret"]):
            pieces += [text[end:start], _HOLE * (stop - start)]
            end = place = stop
        else:
            place = found.start() + 1
    return "".join([*pieces, text[end:]])


EMPTY = redact("")
