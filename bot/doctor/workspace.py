"""What Slack tells of the desk: whose token it is, its scopes, the time there, the channels it is in.

Asks only; nothing is posted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from bot.config import Settings
from bot.manifest import build_manifest
from bot.outbox.faults import read_fault
from bot.outbox.slack_client import SlackClient
from bot.replies.findings import Finding, format_span
from bot.replies.sentences import DoctorSentence, SettingSentence

MOST_CHANNELS = 40  # that Slack is asked about; it takes about 50 such calls a minute
SKEW = 60.0  # seconds that a clock may be wrong; signatures are good for 300
ABSENT = {"not_in_channel", "channel_not_found"}  # what Slack says of channels that the bot isn't in


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace that the token belongs to; `headers` are those of Slack's answer, in small letters."""

    team: str
    client: SlackClient
    identity: Finding
    headers: Mapping[str, str]


def open_workspace(settings: Settings) -> Workspace | Finding:
    """Ask Slack whose token it is; return the workspace, or why there is none to be had."""
    client = SlackClient(settings.bot_token.reveal(), settings.api_url)
    try:
        answer = client.auth_test()
    except Exception as error:  # noqa: BLE001 - it is told by its kind
        fault = read_fault(error)
        if fault.kind == "permanent":
            return Finding("wrong", SettingSentence.TOKEN_REFUSED, {"error": fault.name})
        return Finding(
            "wrong", SettingSentence.SLACK_UNREACHABLE, {"url": settings.api_url, "why": fault.name}
        )
    values = {"bot": answer.get("user") or "", "team": answer.get("team") or ""}
    identity = Finding("good", DoctorSentence.DOCTOR_TOKEN, values)
    return Workspace(str(answer.get("team_id") or ""), client, identity, _read_headers(answer.headers))


def examine_scopes(headers: Mapping[str, str]) -> Finding:
    """Compare the scopes that Slack has granted, as each of its answers names them, with the manifest's."""
    granted = headers.get("x-oauth-scopes")
    if granted is None:
        return Finding("unknown", DoctorSentence.DOCTOR_SCOPES_UNTOLD)
    wanted: list[str] = build_manifest()["oauth_config"]["scopes"]["bot"]
    known = {scope.strip() for scope in granted.split(",")}
    missing = [scope for scope in wanted if scope not in known]
    if missing:
        return Finding("wrong", DoctorSentence.DOCTOR_SCOPES_MISSING, {"scopes": ", ".join(missing)})
    return Finding("good", DoctorSentence.DOCTOR_SCOPES, {"scopes": ", ".join(wanted)})


def examine_clock(headers: Mapping[str, str], now: float) -> Finding:
    """Compare our time, in epoch seconds, with the one at which Slack answered."""
    try:
        skew = abs(now - parsedate_to_datetime(headers.get("date", "")).timestamp())
    except ValueError:
        return Finding("unknown", DoctorSentence.DOCTOR_CLOCK_UNTOLD)
    values = {"span": format_span(skew)}
    if skew > SKEW:
        return Finding("wrong", DoctorSentence.DOCTOR_CLOCK_WRONG, values)
    return Finding("good", DoctorSentence.DOCTOR_CLOCK, values)


def examine_channels(client: SlackClient, watched: Sequence[str]) -> Iterator[Finding]:
    """Yield in how many of the watched channels the desk is, where it isn't, and where nobody can tell."""
    if not watched:
        yield Finding("good", DoctorSentence.DOCTOR_CHANNELS_NONE)
        return
    joined = {channel: _is_joined(client, channel) for channel in watched[:MOST_CHANNELS]}
    count = sum(is_in is True for is_in, _ in joined.values())
    yield Finding("good", DoctorSentence.DOCTOR_CHANNELS, {"count": count, "total": len(watched)})
    absent = [channel for channel, (is_in, _) in joined.items() if is_in is False]
    if absent:
        yield Finding("wrong", DoctorSentence.DOCTOR_CHANNELS_ABSENT, {"channels": ", ".join(absent)})
    untold = [f"{channel} ({why})" for channel, (is_in, why) in joined.items() if is_in is None]
    untold += watched[MOST_CHANNELS:]
    if untold:
        yield Finding("unknown", DoctorSentence.DOCTOR_CHANNELS_UNTOLD, {"channels": ", ".join(untold)})


def _is_joined(client: SlackClient, channel: str) -> tuple[bool | None, str]:
    """Return whether the desk is in a channel, or None with Slack's reason not to say.

    conversations.info wants a scope that the desk has no other need of; without it, whether the channel
    can be read tells the same.
    """
    try:
        found = client.conversations_info(channel=channel).get("channel") or {}
        return found.get("is_member") is True, ""
    except Exception as error:  # noqa: BLE001 - it is told by its name
        name = read_fault(error).name
    if name == "missing_scope":
        try:
            client.conversations_history(channel=channel, limit=1)
            return True, ""
        except Exception as error:  # noqa: BLE001 - likewise
            name = read_fault(error).name
    return (False, "") if name in ABSENT else (None, name)


def _read_headers(headers: Mapping[str, Any]) -> dict[str, str]:
    """Return an answer's headers by their names in small letters."""
    return {name.lower(): ", ".join(v) if isinstance(v, list) else str(v) for name, v in headers.items()}
