"""What a text must lose before it is kept: secrets, tokens, addresses and numbers of people.

Kept are only questions that the desk was asked and couldn't answer. Called where the ledger's row is made.
"""

from __future__ import annotations

import re

LONGEST = 500  # characters kept of a question

_RULES = (
    # name = value, the platform's names and the usual ones; the name stays, for it tells what was asked
    re.compile(
        r"(?i)(?P<kept>[\"']?\b(?:app_?secret|app_?key|iot_?token|device_?secret|product_?secret|access_?key"
        r"(?:_?id|_?secret)?|secret|token|passw(?:or)?d|pwd|api_?key|authorization|session_?id|cookie|密码|口令|密钥)"
        r"[\"']?\s{0,3}[:=：]\s{0,3}(?:bearer\s{1,3})?)(?:\"[^\"\n]{1,400}\"|'[^'\n]{1,400}'|[^\s,;}\"']{1,400})"
    ),
    re.compile(r"(?i)(?P<kept>\bbearer\s{1,3})[\w.~+/=-]{8,400}"),
    re.compile(r"(?P<kept>)\bxox[a-z]-[\w-]{4,200}|(?P<app>\bxapp-[\w-]{4,200})"),
    re.compile(r"(?P<kept>)\b(?:AKIA|ASIA|LTAI)[A-Za-z0-9]{8,60}\b"),
    re.compile(r"(?P<kept>)\beyJ[\w-]{8,400}\.[\w-]{4,400}(?:\.[\w-]{1,400})?"),
    re.compile(r"(?P<kept>)[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    re.compile(r"(?P<kept>)(?<![\w.])(?:\+?\d{1,3}[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w.])"),
    re.compile(r"(?P<kept>)(?<![\w.])\+\d{1,3}(?:[ -]?\(?\d{2,4}\)?){2,5}(?![\w.])"),
    re.compile(
        r"(?P<kept>)\b(?=[A-Za-z0-9_-]{0,200}\d)(?=[A-Za-z0-9_-]{0,200}[A-Za-z])[A-Za-z0-9_-]{24,200}\b"
    ),
)
_MASK = "***"


def redact(text: str) -> str:
    """Return the beginning of a text without what must not be kept.

    >>> redact("appSecret=8f7e6d and error 28540 for mei@example.com")
    'appSecret=*** and error 28540 for ***'
    """
    for rule in _RULES:
        text = rule.sub(lambda found: f"{found['kept'] or ''}{_MASK}", text[: 4 * LONGEST])
    return text[:LONGEST]
