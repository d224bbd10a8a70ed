"""A message shortcut, which local-slack hasn't: the payload is built, signed and sent to the app here.

In the mode "events" only. The trigger id that the app opens its modal with, and the response_url, are those
of a command that the same person gave in the same channel before: local-slack takes either more than once.
"""

from __future__ import annotations

import json
import time
import urllib.request
from urllib.parse import parse_qsl, urlencode

from slack_sdk.signature import SignatureVerifier

from demo.cast import APP, CHANNELS, TEAM
from demo.workspace import Json, Workspace, WorkspaceError
from tests.support.patience import PATIENCE


def use_shortcut(workspace: Workspace, callback_id: str, channel: str, message_ts: str, user: str) -> None:
    """Use a shortcut on a message; the modal that the app opens is on the page then, and in find_view().

    Raises WorkspaceError if there is no such message, or the person gave no command in that channel before.
    """
    found = (message for message in workspace.messages(channel) if message["ts"] == message_ts)
    message = next(found, None)
    if message is None:
        raise WorkspaceError(f"no message {message_ts} in {channel}")
    command = _find_command(workspace, channel, user)
    payload = {
        "type": "message_action",
        "callback_id": callback_id,
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "faultbook-demo"},
        "user": {"id": user, "team_id": TEAM},
        "channel": {"id": channel, "name": CHANNELS.get(channel, "directmessage")},
        "message": message,
        "message_ts": message_ts,
        "action_ts": message_ts,
        "trigger_id": command["trigger_id"],
        "response_url": command["response_url"],
        "is_enterprise_install": False,
    }
    _send(workspace, payload)


def _find_command(workspace: Workspace, channel: str, user: str) -> dict[str, str]:
    for entry in reversed(workspace.log()):
        if (entry["direction"], entry["kind"]) == ("to_bot", "slash_commands"):
            given = dict(parse_qsl(str(entry["detail"])))
            if (given.get("channel_id"), given.get("user_id")) == (channel, user):
                return given
    raise WorkspaceError(f"{user} gave no command in {channel} before, by HTTP")


def _send(workspace: Workspace, payload: Json) -> None:
    body, at = urlencode({"payload": json.dumps(payload)}), str(int(time.time()))
    signature = SignatureVerifier(workspace.signing_secret).generate_signature(timestamp=at, body=body)
    request = urllib.request.Request(  # noqa: S310 - an address on this machine
        workspace.request_url,
        data=body.encode(),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": signature or "",
        },
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=PATIENCE):
        pass
