"""Where an answer by `response_url` may go: to Slack's own hosts, or to where `SLACK_API_URL` points."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){0,4}slack(?:-gov)?\.com")  # GovSlack has a domain of its own
_UNFIT = re.compile(r"[^!-~]|[\\@]")  # what one reader of an address takes for another host than the next


def is_response_url(url: str, api_url: str) -> bool:
    """Say whether the desk may post to an address that came with a command or a click.

    >>> is_response_url("https://hooks.slack.com/commands/T1/1/x", "https://slack.com/api/")
    True
    >>> is_response_url("https://hooks.slack.com.example.com/x", "https://slack.com/api/")
    False
    """
    parts = _split(url)
    if parts is None:
        return False
    if parts.scheme == "https" and parts.port in (None, 443) and _HOST.fullmatch(parts.hostname or ""):
        return True
    api = _split(api_url)
    return api is not None and _find_origin(parts) == _find_origin(api)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return None
    return None if _UNFIT.search(url) else parts


def _find_origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port
