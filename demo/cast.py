"""Who is in the demo's workspace and where they talk, with their ids. Called by workspace.py and tour.py."""

from __future__ import annotations

from typing import Any

TEAM, APP, BOT = "T0FAULTBOOK", "A0FAULTBOOK", "U0FAULTBOT"
ALEX, MEI = "U0ALEX", "U0MEI"
SUPPORT, INCIDENTS, ALEX_DM, MEI_DM = "C0SUPPORT", "C0INCIDENTS", "D0ALEX", "D0MEI"

USERS = {ALEX: "Alex Kim", MEI: "Mei Chen"}
CHANNELS = {SUPPORT: "support", INCIDENTS: "incidents"}  # its page opens the first
DIRECT_MESSAGES = {ALEX_DM: ALEX, MEI_DM: MEI}


def build_config(app: dict[str, Any]) -> dict[str, Any]:
    """Return local-slack's configuration; `app` holds what is particular to this run, in its words."""
    rooms: list[dict[str, Any]] = [
        {"id": room, "name": name, "members": [*USERS, BOT]} for room, name in CHANNELS.items()
    ]
    for room, user in DIRECT_MESSAGES.items():
        kind = {"is_channel": False, "is_private": True, "is_im": True}
        rooms.append({"id": room, "name": f"dm-{user}", "members": [user, BOT]} | kind)
    return {
        "workspace": {"name": "Faultbook demo", "domain": "faultbook-demo", "teamId": TEAM},
        "apps": [{"appId": APP, "botUserId": BOT, "botName": "Faultbook"} | app],
        "users": [
            {"id": user, "name": name.lower().replace(" ", "."), "real_name": name}
            for user, name in USERS.items()
        ],
        "channels": rooms,
    }
