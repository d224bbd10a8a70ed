"""Links to posts, as Slack writes them: made for replies, read where a person pastes one."""

from __future__ import annotations

import re

# https://acme.slack.com/archives/C0123/p1790000001000100?thread_ts=1790000000.000100&cid=C0123
_LINK = re.compile(r"https?://[^\s/<>|]{1,200}/archives/(?P<channel>[A-Z0-9]{1,40})/p(?P<ts>\d{7,30})(?!\d)")
_FRACTION = 6  # digits of a ts behind its point


def build_link(workspace: str, channel: str, ts: str, root: str = "") -> str:
    """Return the address of a post; `workspace` is its address as auth.test tells it, "" if nobody knows.

    >>> build_link("https://acme.slack.com/", "C1", "1790000001.000100", "1790000000.000100")
    'https://acme.slack.com/archives/C1/p1790000001000100?thread_ts=1790000000.000100&cid=C1'
    """
    if not workspace:
        return ""
    thread = f"?thread_ts={root}&cid={channel}" if root and root != ts else ""
    return f"{workspace.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{thread}"


def read_link(text: str) -> tuple[str, str] | None:
    """Return channel and ts of the first link to a post in a text, or None if there is none.

    >>> read_link("why <https://acme.slack.com/archives/C1/p1790000001000100|this>")
    ('C1', '1790000001.000100')
    """
    found = _LINK.search(text)
    if not found:
        return None
    digits = found["ts"]
    return found["channel"], f"{digits[:-_FRACTION]}.{digits[-_FRACTION:]}"
